import Access
import District
import Record
import Web

/// How promises are shown to whoever looks. What nobody said is shown as not known.
struct OutcomeView {
    let visit: Visit

    private var today: KoreanDay { KoreanDay(visit.now) }
    private var language: Language { visit.language }
    var isOfficer: Bool { visit.caller.roles.contains(.zoneOfficer) }

    static func path(_ id: String) -> String { "/commons/outcomes/\(Table.encoded(id))" }
    /// Where the roadmap shows a milestone.
    static func milestonePath(_ id: String) -> String { "/alliance/milestones/\(Table.encoded(id))" }

    func word(_ key: String, _ values: [String: String] = [:]) -> String {
        values.reduce(visit.word(key)) { $0.replacing("{\($1.key)}", with: $1.value) }
    }

    func counted(_ key: String, _ many: Int64) -> String { CivicView(visit: visit).counted(key, many) }

    func money(_ won: Int?) -> String {
        won.map { Money.text($0, language) } ?? word("outcomes_unknown")
    }

    /// How many days late, where it is.
    func days(_ promise: Promise) -> Int64? {
        if case .late(let days) = promise.standing(on: today) { days } else { nil }
    }

    func badge(_ promise: Promise) -> JSON {
        switch (promise.state, promise.standing(on: today)) {
        case ("done", _): Show.badge("ok", word("outcomes_done"))
        case ("dropped", _): Show.badge("stale", word("outcomes_dropped"))
        case (_, .late(let days)): Show.badge("warn", counted("outcomes_days_late", days))
        default: Show.badge("info", word("outcomes_going"))
        }
    }

    func facts(_ promise: Promise) -> [String: JSON] {
        var members: [String: JSON] = [
            "href": .string(Self.path(promise.id)), "name": .string(promise.title),
            "summary": .string(promise.summary), "badge": badge(promise),
            "percent": promise.percent.map { .string("\($0)") } ?? false,
            "planned": .string(money(promise.planned)), "spent": .string(money(promise.spent)),
            "due": .string(promise.due ?? word("outcomes_no_day")), "is_sample_item": .bool(promise.isSample),
            "slipped": promise.firstDue != promise.due && promise.firstDue != nil
                ? .string(promise.firstDue ?? "") : false,
            "days": days(promise).map { .string(counted("outcomes_days_late", $0)) } ?? false,
            "moves": promise.moves > 0
                ? .string(counted("outcomes_moves", Int64(promise.moves))) : false,
            "ended": promise.ended.map { .string($0) } ?? false,
            "group": false, "milestone_href": promise.milestone.map { .string(Self.milestonePath($0)) } ?? false,
            "vote_href": promise.vote.isEmpty ? false : .string(VoteView.path(promise.vote)),
            "proposal_href": promise.proposal.isEmpty
                ? false : .string("/commons/proposals/\(Table.encoded(promise.proposal))"),
            "changed": Show.time(promise.changed, language),
        ]
        if let group = promise.group {
            members["group"] = .string(promise.groupName?[language] ?? word("outcomes_group_unknown"))
            members["group_href"] =
                promise.groupName == nil ? false : .string("/alliance/groups/\(Table.encoded(group))")
        }
        if let step = promise.step { members["step"] = .string(word("outcomes_step_\(step.rawValue)")) }
        if let planned = promise.planned, let spent = promise.spent, spent > planned {
            members["over"] = .string(money(spent - planned))
        } else {
            members["over"] = false
        }
        return members
    }

    /// What became of some promises, as the partial `outcomes-became` takes them; for officers with the way to give one to a
    /// group where none does it.
    func became(_ promises: [Promise]) -> JSON {
        .array(
            promises.map { promise in
                var members = facts(promise)
                members["entrust"] = isOfficer && promise.canBeEntrusted ? .object(entrust(promise)) : false
                return .object(members)
            })
    }

    func entrust(_ promise: Promise) -> [String: JSON] {
        CivicView(visit: visit).link(
            EntrustPromise.name, ["item": promise.id], next: Self.path(promise.id), label: word("outcomes_entrust")
        ).members ?? [:]
    }

    /// The way from what was accepted or chosen to its promise: the form, filled in.
    func promising(title: String, summary: String, planned: Int64?, vote: String = "", proposal: String = "") -> JSON {
        var values = ["title": title, "vote": vote, "proposal": proposal].filter { !$0.value.isEmpty }
        // An address has an end; the whole text stays where it came from.
        if !summary.isEmpty { values["summary"] = String(summary.prefix(300)) }
        if let planned, planned > 0 { values["planned"] = "\(planned)" }
        return CivicView(visit: visit).link(
            MakePromise.name, values, next: "/commons/outcomes/{it}", label: word("outcomes_promise"), primary: true)
    }

    /// What an officer is to do about one.
    func notice(_ promise: Promise) -> String? {
        guard isOfficer, promise.isGoing else { return nil }
        if promise.lacksMilestone { return word("outcomes_notice_unset") }
        switch promise.step {
        case .reached: return word("outcomes_notice_reached")
        case .dropped: return word("outcomes_notice_dropped")
        default: return nil
        }
    }

    func acts(_ promise: Promise) -> [JSON] {
        guard isOfficer, promise.isGoing else { return [] }
        let view = CivicView(visit: visit)
        func act(_ name: String, _ key: String, primary: Bool = false) -> JSON {
            view.link(
                "commons.outcome.\(name)", ["item": promise.id], next: Self.path(promise.id), label: word(key),
                primary: primary)
        }
        var acts = [act("report", "outcomes_report", primary: promise.step != .reached)]
        if promise.isGroups {
            acts.append([
                "href": .string(promise.milestone.map(Self.milestonePath) ?? ""),
                "label": .string(word("outcomes_on_roadmap")), "primary": false,
            ])
            return acts
        }
        if promise.canBeEntrusted { acts.append(.object(entrust(promise))) }
        return acts + [
            act("slip", "outcomes_slip"), act("end", "outcomes_end", primary: promise.step == .reached),
        ]
    }

    /// The figures that came with a piece of news.
    func figures(_ news: OutcomeTable.News) -> String {
        [
            news.percent.map { "\($0) %" }, news.spent.map { Money.text($0, language) },
            news.due.map { "\(word("outcomes_due")) \($0)" },
        ].compactMap { $0 }.joined(separator: " · ")
    }
}
