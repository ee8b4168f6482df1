import Access
import District
import Record
import Store
import Twin

/// Something is to be done: opened by hand.
struct OpenAction {
    let policy: ActionPolicy

    var command: Command {
        Command(
            Form(
                "safety.action.open", title: Words("조치 등록", "Open an action"),
                help: Words(
                    "무엇을 누가 언제까지 할지 정합니다. 처음 정한 기한은 바뀌지 않고, 연장은 따로 기록됩니다.",
                    "Says what, who and until when. The first due day never moves; extensions are kept beside it."),
                fields: [
                    Field("thing", Words("장소·설비", "Place or machine"), .reference(kind: "thing", source: nil)),
                    Field("title", Words("할 일", "What is to be done"), .text(maximum: 200)), ActionAsk.band,
                    ActionAsk.step, ActionAsk.owner,
                    Field(
                        "due", Words("기한", "Due"), .moment, required: false,
                        help: Words("비우면 위험 등급에 따라 정합니다.", "Left empty, the band of risk decides.")),
                ],
                permission: .roles(ActionAsk.managers).orToken("command:safety.action.open"),
                surfaces: [.web, .http, .cli, .mcp, .voice])
        ) { [policy] ask, tables in
            let thing = try PlaceOfWork.find(ask.values.text("thing"), for: ask.tenant, in: tables)
            let band = RiskBand(rawValue: ask.values.text("band")) ?? .severe
            let today = KoreanDay(ask.now)
            let due = try ActionAsk.day(
                ask, "due", from: today, Words("오늘보다 앞설 수 없습니다.", "It cannot lie before today."))
            return [
                ActionDrafts.open(
                    ask.values.text("title"), at: thing.id, scope: thing.scope, source: .init(kind: "manual", id: ""),
                    band: band, step: ControlStep(rawValue: ask.values.text("step")) ?? .administrative,
                    owner: try ActionAsk.owner(ask, tables), due: due ?? policy.due(band, from: today), now: ask.now)
            ]
        }
    }
}

/// Someone is named who does it.
enum AssignAction {
    static let command = Command(
        Form(
            "safety.action.assign", title: Words("조치 담당자 지정", "Name the owner of an action"),
            help: Words("담당자를 정하거나 바꿉니다.", "Names or changes who does it."),
            fields: [
                ActionAsk.field, Field("owner", Words("담당자", "Owner"), .reference(kind: "person", source: nil)),
            ],
            permission: .roles(ActionAsk.managers).orToken("command:safety.action.assign"))
    ) { ask, tables in
        let action = try ActionAsk.find(ask, tables, in: [.open])
        guard let owner = try ActionAsk.owner(ask, tables) else { return [] }
        return [ActionAsk.draft("safety.action.assigned", action, ["owner": .string(owner.rawValue)])]
    }
}
