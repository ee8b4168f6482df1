import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Training: sessions, certificates, the list of what is missing")
struct TrainingTests {
    private static let held: [String: JSON] = [
        "course": "confined-space", "held": "2026-11-20T09:00", "hours": 4, "instructor": "강사", "language": "ko",
        "participants": [["person": "alfa-worker-1"], ["person": "alfa-worker-2"]],
    ]

    private func valid(_ person: String, _ course: String, _ yard: Yard, by caller: Caller) async throws -> Bool {
        let courses = try TrainingCourses(ShippedBook.handbook)
        let (tenant, course, day) = (try caller.tenant, try #require(courses[course]), KoreanDay(yard.clock.read()))
        return try await yard.store.read {
            try TrainingTable.valid(PersonID(person), course: course, on: day, for: tenant, in: $0)
        }
    }

    @Test("hours count for whoever signed, and for nobody else", arguments: StoreUnderTest.all)
    func signed(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let outcome = try await yard.perform("safety.training.hold", Self.held, by: .manager("alfa"))
            let session = try #require(outcome.events.first?.stream.split(separator: "/").last.map(String.init))
            #expect(try await !valid("alfa-worker-1", "confined-space", yard, by: .manager("alfa")))
            try await yard.perform("safety.training.sign", ["session": .string(session)], by: .worker("alfa"))
            #expect(try await valid("alfa-worker-1", "confined-space", yard, by: .manager("alfa")))
            #expect(try await !valid("alfa-worker-2", "confined-space", yard, by: .manager("alfa")))
            #expect(
                try await yard.refusal("safety.training.sign", ["session": .string(session)], by: .worker("alfa"))?.code
                    == "training.already-signed")
            #expect(
                try await yard.refusal("safety.training.sign", ["session": .string(session)], by: .worker("bravo"))?
                    .code == "training.unknown")
            #expect(
                try await yard.refusal("safety.training.sign", ["session": .string(session)], by: .executive("alfa"))?
                    .code == "training.unknown")
            #expect(try await !valid("alfa-worker-1", "confined-space", yard, by: .manager("bravo")))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the signed sheet counts for all of them")
    func sheet() async throws {
        try await Yard.with { yard in
            var values = Self.held
            values["file"] = .string(try await yard.attach("the sheet"))
            try await yard.perform("safety.training.hold", values, by: .manager("alfa"))
            #expect(try await valid("alfa-worker-2", "confined-space", yard, by: .manager("alfa")))
            values["file"] = .string(String(repeating: "a", count: 64))
            #expect(
                try await yard.refusal("safety.training.hold", values, by: .manager("alfa"))?.code == "training.file")
        }
    }

    @Test("a session of tomorrow, a stranger, and a worker who records are refused")
    func refused() async throws {
        try await Yard.with { yard in
            var (late, strange) = (Self.held, Self.held)
            late["held"] = "2026-11-22T09:00"
            strange["participants"] = [["person": "bravo-worker-1"]]
            let tomorrow = try await yard.refusal("safety.training.hold", late, by: .manager("alfa"))
            #expect(tomorrow?.faults.first?.field == "held")
            let stranger = try await yard.refusal("safety.training.hold", strange, by: .manager("alfa"))
            #expect(stranger?.code == "participants.unknown")
            let worker = try await yard.refusal("safety.training.hold", Self.held, by: .worker("alfa"))
            #expect(worker?.kind == .forbidden)
            let officer = try await yard.refusal("safety.training.hold", Self.held, by: .officer)
            #expect(officer?.kind == .forbidden)
        }
    }

    @Test("a certificate ends on its day, and none ends before it was issued")
    func certificates() async throws {
        try await Yard.with { yard in
            var values: [String: JSON] = [
                "person": "alfa-worker-1", "course": "loto", "issuer": "협회", "number": "A-1",
                "issued": "2026-01-10T00:00", "through": "2026-11-21T00:00",
            ]
            try await yard.perform("safety.training.certify", values, by: .manager("alfa"))
            #expect(try await valid("alfa-worker-1", "loto", yard, by: .manager("alfa")))
            yard.clock.set("2026-11-22T00:00:01+09:00")
            #expect(try await !valid("alfa-worker-1", "loto", yard, by: .manager("alfa")))
            values["through"] = "2026-01-09T00:00"
            #expect(
                try await yard.refusal("safety.training.certify", values, by: .manager("alfa"))?.code
                    == "training.through")
            values["person"] = "bravo-worker-1"
            #expect(
                try await yard.refusal("safety.training.certify", values, by: .manager("alfa"))?.code
                    == "training.person")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the review names everyone who lacks what they need, and only the executive signs it")
    func review() async throws {
        try await Yard.with { yard in
            try await yard.perform(
                "safety.training.require", ["person": "alfa-worker-1", "course": "loto", "needed": true],
                by: .manager("alfa"))
            try await yard.perform(
                "safety.training.require", ["person": "alfa-worker-2", "course": "regular-worker", "needed": false],
                by: .manager("alfa"))
            let measures: [String: JSON] = ["measures": "12월 첫째 주에 실시"]
            #expect(
                try await yard.refusal("safety.training.review", measures, by: .manager("alfa"))?.kind == .forbidden)
            try await yard.perform("safety.training.review", measures, by: .executive("alfa"))
            let event = try #require(try await yard.last("safety.training.reviewed"))
            let listed = event.payload["missing"]?.elements ?? []
            let missing = Set(listed.map { "\($0["person"]?.text ?? "")/\($0["course"]?.text ?? "")" })
            #expect(
                missing == [
                    "alfa-executive/regular-office", "alfa-manager/supervisor", "alfa-worker-1/loto",
                    "alfa-worker-1/regular-worker",
                ])
            #expect(event.payload["half"]?.text == "2026-H2")
            #expect(try await yard.rebuildsAlike())
        }
    }
}
