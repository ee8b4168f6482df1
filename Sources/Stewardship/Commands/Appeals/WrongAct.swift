import District
import Record
import Store

/// The act of a use of AI that turns out to have done what nobody asked for: named by a person, judged on the Record.
enum WrongAct {
    static func field(condition: Field.Condition? = nil) -> Field {
        Field(
            "act", Words("잘못된 처리의 기록 번호", "The act that was wrong"), .text(maximum: 300), required: false,
            help: Words(
                "아무도 요청하지 않은 일을 인공지능이 처리했다면, 그 기록 화면의 주소나 번호를 적습니다. 바로 표시되고, 시민에게 쓰던 시범 운영은 멈춥니다.",
                "Where the AI did what nobody had asked for: the address or number of its page on the Record. It is flagged at once, and a citizens' pilot stops."
            ), condition: condition)
    }

    /// The judgement, where an act is named that was not judged wrong before.
    /// - Throws: ``Refusal`` where what is named is no act of the use.
    static func drafts(_ ask: Ask, of use: String?, in tables: any Reader) throws -> [Draft] {
        let named = ask.values.text("act")
        guard !named.isEmpty else { return [] }
        guard let use, let act = try act(named, of: use, in: tables) else {
            let words = Words("그 인공지능의 처리가 아닙니다. 기록 화면의 번호를 확인해 주세요.", "This is no act of that use of AI.")
            throw Refusal(.invalid, "act.unknown", of: "act", "known", words)
        }
        let verdicts = act.chain.compactMap { AIUseJudged($0) }.filter { $0.use == use }
        guard !verdicts.contains(where: { $0.verdict == .wrong && $0.act == act.event.id }) else { return [] }
        // Whom it served was said when it was judged first.
        let groups = verdicts.last { !$0.groups.isEmpty }?.groups ?? [:]
        var draft = AIUseJudged(use, .wrong, act: act.event.id, groups: groups).draft
        draft.answers = act.event.id
        return [draft]
    }

    /// What a text names, by the number of an event or of all that one beginning led to, alone or at the end of an address.
    private static func act(
        _ named: String, of use: String, in tables: any Reader
    ) throws -> (event: Event, chain: [Event])? {
        let last = named.split { "/?# ".contains($0) }.last { Identifier($0) != nil }
        guard let id = last.flatMap({ Identifier($0) }) else { return nil }
        // Only looked up: no clock is asked.
        let log = RecordLog(clock: { Timestamp(microseconds: 0) })
        let event = try log.event(id, in: tables)
        let chain = try log.events(withCorrelation: event?.correlation ?? id, in: tables)
        let acts = chain.filter { isAct($0, of: use, in: chain) }
        if let event, acts.contains(event) { return (event, chain) }
        return acts.first.map { ($0, chain) }
    }

    /// An act is what the model recorded, or what was done by its help; how it turned out is none.
    private static func isAct(_ event: Event, of use: String, in chain: [Event]) -> Bool {
        guard event.type != AIUseJudged.type, event.type != AIUseActed.type else { return false }
        return event.author == .model(use)
            || chain.contains {
                $0.type == AIUseActed.type && $0.payload["use"]?.text == use
                    && ($0.payload["act"]?.text ?? event.id.description) == event.id.description
            }
    }
}
