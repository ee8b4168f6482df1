import Record
import Testing

@testable import Web

@Suite("QR codes")
struct QRTests {
    /// Codes made by the Python package qrcode 8 (byte mode, level M, this mask): SHA-256 of the rows as 0 and 1.
    static let known: [(text: String, mask: Int, version: Int, hash: String)] = [
        ("SLIPWAY", 0, 1, "80dc056f495ec63dd86fd1fed170107e79c18651ac60e9f44de63e5f26924fe4"),
        ("https://a.kr/m/K7Q2", 1, 2, "fbb64701abdf06ef0fae234e980a0a721ef9b4031f47c53bdbf4c69bb97d1c2e"),
        (
            "https://district.example/m/018f-7a3c-9b2d", 2, 3,
            "e07e803c336712170bfca4d8d0976970fb4849c36310063898cb0281806fbe46"
        ),
        ("안전보건 물질안전보건자료", 3, 3, "279f187d83db57e151a3d2df032e425d23c3ef67ee3ba64d7a209768feabdd7d"),
        (letters(60), 4, 4, "c72e50a9375ff12446b33b801f6909b5c5b1a76a58dfe6c3742d0354808abb62"),
        (letters(80), 5, 5, "b7b1163835eec431a1fed5a7ba7fbf2f8818344ae69501a503f3d91d3454a876"),
        (letters(100), 6, 6, "8a14fedb9b0e1a9671a46b93b0874a2456c42d6b7af7d10abd45ee0868a27b4b"),
        (letters(120), 7, 7, "bb8e410b06ba1073ad2184b774efa705eae3059df4cd167a0139a33bfaadc4a4"),
        (letters(150), 0, 8, "cd6f58e68551e2a2e8973cdca2df0b247aa19ef3ef32f31d0e24c6ea54c2e5dd"),
        (letters(178), 1, 9, "89ad412591b86ede0380c120aaf8cff9e1034cc0244da212fbd694016d15f1b6"),
        (letters(181), 2, 10, "dcf411fab49eabc184c123e540abd46f9204e0f04e12530898c84b87664de0e0"),
        (letters(213), 3, 10, "c2f8dc90743453aa45612791e7926bc5460227363873dd119af9c549cd6d2347"),
    ]

    private static func letters(_ count: Int) -> String {
        String(decoding: (0..<count).map { UInt8(97 + ($0 * 7 + count) % 26) }, as: UTF8.self)
    }

    @Test("are module for module what another encoder draws, in every version and under every mask", arguments: known)
    func modules(text: String, mask: Int, version: Int, hash: String) throws {
        let modules = try QR.modules(text, mask: mask)
        #expect(modules.count == 17 + 4 * version)
        let rows = modules.map { row in row.map { $0 ? "1" : "0" }.joined() }.joined(separator: "\n")
        #expect(ContentHash.sha256(Array(rows.utf8)) == hash)
    }

    @Test("the error correction is that of the standard's own example, 01234567 in version 1-M")
    func correction() {
        let data: [UInt8] = [
            0x10, 0x20, 0x0C, 0x56, 0x61, 0x80, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11, 0xEC, 0x11,
        ]
        let expected: [UInt8] = [0xA5, 0x24, 0xD4, 0xC1, 0xED, 0x36, 0xC7, 0x87, 0x2C, 0x55]
        #expect(ReedSolomon.correction(of: data, count: 10) == expected)
    }

    @Test("the mask is the one that is easiest to read by the standard's four rules")
    func mask() throws {
        let line: [Bool] = [true, true, true, true, true, true, false, true]
        #expect(QRPenalty.runs(line) == 4)
        #expect(QRPenalty.squares([[true, true, true], [true, true, true], [false, true, false]]) == 6)
        #expect(
            QRPenalty.finderLike([true, false, true, true, true, false, true]) == 80, "light outside on both sides")
        let dark = Array(repeating: true, count: 2)
        #expect(QRPenalty.balance([dark, dark]) == 100)
        let least = try (0..<8).map { QRPenalty.of(try QR.modules("SLIPWAY", mask: $0)) }.min()
        #expect(QRPenalty.of(try QR.modules("SLIPWAY")) == least)
    }

    @Test("what is too long for version 10 is refused with its length")
    func tooLong() {
        #expect(throws: QR.TooLong(bytes: 214)) { try QR.modules(String(repeating: "a", count: 214)) }
        #expect(throws: QR.TooLong(bytes: 216)) { try QR.svg(String(repeating: "가", count: 72)) }
    }

    @Test("the picture has its quiet zone, every dark module once, and a name that cannot break out of it")
    func picture() throws {
        let svg = try QR.svg("SLIPWAY", label: "\"><script>")
        #expect(svg.contains("viewBox=\"0 0 29 29\""))
        #expect(svg.contains("aria-label=\"&quot;>&lt;script>\""))
        let dark = try QR.modules("SLIPWAY").reduce(0) { $0 + $1.count { $0 } }
        let drawn = svg.matches(of: /M(\d+) (\d+)h(\d+)v1/).reduce(0) { $0 + (Int($1.3) ?? 0) }
        #expect(drawn == dark)
    }
}
