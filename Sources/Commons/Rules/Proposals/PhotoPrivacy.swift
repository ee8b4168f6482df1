/// A photo without what it tells beside the picture: where it was taken, when, and by which telephone.
enum PhotoPrivacy {
    /// The same picture without its metadata; nil where it is no JPEG or PNG that can be read through.
    ///
    /// JPEG (ISO/IEC 10918-1, B.1): the segments APP1 (Exif, XMP) to APP13 (IPTC) and comments go, those that decide how the
    /// picture looks stay (APP0 JFIF, APP2 colour profile, APP14 Adobe). PNG (ISO/IEC 15948): the chunks eXIf, tEXt, zTXt, iTXt and
    /// tIME go.
    static func bare(_ bytes: [UInt8]) -> [UInt8]? {
        if bytes.starts(with: [0xFF, 0xD8]) { return jpeg(bytes) }
        return bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? png(bytes) : nil
    }

    private static func jpeg(_ bytes: [UInt8]) -> [UInt8]? {
        var (kept, place) = ([UInt8](bytes[..<2]), 2)
        while place + 4 <= bytes.count, bytes[place] == 0xFF {
            let marker = bytes[place + 1]
            // A marker may be preceded by any number of fill bytes.
            if marker == 0xFF {
                place += 1
                continue
            }
            // From the scan on there are no segments that could be left out.
            if marker == 0xDA { return kept + bytes[place...] }
            let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
            guard length >= 2, place + 2 + length <= bytes.count else { return nil }
            let isAbout = (0xE1...0xED).contains(marker) && marker != 0xE2 || marker == 0xFE
            if !isAbout { kept += bytes[place..<place + 2 + length] }
            place += 2 + length
        }
        return nil
    }

    private static func png(_ bytes: [UInt8]) -> [UInt8]? {
        let about: Set<String> = ["eXIf", "tEXt", "zTXt", "iTXt", "tIME"]
        var (kept, place) = ([UInt8](bytes[..<8]), 8)
        while place + 12 <= bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - place - 12 else { return nil }
            let kind = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            if !about.contains(kind) { kept += bytes[place..<place + 12 + length] }
            place += 12 + length
            if kind == "IEND" { return kept }
        }
        return nil
    }
}
