import District
import Record
import Web

/// A ballot as it is filled in and read back.
struct BallotView {
    let vote: Vote
    let visit: Visit
    private var language: Language { visit.language }

    /// What a page sent: `c.ID` holds a tick, a rank or points.
    static func choices(_ entered: [String: String], in vote: Vote) -> [(option: String, points: Int)] {
        let said = vote.options.compactMap { option -> (option: String, points: Int)? in
            guard let value = entered["c.\(option.id)"], let number = Ballot.number(value), number != 0
            else { return nil }
            return (option.id, number)
        }
        // A rank says how early it comes; two of the same rank stay in the order of the vote.
        return vote.method == .ranked
            ? said.enumerated().sorted { ($0.element.points, $0.offset) < ($1.element.points, $1.offset) }.map(
                \.element) : said
    }

    func form(_ entered: [String: String], refusal: Refusal?) -> [String: JSON] {
        let cost = vote.options.reduce(0) { (Int(entered["c.\($1.id)"] ?? "") ?? 0) != 0 ? $0 + $1.cost : $0 }
        var context: [String: JSON] = [
            "path": .string(VoteView.path(vote.id)), "action": .string("\(VoteView.path(vote.id))/ballot"),
            "instruction": .string(vote.method.instruction(vote)[language]),
            "ends": VoteView.until(vote.ends, language),
            "options": .array(vote.options.map { option($0, entered["c.\($0.id)"] ?? "") }),
            "code": .string(entered["code"] ?? ""), "method": .string(vote.method.rawValue),
            "ticks": .bool(vote.method != .points && vote.method != .ranked), "most": .string("\(vote.most)"),
        ]
        if vote.method == .knapsack {
            context["knapsack"] = [
                "limit": .string("\(vote.limit)"), "limit_text": .string(Money.text(vote.limit, language)),
                "spent": .string(Money.text(cost, language)),
                "left": .string(Money.text(max(0, vote.limit - cost), language)),
                "share": .string("\(min(100, vote.limit == 0 ? 0 : cost * 100 / vote.limit))"),
            ]
        }
        if vote.method == .points { context["deals"] = .string("\(vote.points)") }
        if let refusal {
            let faults =
                refusal.faults.isEmpty
                ? [(href: nil as String?, text: refusal.words[language])]
                : refusal.faults.map { (href: "#f-\($0.field)" as String?, text: $0.words[language]) }
            var errors: [String: JSON] = [
                "items": .array(
                    faults.map { fault in
                        var members: [String: JSON] = ["text": .string(fault.text)]
                        if let href = fault.href { members["href"] = .string(href) }
                        return .object(members)
                    })
            ]
            // What is wrong is said once: as the heading only where the items say more.
            if !faults.contains(where: { $0.text == refusal.words[language] }) {
                errors["refused"] = .string(refusal.words[language])
            }
            context["errors"] = .object(errors)
            if let fault = refusal.faults.first(where: { $0.field == "code" }) {
                context["code_error"] = .string(fault.words[language])
            }
        }
        return context
    }

    private func option(_ option: Vote.Option, _ value: String) -> JSON {
        var members: [String: JSON] = [
            "id": .string(option.id), "name": .string(option.name), "cost_number": .string("\(option.cost)"),
            "about": option.summary.isEmpty ? false : .string(option.summary),
            "effect": option.effect.map { .string($0.words[language]) } ?? false,
            "cost": option.cost == 0 ? false : .string(Money.text(option.cost, language)),
            "tick": .bool(vote.method != .ranked && vote.method != .points),
            "checked": .bool((Int(value) ?? 0) != 0), "rank": false, "points": false,
        ]
        if vote.method == .ranked {
            members["rank"] = [
                "ranks": .array(
                    (1...max(1, min(vote.most, vote.options.count))).map {
                        ["value": .string("\($0)"), "selected": .bool(value == "\($0)")]
                    })
            ]
        }
        if vote.method == .points {
            members["points"] = ["most": .string("\(vote.points)"), "value": .string(value.isEmpty ? "0" : value)]
        }
        return .object(members)
    }

    /// The ballot read back.
    func confirm(_ ballot: Ballot, _ entered: [String: String]) -> [String: JSON] {
        let chosen = ballot.options.enumerated().compactMap { place, id -> JSON? in
            guard let option = vote.options.first(where: { $0.id == id }) else { return nil }
            let note =
                vote.method == .ranked
                ? (language == .ko ? "\(place + 1)순위" : "Choice \(place + 1)")
                : vote.method == .points
                    ? "\(ballot.points[place])\(language == .ko ? "점" : " points")"
                    : option.cost > 0 ? Money.text(option.cost, language) : ""
            return ["name": .string(option.name), "note": note.isEmpty ? false : .string(note)]
        }
        let cost = ballot.options.reduce(0) { sum, id in sum + (vote.options.first { $0.id == id }?.cost ?? 0) }
        var context: [String: JSON] = [
            "vote_title": .string(vote.title), "action": .string("\(VoteView.path(vote.id))/ballot"),
            "chosen": .array(chosen), "count": .string("\(chosen.count)"),
            "hidden": Show.hidden(
                vote.options.compactMap { option in entered["c.\(option.id)"].map { ("c.\(option.id)", $0) } } + [
                    ("code", entered["code"] ?? ""), ("ballot", entered["ballot"] ?? ""),
                ]),
        ]
        if vote.method == .knapsack {
            context["sum"] = .string(
                Words(
                    "모두 \(Money.text(cost, .ko)), 예산에서 \(Money.text(vote.limit - cost, .ko))이 남습니다.",
                    "\(Money.text(cost, .en)) in all; \(Money.text(vote.limit - cost, .en)) of the budget is left.")[
                        language])
        }
        return context
    }
}
