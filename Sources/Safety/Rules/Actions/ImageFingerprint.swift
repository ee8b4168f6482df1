import Record

/// Tells a photo that was used before from a new one, also where only its metadata was changed.
enum ImageFingerprint {
    /// SHA-256 over what a JPEG shows: its segments without application data (APPn, where a camera writes time and
    /// place) and comments. Any other file stands for itself. (ITU-T T.81, annex B.)
    static func of(_ bytes: [UInt8]) -> String {
        guard bytes.count > 4, bytes[0] == 0xFF, bytes[1] == 0xD8 else { return ContentHash.sha256(bytes) }
        var kept: [UInt8] = []
        var at = 2
        while at + 3 < bytes.count, bytes[at] == 0xFF {
            let marker = bytes[at + 1]
            // Start of scan: from here on it is picture.
            if marker == 0xDA {
                kept += bytes[at...]
                return ContentHash.sha256(kept)
            }
            let length = Int(bytes[at + 2]) << 8 | Int(bytes[at + 3])
            guard length >= 2, at + 2 + length <= bytes.count else { break }
            if !(0xE0...0xEF).contains(marker), marker != 0xFE { kept += bytes[at..<at + 2 + length] }
            at += 2 + length
        }
        return ContentHash.sha256(bytes)
    }
}
