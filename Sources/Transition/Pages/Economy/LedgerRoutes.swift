import Access
import District
import Record
import Store
import Web

/// The calibration ledger: everything that was predicted of an economy, and what became of it.
struct LedgerRoutes {
    let desk: EconomyDesk

    var routes: [Web.Route] {
        [.get("/transition/e/{economy}/ledger", EconomyView.readers) { try await page($0) }]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let book = try await EconomyView.book(visit, desk)
        guard let year = book.year(nil) else { throw EconomyView.unknown }
        let tenant = try visit.tenant
        let found = try await visit.spine.district.store.read { reader in
            try ForecastTable.forecasts(of: book.economy, for: tenant, in: reader).map {
                ($0, try ForecastTable.predictions(of: $0, in: reader))
            }
        }
        let view = EconomyView(visit: visit)
        var all = OddsRecord()
        var unknown = 0
        let forecasts = found.map { forecast, predictions -> JSON in
            var own = OddsRecord()
            for prediction in predictions where prediction.isJudged {
                if let entered = prediction.entered {
                    own.add(prediction.odds, entered)
                    all.add(prediction.odds, entered)
                } else {
                    unknown += 1
                }
            }
            var members: [String: JSON] = [
                "time": Show.time(forecast.at, visit.language), "base": .string("\(forecast.base)"),
                "target": .string("\(forecast.target)"), "count": .string(Show.count(predictions.count)),
                "trace": .string("/trace/\(forecast.event)"), "figures": view.figures(forecast),
            ]
            if let scored = forecast.scored {
                members["scored"] = [
                    "year": .string("\(scored)"), "judged": .string(Show.count(own.count)),
                    "entered": .string(Show.count(own.entered)),
                    "brier": .string(EconomyView.number(own.brier, decimals: 3)),
                ]
            }
            return .object(members)
        }
        var context: [String: JSON] = [
            "data": view.data(year, book), "forecasts": .array(forecasts),
            "back": .string(EconomyView.path(book.economy)), "title_of": .string(book.title),
        ]
        if all.count > 0 {
            context["record"] = [
                "rows": .array(all.rows.filter { $0.count > 0 }.map { row($0) }),
                "brier": .string(EconomyView.number(all.brier, decimals: 3)), "judged": .string(Show.count(all.count)),
                "entered": .string(Show.count(all.entered)), "unknown": .string(Show.count(unknown)),
            ]
        }
        return .page("ledger", title: visit.word("ledger_title"), .object(context), live: true)
    }

    private func row(_ row: OddsRecord.Row) -> JSON {
        let range = row.interval.map { "\(EconomyView.percent($0.low))–\(EconomyView.percent($0.high))" } ?? "–"
        return [
            "class": .string("\(EconomyView.percent(row.from))–\(EconomyView.percent(row.to))"),
            "count": .string(Show.count(row.count)), "given": .string(row.given.map(EconomyView.percent) ?? "–"),
            "share": .string(row.share.map(EconomyView.percent) ?? "–"), "range": .string(range),
        ]
    }
}
