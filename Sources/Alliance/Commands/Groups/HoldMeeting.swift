import District
import Record
import Store

/// A meeting was held: who was there, what was said, what was decided, with the votes where there were any.
enum HoldMeeting {
    static let name = "alliance.meeting.hold"

    static let command = Command(
        Form(
            name, title: Words("분과 회의록 등록", "Record a meeting"),
            help: Words(
                "회의록과 결정은 분과 구성원과 관리기관만 봅니다.", "Minutes and decisions are read by the group's members and the zone."),
            fields: [
                GroupAsk.group,
                GroupAsk.day("day", Words("회의한 날", "Day of the meeting")),
                Field("title", Words("안건", "Subject"), .text(maximum: 120)),
                Field("minutes", Words("회의 내용", "Minutes"), .longText(maximum: 6000)),
                Field(
                    "everyone", Words("전원 참석", "Everybody was there"), .flag, required: false,
                    help: Words("‘예’면 아래에서 고르지 않아도 됩니다.", "With yes nobody need be chosen below.")),
                Field(
                    "attendees", Words("참석자", "Who was there"),
                    .list([GroupAsk.member("member", Words("구성원", "Member"))], maximum: 60), required: false),
                Field(
                    "decisions", Words("결정", "Decisions"),
                    .list(
                        [
                            Field("decision", Words("결정한 것", "What was decided"), .text(maximum: 500)),
                            Field("for", Words("찬성", "Votes for"), .integer(0...500, unit: nil), required: false),
                            Field(
                                "against", Words("반대", "Votes against"), .integer(0...500, unit: nil), required: false),
                            GroupAsk.milestone(Words("관련 이정표", "Milestone it is about"), required: false),
                        ], maximum: 30), required: false),
            ],
            permission: GroupAsk.permission(name), surfaces: GroupAsk.surfaces)
    ) { ask, tables in
        let found = try GroupAsk.led(ask, tables)
        let day = try GroupAsk.past("day", ask)
        let attendees = try attendees(found, ask)
        let (id, stream) = (Identifier(at: ask.now).description, "working-group/\(found.group.id)")
        var drafts = [
            Draft(
                GroupEvents.held, stream: stream, scope: .zone,
                payload: [
                    "meeting": .string(id), "group": .string(found.group.id), "day": .string(day.description),
                    "title": .string(ask.values.text("title")), "minutes": .string(ask.values.text("minutes")),
                    "attendees": .array(attendees.map { .string($0) }),
                ])
        ]
        for (place, entry) in (ask.values["decisions"]?.elements ?? []).enumerated() {
            var payload: [String: JSON] = [
                "meeting": .string(id), "group": .string(found.group.id), "place": .decimal(Int64(place)),
                "decision": .string(entry["decision"]?.text ?? ""),
            ]
            let votes = ["for", "against"].map { entry[$0]?.integer }
            guard (votes[0] == nil) == (votes[1] == nil) else {
                throw Refusal(
                    .invalid, of: "decisions", "votes",
                    Words("찬성과 반대를 모두 적어 주세요. 표결하지 않았으면 둘 다 비웁니다.", "Give both votes, or neither where there was none.")
                )
            }
            if let yes = votes[0], let no = votes[1] {
                guard yes + no <= Int64(attendees.count) else {
                    throw Refusal(
                        .invalid, of: "decisions", "more-votes",
                        Words("표가 참석자보다 많습니다.", "There are more votes than people who were there."))
                }
                payload["for"] = .decimal(yes)
                payload["against"] = .decimal(no)
            }
            if let milestone = entry["milestone"]?.text {
                guard try MilestoneTable.find(milestone, in: tables)?.group == found.group.id else {
                    throw Refusal(
                        .invalid, of: "decisions", "milestone",
                        Words("이 분과의 이정표를 골라 주세요.", "Please choose a milestone of this group."))
                }
                payload["milestone"] = .string(milestone)
            }
            drafts.append(Draft(GroupEvents.decided, stream: stream, scope: .zone, payload: payload))
        }
        return drafts
    }

    private static func attendees(_ found: GroupAsk.Found, _ ask: Ask) throws(Refusal) -> [String] {
        if ask.values.flag("everyone") { return found.members.filter(\.isActive).map(\.id) }
        var ids: [String] = []
        for entry in ask.values["attendees"]?.elements ?? [] {
            let id = try found.member(entry["member"]?.text ?? "", field: "attendees").id
            if !ids.contains(id) { ids.append(id) }
        }
        guard !ids.isEmpty else {
            throw Refusal(
                .invalid, of: "attendees", "required", Words("참석자를 한 사람 이상 골라 주세요.", "Please choose who was there."))
        }
        return ids
    }
}
