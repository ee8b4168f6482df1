import District
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Safety

@Suite("Chemicals and their data sheets")
struct SubstanceTests {
    private static let thinner: [String: JSON] = [
        "thing": "alfa-shop", "name": "thinner", "supplier": "Sample Ltd", "hazards": "H225, H319 h336",
        "revised": "2026-03-02T00:00:00+09:00",
    ]

    private static func only(_ yard: Yard, _ firm: FirmID = "alfa") async throws -> [Substance] {
        try await yard.store.read { try SubstanceTable.list(for: Tenant.firm(firm), in: $0) }
    }

    @Test(
        "a CAS number is held against its check digit",
        arguments: [
            ("108-88-3", true), ("7782-44-7", true), ("7732-18-5", true), ("108-88-4", false), ("108-883", false),
            ("1-88-3", false), ("", false), ("10a-88-3", false), ("７782-44-7", false),
        ])
    func cas(_ text: String, _ isSound: Bool) { #expect(CASNumber.isSound(text) == isSound) }

    @Test("one is registered, revised and removed; a rebuild gives the same", arguments: StoreUnderTest.all)
    func life(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform("safety.substance.register", Self.thinner, by: .manager("alfa"))
            let first = try #require(try await Self.only(yard).first)
            #expect(first.hazards == ["H225", "H319", "H336"])
            #expect(first.isFlammable && !first.isOxidising)
            #expect(first.code.count == 22)
            let sheet = try await yard.attach("section 2: …")
            try await yard.perform(
                "safety.substance.revise",
                [
                    "substance": .string(first.id), "hazards": "H319", "revised": "2026-11-20T00:00:00+09:00",
                    "sheet": .string(sheet),
                ], by: .manager("alfa"))
            let second = try #require(try await Self.only(yard).first)
            #expect(second.hazards == ["H319"] && second.sheet == sheet && !second.isFlammable)
            #expect(try await yard.rebuildsAlike())
            try await yard.perform(
                "safety.substance.remove", ["substance": .string(first.id), "reason": "used up"], by: .manager("alfa"))
            #expect(try await Self.only(yard).isEmpty)
            #expect(try await yard.store.read { try SubstanceTable.coded(first.code, in: $0) } == nil)
        }
    }

    @Test(
        "what is wrong is named by field and rule",
        arguments: [
            ("hazards", "H225 H999", "ghs"), ("cas", "108-88-4", "cas"),
            ("revised", "2026-11-23T00:00:00+09:00", "past"),
            ("sheet", String(repeating: "0", count: 64), "attachment"), ("thing", "bravo-shop", "reference"),
        ] as [(String, String, String)])
    func refusals(_ field: String, _ value: String, _ rule: String) async throws {
        try await Yard.with { yard in
            var values = Self.thinner
            values[field] = .string(value)
            let refusal = try #require(
                try await yard.refusal("safety.substance.register", values, by: .manager("alfa")))
            #expect(refusal.faults.map(\.field) == [field])
            #expect(refusal.faults.map(\.rule) == [rule])
            #expect(try await Self.only(yard).isEmpty)
        }
    }

    @Test("another firm neither sees nor changes it, and a worker may look but not register")
    func others() async throws {
        try await Yard.with { yard in
            try await yard.perform("safety.substance.register", Self.thinner, by: .manager("alfa"))
            let id = try #require(try await Self.only(yard).first?.id)
            #expect(try await Self.only(yard, "bravo").isEmpty)
            let refused = try await yard.refusal(
                "safety.substance.remove", ["substance": .string(id), "reason": "x"], by: .manager("bravo"))
            #expect(refused?.kind == .notFound)
            #expect(
                try await yard.refusal("safety.substance.register", Self.thinner, by: .worker("alfa"))?.kind
                    == .forbidden)
        }
    }

    @Test("what burns is found from the place, from above it and from below it, and not from beside it")
    func flammables() async throws {
        try await Yard.with { yard in
            try await yard.perform("safety.substance.register", Self.thinner, by: .manager("alfa"))
            func found(_ thing: ThingID) async throws -> Int {
                try await yard.store.read {
                    try SubstanceTable.flammables(at: thing, for: Tenant.firm("alfa"), in: $0).count
                }
            }
            #expect(try await found("alfa-shop") == 1)
            #expect(try await found("alfa-press") == 1)
            #expect(try await found("alfa-plant") == 1)
            #expect(try await found("bravo-plant") == 0)
        }
    }

    @Test("what burns must not stand beside what feeds a fire, and an explosive beside nothing")
    func clashes() {
        func substance(_ hazards: [String]) -> Substance {
            Substance(
                id: "s", scope: .firm("alfa"), thing: "alfa-shop", name: "s", cas: nil, supplier: "s", hazards: hazards,
                sheet: nil, revised: KoreanDay(number: 0), code: "c", isRemoved: false)
        }
        let (burns, feeds, bursts, stings) = (
            substance(["H225"]), substance(["H270"]), substance(["H201"]), substance(["H319"])
        )
        #expect(burns.clashes(with: feeds) && feeds.clashes(with: burns))
        #expect(bursts.clashes(with: stings) && stings.clashes(with: bursts))
        #expect(!burns.clashes(with: burns) && !burns.clashes(with: stings) && !feeds.clashes(with: stings))
    }
}
