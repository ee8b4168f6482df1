import Access
import District
import Record
import Store
import Twin

/// Keeps the monthly finding and the weekly joint review of the continuous cycle.
enum ReviewCycle {
    static let event = "safety.cycle.reviewed"

    static let form = Form(
        "safety.cycle.review", title: Words("월·주 점검 기록", "Record a monthly or weekly review"),
        help: Words(
            "아차사고와 순회점검에서 찾은 위험을 함께 살피고, 무엇을 할지 남깁니다.",
            "Go together over near misses and what walk-rounds found, and keep what will be done."),
        fields: [
            Field("thing", Words("사업장", "Site"), .reference(kind: "thing", source: "/api/v1/things")),
            Field("kind", Words("점검", "Review"), .choice(CycleReview.choices)),
            Field(
                "participants", Words("함께한 사람", "Participants"),
                .list([Field("person", Words("사람", "Person"), .reference(kind: "person", source: nil))], maximum: 100)),
            Field(
                "findings", Words("찾은 위험과 할 일", "What was found and will be done"), .longText(maximum: 4000),
                help: Words("사람 이름은 적지 마세요.", "Please write no names."), isPersonal: true),
        ],
        permission: AssessmentAsk.permission(AssessmentAsk.everyone, "safety.cycle.review"),
        surfaces: [.web, .http, .cli, .mcp, .voice, .offline])

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        let thing = try PlaceOfWork.find(ask.values.text("thing"), for: tenant, in: tables)
        let people = try Participants.read(ask.values["participants"], on: KoreanDay(ask.now), for: tenant, in: tables)
        let kind = CycleReview(rawValue: ask.values.text("kind")) ?? .finding
        guard kind == .finding || people.count > 1 else {
            throw AssessmentAsk.invalid(
                "cycle.alone", "participants", "minimum",
                Words("합동 점검은 두 사람 이상이 함께 합니다.", "A joint review takes at least two people."))
        }
        // Filled in without a connection, it was held when the phone says, by the house's clock.
        let held = min(ask.offline?.corrected ?? ask.now, ask.now)
        var payload: [String: JSON] = [
            "thing": .string(thing.id.rawValue),
            "site": .string(try AssessmentAsk.site(of: thing, for: tenant, in: tables).rawValue),
            "kind": .string(kind.rawValue), "day": .string(KoreanDay(held).description),
            "participants": .array(people.map { .string($0.rawValue) }),
        ]
        if let offline = ask.offline { payload["offline"] = offline.json }
        let id = Identifier(at: ask.now)
        let author = ask.caller.person ?? PersonID("cycle-\(id)")
        return [
            Draft(
                event, stream: "cycle/\(id)", scope: thing.scope, observed: held, payload: payload,
                personal: ["findings": PersonalContent(of: author, .string(ask.values.text("findings")))])
        ]
    }
}
