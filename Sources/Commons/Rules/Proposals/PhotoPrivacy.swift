/// A photo without what it tells beside the picture: where it was taken, when, and by which telephone.
enum PhotoPrivacy {
    /// The same picture without its metadata; nil where it is no JPEG or PNG that can be read through to its end.
    ///
    /// What is known to decide how the picture looks stays, all else goes, and so does whatever follows the picture's end: a
    /// telephone puts a film or a second picture there, each with a place of its own.
    static func bare(_ bytes: [UInt8]) -> [UInt8]? {
        if bytes.starts(with: [0xFF, 0xD8]) { return jpeg(bytes) }
        return bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? png(bytes) : nil
    }

    /// JPEG (ISO/IEC 10918-1, B.1): segments and scans up to the marker EOI.
    private static func jpeg(_ bytes: [UInt8]) -> [UInt8]? {
        var (kept, place, hasScan) = ([UInt8](bytes[..<2]), 2, false)
        while place + 2 <= bytes.count, bytes[place] == 0xFF {
            let marker = bytes[place + 1]
            // A marker may be preceded by any number of fill bytes.
            if marker == 0xFF {
                place += 1
                continue
            }
            if marker == 0xD9 { return hasScan ? kept + [0xFF, 0xD9] : nil }
            // Markers that stand alone have no place between segments.
            guard marker >= 0xC0, !(0xD0...0xD8).contains(marker), place + 4 <= bytes.count else { return nil }
            let length = Int(bytes[place + 2]) << 8 | Int(bytes[place + 3])
            guard length >= 2, place + 2 + length <= bytes.count else { return nil }
            let segment = bytes[place..<place + 2 + length]
            if stays(marker, segment.dropFirst(4)) { kept += segment }
            place = segment.endIndex
            if marker == 0xDA {
                let end = scanEnd(bytes, from: place)
                kept += bytes[place..<end]
                (place, hasScan) = (end, true)
            }
        }
        return nil
    }

    /// Whether a segment decides how the picture looks: all but those of applications, of extensions and comments; of these
    /// APP0 (JFIF), APP14 (Adobe) and, where APP2 carries a colour profile, as the ICC names it, that.
    private static func stays(_ marker: UInt8, _ content: ArraySlice<UInt8>) -> Bool {
        switch marker {
        case 0xE0, 0xEE: true
        case 0xE2: content.starts(with: Array("ICC_PROFILE\0".utf8))
        case 0xE1...0xFE: false
        default: true
        }
    }

    /// Where the marker after a scan begins: within a scan 0xFF is followed by 0, or by one of the eight marks of a restart.
    private static func scanEnd(_ bytes: [UInt8], from start: Int) -> Int {
        var place = start
        while place < bytes.count {
            guard bytes[place] == 0xFF else {
                place += 1
                continue
            }
            var next = place + 1
            while next < bytes.count, bytes[next] == 0xFF { next += 1 }
            guard next < bytes.count, bytes[next] == 0 || (0xD0...0xD7).contains(bytes[next]) else { return place }
            place = next + 1
        }
        return place
    }

    /// What a picture in PNG (ISO/IEC 15948, and its third edition by W3C) is made of, with its colours, its size and, where it
    /// moves, its frames. Text, times, Exif and whatever programs of their own put in are not among it.
    private static let seen: Set<String> = [
        "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "cICP", "mDCV", "cLLI", "sBIT", "bKGD",
        "pHYs", "acTL", "fcTL", "fdAT",
    ]

    private static func png(_ bytes: [UInt8]) -> [UInt8]? {
        var (kept, place) = ([UInt8](bytes[..<8]), 8)
        while place + 12 <= bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - place - 12 else { return nil }
            let kind = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            if seen.contains(kind) { kept += bytes[place..<place + 12 + length] }
            place += 12 + length
            if kind == "IEND" { return kept }
        }
        return nil
    }
}
