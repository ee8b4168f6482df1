import Access
import District
import Record
import Store

/// Stops the work under a permit: anybody named in it may, at once.
enum SuspendPermit {
    static let command = Command(
        Form(
            "safety.permit.suspend", title: Words("작업 중지", "Suspend the permit"),
            help: Words("위험하면 누구든지 바로 중지할 수 있습니다. 안에 있는 사람은 나와야 합니다.", "Anyone may stop dangerous work at once."),
            fields: [.permit, Field("why", Words("이유", "Why"), .text(maximum: 300), isPersonal: true)],
            permission: .roles([.worker, .operator, .safetyManager, .executive]).orToken(
                "command:safety.permit.suspend"), surfaces: [.web, .http, .cli, .mcp, .voice])
    ) { ask, tables in
        let permit = try PermitRefusals.permit(ask, in: tables)
        guard permit.state == .running else {
            throw PermitRefusals.state(permit, Words("진행 중인 허가가 아닙니다.", "This permit is not running."))
        }
        let inside = try PermitTable.people(of: permit.id, in: tables).filter(\.isInside)
        var draft = permit.draft(
            "suspended", ["reason": "person", "inside": .array(inside.map { .string($0.person.rawValue) })], ask: ask)
        draft.personal["why"] = PersonalContent(
            of: ask.caller.person ?? permit.supervisor, .string(ask.values.text("why")))
        return [draft]
    }
}
