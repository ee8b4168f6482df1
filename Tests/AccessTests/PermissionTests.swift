import Record
import Testing

@testable import Access

@Suite struct PermissionTests {
    static let officer = Caller(.person("p1"), roles: [.zoneOfficer])
    static let worker = Caller(.person("p2"), roles: [.worker], firm: "f1")
    static let citizen = Caller(.person("p3"), roles: [.citizen])
    static let gateway = Caller(
        .token("t1"), name: "gw", roles: [.operator], firm: "f1", tokenScopes: ["readings:write"])
    static let commander = Caller(.token("t3"), name: "do", roles: [.operator], tokenScopes: ["command:*"])
    static let master = Caller(.token("t2"), name: "all", roles: [.operator], tokenScopes: ["*"])

    @Test(
        "A permission lets in whom it names and says why it refuses the others",
        arguments: [
            (Permission.anyone, Caller.anonymous(), AccessError.Code?.none),
            (.signedIn, .anonymous(), .signInRequired),
            (.signedIn, worker, nil),
            (.signedIn, gateway, .forbidden),
            (.signedIn.orToken("read"), gateway, .forbidden),
            (.signedIn.orToken("readings:write"), gateway, nil),
            (.roles([.worker]), worker, nil),
            (.roles([.worker, .citizen]), citizen, nil),
            (.roles([.safetyManager]), worker, .forbidden),
            (.roles([.safetyManager]), .anonymous(), .signInRequired),
            (.roles([.operator]), gateway, .forbidden),
            (.roles([.operator]), master, .forbidden),
            (.roles([.operator]).orToken("command:a.b.c"), gateway, .forbidden),
            (.roles([.operator]).orToken("readings:write"), gateway, nil),
            (.roles([.operator]).orToken("command:a.b.c"), master, nil),
            (.roles([.worker]).orToken("command:a.b.c"), master, .forbidden),
            (.roles([.operator]).orToken("command:a.b.c"), commander, nil),
            (.roles([.operator]).orToken("read"), commander, .forbidden),
            (.tokenScope("commands:write"), commander, .forbidden),
            (.tokenScope("readings:write"), gateway, nil),
            (.tokenScope("readings:write"), worker, .forbidden),
            (.tokenScope("readings:write"), officer, .forbidden),
            (.tokenScope("readings:write"), .anonymous(), .signInRequired),
            (.roles([.administrator]), .system("cli"), nil),
        ])
    func check(permission: Permission, caller: Caller, expected: AccessError.Code?) {
        var code: AccessError.Code?
        do throws(AccessError) { try permission.check(caller) } catch { code = error.code }
        #expect(code == expected)
        #expect(permission.allows(caller) == (expected == nil))
    }

    @Test(
        "Only the zone's officers and Slipway itself have the zone's authority; others act for their firm or not at all"
    )
    func tenants() throws {
        #expect(try Self.worker.tenant == .firm("f1"))
        #expect(try Self.gateway.tenant == .firm("f1"))
        #expect(try Self.officer.tenant.firm == nil)
        #expect(try Caller.system("detector").tenant.firm == nil)
        #expect(throws: AccessError.self) { _ = try Self.citizen.tenant }
        #expect(throws: AccessError.self) { _ = try Caller.anonymous().tenant }
        for role in Role.allCases where role != .zoneOfficer {
            #expect(ZoneAuthority(Caller(.person("p"), roles: [role])) == nil)
        }
    }

    @Test("An author names the person, or the credential with its firm")
    func authors() {
        #expect(Self.worker.author == .person("p2"))
        #expect(Self.gateway.author == .machine("f1/gw"))
        #expect(Self.master.author == .machine("all"))
    }

    @Test("Every role has Korean and English words of its own")
    func words() {
        #expect(Set(Role.allCases.map(\.words)).count == Role.allCases.count)
        for role in Role.allCases { #expect(role.words.ko != role.words.en) }
        #expect(Role(rawValue: "operator") == .operator)
    }
}
