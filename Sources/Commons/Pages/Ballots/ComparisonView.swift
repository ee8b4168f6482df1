import Record
import Web

/// What every rule makes of the same ballots, side by side.
struct ComparisonView {
    let visit: Visit
    private var language: Language { visit.language }

    func json(_ comparison: RuleComparison, of name: String) -> JSON {
        let named = comparison.counts.map { $0.rule.words[language] }
        return [
            "of": .string(name), "ballots": .string(Show.count(comparison.ballots)),
            "limit": .string(Money.text(comparison.limit, language)),
            "figures": figures(comparison, named).json, "projects": projects(comparison, named).json,
        ]
    }

    private func percent(_ part: Int, of whole: Int) -> String {
        guard whole > 0 else { return "–" }
        return "\(Show.number((1000 * Double(part) / Double(whole)).rounded() / 10)) %"
    }

    /// How much each rule spends, and how many voters get something.
    private func figures(_ comparison: RuleComparison, _ named: [String]) -> Table {
        let rows: [[Table.Cell]] = comparison.counts.enumerated().map { place, count in
            [
                Table.Cell(named[place], isHead: true),
                Table.Cell(Show.count(count.chosen.count)),
                Table.Cell("\(Money.text(count.spent, language)) (\(percent(count.spent, of: comparison.limit)))"),
                Table.Cell("\(Show.count(count.satisfied)) (\(percent(count.satisfied, of: comparison.ballots)))"),
                Table.Cell(Show.count(count.lines.count(where: \.isByTie))),
            ]
        }
        return Table(
            "rules-figures", caption: visit.word("ballots_compare_figures"), path: "", .whole,
            columns: [
                Table.Column(nil, visit.word("ballots_rule")),
                Table.Column(nil, visit.word("ballots_chosen"), isNumber: true),
                Table.Column(nil, visit.word("ballots_spent"), isNumber: true),
                Table.Column(nil, visit.word("ballots_satisfied"), isNumber: true),
                Table.Column(nil, visit.word("ballots_by_tie"), isNumber: true),
            ], rows: rows, total: Int64(rows.count), empty: "")
    }

    /// Which projects each rule pays for.
    private func projects(_ comparison: RuleComparison, _ named: [String]) -> Table {
        let order = comparison.projects.indices.sorted {
            let (one, other) = (comparison.counts[0].lines[$0].votes, comparison.counts[0].lines[$1].votes)
            return one == other ? $0 < $1 : one > other
        }
        let rows: [[Table.Cell]] = order.prefix(200).map { place in
            let project = comparison.projects[place]
            return [
                Table.Cell(project.name.isEmpty ? project.id : project.name, isHead: true),
                Table.Cell(Show.count(comparison.counts[0].lines[place].votes)),
                Table.Cell(Money.text(project.cost, language)),
            ]
                + comparison.counts.map {
                    Table.Cell(visit.word($0.lines[place].isChosen ? "ballots_yes" : "ballots_no"))
                }
        }
        return Table(
            "rules-projects", caption: visit.word("ballots_compare_projects"), path: "", .whole,
            columns: [
                Table.Column(nil, visit.word("ballots_project")),
                Table.Column(nil, visit.word("ballots_votes"), isNumber: true),
                Table.Column(nil, visit.word("ballots_cost"), isNumber: true),
            ] + named.map { Table.Column(nil, $0) },
            rows: rows, total: Int64(rows.count), empty: "")
    }
}

extension TableQuery {
    /// A table that stands whole on its page.
    static let whole = TableQuery([:], columns: [""], sortedBy: "", size: 500)
}
