import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("Two people assess a firm, and not one with a program", .serialized)
struct MaturityTokenTests {
    private static func token(of maker: Caller, _ yard: Yard) async throws -> Caller {
        let request = APITokenRequest(
            name: "tool-\(maker.person?.rawValue ?? "")", scopes: ["command:alliance.maturity.*"], firm: maker.firm,
            roles: maker.roles)
        let now = yard.clock.read()
        let issued = try await yard.store.write { try APITokens.issue(request, by: maker, at: now, in: $0) }
        let found = try await yard.store.read { try APITokens.find(key: issued.key, at: now, in: $0) }
        return try #require(found?.caller)
    }

    @Test(
        "a token confirms nothing that its maker handed in, nor its maker what it handed in", arguments: [true, false])
    func own(_ handsInByToken: Bool) async throws {
        try await Yard.with([try Alliance()], on: .sqlite) { yard in
            let (chief, colleague) = (Caller.executive("firm-a"), Caller.worker("firm-a"))
            try await yard.register("firm-a")
            for caller in [chief, colleague] { try await yard.enrol(caller) }
            let (own, others) = (try await Self.token(of: chief, yard), try await Self.token(of: colleague, yard))
            let started = try await yard.perform("alliance.maturity.start", [:], by: chief)
            let id = String((started.events.first?.stream ?? "").dropFirst("maturity/".count))
            let items = try MaturityItems(Handbook(shipped: Alliance.shippedData)).items
            let named: [String: JSON] = ["assessment": .string(id)]
            let answers = items.map { JSON.object(["item": .string($0.id), "level": "2"]) }
            try await yard.perform(
                "alliance.maturity.answer", named.merging(["answers": .array(answers)]) { $1 }, by: chief)
            try await yard.perform("alliance.maturity.submit", named, by: handsInByToken ? own : chief)
            for caller in [chief, own] {
                let refusal = try await yard.refusal("alliance.maturity.confirm", named, by: caller)
                #expect(refusal?.code == "maturity.same-person")
            }
            try await yard.perform("alliance.maturity.confirm", named, by: others)
            #expect(try await yard.rebuildsAlike())
        }
    }
}
