import Access
import District
import Record
import Store

/// Records how workers took part: a walk-round as the rule (OSH Rule 37-2), a survey or interviews beside it.
enum WalkRound {
    static let form = Form(
        "safety.assessment.walk-round", title: Words("순회점검·참여 기록", "Record a walk-round"),
        help: Words(
            "누가 언제 함께 돌아보고 무엇을 보았는지 남깁니다. 그 작업을 하는 근로자가 한 명 이상 있어야 합니다.",
            "Keeps who walked round when, and what was seen; at least one worker who does the work must be there."),
        fields: [
            AssessmentAsk.field,
            Field("at", Words("언제", "When"), .moment),
            Field("way", Words("방법", "Way"), .choice(ParticipationWay.choices)),
            Field(
                "participants", Words("함께한 사람", "Participants"),
                .list([Field("person", Words("사람", "Person"), .reference(kind: "person", source: nil))], maximum: 100)),
            Field(
                "seen", Words("보고 들은 것", "What was seen and heard"), .longText(maximum: 4000),
                help: Words("사람 이름은 적지 마세요.", "Please write no names."), isPersonal: true),
            Field("photo", Words("현장 사진", "Photo"), .attachment(maximumBytes: 10 << 20), required: false),
        ],
        permission: AssessmentAsk.permission(AssessmentAsk.everyone, "safety.assessment.walk-round"),
        surfaces: [.web, .http, .cli, .mcp, .voice, .offline])

    static let command = Command(form) { ask, tables in
        let assessment = try AssessmentAsk.find(ask, in: tables, [.open])
        let tenant = try ask.tenant
        let at = ask.values.moment("at") ?? ask.now
        guard at <= ask.now else {
            throw AssessmentAsk.invalid(
                "walk-round.future", "at", "past",
                Words("아직 하지 않은 점검은 남길 수 없습니다.", "What lies ahead cannot be recorded yet."))
        }
        let people = try Participants.read(ask.values["participants"], on: KoreanDay(at), for: tenant, in: tables)
        let workers = try people.filter { id in
            try Directory.person(id, for: tenant, in: tables)?.roles.contains(.worker) == true
        }
        let photo = ask.values.text("photo")
        guard try photo.isEmpty || Attachments.holds(photo, for: tenant, in: tables) else {
            throw AssessmentAsk.invalid(
                "walk-round.photo", "photo", "reference", Words("사진을 먼저 올려 주세요.", "Please upload the photo first."))
        }
        let round = Identifier(at: ask.now)
        var payload: [String: JSON] = [
            "round": .string(round.description), "site": .string(assessment.site.rawValue),
            "way": .string(ask.values.text("way")), "participants": .array(people.map { .string($0.rawValue) }),
            "workers": .init(workers.count),
            // The schedule counts as told before where the opening came before the walk (OSH Rule 37-3).
            "announced": .bool(assessment.opened <= at),
        ]
        if !photo.isEmpty { payload["photo"] = .string(photo) }
        if let offline = ask.offline { payload["offline"] = offline.json }
        var draft = AssessmentAsk.draft(AssessmentEvent.walked, assessment, payload)
        draft.observed = at
        let author = ask.caller.person ?? PersonID("assessment-\(assessment.id)")
        draft.personal = ["seen": PersonalContent(of: author, .string(ask.values.text("seen")))]
        return [draft]
    }
}
