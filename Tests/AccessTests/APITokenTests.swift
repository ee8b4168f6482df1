import Record
import Store
import Testing

@testable import Access

@Suite struct APITokenTests {
    static let manager = Caller(.person("kim"), roles: [.executive, .operator], firm: "f1")
    static let request = APITokenRequest(
        name: "gw-3", scopes: ["readings:write"], firm: "f1", roles: [.operator], expires: later(1000))

    @Test("A key is told once, begins with slw_, and opens what its token allows until it ends or is revoked")
    func life() async throws {
        try await withStores { store in
            let (key, token) = try await store.write {
                try APITokens.issue(Self.request, by: Self.manager, at: noon, in: $0)
            }
            #expect(key.hasPrefix("slw_") && key.count == 47)
            let found = try await store.read { try APITokens.find(key: key, at: later(1), in: $0) }
            #expect(found == token)
            #expect(found?.caller.author == .machine("f1/gw-3"))
            #expect(try found?.caller.tenant == .firm("f1"))
            #expect(token.needsTouch(at: later(1)))
            try await store.write { try APITokens.touch(token, at: later(1), in: $0) }
            let used = try await store.read { try APITokens.find(key: key, at: later(2), in: $0) }
            #expect(used?.used == later(1) && used?.needsTouch(at: later(2)) == false)
            #expect(try await store.read { try APITokens.find(key: key, at: later(1000), in: $0) } == nil)
            #expect(try await store.read { try APITokens.find(key: "slw_made-up", at: noon, in: $0) } == nil)
            #expect(try await store.write { try !APITokens.revoke(token.id, for: .firm("f2"), at: later(3), in: $0) })
            #expect(try await store.write { try APITokens.revoke(token.id, for: .firm("f1"), at: later(3), in: $0) })
            #expect(try await store.read { try APITokens.find(key: key, at: later(4), in: $0) } == nil)
            let mine = try await store.read { try APITokens.list(for: .firm("f1"), in: $0) }
            #expect(mine.rows.map(\.revoked) == [later(3)])
            #expect(try await store.read { try APITokens.list(for: .firm("f2"), in: $0) }.total == 0)
            let rows = try await store.read { try $0.query("SELECT * FROM access_tokens") }
            #expect(!rows.contains { $0.values.contains(.text(key)) })
        }
    }

    @Test(
        "Nobody hands out more than they have",
        arguments: [
            (APITokenRequest(name: "a", scopes: ["read"], firm: "f2"), AccessError.Code.forbidden),
            (APITokenRequest(name: "a", scopes: ["read"]), .forbidden),
            (APITokenRequest(name: "a", scopes: ["read"], firm: "f1", roles: [.zoneOfficer]), .forbidden),
            (APITokenRequest(name: "a/b", scopes: ["read"], firm: "f1"), .invalid),
            (APITokenRequest(name: "", scopes: ["read"], firm: "f1"), .invalid),
            (APITokenRequest(name: "a", scopes: [], firm: "f1"), .invalid),
            (APITokenRequest(name: "a", scopes: ["read write"], firm: "f1"), .invalid),
            (APITokenRequest(name: "a", scopes: ["command*"], firm: "f1"), .invalid),
            (APITokenRequest(name: "a", scopes: [":*:*"], firm: "f1"), .invalid),
        ])
    func refused(request: APITokenRequest, code: AccessError.Code) {
        #expect { try request.check(by: Self.manager) } throws: { ($0 as? AccessError)?.code == code }
    }

    @Test("A token makes no tokens, and a name is given once in a firm")
    func names() async throws {
        try await withStores { store in
            let (_, token) = try await store.write {
                try APITokens.issue(Self.request, by: Self.manager, at: noon, in: $0)
            }
            #expect(throws: AccessError.self) { try Self.request.check(by: token.caller) }
            await #expect {
                _ = try await store.write {
                    try APITokens.issue(Self.request, by: Self.manager, at: noon, in: $0)
                }
            } throws: { ($0 as? AccessError)?.code == .taken }
            var other = Self.request
            other.firm = nil
            let zone = other
            let officer = Caller(.person("park"), roles: [.zoneOfficer, .operator])
            let made = try await store.write { try APITokens.issue(zone, by: officer, at: noon, in: $0) }
            #expect(made.token.caller.author == .machine("gw-3"))
        }
    }
}
