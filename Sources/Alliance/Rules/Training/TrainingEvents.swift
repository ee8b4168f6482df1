import Access
import Record

/// What happens in training, by the types of its events, and what their payloads say.
enum TrainingEvents {
    static let opened = "alliance.training.programme-opened"
    static let closed = "alliance.training.programme-closed"
    static let planned = "alliance.training.session-planned"
    static let resized = "alliance.training.session-resized"
    static let cancelled = "alliance.training.session-cancelled"
    static let enrolled = "alliance.training.enrolled"
    static let placed = "alliance.training.placed"
    static let withdrawn = "alliance.training.withdrawn"
    static let marked = "alliance.training.marked"
    static let completed = "alliance.training.completed"
    static let failed = "alliance.training.failed"
    static let issued = "alliance.training.badge-issued"
    static let revoked = "alliance.training.badge-revoked"
    static let shown = "alliance.training.badge-shown"
    static let named = "alliance.training.issuer-named"
    static let asked = "alliance.training.erasure-asked"
    static let forgotten = "alliance.training.forgotten"

    static let programmes: [String] = [opened, closed, planned, resized, cancelled]
    static let enrolments: [String] = [
        opened, cancelled, enrolled, placed, withdrawn, marked, completed, failed, forgotten,
    ]

    /// Under whose key lies what binds a learner's credentials to them: it is forgotten by itself, and leaves what they
    /// learnt and what other rooms keep of them.
    static func learner(_ person: PersonID) -> PersonID { PersonID("learner-\(person)") }

    /// Where a credential's events stand. Not under its own name: whoever knows that opens its page.
    static func stream(ofBadge enrolment: String) -> String { "training-badge/\(enrolment)" }

    /// A mark: for the learner and whoever runs the training, not for the colleagues who see that there is an event.
    static func mark(_ mark: CompletionRule.Mark, of person: PersonID) -> [String: PersonalContent] {
        var personal: [String: PersonalContent] = [:]
        if let present = mark.present { personal["present"] = PersonalContent(of: person, .bool(present)) }
        if let score = mark.score { personal["score"] = PersonalContent(of: person, .decimal(score)) }
        return personal
    }

    static func result(of person: PersonID, _ share: Int64, _ score: Int64?) -> [String: PersonalContent] {
        var personal = ["share": PersonalContent(of: person, .decimal(share))]
        if let score { personal["score"] = PersonalContent(of: person, .decimal(score)) }
        return personal
    }

    /// - Parameter badge: its secret name.
    static func badge(
        _ badge: String, of person: PersonID, _ share: Int64, _ score: Int64?
    ) -> [String: PersonalContent] {
        var personal = result(of: person, share, score)
        personal["badge"] = PersonalContent(of: person, .string(badge))
        personal["salt"] = PersonalContent(of: learner(person), .string(Secret.code()))
        return personal
    }

    /// A programme as it was opened; nil where the payload lacks what it needs.
    static func programme(_ payload: [String: JSON]) -> TrainingProgramme? {
        guard let id = payload["programme"]?.text, let title = Words(payload["title"]) else { return nil }
        return TrainingProgramme(
            id: id, title: title, about: Words(payload["about"]) ?? Words("", ""),
            audience: payload["audience"]?.text.flatMap(TrainingProgramme.Audience.init) ?? .staff,
            roles: Set((payload["roles"]?.elements ?? []).compactMap { $0.text.flatMap(Role.init) }),
            topics: (payload["topics"]?.elements ?? []).compactMap(\.text),
            modules: (payload["modules"]?.elements ?? []).compactMap(module),
            rule: CompletionRule(
                share: payload["share"]?.integer ?? 100, pass: payload["pass"]?.integer ?? 100),
            months: payload["months"]?.integer ?? 0, isClosed: false)
    }

    static func module(_ json: JSON) -> TrainingProgramme.Module? {
        guard let id = json["id"]?.text, let title = Words(json["title"]) else { return nil }
        let version = json["version"]?.text ?? ""
        return TrainingProgramme.Module(
            id: id, title: title, minutes: json["minutes"]?.integer ?? 0, isTested: json["tested"]?.bool ?? false,
            certificate: json["certificate"]?.text.map { .init(module: $0, version: version) })
    }

    static func session(_ payload: [String: JSON]) -> TrainingSession? {
        guard let id = payload["session"]?.text, let programme = payload["programme"]?.text,
            let starts = payload["starts"]?.text.flatMap({ Timestamp(iso8601: $0) }),
            let ends = payload["ends"]?.text.flatMap({ Timestamp(iso8601: $0) })
        else { return nil }
        return TrainingSession(
            id: id, programme: programme, starts: starts, ends: ends, place: payload["place"]?.text ?? "",
            places: payload["places"]?.integer ?? 0, cancelled: nil)
    }
}
