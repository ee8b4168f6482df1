import Record
import Store
import Testing

@testable import Access

/// A generator whose seed a failing test prints.
struct Seeded: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        // SplitMix64 (Steele, Lea, Flood 2014).
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

@Suite struct TenancyTests {
    @Test("Whatever rows there are, a tenant's condition returns those it may see and no others", arguments: 1...20)
    func isolation(seed: Int) async throws {
        try await withStores { store in
            var generator = Seeded(state: UInt64(seed))
            // Names that lie inside one another, or differ in their last sign: where a sloppy pattern would leak.
            let firms: [FirmID] = ["f1", "f11", "f", "1", "f2", "contract", "firm", "zone", "public", "f-1"]
            let scopes = (0..<200).map { _ -> Scope in
                let one = firms[Int.random(in: 0..<firms.count, using: &generator)]
                let other = firms[Int.random(in: 0..<firms.count, using: &generator)]
                return switch Int.random(in: 0..<6, using: &generator) {
                case 0, 1: .firm(one)
                case 2, 3: .contract(one, other)
                case 4: .person(PersonID(one.rawValue))
                default: Bool.random(using: &generator) ? .everyone : .zone
                }
            }
            let zone = try Caller(.person("o"), roles: [.zoneOfficer]).tenant
            try await store.write { transaction in
                try transaction.execute("CREATE TABLE toys (id BIGINT PRIMARY KEY, scope TEXT NOT NULL)")
                try transaction.insert(
                    into: "toys", columns: ["id", "scope"],
                    rows: scopes.enumerated().map { [.integer(Int64($0)), .text($1.text)] })
            }
            for tenant in firms.map({ Tenant.firm($0) }) + [zone] {
                let own = tenant.condition(column: "t.scope")
                let returned = try await store.read {
                    try $0.query("SELECT t.id FROM toys t WHERE \(own.sql) ORDER BY t.id", own.arguments)
                        .map { Int(try $0.integer("id")) }
                }
                #expect(returned == scopes.indices.filter { tenant.sees(scopes[$0]) }, "seed \(seed)")
                if let firm = tenant.firm {
                    for at in returned {
                        switch scopes[at] {
                        case .firm(let owner): #expect(owner == firm, "seed \(seed)")
                        case .contract(let one, let other): #expect(one == firm || other == firm, "seed \(seed)")
                        case .everyone: break
                        case .zone, .person: Issue.record("\(firm) saw \(scopes[at]), seed \(seed)")
                        }
                    }
                }
            }
        }
    }

    @Test("Looks are listed to the firm whose data they were at, latest first, within the time asked for")
    func looks() async throws {
        try await withStores { store in
            let zone = try Caller(.person("o"), roles: [.zoneOfficer]).tenant
            try await store.write { transaction in
                try AuditOfLooks.append(
                    (0..<40).map { number in
                        Look(
                            time: later(Double(number / 2)), author: .person("p"),
                            scope: [.firm("f1"), .firm("f2"), .contract("f1", "f3"), .everyone][number % 4],
                            route: "GET /things/{id}", object: "thing/\(number)")
                    }, in: transaction)
            }
            let all = noon..<later(100)
            let own = try await store.read { try AuditOfLooks.list(for: .firm("f1"), during: all, in: $0) }
            #expect(own.total == 20)
            #expect(own.rows.first?.object == "thing/38" && own.rows.last?.object == "thing/0")
            let page = try await store.read {
                try AuditOfLooks.list(for: .firm("f1"), during: all, limit: 3, offset: 3, in: $0)
            }
            #expect(page.rows.map(\.object) == Array(own.rows.map(\.object)[3..<6]))
            #expect(try await store.read { try AuditOfLooks.list(for: zone, during: all, in: $0) }.total == 30)
            let early = try await store.read { try AuditOfLooks.list(for: zone, during: noon..<later(1), in: $0) }
            #expect(early.rows.map(\.object) == ["thing/1", "thing/0"])
        }
    }

    @Test("A firm's lists, and whoever signs in or asks with a key, are found by index")
    func plans() async throws {
        try await withSQLite { store in
            let (scans, asked) = try await store.read { reader in
                let explaining = Explaining(reader)
                let firm = Tenant.firm("f1")
                _ = try Directory.people(for: firm, in: explaining)
                _ = try Directory.people(for: firm, containing: "kim", in: explaining)
                _ = try Directory.person("kim", for: firm, in: explaining)
                _ = try Directory.firms(for: firm, in: explaining)
                _ = try APITokens.list(for: firm, in: explaining)
                _ = try APITokens.find(key: "slw_x", at: noon, in: explaining)
                _ = try AuditOfLooks.list(for: firm, during: noon..<later(1), in: explaining)
                _ = try Sessions.find(token: "x", at: noon, in: explaining)
                _ = try Sessions.list(of: "kim", at: noon, in: explaining)
                _ = try Credentials.find("kim", in: explaining)
                _ = try Directory.caller("kim", in: explaining)
                return (explaining.steps(startingWith: "SCAN"), explaining.plans.count)
            }
            #expect(asked > 14)
            // Walking along an index in the order asked for is no scan: it stops when the page is full.
            #expect(scans.allSatisfy { $0.contains("USING INDEX") }, "\(scans)")
        }
    }
}
