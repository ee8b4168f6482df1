import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("Training, from a programme to a credential", .serialized)
struct TrainingStoryTests {
    private typealias House = TrainingYard

    @Test("a freed place goes to whoever waits next, and more places let the others in", arguments: StoreUnderTest.all)
    func waiting(on kind: StoreUnderTest) async throws {
        try await House.with(kind) { house in
            let session = try await house.plan(try await house.open(), places: 2)
            var enrolments: [String] = []
            for worker in House.workers {
                house.yard.clock.advance(by: 1)
                enrolments.append(try await house.enrol(session, worker))
            }
            for (enrolment, state) in zip(
                enrolments, [.placed, .placed, .waiting, .waiting] as [TrainingEnrolment.State])
            {
                #expect(try await house.state(enrolment) == state)
            }
            try await house.yard.perform(
                "alliance.training.withdraw", ["enrolment": .string(enrolments[0])], by: House.workers[0])
            #expect(try await house.state(enrolments[0]) == .withdrawn)
            #expect(try await house.state(enrolments[2]) == .placed)
            #expect(try await house.state(enrolments[3]) == .waiting)
            // Whoever leaves the waiting list lets nobody in.
            try await house.yard.perform(
                "alliance.training.withdraw", ["enrolment": .string(enrolments[3])], by: House.head)
            let again = try await house.enrol(session, House.workers[3])
            #expect(try await house.state(again) == .waiting)
            let few = try await house.refused(
                "session.resize", ["session": .string(session), "places": 1], by: House.officer)
            #expect(few == "training.taken")
            try await house.yard.perform(
                "alliance.training.session.resize", ["session": .string(session), "places": 5], by: House.officer)
            #expect(try await house.state(again) == .placed)
            #expect(try await house.yard.rebuildsAlike())
        }
    }

    @Test("a session that was called off closes every enrolment")
    func cancelled() async throws {
        try await House.with { house in
            let session = try await house.plan(try await house.open())
            let enrolment = try await house.enrol(session, House.workers[0])
            try await house.yard.perform(
                "alliance.training.session.cancel", ["session": .string(session), "reason": "강사 사정"], by: House.officer)
            #expect(try await house.state(enrolment) == .cancelled)
            #expect(
                try await house.refused("enrol", ["session": .string(session)], by: House.workers[1])
                    == "training.cancelled")
        }
    }

    @Test("whoever attended enough with enough points has a credential, and nobody else", arguments: StoreUnderTest.all)
    func settled(on kind: StoreUnderTest) async throws {
        try await House.with(kind) { house in
            let session = try await house.plan(try await house.open())
            let (passed, failed) = try await house.settled(session, email: "kim@example.org")
            #expect(try await house.state(passed) == .completed)
            #expect(try await house.state(failed) == .failed)
            let badge = try #require(try await house.badges(House.workers[0]).first)
            #expect(badge.score == 87 && badge.share == 100 && badge.through == KoreanDay("2027-11-22"))
            #expect(try await house.badges(House.workers[1]).isEmpty)
            // Neither the address nor the salt stands in the Record in clear.
            let events = try await house.yard.events().map { JSON.object($0.payload).canonicalText }.joined()
            let salt = try #require(badge.salt)
            #expect(!events.contains("kim@example.org") && !events.contains(salt))
            #expect(try await house.yard.rebuildsAlike())
            // It ends: a renewal is allowed 60 days before, and then comes first among those who wait.
            let next = try await house.plan(badge.programme, places: 1)
            #expect(
                try await house.refused("enrol", ["session": .string(next)], by: House.workers[0]) == "training.begun")
        }
    }

    @Test("a credential that ends soon is called for renewal, and its holder comes first")
    func renewal() async throws {
        try await House.with { house in
            let programme = try await house.open(["months": 2])
            _ = try await house.settled(try await house.plan(programme))
            #expect(try await house.badges(House.workers[0]).first?.through == KoreanDay("2027-01-22"))
            house.yard.clock.set("2026-12-01T09:00:00+09:00")
            let outcome = try await house.yard.perform(
                "alliance.training.session.plan",
                [
                    "programme": .string(programme), "starts": "2026-12-10T09:00:00+09:00",
                    "ends": "2026-12-10T18:00:00+09:00", "place": "교육장", "places": 1,
                ], by: House.officer)
            let session = String((outcome.events.first?.stream ?? "").dropFirst("training-session/".count))
            let first = try await house.enrol(session, House.workers[1])
            let second = try await house.enrol(session, House.workers[2])
            let renewal = try await house.enrol(session, House.workers[0])
            try await house.yard.perform(
                "alliance.training.withdraw", ["enrolment": .string(first)], by: House.workers[1])
            #expect(try await house.state(renewal) == .placed)
            #expect(try await house.state(second) == .waiting)
            let tenant = try House.head.tenant
            let ending = try await house.yard.store.read {
                try BadgeTable.ending(KoreanDay("2027-02-01")!, from: KoreanDay("2026-12-01")!, for: tenant, in: $0)
            }
            #expect(ending.map(\.person) == [House.workers[0].person])
            let others = try Caller.executive("firm-b").tenant
            #expect(
                try await house.yard.store.read {
                    try BadgeTable.ending(KoreanDay("2027-02-01")!, from: KoreanDay("2026-12-01")!, for: others, in: $0)
                }.isEmpty)
        }
    }

    @Test("a module that is a certificate of staff is recorded as one, and revoked with the credential")
    func certificates() async throws {
        try await House.with { house in
            let programme = try await house.open(["audience": "staff"], certificate: "ai.operate")
            let session = try await house.plan(programme)
            let enrolment = try await house.enrol(session, House.other)
            house.yard.clock.set("2026-11-23T12:00:00+09:00")
            let own = TrainingYard.marking(session, "m1", [(enrolment, "present", nil)])
            #expect(try await house.refused("mark", own, by: House.other) == "training.own")
            try await house.mark(session, "m1", [(enrolment, "present", nil)])
            try await house.mark(session, "m2", [(enrolment, "present", 91)])
            house.yard.clock.set("2026-11-23T18:30:00+09:00")
            #expect(
                try await house.refused("settle", ["session": .string(session)], by: House.other) == "training.own")
            try await house.yard.perform("alliance.training.settle", ["session": .string(session)], by: House.officer)
            let certificate = try #require(
                try await house.yard.last(CertificateIssued.type).flatMap { CertificateIssued($0.payload) })
            #expect(certificate.module == "ai.operate" && certificate.version == "2026.1" && certificate.score == 91)
            #expect(certificate.person == House.other.person && certificate.expires == "2027-11-22")
            let badge = try #require(try await house.badges(House.other).first)
            try await house.yard.perform(
                "alliance.training.badge.revoke",
                ["badge": .string(badge.id), "reason": "mistake", "note": "사람을 잘못 봄"],
                by: House.officer)
            let revoked = try #require(try await house.yard.last(CertificateIssued.revoked))
            #expect(revoked.payload["certificate"]?.text == certificate.certificate)
            #expect(try await house.badges(House.other).first?.revoked?.reason == .mistake)
            let events = try await house.yard.events().map { JSON.object($0.payload).canonicalText }.joined()
            #expect(!events.contains("잘못 봄"))
            #expect(
                try await house.refused(
                    "badge.revoke", ["badge": .string(badge.id), "reason": "rule"], by: House.officer)
                    == "training.revoked")
            #expect(try await house.yard.rebuildsAlike())
        }
    }

    @Test("other subjects find the open programmes for firms by topic, the soonest first")
    func courses() async throws {
        try await House.with { house in
            let late = try await house.open()
            let soon = try await house.open(["topics": [["topic": "vision-inspection"], ["topic": "robot-arm"]]])
            let staff = try await house.open(["audience": "staff"])
            let closed = try await house.open()
            _ = try await house.plan(soon)
            try await house.yard.perform(
                "alliance.training.programme.close", ["programme": .string(closed), "reason": "개편"], by: House.officer)
            func found(_ topics: [String], _ limit: Int = 9) async throws -> [String] {
                try await house.yard.store.read {
                    try TrainingTable.courses(for: topics, limit: limit, in: $0).map(\.id)
                }
            }
            #expect(try await found(["vision-inspection"]) == [soon, late])
            #expect(try await found(["vision-inspection", "robot-arm"], 1) == [soon])
            #expect(try await found(["robot-arm"]) == [soon])
            #expect(try await found(["forging"]).isEmpty)
            #expect(try await found([]).isEmpty)
            #expect(try await found(["vision-inspection"]).contains(staff) == false)
            #expect(
                try await house.yard.store.read {
                    try TrainingTable.courses(for: ["robot-arm"], limit: 1, in: $0).first?.next
                } == Timestamp(iso8601: "2026-11-23T09:00:00+09:00"))
        }
    }

    @Test("the sample has programmes, a waiting list and credentials, once, in every table")
    func sample() async throws {
        try await House.with { house in
            let sample = try TrainingSample(Handbook(shipped: Alliance.shippedData))
            try await sample.found(house.yard.spine)
            let before = try await house.yard.events().count
            try await sample.found(house.yard.spine)
            #expect(try await house.yard.events().count == before)
            let badges = try await house.yard.store.read { try BadgeTable.recent(in: $0) }
            #expect(Set(badges.map(\.person)) == ["gaon-worker-1", "gaon-worker-2"])
            #expect(badges.allSatisfy { $0.state(on: KoreanDay(house.yard.clock.read())) == .ending })
            #expect(try await house.yard.rebuildsAlike())
            #expect(throws: HandbookError.self) { try TrainingSample(Handbook(shipped: "/nowhere")) }
        }
    }
}
