import Access
import District
import Record
import Store

/// Somebody answered a visit, at the robot or as the person who was called.
enum AnswerMission {
    static let command = Command(
        Form(
            "robots.mission.answer", title: Words("방문에 대답함", "Answered the visit"),
            help: Words("방문한 곳에서 누군가 대답했거나, 담당자가 직접 확인했습니다.", "Somebody answered, or a person went and saw."),
            fields: [MissionFound.field],
            permission: .roles(MissionFound.staff).orToken("command:robots.mission.answer"),
            surfaces: [.web, .http, .cli])
    ) { ask, tables in
        let kept = try MissionFound.named(ask, tables)
        return [
            try MissionFound.drafting { () throws(MissionFault) in
                try MissionEvents.answered(kept, leg: kept.mission.leg)
            }
        ]
    }
}

/// A person gives a mission to a vehicle: always possible, and the only way while the use of AI does not stand.
enum AssignMission {
    static let command = Command(
        Form(
            "robots.mission.assign", title: Words("로봇 정하기", "Choose the robot"),
            help: Words("운영자가 미션을 할 로봇을 직접 정합니다.", "An operator chooses which robot does it."),
            fields: [
                MissionFound.field,
                Field(
                    "vehicle", Words("로봇", "Robot"),
                    .reference(kind: "vehicle", source: "/api/v1/robots/choices/vehicle")),
            ], permission: .roles(MissionFound.operators).orToken("command:robots.mission.assign"),
            confirmation: .readBack)
    ) { ask, tables in
        let kept = try MissionFound.named(ask, tables)
        let thing = ThingID(ask.values.text("vehicle"))
        guard let chosen = try VehicleTable.find(thing, for: try ask.tenant, in: tables) else {
            throw refusal(.notFound, Words("그런 로봇이 없습니다.", "There is no such robot."))
        }
        guard chosen.site.rawValue == kept.mission.site else {
            throw refusal(.conflict, Words("다른 현장의 로봇입니다.", "This robot is at another site."))
        }
        guard try !MissionTable.laden(site: kept.mission.site, in: tables).contains(chosen.vehicle) else {
            throw refusal(
                .conflict,
                Words(
                    "끝나지 못한 미션의 물건이 실려 있는 로봇입니다. 먼저 물건을 꺼내 주세요.",
                    "This robot still carries goods of a mission that is over. Please unload it first."))
        }
        let drafts = try MissionFound.drafting { () throws(MissionFault) in try give(kept, chosen.vehicle, ask) }
        // A person's other choice tells whoever watches the matcher that it was overruled.
        if !kept.isChosen, kept.mission.vehicle != nil, kept.mission.vehicle != chosen.vehicle {
            return drafts + [AIUseJudged(DispatchUse.use.id, .overruled).draft]
        }
        return drafts
    }

    /// Where a person was called to it, a vehicle that has set out with nothing aboard hands the mission back first: it may be
    /// broken, or gone.
    private static func give(_ kept: MissionCase, _ vehicle: VehicleID, _ ask: Ask) throws(MissionFault) -> [Draft] {
        var (kept, drafts): (MissionCase, [Draft]) = (kept, [])
        if kept.called != nil, kept.mission.state == .underway || kept.mission.state == .waiting,
            kept.mission.vehicle != vehicle
        {
            drafts.append(try MissionEvents.returned(kept, .person))
            kept.mission = try kept.mission.after(.returned)
        }
        return drafts + [
            try MissionEvents.assigned(kept, to: vehicle, promise: nil, by: ask.caller.author.text)
        ]
    }

    private static func refusal(_ kind: Refusal.Kind, _ words: Words) -> Refusal {
        Refusal(kind, "mission.vehicle", of: "vehicle", "vehicle", words)
    }
}
