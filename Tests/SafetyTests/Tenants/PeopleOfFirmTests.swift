import District
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Safety

@Suite("Tenants: invitations, roles, appointments")
struct PeopleOfFirmTests {
    private static func issue(_ yard: Yard, _ choice: Invitations.Choice, days: Int = 14) async throws -> [Invitations
        .Made]
    {
        let (tenant, now) = (try Caller.officer.tenant, yard.clock.read())
        return try await yard.district.transact {
            try Invitations.issue(choice, days: days, by: .officer, for: tenant, in: $0, at: now)
        }
    }

    private static func works(_ yard: Yard, _ token: String) async throws -> Bool {
        let now = yard.clock.read()
        do {
            let link = try await yard.store.read { try SetupLink.look(token, at: now, in: $0) }
            return link.roles == [.executive] && link.firm != nil
        } catch is AccessError {
            return false
        }
    }

    private static func activation(_ yard: Yard, _ firm: FirmID) async throws -> FirmProfile.Activation? {
        let now = yard.clock.read()
        return try await yard.store.read {
            try FirmProfiles.find(firm, for: Caller.officer.tenant, in: $0)?.activation(at: now)
        }
    }

    @Test(
        "each firm is invited by a link of its own that ends, can be made anew, and makes it active when it is used",
        arguments: StoreUnderTest.all)
    func invitations(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            _ = try await FirmImportTests.take(yard, "id,name\none,하나\ntwo,둘\n")
            #expect(try await Self.activation(yard, "one") == FirmProfile.Activation.none)
            #expect(try await Self.activation(yard, "alfa") == .active)
            let first = try await Self.issue(yard, .waiting)
            #expect(first.map(\.firm.firm) == ["two", "one"])
            #expect(Set(first.map(\.token)).count == 2)
            #expect(try await Self.works(yard, first[0].token))
            #expect(try await Self.activation(yard, "two") == .invited)
            #expect(try await Self.issue(yard, .waiting).isEmpty)

            let again = try await Self.issue(yard, .one("two"))
            #expect(try await !Self.works(yard, first[0].token))
            #expect(try await Self.works(yard, again[0].token))
            #expect(try await Self.works(yard, first[1].token))

            yard.clock.advance(by: 14 * 86_400 + 1)
            #expect(try await !Self.works(yard, again[0].token))
            #expect(try await Self.activation(yard, "two") == .expired)
            let third = try await Self.issue(yard, .waiting, days: 1)
            #expect(third.count == 2)

            let now = yard.clock.read()
            try await yard.district.transact { transaction in
                let link = try SetupLink.use(third[0].token, at: now, in: transaction.writer)
                try transaction.record(
                    try link.drafts(person: "p-two", name: "대표", language: .ko),
                    origin: Origin(author: .person("p-two")))
            }
            #expect(try await Self.activation(yard, "two") == .active)
            #expect(try await !Self.works(yard, third[0].token))
            #expect(try await Self.issue(yard, .everyone).map(\.firm.firm) == ["one"])
            let caller = try await yard.store.read { try Directory.caller("p-two", in: $0) }
            #expect(caller?.roles == [.executive] && caller?.firm == "two")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("roles are given and taken by those above, within the firm; the last executive stays")
    func roles() async throws {
        try await Yard.with { yard in
            func refused(_ command: String, _ person: String, _ role: Role, by caller: Caller) async throws -> String? {
                try await yard.refusal(
                    "access.role.\(command)", ["person": .string(person), "role": .string(role.rawValue)], by: caller)?
                    .code
            }
            let executive = Caller.executive("alfa")
            #expect(
                try await refused("grant", "alfa-worker-1", .safetyManager, by: .worker("alfa")) == "access.forbidden")
            #expect(try await refused("grant", "alfa-worker-1", .executive, by: .manager("alfa")) == "role.not-yours")
            #expect(try await refused("grant", "alfa-worker-1", .zoneOfficer, by: executive) == "role.not-yours")
            #expect(try await refused("grant", "bravo-worker-1", .safetyManager, by: executive) == "person.unknown")
            #expect(try await refused("grant", "alfa-worker-1", .zoneOfficer, by: .officer) == "role.firm")
            #expect(try await refused("grant", "officer", .executive, by: .officer) == "role.firm")
            #expect(try await refused("revoke", "alfa-executive", .executive, by: executive) == "role.last")
            #expect(try await refused("revoke", "alfa-worker-1", .safetyManager, by: executive) == "role.not-held")
            #expect(try await refused("grant", "alfa-worker-1", .safetyManager, by: executive) == nil)
            #expect(try await refused("grant", "alfa-worker-1", .safetyManager, by: executive) == "role.held")
            let caller = try #require(try await yard.store.read { try Directory.caller("alfa-worker-1", in: $0) })
            #expect(caller.roles == [.worker, .safetyManager])
            #expect(try await refused("grant", "alfa-worker-2", .executive, by: executive) == nil)
            #expect(try await refused("revoke", "alfa-executive", .executive, by: executive) == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "appointments are of the firm's own people; specialists have their time guaranteed, which proves D4(6)",
        arguments: StoreUnderTest.all)
    func appointments(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform("safety.firm.profile", DutyStoryTests.profile, by: .manager("alfa"))
            func refused(_ values: [String: JSON], by caller: Caller = .manager("alfa")) async throws -> String? {
                try await yard.refusal("safety.role.appoint", values, by: caller)?.code
            }
            #expect(try await refused(["person": "bravo-worker-1", "role": "supervisor"]) == "role.person")
            #expect(try await refused(["person": "alfa-worker-1", "role": "safetyHealthPerson"]) == "role.hours")
            #expect(
                try await refused(["person": "alfa-worker-1", "role": "supervisor"], by: .worker("alfa"))
                    == "access.forbidden")
            #expect(try await HoldTests.state(yard, "sapa-d4-6") == .lacking)
            #expect(try await refused(["person": "alfa-worker-1", "role": "supervisor"]) == nil)
            #expect(try await HoldTests.state(yard, "sapa-d4-6") == .lacking)
            #expect(
                try await refused(["person": "alfa-worker-1", "role": "safetyHealthPerson", "hours": 40]) == nil)
            #expect(try await HoldTests.state(yard, "sapa-d4-6") == .unsigned)
            #expect(
                try await refused(["person": "alfa-worker-1", "role": "safetyHealthPerson", "hours": 40]) == "role.held"
            )
            let held = try await yard.store.read {
                try Appointments.current(in: "alfa", for: Caller.manager("alfa").tenant, $0)
            }
            #expect(Set(held.map(\.role)) == [.supervisor, .safetyHealthPerson])
            let supervisor = try #require(held.first { $0.role == .supervisor })
            let end: [String: JSON] = ["appointment": .string(supervisor.id), "reason": "부서 이동"]
            #expect(try await yard.refusal("safety.role.end", end, by: .manager("bravo"))?.code == "role.unknown")
            try await yard.perform("safety.role.end", end, by: .manager("alfa"))
            #expect(try await yard.refusal("safety.role.end", end, by: .manager("alfa"))?.code == "role.unknown")
            let roles = try await yard.store.read { try Appointments.roles(of: "alfa-worker-1", in: "alfa", $0) }
            #expect(roles == [.safetyHealthPerson])
            #expect(try await yard.rebuildsAlike())
        }
    }
}
