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

    static let programmes: [String] = [opened, closed, planned, resized, cancelled]
    static let enrolments: [String] = [
        opened, cancelled, enrolled, placed, withdrawn, marked, completed, failed,
    ]

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
