import Access
import District
import Record
import Store

/// Who called whom, and when: the proof that the authority heard at once.
struct LogCall {
    let law: IncidentLaw

    var form: Form {
        Form(
            "safety.call.log", title: Words("신고·보고 기록", "Log a call"),
            help: Words("누가 언제 어디에 알렸는지 남깁니다.", "Keeps who told whom, and when."),
            fields: [
                IncidentAsk.field,
                Field(
                    "to", Words("알린 곳", "Who was told"),
                    .choice(
                        law.calls.map { .init($0.id, $0.title) } + [
                            .init("police", Words("경찰(112)", "Police (112)")),
                            .init("family", Words("가족", "Family")),
                            .init("zone", Words("관리기관", "Zone administration")),
                            .init("other", Words("그 밖", "Another")),
                        ])),
                Field(
                    "at", Words("알린 때", "When"), .moment, required: false, help: Words("비우면 지금입니다.", "Now where empty.")
                ),
                Field(
                    "caller", Words("알린 사람", "Who called"), .reference(kind: "person", source: nil),
                    required: false, help: Words("비우면 본인입니다.", "You where empty.")),
                Field(
                    "note", Words("상대방과 내용", "Who answered, and what was said"), .longText(maximum: 1000),
                    required: false, isPersonal: true),
            ],
            permission: .roles(IncidentAsk.reporters).orToken("command:safety.call.log"),
            surfaces: [.web, .http, .cli, .mcp, .voice, .offline])
    }

    var command: Command {
        Command(form) { ask, tables in
            let incident = try IncidentAsk.find(ask, tables)
            let claimed = min(ask.offline?.corrected ?? ask.now, ask.now)
            let at = ask.values.moment("at") ?? claimed
            guard at <= ask.now, at >= incident.occurred else {
                throw IncidentAsk.refusal(
                    .invalid, "call.time", "at", "between",
                    Words("사고가 난 뒤부터 지금까지의 시각이어야 합니다.", "It must lie between the accident and now."))
            }
            var payload: [String: JSON] = [
                "to": .string(ask.values.text("to")),
                "minutes": .number((at.seconds(since: incident.occurred) / 6).rounded() / 10),
            ]
            let named = ask.values.text("caller")
            if let caller = named.isEmpty ? ask.caller.person : PersonID(named) {
                guard try Directory.person(caller, for: ask.tenant, in: tables) != nil else {
                    throw IncidentAsk.refusal(
                        .invalid, "call.caller", "caller", "reference", Words("모르는 사람입니다.", "Not known here."))
                }
                payload["caller"] = .string(caller.rawValue)
            }
            if let offline = ask.offline { payload["offline"] = offline.json }
            var personal: [String: PersonalContent] = [:]
            if !ask.values.text("note").isEmpty {
                personal["note"] = IncidentAsk.words(ask.values.text("note"), ask, incident.id)
            }
            return [
                IncidentAsk.draft("safety.call.logged", incident, payload, observed: at, personal: personal)
            ]
        }
    }
}
