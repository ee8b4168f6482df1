import Access
import District
import Record
import Store
import Web

/// A past forecast made anew: trained to a year, held against a later one, hits and misses shown.
///
/// It evaluates the use of AI `transition.openings` on the past alone and says nothing of what is to come: it stands
/// open where that use is switched off, as the ledger's scoring does. Advice on the present does not.
struct BacktestRoutes {
    let desk: EconomyDesk

    /// How long a page waits for what takes a while; then it says so and looks again.
    private static let patience = Duration.seconds(4)
    /// Who starts what takes a while.
    private static let starters = ImportEconomy.people
    /// What a stranger may start: as many tests as anybody would look at, none of which takes long. Others are shown
    /// where somebody had them made.
    private static let usual = Snapshot.Predictor.trees

    var routes: [Web.Route] {
        [.get("/transition/e/{economy}/backtest", EconomyView.readers) { try await page($0) }]
    }

    /// What is asked for: of the years there are, the last possible where the address does not say.
    struct Asked {
        let predictor: Snapshot.Predictor
        let from: Int, to: Int

        init?(_ query: [String: String], _ years: [Int]) {
            predictor = query["by"].flatMap { Snapshot.Predictor(rawValue: $0) } ?? .trees
            guard years.count > 1 else { return nil }
            let from = query["from"].flatMap { Int($0) } ?? years[years.count - 2]
            self.from = from
            to = query["to"].flatMap { Int($0) } ?? years.first { $0 > from } ?? years[years.count - 1]
        }
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let book = try await EconomyView.book(visit, desk)
        guard let year = book.year(nil) else { throw EconomyView.unknown }
        let (view, years) = (EconomyView(visit: visit), book.years.map(\.year))
        var context: [String: JSON] = [
            "data": view.data(year, book), "back": .string(EconomyView.path(book.economy)),
            "title_of": .string(book.title), "action": .string("\(EconomyView.path(book.economy))/backtest"),
            "ledger_href": .string("\(EconomyView.path(book.economy))/ledger"),
        ]
        guard let asked = Asked(visit.query, years) else {
            context["lack"] = .string(visit.word("backtest_lack_one-year"))
            return .page("backtest", title: visit.word("backtest_title"), .object(context))
        }
        context["form"] = form(visit, asked, years)
        do {
            switch try await result(visit, book, asked) {
            case .success(let backtest)?: context["result"] = BacktestView(visit: visit).json(backtest, book.economy)
            case .failure(let lack)?: context["lack"] = .string(visit.word("backtest_lack_\(lack.rawValue)"))
            case nil: context["waiting"] = true
            }
        } catch let refusal as Refusal where refusal.kind == .forbidden {
            // Who may not have this test made may have another: the form stays.
            context["lack"] = .string(refusal.words[visit.language])
        }
        return .page("backtest", title: visit.word("backtest_title"), .object(context))
    }

    /// What came out; nil where it is still being worked out.
    private func result(
        _ visit: Visit, _ book: EconomyBook, _ asked: Asked
    ) async throws -> Result<Backtest, Backtest.Lack>? {
        // Years that are not there are refused before anything is kept under their names.
        guard asked.from < asked.to, book.years.contains(where: { $0.year == asked.from }),
            book.years.contains(where: { $0.year == asked.to })
        else { return .failure(.years) }
        let years = book.years.map { (year: $0.year, matrix: $0.matrix) }
        let cells = Backtest.cells(years, asked.from)
        guard cells <= Backtest.largest else { return .failure(.tooLarge) }
        guard cells < Backtest.heavy || !visit.caller.roles.isDisjoint(with: Self.starters) else {
            throw Refusal(
                .forbidden, "backtest.heavy",
                Words(
                    "자료가 커서 시간이 걸리는 검증입니다. 구역청 담당자가 실행할 수 있습니다.",
                    "This economy is large and the test takes a while: officers of the zone may run it."))
        }
        let name = "\(book.basis) \(asked.predictor.rawValue) \(asked.from) \(asked.to)"
        let make: @Sendable () async throws -> Result<Backtest, Backtest.Lack> = { [desk] in
            await desk.learning.run {
                do throws(Backtest.Lack) {
                    return .success(
                        try Backtest(years, trainedTo: asked.from, target: asked.to, by: asked.predictor))
                } catch {
                    return .failure(error)
                }
            }
        }
        if visit.onlooker == nil,
            asked.predictor != Self.usual || asked.to != book.years.last?.year || cells >= Backtest.heavy,
            await desk.backtests.kept(name) == nil
        {
            throw Refusal(
                .forbidden, "backtest.strangers",
                Words(
                    "아직 아무도 실행하지 않은 검증입니다. 로그인하면 실행할 수 있고, 그 뒤에는 누구나 볼 수 있습니다.",
                    "Nobody has run this test yet. Whoever signs in may run it, and then everybody sees it."))
        }
        let end = ContinuousClock.now + Self.patience
        while true {
            if let result = await desk.backtests.ready(name, make) { return result }
            guard ContinuousClock.now < end else { return nil }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    private func form(_ visit: Visit, _ asked: Asked, _ years: [Int]) -> JSON {
        func choice(_ value: String, _ label: String, _ isChosen: Bool) -> JSON {
            var members: [String: JSON] = ["value": .string(value), "label": .string(label)]
            if isChosen { members["chosen"] = true }
            return .object(members)
        }
        return [
            "predictors": .array(
                Snapshot.Predictor.allCases.map {
                    choice($0.rawValue, visit.word("openings_predictor_\($0.rawValue)"), $0 == asked.predictor)
                }),
            "from": .array(years.dropLast().map { choice("\($0)", "\($0)", $0 == asked.from) }),
            "to": .array(years.dropFirst().map { choice("\($0)", "\($0)", $0 == asked.to) }),
        ]
    }
}

/// A past forecast and what came of it, as its page shows it.
struct BacktestView {
    let visit: Visit

    func json(_ backtest: Backtest, _ economy: String) -> JSON {
        let hits = backtest.first.filter { $0.entered == true }
        let misses = backtest.first.filter { $0.entered == false }
        func cells(_ cells: [Backtest.Cell]) -> JSON {
            .array(
                cells.map { cell in
                    [
                        "place": .string(Show.count(cell.place)), "region": .string(cell.region),
                        "href": .string(EconomyView.region(economy, cell.region, backtest.target)),
                        "industry": .string(cell.industry),
                        "odds": .string(cell.odds.map(EconomyView.percent) ?? "–"),
                    ]
                })
        }
        func say(_ key: String, _ values: [String: String]) -> JSON {
            .string(values.reduce(visit.word(key)) { $0.replacing("{\($1.key)}", with: $1.value) })
        }
        let inFirst = backtest.first.count
        let entered = backtest.score.entered
        var members: [String: JSON] = [
            "from": .string("\(backtest.trainedTo)"), "to": .string("\(backtest.target)"),
            "rows": .array(rows(backtest)), "hits": cells(hits), "misses": cells(misses),
            "overlooked": cells(backtest.overlooked), "base": .string(share(entered, backtest.score.count)),
            "summary": say(
                "backtest_summary",
                [
                    "first": Show.count(inFirst), "hits": Show.count(hits.count), "misses": Show.count(misses.count),
                    "unknown": Show.count(inFirst - hits.count - misses.count),
                ]),
            "beyond": say(
                "backtest_beyond",
                [
                    "entered": Show.count(entered), "rest": Show.count(entered - hits.count),
                    "shown": Show.count(backtest.overlooked.count),
                ]),
            "ranked": say(
                "backtest_ranked",
                ["ranked": Show.count(backtest.ranked), "unknown": Show.count(backtest.unknown)]),
        ]
        if let record = backtest.record {
            members["record"] = [
                "rows": .array(record.rows.filter { $0.count > 0 }.map(LedgerRoutes.row)),
                "brier": .string(EconomyView.number(record.brier, decimals: 3)),
            ]
        } else {
            members["no_odds"] = true
        }
        return .object(members)
    }

    /// The predictor and the null model, one below the other.
    private func rows(_ backtest: Backtest) -> [JSON] {
        let own = row(backtest.predictor, backtest.score, backtest.lift)
        return backtest.predictor == .null ? [own] : [own, row(.null, backtest.null, nil)]
    }

    private func row(
        _ predictor: Snapshot.Predictor, _ score: RankScore, _ lift: (value: Double, interval: Interval)?
    ) -> JSON {
        var members: [String: JSON] = [
            "name": .string(visit.word("openings_predictor_\(predictor.rawValue)")),
            "precision": .string(EconomyView.number(score.averagePrecision, decimals: 3)),
            "first": .array(
                RankScore.places.map { place in
                    let found = score.first.first { $0.count == place }
                    return [
                        "label": .string("P@\(place)"),
                        "text": .string(found.map { share($0.entered, $0.count, $0.interval) } ?? "–"),
                    ]
                }),
        ]
        if let lift {
            members["lift"] = .string(
                "\(EconomyView.number(lift.value)) (\(EconomyView.number(lift.interval.low))–\(EconomyView.number(lift.interval.high)))"
            )
        }
        return .object(members)
    }

    private func share(_ count: Int, _ total: Int, _ interval: Interval? = nil) -> String {
        guard total > 0 else { return "–" }
        let share = EconomyView.percent(Double(count) / Double(total))
        if let interval {
            return "\(share) (\(EconomyView.percent(interval.low))–\(EconomyView.percent(interval.high)))"
        }
        return "\(Show.count(count)) / \(Show.count(total)) (\(share))"
    }
}
