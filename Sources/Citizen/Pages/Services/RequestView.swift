import District
import Record
import Web

/// A request as pages show it.
struct RequestView {
    let services: CityServices
    let visit: Visit

    /// What anybody with the number may know: where it stands.
    func stage(_ request: CityRequest) -> [String: JSON] {
        var members: [String: JSON] = [
            "number": .string(request.receipt ?? request.number), "state": badge(request),
            "said": .string(said(request)),
        ]
        if request.isSynthetic { members["synthetic"] = true }
        return members
    }

    /// What whoever asked may know.
    func outline(_ request: CityRequest) -> [String: JSON] {
        let language = visit.language
        let service = services.service(request.service)
        var members: [String: JSON] = [
            "service": .string(service?.name[language] ?? request.service),
            "department": .string(service?.department[language] ?? "–"), "number": .string(request.number),
            "submitted": Show.time(request.submitted, language), "state": badge(request),
            "said": .string(said(request)),
        ]
        if let receipt = request.receipt { members["receipt"] = .string(receipt) }
        if let due = request.due, request.state.isOpen { members["due"] = Show.time(due, language) }
        if let reason = request.reason { members["reason"] = .string(reason[language]) }
        if let result = request.result { members["result"] = .string(result.words[language]) }
        if request.isSynthetic { members["synthetic"] = true }
        return members
    }

    /// What whoever asked, and the desk, may know.
    func whole(_ request: CityRequest, withPersonal: Bool) -> JSON {
        var members = outline(request)
        if let answer = request.answer { members["answer"] = .string(answer) }
        let fields = services.service(request.service)?.fields.map(\.field) ?? []
        var values = request.open.merging(request.personal ?? [:]) { $1 }
        if !withPersonal {
            for field in fields where field.isPersonal { values[field.name] = nil }
            values["where"] = request.area.street.map { .string($0) }
        }
        members["values"] = .array(
            fields.compactMap { field in
                values[field.name].map {
                    ["label": .string(field.label[visit.language]), "text": .string(shown($0, field))]
                }
            })
        if withPersonal, request.personal == nil, fields.contains(where: { $0.isPersonal && $0.required }) {
            members["erased"] = true
        }
        return .object(members)
    }

    func badge(_ request: CityRequest) -> JSON {
        let word = request.state.words[visit.language]
        if request.isOverdue(at: visit.now) {
            return Show.badge("danger", "\(word) · \(visit.word("services_overdue"))")
        }
        switch request.state {
        case .waiting: return Show.badge("info", word)
        case .accepted, .answered: return Show.badge("ok", word)
        case .unconfirmed: return Show.badge("warn", word)
        case .refused: return Show.badge("danger", word)
        case .closed: return Show.badge("neutral", word)
        }
    }

    /// Where it stands, in a sentence.
    private func said(_ request: CityRequest) -> String {
        let hasSystem = services.line.address(visit.spine) != nil && !request.isSynthetic
        switch request.state {
        case .waiting: return visit.word(hasSystem ? "services_said_waiting" : "services_said_kept")
        case .accepted: return visit.word("services_said_accepted")
        case .refused: return visit.word("services_said_refused")
        case .unconfirmed: return visit.word("services_said_unconfirmed")
        case .answered: return visit.word("services_said_answered")
        case .closed: return visit.word("services_said_closed")
        }
    }

    private func shown(_ value: JSON, _ field: Field) -> String {
        if case .choice(let choices) = field.kind, let choice = choices.first(where: { $0.value == value.text }) {
            return choice.label[visit.language]
        }
        if case .place = field.kind {
            return [value["latitude"], value["longitude"]].compactMap { $0?.double }.map { "\($0)" }.joined(
                separator: ", ")
        }
        return value.text ?? value.integer.map { "\($0)" } ?? value.canonicalText
    }
}
