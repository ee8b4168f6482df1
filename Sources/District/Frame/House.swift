import Access
import Record
import Store

/// The frame's own room: what concerns every other one. Its tables are the frame's, its commands switch uses of AI on
/// and off and sign what needs a second person.
struct House: Capability {
    let name = "district"
    let title = Words("구역", "District")
    /// The other rooms.
    let guests: [any Capability]

    var migrations: [Migration] { FrameTables.migrations }

    var commands: [Command] {
        [SwitchAIUse.command(guests: guests), SignRequest.command, RefuseRequest.command(guests: guests)]
    }

    var projections: [Projection] {
        [
            Projection(
                tables: ["district_ai_switches"], types: ["district.ai.switched"], apply: FrameTables.applySwitch),
            AIPermits.projection, AIPermits.acts, AINotices.projection,
            Projection(
                tables: ["district_open_requests"],
                types: ["district.request.opened", "district.request.signed", RefuseRequest.refused],
                apply: FrameTables.applyRequest),
        ]
    }
}

/// Switches a declared use of AI on or off; what is off does not run from the next commit on.
enum SwitchAIUse {
    static let name = "district.ai.switch"

    /// What the rooms declare, as choices.
    static func known(_ rooms: [any Capability]) -> [Field.Choice] {
        rooms.flatMap(\.aiUses).map { Field.Choice($0.id, $0.title) }
    }

    static func form(_ choices: [Field.Choice]) -> Form {
        Form(
            name,
            title: Words("인공지능 사용 켜기·끄기", "Switch a use of AI on or off"),
            help: Words(
                "꺼진 인공지능은 다음 제안부터 바로 멈춥니다. 안전 한계값과 작업 중지는 인공지능이 아니므로 계속 작동합니다.",
                "A use that is off proposes nothing more. Hard limits and stop-work are no AI and keep working."),
            fields: [
                Field("use", Words("인공지능 사용", "Use of AI"), .choice(choices)),
                Field("on", Words("사용", "On"), .flag),
                Field("reason", Words("사유", "Reason"), .text(maximum: 500)),
            ],
            permission: .roles([.zoneOfficer, .administrator]), confirmation: .readBack)
    }

    static func command(guests: [any Capability]) -> Command {
        let known = known(guests)
        let declared = Set(known.map(\.value))
        return Command(form(known)) { ask, tables in
            let use = ask.values.text("use")
            // Off is never asked of anybody: whoever sees harm stops it first.
            if ask.values.flag("on") {
                for room in guests { try room.checkSwitchingOn(use, ask, in: tables) }
            }
            guard declared.contains(use) else {
                // What runs elsewhere is switched by the room that knows of it.
                return try guests.flatMap { try $0.switchElsewhere(use, ask, in: tables) }
            }
            return [
                Draft(
                    "district.ai.switched", stream: "ai-use/\(use)", scope: .zone,
                    payload: [
                        "use": .string(use), "on": .bool(ask.values.flag("on")),
                        "reason": .string(ask.values.text("reason")),
                    ])
            ]
        }
    }
}
