import Testing

@testable import Commons

@Suite("Photos without what they tell beside the picture")
struct PhotoPrivacyTests {
    /// The smallest picture in JPEG's form: its beginning, a scan, its end.
    static let pixel: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 1, 0xFF, 0xDA, 0, 2, 0xFF, 0xD9]
    private static let pngStart: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        [0xFF, marker, 0, UInt8(content.count + 2)] + content
    }

    private static func chunk(_ kind: String) -> [UInt8] { [0, 0, 0, 1] + Array(kind.utf8) + [9, 0, 0, 0, 0] }

    @Test("before the scan, what applications wrote goes, and a colour profile stays")
    func segments() {
        let exif = Self.segment(0xE1, Array("Exif".utf8))
        #expect(PhotoPrivacy.bare([0xFF, 0xD8] + exif + Self.pixel[2...]) == Self.pixel)
        let colour = Self.segment(0xE2, Array("ICC_PROFILE\0".utf8) + [1, 1, 7])
        #expect(
            PhotoPrivacy.bare([0xFF, 0xD8] + colour + Self.pixel[2...]) == [0xFF, 0xD8] + colour + Self.pixel[2...])
        for (marker, content) in [(0xE2, "MPF\0"), (0xEF, "x"), (0xFE, "35.1, 128.8"), (0xED, "IPTC")]
            as [(UInt8, String)]
        {
            let told = Self.segment(marker, Array(content.utf8))
            #expect(PhotoPrivacy.bare([0xFF, 0xD8] + told + Self.pixel[2...]) == Self.pixel, "\(content)")
        }
    }

    @Test("scans are read to the picture's end: what lies between them and after it goes")
    func scans() {
        // Within a scan stand a stuffed 0xFF, a restart and fill bytes before one; then tables and another scan.
        let scan: [UInt8] = [0xFF, 0xDA, 0, 2, 1, 0xFF, 0, 2, 0xFF, 0xD0, 3, 0xFF, 0xFF, 0xD1, 4]
        let tables = Self.segment(0xC4, [5, 6])
        let told = Self.segment(0xE1, Array("Exif".utf8)) + Self.segment(0xFE, [8])
        let picture = Array(Self.pixel[..<8]) + scan + tables + scan + [0xFF, 0xD9]
        #expect(PhotoPrivacy.bare(picture) == picture)
        #expect(
            PhotoPrivacy.bare(Array(Self.pixel[..<8]) + scan + told + tables + [0xFF] + scan + [0xFF, 0xD9]) == picture)
        for trailer in [Array("ftypmp42 GPS".utf8), [0xFF, 0xD8] + Self.segment(0xE1, Array("Exif".utf8))] {
            #expect(PhotoPrivacy.bare(picture + trailer) == picture)
        }
    }

    @Test("of a PNG only what is seen stays; text, times, Exif, what programs add and what follows its end go")
    func chunks() {
        let (start, kept) = (Self.pngStart, ["IHDR", "iCCP", "IDAT", "IEND"].flatMap(Self.chunk))
        let told = ["eXIf", "tEXt", "zTXt", "iTXt", "tIME", "caBX", "prVt"].flatMap(Self.chunk)
        #expect(
            PhotoPrivacy.bare(
                start + Self.chunk("IHDR") + told + ["iCCP", "IDAT", "IEND"].flatMap(Self.chunk) + told) == start + kept
        )
    }

    @Test(
        "what cannot be read through to its end is no picture",
        arguments: [
            [], [1, 2, 3], Array(pixel[..<6]), Array(pixel[..<12]), [0xFF, 0xD8, 0xFF, 0xD9],
            [0xFF, 0xD8, 0xFF, 0xD8, 0, 2, 0xFF, 0xD9], pngStart + [0xFF, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8],
            pngStart + chunk("IHDR"),
        ])
    func broken(bytes: [UInt8]) { #expect(PhotoPrivacy.bare(bytes) == nil) }
}
