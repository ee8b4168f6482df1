import Access
import District
import Record
import Store
import Web

/// The calibration ledger: everything that was predicted of an economy, and what became of it.
struct LedgerRoutes {
    let desk: EconomyDesk
    /// Forecasts on a page.
    private static let shown = 10

    var routes: [Web.Route] {
        [.get("/transition/e/{economy}/ledger", EconomyView.readers) { try await page($0) }]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let book = try await EconomyView.book(visit, desk)
        guard let year = book.year(nil) else { throw EconomyView.unknown }
        let (onlooker, path) = (visit.onlooker, "\(EconomyView.path(book.economy))/ledger")
        let query = TableQuery(visit.query, columns: ["time"], sortedBy: "-time", size: Self.shown)
        let (found, all, total) = try await visit.spine.district.store.read { reader in
            let page = try ForecastTable.page(
                of: book.economy, for: onlooker, limit: query.size, offset: query.offset, in: reader)
            return (
                try page.rows.map { ($0, try OddsTable.tally(of: $0, in: reader)) },
                try OddsTable.tally(of: book.economy, for: onlooker, in: reader), page.total
            )
        }
        let view = EconomyView(visit: visit)
        let forecasts = found.map { forecast, tally -> JSON in
            let own = tally.record
            var members: [String: JSON] = [
                "time": Show.time(forecast.at, visit.language), "base": .string("\(forecast.base)"),
                "target": .string("\(forecast.target)"), "count": .string(Show.count(tally.told)),
                "figures": view.figures(forecast),
            ]
            if visit.sees(forecast.scope) { members["trace"] = .string("/trace/\(forecast.event)") }
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
            "backtest_href": .string("\(EconomyView.path(book.economy))/backtest"),
            "pager": query.pager(path, shown: found.count, total: total),
        ]
        let record = all.record
        if record.count > 0 {
            context["record"] = [
                "rows": .array(record.rows.filter { $0.count > 0 }.map { Self.row($0) }),
                "brier": .string(EconomyView.number(record.brier, decimals: 3)),
                "judged": .string(Show.count(record.count)), "entered": .string(Show.count(record.entered)),
                "unknown": .string(Show.count(all.unknown)),
            ]
        }
        return .page("ledger", title: visit.word("ledger_title"), .object(context), live: true)
    }

    /// A class of odds as a row.
    static func row(_ row: OddsRecord.Row) -> JSON {
        let range = row.interval.map { "\(EconomyView.percent($0.low))–\(EconomyView.percent($0.high))" } ?? "–"
        return [
            "class": .string("\(EconomyView.percent(row.from))–\(EconomyView.percent(row.to))"),
            "count": .string(Show.count(row.count)), "given": .string(row.given.map(EconomyView.percent) ?? "–"),
            "share": .string(row.share.map(EconomyView.percent) ?? "–"), "range": .string(range),
        ]
    }
}
