import Record
import Web

/// What a vote came to, with a reason for each line.
struct ResultView {
    let found: VoteTable.Found
    let result: JSON
    let visit: Visit
    private var language: Language { visit.language }
    private var vote: Vote { found.vote }

    var context: [String: JSON] {
        var context: [String: JSON] = [
            "vote_title": .string(vote.title), "path": .string(VoteView.path(vote.id)),
            "is_sample_vote": .bool(vote.isSample), "ballots": .string(count("ballots")),
            "online": .string(count("online")), "paper": .string(count("paper")), "spoilt": .string(count("spoilt")),
            "blank": .string(count("blank")), "rule": .string(vote.rule?.words[language] ?? ""),
            "rule_about": .string(vote.rule?.explanation[language] ?? ""),
            "ties": .string(CountingRule.ties(vote)[language]),
            "digest": .string(result["digest"]?.text ?? ""), "is_budget": .bool(vote.method.isBudget),
            "is_replay": .bool(vote.isReplay), "is_published": .bool(OpenDataRoutes.isPublished(result)),
            "least": .string("\(OpenDataRoutes.least)"),
        ]
        if let people = found.opened?["people"]?.integer, people > 0 {
            let all = Double(VoteView.turnout(found.closed) ?? Int(result["ballots"]?.integer ?? 0))
            context["people"] = .string(Show.count(people))
            context["turnout"] = .string("\(Show.number((1000 * all / Double(people)).rounded() / 10)) %")
        }
        if let own = result["budget"], let beside = result["beside"] { budget(own, beside, &context) }
        if let places = result["places"]?.elements { context["table"] = placesTable(places).json }
        if let rounds = result["rounds"]?.elements { roundsTable(rounds, &context) }
        if context["headline"] == nil { context["headline"] = .string(winners) }
        return context
    }

    private func count(_ key: String) -> String { Show.count(result[key]?.integer ?? 0) }
    private func money(_ json: JSON?) -> Int { json?.integer.map(Int.init) ?? 0 }
    private func name(_ id: String) -> String { vote.options.first { $0.id == id }?.name ?? id }
    private var winners: String {
        let names = (result["chosen"]?.elements ?? []).compactMap(\.text).map(name).joined(separator: ", ")
        return names.isEmpty ? visit.word("ballots_nobody") : names
    }

    // MARK: Budgets

    private func budget(_ own: JSON, _ beside: JSON, _ context: inout [String: JSON]) {
        let all = max(1, result["ballots"]?.integer ?? 0)
        let lines = own["lines"]?.elements ?? []
        let chosen = lines.filter { $0["order"] != nil }.sorted { money($0["order"]) < money($1["order"]) }
        let satisfied = own["satisfied"]?.integer ?? 0
        let share = Show.number((1000 * Double(satisfied) / Double(all)).rounded() / 10)
        let spent = money(own["spent"])
        let ko = "사업 \(chosen.count)개가 뽑혔습니다. 예산 \(Money.text(vote.limit, .ko)) 가운데 \(Money.text(spent, .ko))을 씁니다."
        let en =
            "\(chosen.count) projects are chosen. Of \(Money.text(vote.limit, .en)), \(Money.text(spent, .en)) is spent."
        context["headline"] = .string(
            Words(
                "\(ko) 투표한 사람의 \(share) %가 고른 사업을 하나 이상 얻었습니다.",
                "\(en) \(share) % of those who voted have at least one project they chose.")[language])
        context["chosen"] = .array(chosen.map(line))
        context["left_out"] = .array(
            lines.filter { $0["order"] == nil }.sorted { money($0["votes"]) > money($1["votes"]) }.map(line))
        if let raised = own["raised"]?.integer, raised > 0 {
            context["raised"] = .string(
                Words(
                    "남은 돈을 쓰려고 한 사람의 몫을 1 %씩 \(raised)번 늘려 다시 셌습니다.",
                    "To use what was left, each share was raised by 1 % \(raised) times.")[language])
        }
        context["table"] = sideBySide(lines, beside).json
        context["beside_rule"] = .string(
            beside["rule"].flatMap { CountingRule($0) }?.words[language] ?? "")
    }

    private func line(_ line: JSON) -> JSON {
        let id = line["option"]?.text ?? ""
        let cost = vote.options.first { $0.id == id }?.cost ?? 0
        let reason = BudgetCount.Reason(line["reason"] ?? .null).words(votes: money(line["votes"]))
        return [
            "name": .string(name(id)), "cost": .string(Money.text(cost, language)),
            "votes": .string(Show.count(line["votes"]?.integer ?? 0)), "why": .string(reason[language]),
            "tie": line["tie"]?.bool == true ? .string(visit.word("ballots_tie_decided")) : false,
        ]
    }

    private func sideBySide(_ lines: [JSON], _ beside: JSON) -> Table {
        let other = Dictionary(
            (beside["lines"]?.elements ?? []).map { ($0["option"]?.text ?? "", $0["order"] != nil) },
            uniquingKeysWith: { $1 })
        let rows: [[Table.Cell]] = lines.sorted { money($0["votes"]) > money($1["votes"]) }.map { line in
            let id = line["option"]?.text ?? ""
            return [
                Table.Cell(name(id), isHead: true), Table.Cell(Show.count(line["votes"]?.integer ?? 0)),
                Table.Cell(Money.text(vote.options.first { $0.id == id }?.cost ?? 0, language)),
                Table.Cell(visit.word(line["order"] != nil ? "ballots_yes" : "ballots_no")),
                Table.Cell(visit.word(other[id] == true ? "ballots_yes" : "ballots_no")),
            ]
        }
        return Table(
            "result", caption: visit.word("ballots_side_by_side"), path: "", .whole,
            columns: [
                Table.Column(nil, visit.word("ballots_project")),
                Table.Column(nil, visit.word("ballots_votes"), isNumber: true),
                Table.Column(nil, visit.word("ballots_cost"), isNumber: true),
                Table.Column(nil, visit.word("ballots_own_rule")), Table.Column(nil, visit.word("ballots_other_rule")),
            ], rows: rows, total: Int64(rows.count), empty: "")
    }

    // MARK: Approval, points, ranks

    private func placesTable(_ places: [JSON]) -> Table {
        let rows: [[Table.Cell]] = places.map { place in
            [
                Table.Cell(name(place["option"]?.text ?? ""), isHead: true),
                Table.Cell(Show.count(place["points"]?.integer ?? 0)),
                Table.Cell(Show.count(place["votes"]?.integer ?? 0)),
                Table.Cell(
                    visit.word(place["chosen"]?.bool == true ? "ballots_yes" : "ballots_no")
                        + (place["tie"]?.bool == true ? " (\(visit.word("ballots_by_tie")))" : "")),
            ]
        }
        return Table(
            "result", caption: visit.word("ballots_places"), path: "", .whole,
            columns: [
                Table.Column(nil, visit.word("ballots_option")),
                Table.Column(nil, visit.word("ballots_points"), isNumber: true),
                Table.Column(nil, visit.word("ballots_votes"), isNumber: true),
                Table.Column(nil, visit.word("ballots_chosen")),
            ], rows: rows, total: Int64(rows.count), empty: "")
    }

    private func roundsTable(_ rounds: [JSON], _ context: inout [String: JSON]) {
        let rows: [[Table.Cell]] = vote.options.map { option in
            [Table.Cell(option.name, isHead: true)]
                + rounds.map { round in
                    guard let votes = round["votes"]?[option.id]?.integer else { return Table.Cell("–") }
                    return Table.Cell(Show.count(votes))
                }
        }
        context["table"] =
            Table(
                "result", caption: visit.word("ballots_rounds"), path: "", .whole,
                columns: [Table.Column(nil, visit.word("ballots_option"))]
                    + rounds.indices.map { place in
                        Table.Column(nil, language == .ko ? "\(place + 1)차" : "Round \(place + 1)", isNumber: true)
                    },
                rows: rows, total: Int64(rows.count), empty: ""
            ).json
        context["steps"] = .array(
            rounds.enumerated().compactMap { place, round in
                guard let out = round["out"]?.text else { return nil }
                let tie = round["tie"]?.bool == true ? " \(visit.word("ballots_round_tie"))" : ""
                return [
                    "text": .string(
                        Words(
                            "\(place + 1)차에서 ‘\(name(out))’이(가) 가장 적어 빠졌습니다.\(tie)",
                            "In round \(place + 1) “\(name(out))” had the fewest and left.\(tie)")[language])
                ]
            })
    }
}
