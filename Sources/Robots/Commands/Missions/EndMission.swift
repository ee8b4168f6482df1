import Access
import District
import Record

/// A mission is called off, or asked for once more.
enum EndMission {
    static let cancel = Command(
        Form(
            "robots.mission.cancel", title: Words("로봇 미션 취소", "Cancel a mission"),
            help: Words(
                "언제든 취소할 수 있습니다. 물건이 실려 있으면 로봇이 가까운 대기 장소에 서고 담당자가 꺼냅니다.",
                "At any moment. Where goods are aboard the robot stops at a waiting place and a person unloads it."),
            fields: [
                MissionFound.optional,
                Field("why", Words("사유", "Why"), .text(maximum: 200), required: false),
            ], permission: MissionAsk.permission("robots.mission.cancel"), confirmation: .readBack,
            surfaces: [.web, .http, .cli, .voice, .mcp])
    ) { ask, tables in
        let kept = try MissionFound.own(ask, tables)
        try demand(
            kept, ask, "mission.cancel",
            Words("부탁한 사람이나 로봇 운영자만 취소할 수 있습니다.", "Only whoever asked for it or an operator may cancel it."))
        let why = ask.values.text("why")
        return [
            try MissionFound.drafting { () throws(MissionFault) in
                try MissionEvents.cancelled(kept, why: why.isEmpty ? MissionReason.person.rawValue : why)
            }
        ]
    }

    static let retry = Command(
        Form(
            "robots.mission.retry", title: Words("미션 다시 보내기", "Send a mission again"),
            help: Words(
                "실패한 미션을 처음부터 다시 합니다. 물건은 출발지에 다시 두어야 합니다.",
                "Begins a failed mission anew. What is carried must be back where it starts."),
            fields: [MissionFound.field], permission: MissionAsk.permission("robots.mission.retry"),
            confirmation: .readBack)
    ) { ask, tables in
        let kept = try MissionFound.named(ask, tables)
        try demand(
            kept, ask, "mission.retry",
            Words(
                "부탁한 사람이나 로봇 운영자만 다시 보낼 수 있습니다.", "Only whoever asked for it or an operator may send it again."))
        return [try MissionFound.drafting { () throws(MissionFault) in try MissionEvents.retried(kept) }]
    }

    /// A mission is its asker's, and the operators'.
    private static func demand(_ kept: MissionCase, _ ask: Ask, _ code: String, _ words: Words) throws(Refusal) {
        let mayAll = !ask.caller.roles.isDisjoint(with: MissionFound.operators)
        guard mayAll || kept.author == ask.caller.author.text else { throw Refusal(.forbidden, code, words) }
    }
}
