import Access
import District
import Record
import Store

/// A manager answers whoever stopped work, and may open an action at once. The time to the first answer is measured.
struct RespondToStop {
    let policy: ActionPolicy

    var command: Command {
        Command(
            Form(
                "safety.work.respond", title: Words("작업중지에 답하기", "Answer a stop of work"),
                help: Words(
                    "답은 작업을 멈춘 사람에게 바로 보입니다. 필요한 조치를 함께 등록할 수 있습니다.",
                    "Whoever stopped work reads the answer at once. An action can be opened with it."),
                fields: [
                    StopAsk.field,
                    Field("answer", Words("답", "Answer"), .longText(maximum: 1000), isPersonal: true),
                ] + ActOnHazard.fields(isRequired: false),
                permission: .roles(HazardAsk.managers).orToken("command:safety.work.respond"),
                surfaces: [.web, .http, .cli, .mcp, .voice])
        ) { [self] ask, tables in
            let stop = try StopAsk.find(ask, tables)
            guard stop.state != .resumed else { throw ResumeWork.over }
            var draft = StopAsk.draft(
                "safety.work.responded", stop,
                ["seconds": .number(stop.seconds(at: ask.now).rounded()), "first": .bool(stop.answered == nil)])
            let answer = JSON.string(ask.values.text("answer"))
            if let person = ask.caller.person {
                draft.personal["answer"] = PersonalContent(of: person, answer)
            } else {
                draft.payload["answer"] = answer
            }
            guard !ask.values.text("title").isEmpty else { return [draft] }
            return [draft, try action(ask, stop, tables)]
        }
    }

    /// Urgent danger counts as severe until somebody has judged otherwise: unknown is never safe.
    private func action(_ ask: Ask, _ stop: WorkStop, _ tables: any Reader) throws -> Draft {
        let today = KoreanDay(ask.now)
        let due = try ActionAsk.day(ask, "due", from: today, Words("오늘보다 앞설 수 없습니다.", "It cannot lie before today."))
        return ActionDrafts.open(
            ask.values.text("title"), at: stop.thing, scope: stop.scope, source: .init(kind: "stop", id: stop.id),
            band: .severe, step: ControlStep(rawValue: ask.values.text("step")) ?? .engineering,
            owner: try ActionAsk.owner(ask, tables), due: due ?? policy.due(.severe, from: today), now: ask.now,
            answers: stop.event)
    }
}

/// Work goes on: only once every measure was found effective or the danger is ruled out, for a stated reason.
enum ResumeWork {
    static let command = Command(
        Form(
            "safety.work.resume", title: Words("작업 재개", "Resume work"),
            help: Words(
                "조치의 효과가 확인되었거나 위험이 없음을 확인했을 때만 재개합니다. 닫힌 구역도 함께 열립니다.",
                "Only once the measure was found effective or the danger is ruled out. The closed place opens with it."),
            fields: [
                StopAsk.field,
                Field(
                    "basis", Words("근거", "Basis"),
                    .choice([ResumeRule.Basis.verified, .ruledOut].map { .init($0.rawValue, $0.words) })),
                Field("note", Words("확인한 내용", "What was seen"), .longText(maximum: 1000), isPersonal: true),
            ], permission: .roles([.safetyManager]).orToken("command:safety.work.resume"), confirmation: .readBack)
    ) { ask, tables in
        let (stop, tenant) = (try StopAsk.find(ask, tables), try ask.tenant)
        guard stop.state != .resumed else { throw over }
        let basis = ResumeRule.Basis(rawValue: ask.values.text("basis")) ?? .verified
        let actions = try ActionTable.of("stop", stop.id, for: tenant, in: tables).filter { $0.state != .cancelled }
        if let obstacle = ResumeRule.obstacle(
            basis, isAnswered: stop.answered != nil, actions: actions.map(\.state))
        {
            throw obstacle
        }
        var draft = StopAsk.draft(
            "safety.work.resumed", stop,
            [
                "basis": .string(basis.rawValue), "thing": .string(stop.thing.rawValue),
                "actions": .array(actions.map { .string($0.id) }),
            ])
        let note = JSON.string(ask.values.text("note"))
        if let person = ask.caller.person {
            draft.personal["note"] = PersonalContent(of: person, note)
        } else {
            draft.payload["note"] = note
        }
        let closures = try ClosureTable.of(stop.id, for: tenant, in: tables).filter { $0.opened == nil }
        return [draft] + closures.map { $0.opening() }
    }

    static let over = Refusal(
        .conflict, "stop.resumed", Words("이미 작업을 재개했습니다.", "Work was resumed already."))
}

/// What follows from a stop and from a measure of personnel by rule.
struct StopReactions {
    let book: StopWorkBook

    var all: [Reaction] { [close, flag] }

    /// Where work was stopped nobody and nothing works until it is resumed.
    private var close: Reaction {
        Reaction("safety.close-stopped", to: WorkStopped.type, yields: [ZoneClosed.type]) { event, _ in
            guard let stop = WorkStopped(event) else { return [] }
            return [
                Closure.closed(
                    at: stop.thing, scope: event.scope, reason: .stop, source: stop.stop, now: event.recorded)
            ]
        }
    }

    /// A measure about somebody who had spoken up not long before is marked, for people to judge.
    private var flag: Reaction {
        Reaction(
            "safety.flag-retaliation", to: "safety.personnel.measured", yields: ["safety.retaliation.flagged"]
        ) { [book] event, tables in
            guard case .firm(let firm) = event.scope, let id = event.payload["measure"]?.text,
                let measure = try RetaliationTable.measure(id, for: Tenant.firm(firm), in: tables),
                let person = measure.person
            else { return [] }
            let voices = try RetaliationTable.voices(of: person, for: Tenant.firm(firm), in: tables)
            // By its date or by the day it was recorded: neither a date set back nor a late record hides it.
            guard
                let (voice, days) = RetaliationRule.flag(measure.at, after: voices, within: book.retaliationDays)
                    ?? RetaliationRule.flag(event.recorded, after: voices, within: book.retaliationDays)
            else { return [] }
            return [
                Draft(
                    "safety.retaliation.flagged", stream: event.stream, scope: event.scope,
                    payload: [
                        "measure": .string(id), "kind": .string(measure.kind.rawValue),
                        "voice": .string(voice.kind.rawValue), "days": .decimal(days),
                        "within": .decimal(book.retaliationDays), "edition": .string(book.edition),
                    ])
            ]
        }
    }
}
