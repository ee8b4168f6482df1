import District
import Record
import Web

/// The brief of a region in the language of whoever reads it: profile, peers, openings, what was taken up, cases,
/// milestones, sources.
struct Brief {
    /// What was found in the tables.
    struct Found: Sendable {
        var forecast: ForecastTable.Forecast?
        var predictions: [ForecastTable.Prediction] = []
        var opportunities: [(Opportunity, OpportunityChain)] = []
        var cases: [(CityCase, [String: CaseTable.Answer])] = []
        var corrections: [String: [CaseTable.Correction]] = [:]
    }

    let visit: Visit
    let ground: Ground
    let standing: YearStanding
    let near: [Peer]
    let found: Found
    private(set) var blocks: [BriefBlock] = []
    private var sources = BriefSources()

    init(visit: Visit, ground: Ground, standing: YearStanding, near: [Peer], found: Found) {
        (self.visit, self.ground, self.standing, self.near, self.found) = (visit, ground, standing, near, found)
    }

    var title: String { word("brief_of").replacing("{region}", with: ground.name) }

    private func word(_ key: String) -> String { visit.word(key) }
    private func head(_ keys: String...) -> [String] { keys.map { visit.word($0) } }

    /// - Parameters:
    ///   - off: why no prediction is shown; nil where the use of AI stands.
    ///   - notice: what whoever reads a prediction is told of it.
    mutating func write(_ off: Words?, _ notice: Words) {
        let version = ground.year.version
        let statistics = sources.number(
            "\(version.title), \(version.measure). \(version.source). \(version.licence). \(version.published). \(version.suppression). SHA-256 \(version.file.prefix(12))",
            "\(visit.site)/trace/\(version.id)")
        blocks.append(
            .paragraph(
                word("brief_made").replacing("{day}", with: KoreanDay(visit.now).description).replacing(
                    "{year}", with: "\(ground.year.year)")
                    + " [\(statistics)]" + (version.isSynthetic ? " \(word("data_synthetic"))." : "")))
        profile()
        peers()
        openings(off, notice)
        opportunities()
        cases()
        milestones()
        blocks.append(.heading(word("cases_sources")))
        blocks += sources.blocks
    }

    private mutating func profile() {
        let (region, matrix) = (ground.region, ground.year.matrix)
        let rank = standing.ranks[region].map { "\($0) / \(standing.ranked)" } ?? word("economy_unknown")
        blocks.append(.heading(word("brief_profile")))
        blocks.append(
            .table(
                head: head("region_eci", "economy_eci", "region_diversity", "region_known"),
                rows: [
                    [
                        rank, EconomyView.number(standing.eci[region], isSigned: true),
                        "\(ground.specialisation.diversity[region])",
                        EconomyView.percent(ground.specialisation.knownShare(of: region)),
                    ]
                ], parts: [1, 1, 1, 1]))
        let total = matrix.regionTotals[region]
        let largest = matrix.industries.indices.compactMap { index in matrix[region, index].map { (index, $0) } }
            .sorted { (-$0.1, $0.0) < (-$1.1, $1.0) }.prefix(8)
        blocks.append(
            .table(
                head: head("economy_industry", "treemap_value", "treemap_share", "brief_advantage"),
                rows: largest.map { index, value in
                    [
                        ground.book.industries[index], EconomyView.count(value),
                        total > 0 ? EconomyView.percent(value / total) : word("economy_unknown"),
                        EconomyView.number(ground.specialisation.advantage(region, index)),
                    ]
                }, parts: [4, 1.4, 1.2, 1.2]))
    }

    private mutating func peers() {
        blocks.append(.heading(word("peers_title")))
        guard !near.isEmpty else { return blocks.append(.paragraph(word("peers_none"))) }
        blocks.append(
            .table(
                head: head("economy_region", "peers_distance", "peers_known", "brief_alike"),
                rows: near.prefix(5).map { peer in
                    [
                        ground.book.regions[peer.region], EconomyView.number(peer.distance, decimals: 3),
                        EconomyView.percent(peer.knownShare),
                        peer.alike.prefix(3).map { ground.book.industries[$0.industry] }.joined(separator: ", "),
                    ]
                }, parts: [1.5, 1, 1.3, 4]))
        blocks.append(.paragraph(word("brief_peers_note")))
    }

    private mutating func openings(_ off: Words?, _ notice: Words) {
        blocks.append(.heading(word("openings_title")))
        if let off { return blocks.append(.paragraph(off[visit.language])) }
        guard let forecast = found.forecast else {
            return blocks.append(.paragraph(word("openings_not_yet")))
        }
        let number = sources.number(
            word("brief_forecast").replacing("{from}", with: "\(forecast.base)").replacing(
                "{to}", with: "\(forecast.target)"), "\(visit.site)/trace/\(forecast.event)")
        let view = EconomyView(visit: visit)
        blocks.append(.paragraph("\(notice[visit.language]) [\(number)]"))
        blocks.append(
            .table(
                head: head("economy_industry", "openings_odds", "openings_past"),
                rows: found.predictions.map {
                    [
                        "\(RegionRoutes.places($0, found.predictions)). \($0.industry)", EconomyView.percent($0.odds),
                        view.past($0.odds, forecast),
                    ]
                }, parts: [4, 1, 3]))
        for figure in forecast.figures where figure["predictor"]?.text == "trees" {
            blocks.append(
                .paragraph(
                    word("brief_figures").replacing(
                        "{precision}", with: EconomyView.number(figure["precision"]?.double, decimals: 3)
                    ).replacing("{lift}", with: EconomyView.number(figure["lift"]?.double)).replacing(
                        "{low}", with: EconomyView.number(figure["low"]?.double)
                    ).replacing("{high}", with: EconomyView.number(figure["high"]?.double))))
        }
    }

    private mutating func opportunities() {
        blocks.append(.heading(word("brief_chosen")))
        guard !found.opportunities.isEmpty else { return blocks.append(.paragraph(word("chain_none"))) }
        blocks.append(
            .table(
                head: head(
                    "chain_column_title", "chain_column_industry", "chain_column_odds", "chain_column_reach",
                    "chain_column_state"),
                rows: found.opportunities.map { opportunity, chain in
                    [
                        opportunity.title[visit.language], opportunity.industry,
                        opportunity.forecast.map { EconomyView.percent($0.odds) } ?? word("chain_basis_judgement"),
                        word("chain_reach_\(chain.reach)"),
                        word(opportunity.closed.map { "chain_end_\($0.how.rawValue)" } ?? "chain_open"),
                    ]
                }, parts: [3, 2, 1.4, 1.4, 1.2]))
    }

    private mutating func cases() {
        blocks.append(.heading(word("cases_title")))
        let linked = Set(found.opportunities.flatMap { $0.1.cases.map(\.caseID) })
        var chosen = found.cases.filter { linked.contains($0.0.id) }
        if chosen.isEmpty {
            blocks.append(.paragraph(word("brief_no_cases")))
            let counted = found.cases.map { each in
                (each, HeldCondition.all(each.0, on: ground, answers: each.1).count { $0.state == .held })
            }
            chosen = counted.sorted { (-$0.1, $0.0.0.id) < (-$1.1, $1.0.0.id) }.prefix(3).map(\.0)
        }
        for (body, answers) in chosen { write(body, answers) }
    }

    private mutating func write(_ body: CityCase, _ answers: [String: CaseTable.Answer]) {
        func marks(_ names: [String]) -> String {
            names.compactMap { name in body.sources.first { $0.id == name } }.map { source in
                let note = source.url == nil ? " (\(word("cases_source_note")))" : ""
                return
                    "[\(sources.number("\(source.title)\(note). \(source.publisher). \(word("cases_read")) \(source.read)", source.url))]"
            }.joined(separator: " ")
        }
        blocks.append(.sub(body.name[visit.language]))
        blocks.append(
            .paragraph("\(CityCase.meaning(of: body.level)[visit.language]). \(body.levelWhy[visit.language])"))
        blocks.append(.paragraph("\(body.triggered.words[visit.language]) \(marks(body.triggered.sources))"))
        blocks.append(.paragraph("\(body.mechanism.words[visit.language]) \(marks(body.mechanism.sources))"))
        blocks.append(
            .table(
                head: head(
                    "cases_metric", "cases_before", "cases_value", "cases_year", "cases_level_column", "cases_source"),
                rows: body.outcomes.map { outcome in
                    [
                        outcome.metric[visit.language],
                        outcome.before.map { "\(CaseView.figure($0.value, outcome.unit, visit)) (\($0.year))" }
                            ?? word("economy_unknown"), CaseView.figure(outcome.value, outcome.unit, visit),
                        outcome.year.map { "\($0)" } ?? word("economy_unknown"), "\(outcome.level)",
                        marks(outcome.sources),
                    ]
                }, parts: [3, 1.8, 1.8, 0.9, 0.8, 0.9]))
        for correction in found.corrections[body.id] ?? [] {
            let source = correction.source
            let number = sources.number(
                "\(source.title). \(source.publisher). \(word("cases_read")) \(source.read)", source.url)
            blocks.append(
                .paragraph(
                    "\(word("cases_corrected")) \(correction.place): \(correction.words[visit.language]) [\(number)] (\(correction.reason))"
                ))
        }
        blocks.append(
            .table(
                head: head("cases_conditions", "cases_state", "cases_basis"),
                rows: HeldCondition.all(body, on: ground, answers: answers).map { held in
                    [
                        held.condition.words[visit.language], word("cases_state_\(held.state.rawValue)"),
                        word("cases_basis_\(held.basis.rawValue)") + answered(held),
                    ]
                }, parts: [4, 1, 2]))
        for limit in body.limits {
            blocks.append(
                .paragraph("\(word("cases_limits")): \(limit.words[visit.language]) \(marks(limit.sources))"))
        }
    }

    /// What an officer answered, who and when: a brief that goes to a council says whose word it is.
    private func answered(_ held: HeldCondition) -> String {
        guard held.basis == .person, let answer = held.answer else { return "" }
        return ": \(answer.reason) (\(visit.doer(answer.author)), \(KoreanDay(answer.at)))"
    }

    private mutating func milestones() {
        blocks.append(.heading(word("chain_milestones")))
        let rows = found.opportunities.flatMap { _, chain in
            chain.milestones.map { milestone in
                [
                    milestone.title[visit.language],
                    chain.groups.first { $0.id == milestone.group }?.title[visit.language] ?? "", milestone.due,
                    state(of: milestone), "\(milestone.slips)",
                ]
            }
        }
        guard !rows.isEmpty else { return blocks.append(.paragraph(word("brief_no_milestones"))) }
        blocks.append(
            .table(
                head: head("chain_milestone", "chain_group", "chain_due", "chain_column_state", "chain_column_slips"),
                rows: rows, parts: [3, 2, 1.2, 1.2, 0.8]))
    }

    /// How a milestone stands on the day of the brief, in a word; one that is late with its days.
    private func state(of milestone: OpportunityChain.Milestone) -> String {
        let isOpen = milestone.state != "reached" && milestone.state != "dropped"
        guard isOpen, let due = KoreanDay(milestone.due), due < KoreanDay(visit.now) else {
            return word("chain_milestone_\(milestone.state)")
        }
        return word("chain_late").replacing("{days}", with: "\(KoreanDay(visit.now).number - due.number)")
    }
}
