import Access
import District
import Record
import Store
import Twin

/// Opens actions on behalf of whatever finds that something must be done: hazards, assessments, inspections, incidents,
/// drills.
enum ActionDrafts {
    /// The event that opens an action.
    /// - Parameters:
    ///   - title: what is to be done, in a sentence.
    ///   - source: what it follows from: a kind and its identifier.
    ///   - owner: who does it; nil leaves it to the safety manager to name someone.
    ///   - due: the first due day, which never moves.
    ///   - answers: the event it follows from, so that a trace shows both.
    static func open(
        _ title: String, at thing: ThingID, scope: Scope, source: SafetyAction.Source, band: RiskBand,
        step: ControlStep = .engineering, owner: PersonID? = nil, due: KoreanDay, now: Timestamp,
        answers: Identifier? = nil
    ) -> Draft {
        let id = Identifier(at: now).description
        var payload: [String: JSON] = [
            "action": .string(id), "thing": .string(thing.rawValue), "title": .string(title),
            "source_kind": .string(source.kind), "source": .string(source.id), "band": .string(band.rawValue),
            "step": .string(step.rawValue), "due": .string(due.description),
        ]
        if let owner { payload["owner"] = .string(owner.rawValue) }
        return Draft("safety.action.opened", stream: "action/\(id)", scope: scope, payload: payload, answers: answers)
    }
}

/// What the commands about actions share.
struct ActionAsk {
    /// Who answers for actions in a firm.
    static let managers: Set<Role> = [.safetyManager, .executive]
    /// Who does them.
    static let doers: Set<Role> = [.safetyManager, .executive, .worker, .operator]

    static let field = Field("action", Words("조치", "Action"), .reference(kind: "action", source: nil))
    static let owner = Field(
        "owner", Words("담당자", "Owner"), .reference(kind: "person", source: nil), required: false)
    static let band = Field(
        "band", Words("위험 등급", "Band of risk"),
        .choice(RiskBand.allCases.reversed().map { .init($0.rawValue, $0.words) }))
    static let step = Field(
        "step", Words("대책의 종류", "Kind of control"),
        .choice(ControlStep.allCases.map { .init($0.rawValue, $0.words) }))

    /// The action that is meant, in one of these states.
    static func find(
        _ ask: Ask, _ tables: any Reader, in states: Set<SafetyAction.State>
    ) throws -> SafetyAction {
        guard let action = try ActionTable.find(ask.values.text("action"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "action.unknown", Words("그런 조치가 없습니다.", "There is no such action."))
        }
        guard states.contains(action.state) else {
            throw Refusal(
                .conflict, "action.state",
                Words(
                    "지금은 할 수 없습니다. 현재 상태: \(action.state.words.ko)", "Not now: the action is \(action.state.words.en).")
            )
        }
        return action
    }

    /// The person a form names as owner, who must be of the firm.
    static func owner(_ ask: Ask, _ tables: any Reader) throws -> PersonID? {
        let text = ask.values.text("owner")
        guard !text.isEmpty else { return nil }
        guard let person = try Directory.person(PersonID(text), for: ask.tenant, in: tables), person.active else {
            throw Refusal(
                .invalid, "action.owner", Words("담당자를 확인해 주세요.", "Please check the owner."),
                faults: [.init(field: "owner", rule: "reference", words: Words("모르는 사람입니다.", "Not known here."))])
        }
        return person.id
    }

    /// An event about an action, which joins its trace.
    static func draft(_ type: String, _ action: SafetyAction, _ payload: [String: JSON]) -> Draft {
        var payload = payload
        payload["action"] = .string(action.id)
        return Draft(
            type, stream: "action/\(action.id)", scope: action.scope, payload: payload, answers: action.event)
    }

    /// A day a form names, not before a bound.
    static func day(_ ask: Ask, _ field: String, from earliest: KoreanDay, _ rule: Words) throws(Refusal) -> KoreanDay?
    {
        guard let moment = ask.values.moment(field) else { return nil }
        let day = KoreanDay(moment)
        guard day >= earliest else {
            throw Refusal(
                .invalid, "action.day", Words("날짜를 확인해 주세요.", "Please check the day."),
                faults: [.init(field: field, rule: "earliest", words: rule)])
        }
        return day
    }
}
