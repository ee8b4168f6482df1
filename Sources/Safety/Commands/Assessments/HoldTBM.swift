import Access
import District
import Record
import Store
import Twin

/// Holds today's tool-box meeting: who took part, what was spoken about, and that the right to stop work was read out.
enum HoldTBM {
    static let form = Form(
        "safety.tbm.hold", title: Words("작업 전 안전점검회의(TBM) 기록", "Hold the tool-box meeting"),
        help: Words(
            "오늘 작업을 시작하기 전에 나눈 위험과 참여한 사람을 남깁니다. 참여한 사람만 오늘 작업허가를 받을 수 있습니다.",
            "Keeps which dangers were spoken about before today's work and who took part; only they may work under a permit."
        ),
        fields: [
            Field("thing", Words("작업 장소", "Place of work"), .reference(kind: "thing", source: "/api/v1/things")),
            Field(
                "participants", Words("참여한 사람", "Participants"),
                .list([Field("person", Words("사람", "Person"), .reference(kind: "person", source: nil))], maximum: 300)),
            Field(
                "topics", Words("나눈 이야기", "Topics"),
                .list([Field("topic", Words("위험과 대책", "Danger and measure"), .text(maximum: 300))], maximum: 30)),
            Field(
                "rights_read", Words("작업중지권 안내", "Right to stop work read out"), .flag,
                help: Words(
                    "급박한 위험이 있으면 누구나 작업을 멈추고 대피할 수 있다고 소리 내어 알렸습니까? (산업안전보건법 제52조)",
                    "Was it read out that anyone may stop work and leave where danger is imminent? (OSH Act, article 52)"
                )),
            Field("language", Words("진행한 언어", "Language"), .choice(WorkerLanguage.choices)),
        ],
        permission: .roles([.worker, .operator, .safetyManager, .executive]).orToken("command:safety.tbm.hold"),
        surfaces: [.web, .http, .cli, .mcp, .voice, .offline])

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        let thing = try PlaceOfWork.find(ask.values.text("thing"), for: tenant, in: tables)
        guard ask.values.flag("rights_read") else {
            throw Refusal(
                .invalid, "tbm.rights-unread",
                Words("작업중지권을 먼저 알려 주세요.", "Please read out the right to stop work first."),
                faults: [
                    .init(
                        field: "rights_read", rule: "required",
                        words: Words("작업중지권을 알린 뒤에 기록할 수 있습니다.", "A meeting counts once the right was read out."))
                ])
        }
        let participants = try Participants.read(
            ask.values["participants"], on: KoreanDay(ask.now), for: tenant, in: tables)
        let topics = (ask.values["topics"]?.elements ?? []).compactMap { $0["topic"]?.text }
        guard !topics.isEmpty else {
            throw Refusal(
                .invalid, "tbm.no-topic",
                Words("오늘 작업의 위험을 한 가지 이상 나눠 주세요.", "Please speak about at least one danger of today's work."),
                faults: [
                    .init(field: "topics", rule: "required", words: Words("한 가지 이상 적어 주세요.", "At least one is needed."))
                ])
        }
        // Filled in without a connection, it was held when the phone says, by the house's clock.
        let held = min(ask.offline?.corrected ?? ask.now, ask.now)
        var payload: [String: JSON] = [
            "thing": .string(thing.id.rawValue),
            "site": .string(try AssessmentAsk.site(of: thing, for: tenant, in: tables).rawValue),
            "day": .string(KoreanDay(held).description),
            "participants": .array(participants.map { .string($0.rawValue) }),
            "topics": .array(topics.map { .string($0) }), "rights_read": true,
            "language": .string(ask.values.text("language")),
        ]
        if let leader = ask.caller.person { payload["leader"] = .string(leader.rawValue) }
        if let offline = ask.offline { payload["offline"] = offline.json }
        return [
            Draft(
                "safety.tbm.held", stream: "tbm/\(Identifier(at: ask.now))", scope: thing.scope, observed: held,
                payload: payload)
        ]
    }
}
