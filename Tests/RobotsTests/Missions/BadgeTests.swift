import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Robots

/// Badges are secrets: registered by whoever answers for a firm's people, kept as hashes, one a person.
@Suite struct BadgeTests {
    private static let chief = Caller.executive("firm-onyu")

    private func register(
        _ yard: Yard, _ person: String, _ badge: String, by caller: Caller = chief
    ) async throws -> Refusal? {
        try await yard.refusal(
            "robots.badge.register", ["person": .string(person), "badge": .string(badge)], by: caller)
    }

    private func holder(_ yard: Yard, _ badge: String) async throws -> PersonID? {
        let hash = try BadgeNumber(badge, of: "firm-onyu").hash
        return try await yard.store.read { try BadgeTable.holder(of: hash, in: $0) }
    }

    @Test(
        "the number stands nowhere, the last one counts, and a withdrawn one opens nothing",
        arguments: StoreUnderTest.all)
    func secret(_ kind: StoreUnderTest) async throws {
        try await MissionYard.with(kind) { yard in
            #expect(try await register(yard, "nurse", "0491-2233-77") == nil)
            #expect(try await holder(yard, "0491223377") == "nurse")
            let dump = try await yard.district.dump()
            #expect(!"\(dump)".contains("0491"))
            let event = try #require(try await yard.last(RegisterBadge.event))
            #expect(!JSON.object(event.payload).canonicalText.contains("0491"))
            #expect(try await register(yard, "nurse", "5500112233") == nil)
            #expect(try await holder(yard, "0491223377") == nil)
            #expect(try await holder(yard, "5500112233") == "nurse")
            #expect(try await yard.rebuildsAlike())
            try await yard.perform("robots.badge.withdraw", ["person": "nurse"], by: Self.chief)
            #expect(try await holder(yard, "5500112233") == nil)
            let again = try await yard.refusal("robots.badge.withdraw", ["person": "nurse"], by: Self.chief)
            #expect(again?.code == "badge.none" && again?.faults.first?.field == "person")
        }
    }

    @Test("an operator registers badges of their own firm's people alone; no page shows the number")
    func operators() async throws {
        try await MissionYard.with { yard in
            #expect(try await register(yard, "nurse", "0491223377", by: MissionYard.operators) == nil)
            #expect(try await holder(yard, "0491223377") == "nurse")
            let foreign = try await register(yard, "barista", "0491223388", by: MissionYard.operators)
            #expect(foreign?.code == "badge.person")
            #expect(RegisterBadge.register.form.fields.first { $0.name == "badge" }?.isSecret == true)
        }
    }

    @Test("what cannot be is refused by its field; nobody registers for another firm, or for themselves")
    func refusals() async throws {
        try await MissionYard.with { yard in
            #expect(try await register(yard, "nurse", "0491223377") == nil)
            let taken = try await register(yard, "pharmacist", "0491-2233-77")
            #expect(taken?.code == "badge.taken" && taken?.faults.first?.field == "badge")
            let short = try await register(yard, "pharmacist", "12-34 567")
            #expect(short?.code == "badge.short" && short?.faults.first?.field == "badge")
            let foreign = try await register(yard, "barista", "0491223388")
            #expect(foreign?.code == "badge.person" && foreign?.faults.first?.field == "person")
            #expect(try await register(yard, "nurse", "0491223388", by: MissionYard.nurse)?.kind == .forbidden)
            #expect(try await register(yard, "barista", "0491-2233-77", by: .executive("firm-solmaru")) == nil)
        }
    }
}
