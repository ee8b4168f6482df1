import Access
import District
import Record
import Store

/// Ends a permit: everyone out, the place as it was, every lock taken off by its owner.
enum ClosePermit {
    static let command = Command(
        Form(
            "safety.permit.close", title: Words("작업 종료", "Close the permit"),
            help: Words(
                "모두 나왔고, 자리를 정리했고, 자물쇠를 주인이 모두 푼 뒤에 닫습니다.",
                "Once everyone is out, the place is as it was, and each lock was taken off by its owner."),
            fields: [
                .permit,
                Field(
                    "restored", Words("자리를 원래대로 정리했습니다", "The place is as it was"), .flag,
                    help: Words("공구, 덮개, 방호장치를 확인했습니다.", "Tools, covers and guards were checked.")),
            ],
            permission: .roles([.worker, .operator, .safetyManager, .executive]),
            surfaces: [.web, .http, .cli, .mcp, .voice])
    ) { ask, tables in
        let permit = try PermitRefusals.permit(ask, in: tables)
        guard permit.isOpen else {
            throw PermitRefusals.state(permit, Words("이미 끝난 허가입니다.", "This permit is closed already."))
        }
        let isRequesters = permit.requester == ask.caller.author.text
        if !isRequesters { try PermitRefusals.allowInCharge(ask, permit) }
        let inside = try PermitTable.people(of: permit.id, in: tables).filter(\.isInside)
        guard inside.isEmpty else { throw PermitRefusals.inside(inside.count) }
        // What never ran has nothing to be put back.
        guard permit.state == .requested || ask.values.flag("restored") else {
            throw PermitRefusals.field(
                "restored", "restored", "required", Words("자리를 정리한 뒤 닫아 주세요.", "Please put the place in order first."))
        }
        let locked = try PermitTable.locks(of: permit.id, in: tables).filter(\.isOn)
        guard locked.isEmpty else {
            throw Refusal(
                .conflict, "permit.locked", Words("풀지 않은 자물쇠가 있습니다.", "There are locks still on."),
                faults: locked.map {
                    .init(
                        field: "locks", rule: "lock.on",
                        words: Words(
                            "자물쇠 \($0.number)번(\($0.point))은 주인이 풀어야 합니다.",
                            "Lock \($0.number) (\($0.point)) must be taken off by its owner."))
                })
        }
        return [permit.draft("closed", ["restored": .bool(ask.values.flag("restored"))])]
    }
}
