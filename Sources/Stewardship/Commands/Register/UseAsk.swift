import Access
import District
import Record
import Store

/// What the register's commands share: who may give them, and the entry they are about.
enum UseAsk {
    static let roles: Set<Role> = [.zoneOfficer, .administrator]

    /// A command's permission: people with the role, and programs with its scope.
    static func permission(_ step: UseStep) -> Permission { .roles(roles).orToken("command:\(step.command)") }

    static let field = Field("use", Words("인공지능 사용", "Use of AI"), .reference(kind: "ai-use", source: nil))

    static let unknown = Refusal(
        .notFound, "use.unknown", Words("등록부에 그런 인공지능이 없습니다.", "The register has no such use of AI."))

    /// The entry that is asked about, where the step may be taken from where it stands.
    static func entry(_ ask: Ask, _ step: UseStep, in tables: any Reader) throws -> RegisterEntry {
        guard let entry = try RegisterTable.find(ask.values.text("use"), in: tables) else { throw unknown }
        try step.check(entry.state)
        return entry
    }

    /// A moment that must lie ahead, and no further than so many days.
    static func ahead(_ ask: Ask, _ field: String, days: Double) throws -> Timestamp {
        guard let moment = ask.values.moment(field), moment > ask.now,
            moment <= ask.now.advanced(bySeconds: days * 86_400)
        else {
            let words = Words("지금 이후, \(Int(days))일 이내여야 합니다.", "It lies ahead, within \(Int(days)) days.")
            throw Refusal(.invalid, "use.until", of: field, "range", words)
        }
        return moment
    }
}
