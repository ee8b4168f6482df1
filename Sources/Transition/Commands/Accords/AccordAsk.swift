import Access
import District
import Record
import Store

/// What the forms about accords have in common, and why something of them is not done.
enum AccordAsk {
    /// Who enters accords and what they lead to.
    static let keepers: Set<Role> = [.zoneOfficer, .administrator]

    static func fault(_ field: String, _ rule: String, _ words: Words, _ kind: Refusal.Kind = .invalid) -> Refusal {
        Refusal(kind, "accord.\(rule)", of: field, rule, words)
    }

    static func day(_ field: String, _ label: Words, required: Bool = true) -> Field {
        Field(
            field, label, .text(maximum: 10), required: required,
            help: Words("예: 2026-11-20", "For example 2026-11-20"),
            spoken: .day)
    }

    /// The day that a field names.
    static func day(_ field: String, _ ask: Ask) throws -> KoreanDay {
        guard let day = ask.values.day(field) else {
            throw fault(field, "day", Words("날짜를 확인해 주세요.", "Please check the day."))
        }
        return day
    }

    static func undertaking(_ ask: Ask, in tables: any Reader) throws -> AccordUndertaking {
        guard let found = try AccordTable.undertaking(ask.values.text("undertaking"), in: tables) else {
            throw fault(
                "undertaking", "undertaking", Words("그런 협력 사업이 없습니다.", "There is no such undertaking."), .notFound)
        }
        return found
    }

    /// An open milestone, for its owner and for whoever keeps accords.
    static func milestone(_ ask: Ask, in tables: any Reader) throws -> AccordMilestone {
        let milestone = try AccordTable.milestone(ask.values.text("milestone"), in: tables)
        guard let milestone, milestone.owner == ask.caller.person || isKeeper(ask.caller) else {
            throw fault("milestone", "milestone", Words("그런 이정표가 없습니다.", "There is no such milestone."), .notFound)
        }
        guard milestone.isOpen else {
            throw fault("milestone", "closed", Words("이미 끝난 이정표입니다.", "It was reached or given up already."), .conflict)
        }
        return milestone
    }

    static func isKeeper(_ caller: Caller) -> Bool {
        if case .system = caller.identity { return true }
        return !caller.roles.isDisjoint(with: keepers)
    }

    static let undertakingField = Field(
        "undertaking", Words("협력 사업", "Undertaking"), .reference(kind: "accord-undertaking", source: nil))
    static let milestoneField = Field(
        "milestone", Words("이정표", "Milestone"), .reference(kind: "accord-milestone", source: nil))
}
