import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("Needs that the Record shows, with the firm's consent")
struct ConsentTests {
    private func needs(_ yard: Yard, by caller: Caller = FirmsYard.alfa) async throws -> [FirmNeed] {
        let tenant = try caller.tenant
        return try await yard.store.read {
            try NeedTable.page(Set(FirmNeed.State.allCases), limit: 50, offset: 0, for: tenant, in: $0).rows
        }
    }

    @Test(
        "three alarms of one machine within thirty days propose a need to the firm alone, with its events",
        arguments: StoreUnderTest.all)
    func alarms(on kind: StoreUnderTest) async throws {
        try await FirmsYard.with(kind) { yard in
            // Before consent nothing is kept; what came before it does not count later.
            for number in 0..<4 { try await FirmsYard.alarm(number, of: "alfa", thing: "press", yard) }
            try await yard.perform("alliance.consent.give", ["source": "alarms"], by: FirmsYard.alfa)
            #expect(
                try await yard.refusal("alliance.consent.give", ["source": "alarms"], by: FirmsYard.alfa)?.code
                    == "consent.given")
            for number in 10..<12 { try await FirmsYard.alarm(number, of: "alfa", thing: "press", yard) }
            try await FirmsYard.alarm(13, of: "alfa", thing: "crane", yard)
            try await FirmsYard.alarm(14, of: "alfa", thing: "press", origin: "replay", yard)
            try await FirmsYard.alarm(15, of: "bravo", thing: "press", yard)
            try await FirmsYard.alarm(11, of: "alfa", thing: "press", yard)
            #expect(try await needs(yard).isEmpty, "two, a replay, another machine, another firm, the same alarm again")
            try await FirmsYard.alarm(16, of: "alfa", thing: "press", yard)
            let need = try #require(try await needs(yard).first)
            #expect(need.state == .proposed && need.source == .alarms && need.kinds.contains("predictive-maintenance"))
            #expect(need.evidence?.thing == "press" && need.evidence?.events.count == 3 && need.evidence?.count == 3)
            let raised = try await yard.events().filter { $0.type == AlarmRaised.type }.map(\.id.description)
            #expect(Set(raised).isSuperset(of: need.evidence?.events.map(\.id) ?? ["none"]))
            // Nobody else is told, the zone's officers neither, and no supplier is looked for.
            for caller in [Caller.officer, FirmsYard.bravo] { #expect(try await needs(yard, by: caller).isEmpty) }
            #expect(try await yard.store.read { try NeedTable.open(in: $0) }.isEmpty)
            // More alarms of the same machine do not propose it again.
            for number in 20..<24 { try await FirmsYard.alarm(number, of: "alfa", thing: "press", yard) }
            #expect(try await needs(yard).count == 1)
            #expect(try await yard.last(NeedTable.proposed)?.author == .rule("alliance.propose-need-of-alarms"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("alarms further apart than thirty days are no pattern")
    func farApart() async throws {
        try await FirmsYard.with { yard in
            try await yard.perform("alliance.consent.give", ["source": "alarms"], by: FirmsYard.alfa)
            for number in 0..<6 {
                try await FirmsYard.alarm(number, of: "alfa", thing: "press", yard)
                yard.clock.advance(by: 16 * 86_400)
            }
            #expect(try await needs(yard).isEmpty)
        }
    }

    @Test("two overdue actions propose a need; withdrawing consent takes it back and stops it")
    func withdrawn() async throws {
        try await FirmsYard.with { yard in
            #expect(
                try await yard.refusal("alliance.consent.withdraw", ["source": "actions"], by: FirmsYard.alfa)?.code
                    == "consent.absent")
            try await yard.perform("alliance.consent.give", ["source": "actions"], by: FirmsYard.alfa)
            try await FirmsYard.escalate("one", of: "alfa", yard)
            try await FirmsYard.escalate("one", of: "alfa", yard)
            #expect(try await needs(yard).isEmpty, "the same action told of again is one")
            try await FirmsYard.escalate("two", of: "alfa", yard)
            #expect(try await needs(yard).map(\.state) == [.proposed])
            try await yard.perform("alliance.consent.withdraw", ["source": "actions"], by: FirmsYard.alfa)
            #expect(try await needs(yard).map(\.state) == [.withdrawn])
            for action in ["three", "four", "five"] { try await FirmsYard.escalate(action, of: "alfa", yard) }
            #expect(try await needs(yard).count == 1)
            // Consent that is given again begins anew.
            try await yard.perform("alliance.consent.give", ["source": "actions"], by: FirmsYard.alfa)
            try await FirmsYard.escalate("six", of: "alfa", yard)
            #expect(try await needs(yard).count == 1)
            try await FirmsYard.escalate("seven", of: "alfa", yard)
            #expect(try await needs(yard).count { $0.state == .proposed } == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a person of the firm takes it up as it is, or changed; or declines it, and it is quiet for a while")
    func answered() async throws {
        try await FirmsYard.with { yard in
            try await yard.perform("alliance.consent.give", ["source": "alarms"], by: FirmsYard.alfa)
            for number in 0..<3 { try await FirmsYard.alarm(number, of: "alfa", thing: "press", yard) }
            for number in 0..<3 { try await FirmsYard.alarm(number, of: "alfa", thing: "crane", yard) }
            let proposed = try await needs(yard)
            let press = try #require(proposed.first { $0.evidence?.thing == "press" })
            let crane = try #require(proposed.first { $0.evidence?.thing == "crane" })
            let changed: [String: JSON] = [
                "need": .string(press.id), "title": "프레스 진동 감시", "budget_low": 20, "budget_high": 40,
            ]
            for caller in [FirmsYard.bravo, Caller.officer] {
                #expect(try await yard.refusal(AcceptNeed.name, changed, by: caller) != nil)
            }
            try await yard.perform(AcceptNeed.name, changed, by: FirmsYard.alfa)
            let open = try await yard.store.read { try NeedTable.open(in: $0) }
            #expect(open.map(\.title) == ["프레스 진동 감시"] && open[0].kinds == press.kinds && open[0].budget == 20...40)
            #expect(
                open[0].source == .alarms && open[0].evidence == press.evidence && open[0].deadline == press.deadline)
            #expect(try await needs(yard, by: .officer).map(\.id) == [press.id])
            #expect(try await yard.refusal(AcceptNeed.name, changed, by: FirmsYard.alfa)?.code == "need.state")
            try await yard.perform(
                "alliance.need.decline", ["need": .string(crane.id), "reason": "정비 예정"], by: FirmsYard.alfa)
            yard.clock.advance(by: 86_400)
            for number in 10..<14 { try await FirmsYard.alarm(number, of: "alfa", thing: "crane", yard) }
            #expect(try await needs(yard).count == 2)
            yard.clock.advance(by: 91 * 86_400)
            for number in 20..<24 { try await FirmsYard.alarm(number, of: "alfa", thing: "crane", yard) }
            #expect(try await needs(yard).count { $0.state == .proposed } == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what is proposed is closed on the Record until it is taken up; so is why it was declined")
    func closed() async throws {
        try await FirmsYard.with { yard in
            try await yard.perform("alliance.consent.give", ["source": "alarms"], by: FirmsYard.alfa)
            for number in 0..<3 { try await FirmsYard.alarm(number, of: "alfa", thing: "press", yard) }
            let need = try #require(try await needs(yard).first)
            #expect(need.title == "반복되는 설비 경보를 줄일 방법" && need.evidence?.thing == "press" && need.deadline != nil)
            try await yard.perform(
                "alliance.need.decline", ["need": .string(need.id), "reason": "정비 예정"], by: FirmsYard.alfa)
            // The zone's officers can trace the firm's events: they find that one was proposed, and nothing of what.
            for (type, open) in [(NeedTable.proposed, ["firm", "source"]), (NeedTable.declined, [])] {
                let event = try #require(try await yard.last(type))
                #expect(event.payload.compactMapValues(\.text).keys.sorted() == open)
                let text = JSON.object(event.payload).canonicalText
                #expect(["press", "predictive", "설비", "정비"].allSatisfy { !text.contains($0) })
            }
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a chattering alarm costs whoever records it nothing while it is quiet, and little when it is not")
    func chatters() async throws {
        try await FirmsYard.with { yard in
            try await yard.perform("alliance.consent.give", ["source": "alarms"], by: FirmsYard.alfa)
            for number in 0..<4 { try await FirmsYard.alarm(number, of: "alfa", thing: "press", yard) }
            let last = try #require(try await yard.last(AlarmRaised.type))
            let book = Handbook(shipped: Alliance.shippedData)
            let reaction = try #require(
                NeedReactions(signs: try NeedSigns(book, kinds: try SolutionKinds(book))).all.first)
            let asked = try await yard.store.read { reader in
                let listener = Listener(reader)
                let drafts = try reaction.respond(last, listener)
                #expect(drafts.isEmpty)
                return listener.asked
            }
            #expect(!asked.isEmpty && asked.allSatisfy { !$0.contains("alliance_firms_signs") })
            // Once the quiet is over it counts all, and carries the newest.
            yard.clock.advance(by: 89 * 86_400)
            for number in 100..<160 { try await FirmsYard.alarm(number, of: "alfa", thing: "press", yard) }
            #expect(try await needs(yard).count == 1)
            yard.clock.advance(by: 2 * 86_400)
            try await FirmsYard.alarm(200, of: "alfa", thing: "press", yard)
            let second = try #require(try await needs(yard).first { $0.evidence?.events.count != 3 })
            let newest = try await yard.last(AlarmRaised.type)?.id.description
            #expect(second.evidence?.events.count == 50 && second.evidence?.events.last?.id == newest)
            // Signs that no rule looks back to are dropped.
            yard.clock.advance(by: Double(NeedSigns.longest + 1) * 86_400)
            try await FirmsYard.alarm(300, of: "alfa", thing: "press", yard)
            let kept = try await yard.store.read {
                try $0.first("SELECT COUNT(*) AS total FROM alliance_firms_signs", [])?.integer("total")
            }
            #expect(kept == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what was proposed long ago is taken up with a day that still lies ahead")
    func late() async throws {
        try await FirmsYard.with { yard in
            try await yard.perform("alliance.consent.give", ["source": "alarms"], by: FirmsYard.alfa)
            for number in 0..<3 { try await FirmsYard.alarm(number, of: "alfa", thing: "press", yard) }
            let need = try #require(try await needs(yard).first)
            yard.clock.advance(by: 181 * 86_400)
            var values: [String: JSON] = ["need": .string(need.id)]
            let refusal = try await yard.refusal(AcceptNeed.name, values, by: FirmsYard.alfa)
            #expect(refusal?.code == "alliance.past" && refusal?.faults.first?.field == "deadline")
            let day = KoreanDay(yard.clock.read()) + 60
            values["deadline"] = .string(day.description)
            try await yard.perform(AcceptNeed.name, values, by: FirmsYard.alfa)
            #expect(try await yard.store.read { try NeedTable.open(in: $0) }.map(\.deadline) == [day])
        }
    }

    @Test("nobody consents for a firm but its head")
    func strangers() async throws {
        try await FirmsYard.with { yard in
            for caller in [Caller.officer, .manager("alfa"), .worker("alfa")] {
                let refusal = try await yard.refusal("alliance.consent.give", ["source": "alarms"], by: caller)
                #expect(refusal?.kind == .forbidden)
            }
        }
    }
}

/// Passes questions on, and keeps what was asked.
private final class Listener: Reader {
    private let reader: any Reader
    private(set) var asked: [String] = []

    init(_ reader: any Reader) { self.reader = reader }

    var dialect: Dialect { reader.dialect }

    func query(_ sql: String, _ arguments: [SQLValue]) throws -> [Row] {
        asked.append(sql)
        return try reader.query(sql, arguments)
    }
}
