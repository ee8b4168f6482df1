import Access
import District
import Record
import Store

/// What the commands of the desk ask in the same way.
enum DeskAsk {
    static let staff: Set<Role> = [.zoneOfficer, .administrator]
    static let field = Field("handover", Words("민원인", "Who waits"), .reference(kind: "handover", source: nil))

    static func form(_ name: String, _ title: Words, _ help: Words, _ fields: [Field] = []) -> Form {
        Form(
            name, title: title, help: help, fields: [field] + fields, permission: .roles(staff),
            surfaces: [.web, .http])
    }

    /// The hand-over that is meant, in one of some states.
    static func find(_ ask: Ask, _ states: Set<Handover.State>, in tables: any Reader) throws -> Handover {
        guard let handover = try HandoverTable.find(ask.values.text("handover"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "handover.unknown", Words("그런 연결 요청이 없습니다.", "Nobody of that number waits."))
        }
        guard states.contains(handover.state) else {
            throw Refusal(
                .conflict, "handover.\(handover.state.rawValue)",
                handover.state == .finished
                    ? Words("이미 마친 상담입니다.", "This was finished already.")
                    : handover.state == .taken
                        ? Words("다른 담당자가 이미 맡았습니다.", "A colleague has taken this already.")
                        : Words("먼저 ‘맡기’를 눌러 주세요.", "Take it first."))
        }
        return handover
    }

    /// The hand-over that whoever asks has taken themself.
    static func own(_ ask: Ask, in tables: any Reader) throws -> Handover {
        let handover = try find(ask, [.taken], in: tables)
        try checkOwn(handover, ask.caller)
        return handover
    }

    /// - Throws: ``Refusal`` where it is not somebody's own at this moment.
    static func checkOwn(_ handover: Handover, _ caller: Caller) throws(Refusal) {
        guard handover.state == .taken, handover.taker == caller.person else {
            throw Refusal(
                .forbidden, "handover.others",
                handover.state == .taken
                    ? Words("다른 담당자가 맡은 상담입니다.", "A colleague has taken this.")
                    : Words("먼저 ‘맡기’를 눌러 주세요.", "Take it first."))
        }
    }

    static func draft(
        _ type: String, _ handover: Handover, _ payload: [String: JSON] = [:], personal: [String: String] = [:]
    ) -> Draft {
        Draft(
            type, stream: HandoverRequested.stream(handover.id), scope: handover.scope, payload: payload,
            personal: personal.mapValues { PersonalContent(of: handover.subject, .string($0)) })
    }
}
