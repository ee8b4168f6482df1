import Access
import District
import Record
import Store

/// Puts evidence to a duty: a file, or a record of the house.
struct GiveEvidence {
    let book: DutyBook

    static let name = "safety.duty.evidence"

    var form: Form {
        Form(
            Self.name, title: Words("의무 이행 증거 등록", "Add evidence of a duty"),
            help: Words(
                "의무를 지켰음을 보여 주는 파일이나 기록을 등록합니다. 등록한 것은 보존 기간이 끝날 때까지 지울 수 없습니다.",
                "Adds a file or a record that shows a duty was met. It cannot be removed before its retention ends."),
            fields: [
                Field(
                    "duty", Words("의무", "Duty"), .choice(book.duties.map { Field.Choice($0.id, $0.title) })),
                Field(
                    "kind", Words("증거의 종류", "Kind of evidence"),
                    .choice(
                        book.kinds.sorted { $0.value.ko < $1.value.ko }.map { Field.Choice($0.key, $0.value) })),
                Field(
                    "file", Words("파일", "File"), .attachment(maximumBytes: 20 << 20), required: false,
                    help: Words("파일이나 기록 번호 가운데 하나는 있어야 합니다.", "A file or the number of a record is needed.")),
                Field(
                    "record", Words("기록 번호", "Record"), .text(maximum: 40), required: false,
                    help: Words(
                        "이미 남긴 기록(위험성평가, 훈련 등)의 사건 번호입니다.",
                        "The event number of something recorded here: an assessment, a drill.")),
                Field(
                    "day", Words("이행한 날", "Day it was done"), .text(maximum: 10), required: false,
                    help: Words("예: 2026-11-20. 비워 두면 오늘입니다.", "For example 2026-11-20; today where left blank.")),
                DutyAsk.periodField,
                Field(
                    "subject", Words("관련 사고·중지·명령 번호", "Accident, stop or order"), .text(maximum: 80),
                    required: false,
                    help: Words(
                        "사유가 생겼을 때의 의무는 어느 건에 대한 것인지 적어 주세요.",
                        "For a duty that an event made due: which event it answers.")),
                Field("note", Words("설명", "Note"), .longText(maximum: 1000), required: false, isPersonal: true),
            ],
            permission: .roles([.executive, .safetyManager]).orToken("command:\(Self.name)"),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    }

    var command: Command {
        Command(form) { [book] ask, tables in
            let asked = try DutyAsk(ask, in: tables)
            guard let duty = book[ask.values.text("duty")] else {
                throw DutyAsk.fault("duty", "known", Words("그런 의무가 없습니다.", "There is no such duty."))
            }
            let kind = ask.values.text("kind")
            guard duty.kinds.contains(kind) else {
                let names = duty.kinds.compactMap { book.kinds[$0] }
                throw DutyAsk.fault(
                    "kind", "kind",
                    Words(
                        "이 의무의 증거는 다음 가운데 하나입니다: " + names.map(\.ko).joined(separator: ", "),
                        "This duty is proved by one of: " + names.map(\.en).joined(separator: ", ")))
            }
            let day = try Self.day(ask, in: asked.period)
            let (file, record) = (ask.values.text("file"), ask.values.text("record"))
            guard !file.isEmpty || !record.isEmpty || kind == "nowork" else {
                throw DutyAsk.fault(
                    "file", "evidence", Words("파일이나 기록 번호를 넣어 주세요.", "Please add a file or the number of a record."))
            }
            let tenant = try ask.tenant
            try DutyFile.check(file, for: tenant, field: "file", in: tables)
            let subject = ask.values.text("subject")
            guard duty.rhythm != .onEvent || !subject.isEmpty else {
                throw DutyAsk.fault(
                    "subject", "subject",
                    Words("어느 건에 대한 증거인지 번호를 적어 주세요.", "Please say which event this answers."))
            }
            var payload = Self.payload(duty, asked.period, day: day, kind: kind, edition: book.edition)
            if !file.isEmpty {
                payload["file"] = .string(file)
                payload["hash"] = .string(file)
            }
            if !record.isEmpty {
                let event = try Self.event(record, for: tenant, in: tables)
                payload.merge(Self.reference(event)) { kept, _ in kept }
            }
            if !subject.isEmpty { payload["subject"] = .string(subject) }
            if payload["hash"] == nil { payload["hash"] = .string(ContentHash.sha256(JSON.object(payload).canonical)) }
            if let offline = ask.offline { payload["offline"] = offline.json }
            let id = Identifier(at: ask.now)
            let note = ask.values.text("note")
            return [
                Draft(
                    "safety.duty.evidenced", stream: "evidence/\(id)", scope: .firm(asked.firm.firm), payload: payload,
                    personal: note.isEmpty
                        ? [:]
                        : ["note": PersonalContent(of: ask.caller.person ?? PersonID("evidence-\(id)"), .string(note))])
            ]
        }
    }

    /// What evidence carries however it came.
    static func payload(
        _ duty: Duty, _ period: HalfYear, day: KoreanDay, kind: String, edition: String
    ) -> [String: JSON] {
        [
            "duty": .string(duty.id), "period": .string(period.description), "day": .string(day.description),
            "kind": .string(kind), "keep": .number(Double(duty.years)), "edition": .string(edition),
        ]
    }

    /// An event of the house as evidence names it, with the hash of what it said.
    static func reference(_ event: Event) -> [String: JSON] {
        let source: JSON = [
            "event": .string(event.id.description), "type": .string(event.type), "stream": .string(event.stream),
        ]
        let said: JSON = ["source": source, "payload": .object(event.payload)]
        return ["source": source, "hash": .string(ContentHash.sha256(said.canonical))]
    }

    private static func day(_ ask: Ask, in period: HalfYear) throws(Refusal) -> KoreanDay {
        let today = KoreanDay(ask.now)
        guard let day = ask.values.day("day", blank: min(today, period.last)) else {
            throw DutyAsk.fault(
                "day", "day", Words("날짜는 2026-11-20처럼 적어 주세요.", "Please give a day such as 2026-11-20."))
        }
        guard day <= today, day <= period.last else {
            throw DutyAsk.fault(
                "day", "future", Words("오늘과 그 반기의 끝보다 늦을 수 없습니다.", "Neither after today nor after that half-year."))
        }
        return day
    }

    private static func event(_ text: String, for tenant: Tenant, in tables: any Reader) throws -> Event {
        // Only found and looked at: no clock is asked.
        let log = RecordLog(clock: { Timestamp(microseconds: 0) })
        guard let id = Identifier(text), let event = try log.event(id, in: tables), tenant.sees(event.scope) else {
            throw DutyAsk.fault("record", "record", Words("그런 기록이 없습니다.", "There is no such record."))
        }
        return event
    }
}
