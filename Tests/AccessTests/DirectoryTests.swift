import Record
import Store
import Testing

@testable import Access

@Suite struct DirectoryTests {
    static let officer = Caller(.person("o"), roles: [.zoneOfficer])

    static func fill(_ store: Store) async throws {
        try await store.write { transaction in
            for (id, name) in [("f1", "한빛프레스"), ("f2", "Sea_100%"), ("f3", "새벽주조")] {
                try apply(
                    [
                        AccessEvents.firmRegistered(
                            Firm(
                                id: FirmID(id), name: name, registration: "123-45-\(id)", headcount: 48))
                    ], in: transaction)
            }
            for number in 0..<30 {
                try add(
                    Person(
                        id: PersonID("p\(number)"), name: "사람 \(number % 7)",
                        firm: number % 3 == 2 ? nil : FirmID("f\(number % 3 + 1)"), roles: [.worker]),
                    in: transaction)
            }
        }
    }

    @Test("A firm finds its own people and itself; the zone finds everyone")
    func lists() async throws {
        try await withStores { store in
            try await Self.fill(store)
            let zone = try Self.officer.tenant
            let own = try await store.read { try Directory.people(for: .firm("f1"), in: $0) }
            #expect(own.total == 10 && own.rows.allSatisfy { $0.firm == "f1" && $0.roles == [.worker] })
            #expect(try await store.read { try Directory.people(for: zone, in: $0) }.total == 30)
            #expect(try await store.read { try Directory.person("p1", for: .firm("f1"), in: $0) } == nil)
            #expect(try await store.read { try Directory.person("p1", for: .firm("f2"), in: $0) }?.name == "사람 1")
            #expect(try await store.read { try Directory.firms(for: .firm("f2"), in: $0) }.rows.map(\.id) == ["f2"])
            #expect(try await store.read { try Directory.firm("f1", for: .firm("f2"), in: $0) } == nil)
            #expect(try await store.read { try Directory.firm("f1", for: zone, in: $0) }?.headcount == 48)
        }
    }

    @Test(
        "Words are looked for as written, signs of patterns included",
        arguments: [("sea_1", 1), ("%", 1), ("_", 1), ("프레스", 1), ("123-45", 3), ("!", 0), ("F3", 1)]
            as [(String, Int64)])
    func search(words: String, total: Int64) async throws {
        try await withStores { store in
            try await Self.fill(store)
            let zone = try Self.officer.tenant
            #expect(try await store.read { try Directory.firms(for: zone, containing: words, in: $0) }.total == total)
        }
    }

    @Test("Pages follow one another without gap or repetition, though names repeat")
    func pages() async throws {
        try await withStores { store in
            try await Self.fill(store)
            let zone = try Self.officer.tenant
            var seen: [PersonID] = []
            for offset in stride(from: 0, to: 30, by: 7) {
                seen += try await store.read {
                    try Directory.people(for: zone, limit: 7, offset: offset, in: $0)
                }.rows.map(\.id)
            }
            #expect(seen.count == 30 && Set(seen).count == 30)
        }
    }

    @Test("Roles come and go; whoever left stays in the list as having left")
    func roles() async throws {
        try await withStores { store in
            let lee = Person(id: "lee", name: "이두리", roles: [.worker])
            try await store.write { transaction in
                try add(lee, in: transaction)
                try apply(
                    [
                        AccessEvents.roleGranted(.executive, to: lee), AccessEvents.roleGranted(.executive, to: lee),
                        AccessEvents.roleRevoked(.worker, from: lee), AccessEvents.personLeft(lee),
                    ], in: transaction)
            }
            let zone = try Self.officer.tenant
            let found = try await store.read { try Directory.person("lee", for: zone, in: $0) }
            #expect(found?.roles == [.executive] && found?.active == false)
            #expect(try await store.read { try Directory.caller("lee", in: $0) } == nil)
        }
    }

    @Test("A name is personal content, and without it the person is shown as erased")
    func erased() async throws {
        try await withStores { store in
            let draft = try AccessEvents.personAdded(Person(id: "lee", name: "이두리", firm: "f1"))
            #expect(draft.payload["name"] == nil)
            #expect(draft.personal["name"] == PersonalContent(of: "lee", "이두리"))
            try await store.write { try AccessTables.apply(recorded(draft).event, disclosed: [:], in: $0) }
            let blank = try await store.read { try Directory.person("lee", for: .firm("f1"), in: $0) }
            #expect(blank == Person(id: "lee", name: nil, firm: "f1"))
            try await store.write { transaction in
                try apply([draft], in: transaction)
                try AccessTables.forget("lee", in: transaction)
            }
            let forgotten = try await store.read { try Directory.people(for: .firm("f1"), in: $0) }.rows
            #expect(forgotten.map(\.name) == [nil])
            #expect(
                try await store.read {
                    try Directory.people(for: .firm("f1"), containing: "두리", in: $0)
                }.total == 0)
        }
    }

    @Test("A rebuild from the events gives the same rows, and keeps the credentials")
    func rebuild() async throws {
        try await withStores { store in
            try await Self.fill(store)
            try await store.write {
                try Credentials.set(person: "p1", account: "p1", hash: SignInTests.hash("x"), at: noon, in: $0)
            }
            @Sendable func dump(_ reader: any Reader) throws -> [[SQLValue]] {
                try AccessTables.projected.flatMap {
                    try reader.query("SELECT * FROM \($0) ORDER BY 1, 2").map(\.values)
                }
            }
            let before = try await store.read { try dump($0) }
            try await store.write { transaction in
                for table in AccessTables.projected { try transaction.execute("DELETE FROM \(table)") }
            }
            try await Self.fill(store)
            #expect(try await store.read { try dump($0) } == before)
            #expect(try await store.read { try !Credentials.areEmpty(in: $0) })
        }
    }

    @Test(
        "A firm that breaks a rule is refused by field",
        arguments: [
            (Firm(id: "F1", name: "a", registration: ""), "firm"),
            (Firm(id: "a:b", name: "a", registration: ""), "firm"),
            (Firm(id: "f1", name: "", registration: ""), "name"),
            (Firm(id: "f1", name: "a\nb", registration: ""), "name"),
            (Firm(id: "f1", name: "a", registration: "", headcount: -1), "headcount"),
        ])
    func checks(firm: Firm, field: String) {
        #expect { try firm.check() } throws: { ($0 as? AccessError)?.field == field }
    }
}
