import Access
import District
import HouseKit
import Record
import Store
import TestKit

@testable import Alliance

/// A house with training, two firms and their people.
struct TrainingYard: Sendable {
    let yard: Yard

    static let officer = Caller.officer
    static let other = Caller.person("officer-2", [.zoneOfficer])
    static let head = Caller.executive("firm-a")
    static let workers = (1...4).map { Caller.worker("firm-a", $0) }
    static let stranger = Caller.worker("firm-b")

    static func with(_ kind: StoreUnderTest = .sqlite, _ body: (TrainingYard) async throws -> Void) async throws {
        try await Yard.with([try Alliance()], on: kind) { yard in
            for firm in ["firm-a", "firm-b"] { try await yard.register(firm) }
            for caller in workers + [officer, other, head, stranger, .executive("firm-b")] {
                try await yard.enrol(caller)
            }
            try await body(TrainingYard(yard: yard))
        }
    }

    /// Opens a programme of two modules, the second with a test.
    func open(_ more: [String: JSON] = [:], certificate: String? = nil) async throws -> String {
        var tested: [String: JSON] = ["title_ko": "실습", "title_en": "Practice", "minutes": 60, "tested": true]
        if let certificate {
            tested["certificate"] = .string(certificate)
            tested["version"] = "2026.1"
        }
        var values: [String: JSON] = [
            "title_ko": "비전 검사", "title_en": "Vision inspection", "about_ko": "소개", "about_en": "About",
            "audience": "firms", "share": 80, "pass": 60, "months": 12, "topics": [["topic": "vision-inspection"]],
            "modules": [["title_ko": "이론", "title_en": "Theory", "minutes": 60], .object(tested)],
        ]
        values.merge(more) { $1 }
        let outcome = try await yard.perform("alliance.training.programme.open", values, by: Self.officer)
        return String((outcome.events.first?.stream ?? "").dropFirst("training-programme/".count))
    }

    /// Plans a session on the day after tomorrow.
    func plan(_ programme: String, places: Int = 2) async throws -> String {
        let outcome = try await yard.perform(
            "alliance.training.session.plan",
            [
                "programme": .string(programme), "starts": "2026-11-23T09:00:00+09:00",
                "ends": "2026-11-23T18:00:00+09:00", "place": "교육장", "places": .number(Double(places)),
            ], by: Self.officer)
        return String((outcome.events.first?.stream ?? "").dropFirst("training-session/".count))
    }

    @discardableResult
    func enrol(_ session: String, _ person: Caller, by caller: Caller? = nil, email: String? = nil) async throws
        -> String
    {
        var values: [String: JSON] = ["session": .string(session)]
        if let caller, caller != person { values["person"] = .string(person.person?.rawValue ?? "") }
        if let email { values["email"] = .string(email) }
        let outcome = try await yard.perform("alliance.training.enrol", values, by: caller ?? person)
        return String((outcome.events.first?.stream ?? "").dropFirst("training-enrolment/".count))
    }

    func mark(
        _ session: String, _ module: String, _ marks: [(String, String?, Int?)], by caller: Caller = officer
    ) async throws {
        try await yard.perform("alliance.training.mark", Self.marking(session, module, marks), by: caller)
    }

    static func marking(_ session: String, _ module: String, _ marks: [(String, String?, Int?)]) -> [String: JSON] {
        [
            "session": .string(session), "module": .string(module),
            "marks": .array(
                marks.map { enrolment, attendance, score in
                    var mark: [String: JSON] = ["enrolment": .string(enrolment)]
                    if let attendance { mark["attendance"] = .string(attendance) }
                    if let score { mark["score"] = .number(Double(score)) }
                    return .object(mark)
                }),
        ]
    }

    func state(_ enrolment: String) async throws -> TrainingEnrolment.State? {
        try await yard.store.read { try EnrolmentTable.enrolment(enrolment, in: $0)?.state }
    }

    func badges(_ caller: Caller) async throws -> [BadgeCredential] {
        guard let person = caller.person else { return [] }
        return try await yard.store.read { try BadgeTable.badges(of: person, in: $0) }
    }

    /// One who passes and one who does not, settled; their enrolments.
    func settled(_ session: String, email: String? = nil) async throws -> (passed: String, failed: String) {
        let one = try await enrol(session, Self.workers[0], email: email)
        let other = try await enrol(session, Self.workers[1])
        yard.clock.set("2026-11-23T12:00:00+09:00")
        try await mark(session, "m1", [(one, "present", nil), (other, "present", nil)])
        try await mark(session, "m2", [(one, "present", 87), (other, "present", 40)])
        yard.clock.set("2026-11-23T18:30:00+09:00")
        try await yard.perform("alliance.training.settle", ["session": .string(session)], by: Self.officer)
        return (one, other)
    }

    /// The code of a refusal; nil where it was done.
    func refused(_ name: String, _ values: [String: JSON], by caller: Caller) async throws -> String? {
        try await yard.refusal("alliance.training.\(name)", values, by: caller)?.code
    }
}
