import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("What training keeps from going wrong: queues, own marks, others' eyes", .serialized)
struct TrainingGuardTests {
    private typealias House = TrainingYard

    private static func token(_ scope: String, of maker: Caller, _ yard: Yard) async throws -> Caller {
        let request = APITokenRequest(
            name: "tool-\(maker.person?.rawValue ?? "")", scopes: [scope], firm: maker.firm, roles: maker.roles)
        let now = yard.clock.read()
        let issued = try await yard.store.write { try APITokens.issue(request, by: maker, at: now, in: $0) }
        let found = try await yard.store.read { try APITokens.find(key: issued.key, at: now, in: $0) }
        return try #require(found?.caller)
    }

    private static func later(_ programme: String, _ house: TrainingYard) async throws -> String {
        let outcome = try await house.yard.perform(
            "alliance.training.session.plan",
            [
                "programme": .string(programme), "starts": "2026-11-25T09:00:00+09:00",
                "ends": "2026-11-25T18:00:00+09:00", "place": "교육장", "places": 5,
            ], by: House.officer)
        return String((outcome.events.first?.stream ?? "").dropFirst("training-session/".count))
    }

    @Test("whoever waited in vain may enrol anew: once the session has begun, and when it was settled")
    func queue() async throws {
        try await House.with { house in
            let programme = try await house.open()
            let session = try await house.plan(programme, places: 2)
            let later = try await Self.later(programme, house)
            let (one, other) = (
                try await house.enrol(session, House.workers[0]), try await house.enrol(session, House.workers[1])
            )
            let third = try await house.enrol(session, House.workers[2])
            let fourth = try await house.enrol(session, House.workers[3])
            let enrol: [String: JSON] = ["session": .string(later)]
            #expect(try await house.refused("enrol", enrol, by: House.workers[2]) == "training.enrolled")
            house.yard.clock.set("2026-11-23T12:00:00+09:00")
            #expect(try await house.refused("enrol", enrol, by: House.workers[2]) == nil)
            #expect(try await house.refused("enrol", enrol, by: House.workers[2]) == "training.enrolled")
            #expect(try await house.refused("enrol", enrol, by: House.workers[0]) == "training.enrolled")
            for module in ["m1", "m2"] {
                try await house.mark(session, module, [(one, "absent", nil), (other, "absent", nil)])
            }
            house.yard.clock.set("2026-11-23T18:30:00+09:00")
            try await house.yard.perform("alliance.training.settle", ["session": .string(session)], by: House.officer)
            for waiting in [third, fourth] { #expect(try await house.state(waiting) == .withdrawn) }
            #expect(try await house.refused("enrol", enrol, by: House.workers[3]) == nil)
            #expect(try await house.yard.rebuildsAlike())
        }
    }

    @Test("nobody's token marks or settles what is its maker's own; another's does")
    func tokens() async throws {
        try await House.with { house in
            let session = try await house.plan(try await house.open(["audience": "staff"]))
            let enrolment = try await house.enrol(session, House.other)
            house.yard.clock.set("2026-11-23T18:30:00+09:00")
            let own = try await Self.token("command:alliance.training.*", of: House.other, house.yard)
            let others = try await Self.token("command:alliance.training.*", of: House.officer, house.yard)
            for module in ["m1", "m2"] {
                let marks = House.marking(session, module, [(enrolment, "present", module == "m2" ? 100 : nil)])
                #expect(try await house.refused("mark", marks, by: own) == "training.own")
                #expect(try await house.refused("mark", marks, by: others) == nil)
            }
            let settle: [String: JSON] = ["session": .string(session)]
            #expect(try await house.refused("settle", settle, by: own) == "training.own")
            #expect(try await house.refused("settle", settle, by: others) == nil)
            #expect(try await house.state(enrolment) == .completed)
        }
    }

    @Test(
        "on the Record stands neither how well somebody did nor the name of a credential", arguments: StoreUnderTest.all
    )
    func inClear(on kind: StoreUnderTest) async throws {
        try await House.with(kind) { house in
            _ = try await house.settled(try await house.plan(try await house.open()))
            let badge = try #require(try await house.badges(House.workers[0]).first)
            try await house.yard.perform(
                "alliance.training.badge.show", ["badge": .string(badge.id), "score": true], by: House.workers[0])
            try await house.yard.perform(
                "alliance.training.badge.revoke", ["badge": .string(badge.id), "reason": "mistake"], by: House.officer)
            let events = try await house.yard.events().filter { $0.scope != .everyone }
            #expect(events.contains { $0.type == TrainingEvents.marked })
            for event in events where event.type.hasPrefix("alliance.training.") {
                #expect(!event.stream.contains(badge.id), "\(event.type)")
                #expect(!JSON.object(event.payload).canonicalText.contains(badge.id), "\(event.type)")
                for field in ["present", "share", "badge"] + (event.type == TrainingEvents.shown ? [] : ["score"]) {
                    let value = event.payload[field]
                    #expect(value?.text == nil && value?.integer == nil && value?.bool == nil, "\(event.type) \(field)")
                }
            }
            let shown = try #require(try await house.badges(House.workers[0]).first)
            #expect(shown.score == 87 && shown.share == 100 && shown.showsScore && shown.revoked?.reason == .mistake)
            #expect(try await house.yard.rebuildsAlike())
        }
    }

    @Test(
        "a learner's address and salt are erased from vault and tables together; results stay",
        arguments: StoreUnderTest.all)
    func forgetting(on kind: StoreUnderTest) async throws {
        try await House.with(kind) { house in
            let (passed, _) = try await house.settled(
                try await house.plan(try await house.open()), email: "kim@example.org")
            let own: [String: JSON] = ["person": "firm-a-worker-1"]
            #expect(try await house.refused("forget", own, by: House.workers[1]) == "training.person")
            #expect(try await house.refused("forget", own, by: House.head) == "training.person")
            #expect(try await house.refused("forget", [:], by: House.workers[1]) == "training.nothing")
            #expect(try await house.refused("forget", [:], by: House.workers[0]) == nil)
            #expect(try await house.refused("forget", own, by: House.officer) == "training.nothing")
            let erasure = TrainingErasure(district: house.yard.district)
            try await erasure.look()
            try await erasure.look()
            #expect(try await house.yard.types().count { $0 == TrainingEvents.forgotten } == 1)
            let badge = try #require(try await house.badges(House.workers[0]).first)
            #expect(badge.salt == nil && badge.score == 87)
            let enrolment = try await house.yard.store.read { try EnrolmentTable.enrolment(passed, in: $0) }
            #expect(enrolment?.email == nil && enrolment?.score == 87)
            #expect(try await house.refused("forget", [:], by: House.workers[0]) == "training.nothing")
            let log = house.yard.district.log
            let enrolled = try #require(
                try await house.yard.events().first {
                    $0.payload["enrolment"]?.text == passed && $0.type == TrainingEvents.enrolled
                })
            let kept = try await house.yard.store.read { try log.disclosed(enrolled, in: $0) }
            #expect(kept["email"] == ["erased": true])
            #expect(try await house.yard.rebuildsAlike())
        }
    }
}
