import Access
import District
import Record
import Store

/// Switches a use of AI on or off that this house does not run: the department's tool itself is stopped by its owner, and
/// the register says so to everybody. What this house runs has the frame's own switch.
struct SwitchUse {
    static let name = "stewardship.use.switch"
    let gate: ApprovalGate

    var command: Command {
        Command(
            Form(
                Self.name, title: Words("인공지능 사용 켜기·끄기", "Switch a use of AI on or off"),
                help: Words(
                    "부서가 이 시스템 밖에서 쓰는 인공지능을 끄거나 켭니다. 끄면 등록부와 공개 화면에 바로 ‘꺼짐’으로 나옵니다. 부서의 도구도 함께 멈춰 주세요.",
                    "For AI that a department uses outside this system. Once off, the register and its public page say so; stop the tool itself as well."
                ),
                fields: [
                    UseAsk.field, Field("on", Words("사용", "On"), .flag),
                    Field("reason", Words("사유", "Reason"), .text(maximum: 500)),
                ],
                permission: .roles(UseAsk.roles), confirmation: .readBack)
        ) { try drafts($0, in: $1) }
    }

    /// What the switch comes to; the house's own switch asks for it too.
    func drafts(_ ask: Ask, in tables: any Reader) throws -> [Draft] {
        guard let entry = try RegisterTable.find(ask.values.text("use"), in: tables) else { throw UseAsk.unknown }
        guard !entry.isDeclared else {
            throw Refusal(
                .conflict, "use.runs-here",
                Words(
                    "이 시스템 안의 인공지능은 ‘인공지능 사용’ 화면에서 켜고 끕니다.",
                    "What runs in this system is switched on the page “Uses of AI”."))
        }
        let on = ask.values.flag("on")
        guard entry.permit != nil || on else {
            throw Refusal(
                .conflict, "use.not-running",
                Words("운영하고 있지 않아 끌 것이 없습니다.", "It is not running: there is nothing to switch off."))
        }
        // Off is never asked of anybody: whoever sees harm stops it first.
        if on { try gate.check(ask, .operate, in: tables) }
        guard on == (entry.toggle?.isOn == false) else {
            throw Refusal(
                .conflict, "use.switched",
                on ? Words("꺼져 있지 않습니다.", "It is not switched off.") : Words("이미 꺼져 있습니다.", "It is off already."))
        }
        return [
            UseEvents.draft(
                UseEvents.switched, entry.id, ["on": .bool(on), "reason": .string(ask.values.text("reason"))])
        ]
    }
}
