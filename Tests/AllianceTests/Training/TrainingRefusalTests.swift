import Access
import District
import HouseKit
import Record
import TestKit
import Testing

@testable import Alliance

@Suite("What training refuses", .serialized)
struct TrainingRefusalTests {
    private typealias House = TrainingYard

    @Test("who may not run it opens, plans, marks, settles and revokes nothing")
    func rights() async throws {
        try await House.with { house in
            for name in ["programme.open", "session.plan", "mark", "settle", "badge.revoke", "issuer.name"] {
                let refusal = try await house.yard.refusal("alliance.training.\(name)", [:], by: House.head)
                #expect(refusal?.kind == .forbidden, "\(name)")
            }
        }
    }

    @Test("a programme needs modules, a topic is a code, and a certificate needs a test and a term")
    func opening() async throws {
        try await House.with { house in
            func code(_ more: [String: JSON], certificate: String? = nil) async throws -> String? {
                do {
                    _ = try await house.open(more, certificate: certificate)
                    return nil
                } catch let refusal as Refusal {
                    return refusal.code
                }
            }
            let empty = try await code(["modules": []])
            #expect(empty == "training.modules")
            let topic = try await code(["topics": [["topic": "비전"]]])
            #expect(topic == "training.topic")
            let certificate = try await code(["months": 0], certificate: "ai.operate")
            #expect(certificate == "training.certificate")
        }
    }

    @Test("sessions: of what there is, ending after they begin, of a programme that is open")
    func planning() async throws {
        try await House.with { house in
            let programme = try await house.open()
            func plan(_ programme: String, _ ends: String) async throws -> String? {
                try await house.refused(
                    "session.plan",
                    [
                        "programme": .string(programme), "starts": "2026-11-23T09:00:00+09:00", "ends": .string(ends),
                        "place": "곳", "places": 1,
                    ], by: House.officer)
            }
            #expect(try await plan("nowhere", "2026-11-23T10:00:00+09:00") == "training.programme")
            #expect(try await plan(programme, "2026-11-23T08:00:00+09:00") == "training.order")
            let close: [String: JSON] = ["programme": .string(programme), "reason": "끝"]
            #expect(try await house.refused("programme.close", close, by: House.officer) == nil)
            #expect(try await house.refused("programme.close", close, by: House.officer) == "training.closed")
            #expect(try await plan(programme, "2026-11-23T10:00:00+09:00") == "training.closed")
        }
    }

    @Test("enrolling: before it begins, whom it is meant for, once, oneself or one's own people")
    func enrolling() async throws {
        try await House.with { house in
            let programme = try await house.open()
            let session = try await house.plan(programme)
            func enrol(_ values: [String: JSON], by caller: Caller) async throws -> String? {
                try await house.refused("enrol", values.merging(["session": .string(session)]) { $1 }, by: caller)
            }
            #expect(try await enrol([:], by: House.officer) == "training.audience")
            #expect(try await enrol(["person": "firm-b-worker-1"], by: House.head) == "training.person")
            #expect(try await enrol(["person": "firm-a-worker-2"], by: House.workers[0]) == "training.person")
            #expect(try await enrol(["person": "nobody"], by: House.officer) == "training.person")
            #expect(try await enrol(["email": "no address"], by: House.workers[0]) == "training.email")
            let enrolment = try await house.enrol(session, House.workers[0], by: House.head)
            #expect(try await enrol([:], by: House.workers[0]) == "training.enrolled")
            let withdraw: [String: JSON] = ["enrolment": .string(enrolment)]
            #expect(try await house.refused("withdraw", withdraw, by: House.stranger) == "training.enrolment")
            #expect(
                try await house.refused("withdraw", withdraw, by: .executive("firm-b")) == "training.enrolment")
            house.yard.clock.set("2026-11-23T10:00:00+09:00")
            #expect(try await enrol([:], by: House.workers[1]) == "training.begun")
            #expect(try await house.refused("withdraw", withdraw, by: House.workers[0]) == "training.closed")
            #expect(
                try await house.refused("enrol", ["session": "nowhere"], by: House.workers[0]) == "training.session")
        }
    }

    @Test("somebody with a role that the programme does not name is not enrolled")
    func roles() async throws {
        try await House.with { house in
            let session = try await house.plan(try await house.open(["roles": [["role": "executive"]]]))
            #expect(
                try await house.refused("enrol", ["session": .string(session)], by: House.workers[0])
                    == "training.audience")
            #expect(try await house.refused("enrol", ["session": .string(session)], by: House.head) == nil)
        }
    }

    @Test("marks: once it has begun, of its people and modules, points only to who was present at a test")
    func marking() async throws {
        try await House.with { house in
            let session = try await house.plan(try await house.open(), places: 1)
            let enrolment = try await house.enrol(session, House.workers[0])
            let waiting = try await house.enrol(session, House.workers[1])
            func mark(_ module: String, _ mark: (String, String?, Int?)) async throws -> String? {
                try await house.refused("mark", TrainingYard.marking(session, module, [mark]), by: House.officer)
            }
            #expect(try await mark("m1", (enrolment, "present", nil)) == "training.early")
            house.yard.clock.set("2026-11-23T10:00:00+09:00")
            #expect(try await mark("m9", (enrolment, "present", nil)) == "training.module")
            #expect(try await mark("m1", (waiting, "present", nil)) == "training.enrolment")
            #expect(try await mark("m1", (enrolment, "present", 50)) == "training.score")
            #expect(try await mark("m2", (enrolment, "absent", 50)) == "training.score")
            #expect(try await mark("m2", (enrolment, nil, 50)) == "training.score")
            #expect(try await mark("m1", (enrolment, nil, nil)) == "training.unchanged")
            #expect(try await mark("m1", (enrolment, "present", nil)) == nil)
            #expect(try await mark("m1", (enrolment, "present", nil)) == "training.unchanged")
        }
    }

    @Test("settling: when it is over, once, and only when everything is marked")
    func settling() async throws {
        try await House.with { house in
            let session = try await house.plan(try await house.open())
            let enrolment = try await house.enrol(session, House.workers[0])
            func settle() async throws -> String? {
                try await house.refused("settle", ["session": .string(session)], by: House.officer)
            }
            #expect(try await settle() == "training.early")
            house.yard.clock.set("2026-11-23T18:30:00+09:00")
            try await house.mark(session, "m1", [(enrolment, "present", nil)])
            #expect(try await settle() == "training.unmarked")
            try await house.mark(session, "m2", [(enrolment, "absent", nil)])
            #expect(try await settle() == nil)
            #expect(try await settle() == "training.settled")
            #expect(try await house.state(enrolment) == .failed)
            let cancel: [String: JSON] = ["session": .string(session), "reason": "늦음"]
            #expect(try await house.refused("session.cancel", cancel, by: House.officer) == "training.settled")
        }
    }

    @Test("only its holder says what a credential shows, and an issuer has an address with TLS and no path")
    func badges() async throws {
        try await House.with { house in
            _ = try await house.settled(try await house.plan(try await house.open()))
            let badge = try #require(try await house.badges(House.workers[0]).first)
            let show: [String: JSON] = ["badge": .string(badge.id), "name": true]
            #expect(try await house.refused("badge.show", show, by: House.officer) == "training.badge")
            #expect(try await house.refused("badge.show", show, by: House.workers[1]) == "training.badge")
            #expect(try await house.refused("badge.show", show, by: House.workers[0]) == nil)
            #expect(
                try await house.refused("badge.revoke", ["badge": "none", "reason": "rule"], by: House.officer)
                    == "training.badge")
            for address in ["http://zone.example", "https://zone.example/path", "zone.example"] {
                let values: [String: JSON] = ["name_ko": "기관", "name_en": "Zone", "address": .string(address)]
                #expect(try await house.refused("issuer.name", values, by: House.officer) == "training.address")
            }
        }
    }
}
