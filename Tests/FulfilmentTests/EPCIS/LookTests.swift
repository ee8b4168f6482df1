import District
import Record
import Testing

@testable import Fulfilment

/// What people type or scan when they look for events.
@Suite struct LookTests {
    @Test(
        "an address, a URN, a bar code and its figures mean the same; anything else is an item's code",
        arguments: [
            (
                "https://id.example.com/01/08801234567893/10/L1",
                EPCISLook.identifier("https://id.gs1.org/01/08801234567893/10/L1")
            ),
            ("(01)08801234567893(10)L1", .identifier("https://id.gs1.org/01/08801234567893/10/L1")),
            ("(01) 8801234567893", .identifier("https://id.gs1.org/01/08801234567893")),
            ("(00) 1 8800000 000000001 2", .identifier("https://id.gs1.org/00/188000000000000012")),
            ("urn:epc:id:sscc:8800000.1000000001", .identifier("https://id.gs1.org/00/188000000000000012")),
            (" MILK L1 ", .item("MILK", lot: "L1")), ("RICE", .item("RICE", lot: "")),
        ])
    func look(said: String, meant: EPCISLook) { #expect(EPCISLook(said) == meant) }

    @Test func nothing() { #expect(EPCISLook("  ") == nil) }
}
