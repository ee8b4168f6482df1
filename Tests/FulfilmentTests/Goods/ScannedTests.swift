import Store
import Testing

@testable import Fulfilment

/// What scanners and cameras hand over is read alike.
@Suite struct ScannedTests {
    private static let gtin = "08801234567893"

    @Test(
        "element strings as transmitted, with brackets and as Digital Links say the same",
        arguments: [
            "0108801234567893" + "17261231" + "10L7\u{1D}" + "21S9", "]d2010880123456789317261231" + "10L7\u{1D}21S9",
            "\u{1D}0108801234567893" + "21S9\u{1D}10L7\u{1D}17261231", "(01)08801234567893(17)261231(10)L7(21)S9",
            "https://id.gs1.org/01/08801234567893/10/L7/21/S9?17=261231",
        ])
    func same(_ code: String) throws {
        let read = try #require(Scanned(code))
        #expect(read.gtin == Self.gtin && read.lot == "L7" && read.serial == "S9" && read.expiry == "2026-12-31")
    }

    @Test("a unit, a place, and a month's last day")
    func others() throws {
        #expect(Scanned("00123456789012345675")?.sscc == "123456789012345675")
        #expect(Scanned("https://example.org/414/8801234567893/254/A-03-2")?.place == "A-03-2")
        #expect(Scanned("010880123456789317280200")?.expiry == "2028-02-29")
        #expect(Scanned("010880123456789317261301")?.expiry == nil)
    }

    @Test(
        "labels of our own, plain numbers, and what is not sound are none",
        arguments: [
            "A-01-1", "8801234567893", "RICE", "", "0108801234567890", "(01)0880123456789X", "(01", "0108801234",
            "010880123456789399", "https://example.org/", "00123456789012345670",
        ])
    func none(_ code: String) { #expect(Scanned(code) == nil) }

    @Test("an item, a place and a serial number are meant by what a code holds")
    func meant() async throws {
        try await Yard.with { yard in
            let (item, place) = try await yard.store.read { reader in
                (
                    try ItemTable.meant("0108801234567893" + "10L7", for: Yard.owner, in: reader)?.code,
                    try PlaceTable.meant(
                        "https://example.org/414/8801234567893/254/A-01-1", in: Yard.centre, for: Yard.owner,
                        in: reader)?.name
                )
            }
            #expect(item == "RICE" && place == "A-01-1")
            #expect(Serials.read("S1, 010880123456789321S2\nS3") == ["S1", "S2", "S3"])
        }
    }
}
