import Access
import District
import Record
import Store

/// What the commands about hazards share.
enum HazardAsk {
    /// Who reports.
    static let reporters: Set<Role> = [.worker, .operator, .safetyManager, .executive]
    /// Who decides.
    static let managers: Set<Role> = [.safetyManager, .executive]

    static let field = Field("hazard", Words("위험", "Hazard"), .reference(kind: "hazard", source: nil))

    /// The hazard that is meant, in one of these states.
    static func find(
        _ ask: Ask, _ tables: any Reader, field: String = "hazard", in states: Set<Hazard.State>
    ) throws -> Hazard {
        guard let hazard = try HazardTable.find(ask.values.text(field), for: ask.tenant, in: tables) else {
            throw Refusal(
                .notFound, "hazard.unknown", Words("그런 위험 신고가 없습니다.", "There is no such hazard."),
                faults: [
                    .init(field: field, rule: "reference", words: Words("그런 위험 신고가 없습니다.", "There is no such hazard."))
                ])
        }
        guard states.contains(hazard.state) else {
            throw Refusal(
                .conflict, "hazard.state",
                Words(
                    "지금은 할 수 없습니다. 현재 상태: \(hazard.state.words.ko)", "Not now. It is: \(hazard.state.words.en).")
            )
        }
        return hazard
    }

    /// An event about a hazard, which joins its trace.
    static func draft(_ type: String, _ hazard: Hazard, _ payload: [String: JSON] = [:]) -> Draft {
        var payload = payload
        payload["hazard"] = .string(hazard.id)
        return Draft(
            type, stream: "hazard/\(hazard.id)", scope: hazard.scope, payload: payload, answers: hazard.event)
    }

    /// The same, with a text in the words of whoever asks, which goes to the vault.
    static func draft(_ type: String, _ hazard: Hazard, saying text: String, as field: String, _ ask: Ask) -> Draft {
        var draft = draft(type, hazard)
        if let person = ask.caller.person {
            draft.personal[field] = PersonalContent(of: person, .string(text))
        } else {
            draft.payload[field] = .string(text)
        }
        return draft
    }
}
