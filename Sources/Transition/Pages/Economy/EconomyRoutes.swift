import Access
import District
import Foundation
import Record
import Store
import Web

/// The list of statistics, and the regions and industries of one.
struct EconomyRoutes {
    let desk: EconomyDesk

    var routes: [Web.Route] {
        [
            .get("/transition/economies", EconomyView.readers) { try await list($0) },
            .get("/transition/e/{economy}", EconomyView.readers) { try await economy($0) },
            .get("/transition/e/{economy}/space", EconomyView.readers) { try await space($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let onlooker = visit.onlooker
        let versions = try await visit.spine.district.store.read { try EconomyTable.versions(for: onlooker, in: $0) }
        let closed = Set(versions.filter { $0.withdrawn == nil && !$0.isOpen }.map(\.economy))
        let mayWithdraw = !visit.caller.roles.isDisjoint(with: ImportEconomy.people)
        let rows = versions.map { version -> JSON in
            var members: [String: JSON] = [
                "title": .string(version.title), "measure": .string(version.measure),
                "years": .string(version.years.map { "\($0)" }.joined(separator: ", ")),
                "size": .string("\(Show.count(version.regions)) × \(Show.count(version.industries))"),
                "known": .string(Show.count(version.known)), "refused": .string(Show.count(version.refused)),
                "source": .string(version.source), "licence": .string(version.licence),
                "published": .string(version.published), "suppression": .string(version.suppression),
                "time": Show.time(version.at, visit.language),
            ]
            members.merge(EconomyView(visit: visit).recorded(version)) { $1 }
            if version.reading["missing"]?.text == "zero" { members["filled"] = true }
            if version.isSynthetic { members["synthetic"] = true }
            if let reason = version.withdrawn {
                members["withdrawn"] = .string(reason)
            } else if onlooker == nil, closed.contains(version.economy) {
                members["members_only"] = true
            } else {
                members["href"] = .string(EconomyView.path(version.economy))
                if mayWithdraw {
                    members["withdraw"] = .string(
                        "/do/\(WithdrawEconomy.name)?version=\(version.id)&next=/transition/economies")
                }
            }
            return .object(members)
        }
        var context: [String: JSON] = ["versions": .array(rows)]
        if mayWithdraw { context["import"] = "/transition/import" }
        return .page("economies", title: visit.word("economy_list"), .object(context), live: true)
    }

    private func economy(_ visit: Visit) async throws -> Reply {
        let book = try await EconomyView.book(visit, desk)
        let year = try EconomyView.year(visit, book)
        let snapshot = try await desk.snapshot(book, year)
        let (view, path) = (EconomyView(visit: visit), EconomyView.path(book.economy))
        let query = TableQuery(
            visit.query, columns: ["rank", "region", "diversity", "size"], sortedBy: "rank", size: 25)
        let rows = RegionRow.all(
            snapshot, try await desk.standing(book, year), sorted: query.sort, descending: query.descending,
            containing: query.filter)
        let shown = rows.dropFirst(query.offset).prefix(query.size)
        let table = Table(
            "regions", caption: visit.word("economy_regions"), path: path, query,
            columns: [
                .init("rank", visit.word("economy_eci_rank"), isNumber: true),
                .init("region", visit.word("economy_region")),
                .init(nil, visit.word("economy_eci"), isNumber: true),
                .init("diversity", visit.word("economy_diversity"), isNumber: true),
                .init("size", visit.word("economy_size"), isNumber: true),
                .init(nil, visit.word("economy_known"), isNumber: true),
            ],
            rows: shown.map { row in
                [
                    Table.Cell(row.rank.map { "\($0)" } ?? "–"),
                    Table.Cell(
                        row.name, href: EconomyView.region(book.economy, row.name, year.year), isHead: true),
                    Table.Cell(EconomyView.number(row.eci, isSigned: true)), Table.Cell("\(row.diversity)"),
                    Table.Cell(EconomyView.count(row.size)), Table.Cell(EconomyView.percent(row.known)),
                ]
            }, total: Int64(rows.count), filter: .init(visit.word("economy_find_region")),
            empty: visit.word("economy_no_region"), kept: ["year": "\(year.year)"])
        let forecast = try await newest(visit, book)
        let standing = try await visit.spine.district.standing(of: OpeningUse.use)
        var context: [String: JSON] = [
            "data": view.data(year, book), "table": table.json,
            "years": view.years(book, year) { "\(path)?year=\($0)" },
            "space_href": .string("\(path)/space?year=\(year.year)"), "ledger_href": .string("\(path)/ledger"),
            "backtest_href": .string("\(path)/backtest"),
        ]
        context["contents"] = Contents.json([("regions", "economy_regions"), ("figures", "openings_figures")], visit)
        if let complexity = snapshot.complexity, !complexity.isConnected {
            context["unconnected"] = .string(visit.word("economy_unconnected"))
        }
        if standing != .runs {
            context["stands_not"] = .string(standing.words[visit.language])
        } else if let forecast {
            context["figures"] = view.figures(forecast)
        }
        return .page("economy", title: book.title, .object(context), live: true)
    }

    private func newest(_ visit: Visit, _ book: EconomyBook) async throws -> ForecastTable.Forecast? {
        let onlooker = visit.onlooker
        return try await visit.spine.district.store.read {
            try ForecastTable.forecasts(of: book.economy, for: onlooker, in: $0).first { $0.basis == book.basis }
        }
    }

    private func space(_ visit: Visit) async throws -> Reply {
        let book = try await EconomyView.book(visit, desk)
        let year = try EconomyView.year(visit, book)
        let snapshot = try await desk.snapshot(book, year)
        let region = visit.query["region"].flatMap { book.regions.firstIndex(of: $0) }
        let view = EconomyView(visit: visit)
        let picture = try await desk.picture(book, year)
        let name = region.map { book.regions[$0] }
        let path = "\(EconomyView.path(book.economy))/space"
        let suffix = name.map { "&region=\(Table.encoded($0))" } ?? ""
        var context: [String: JSON] = [
            "data": view.data(year, book), "space": SpaceView(visit: visit).json(snapshot, picture, region),
            "years": view.years(book, year) { "\(path)?year=\($0)\(suffix)" }, "action": .string(path),
            "year": .string("\(year.year)"),
            "regions": .array(
                book.regions.enumerated().map { index, name in
                    var members: [String: JSON] = ["name": .string(name)]
                    if index == region { members["chosen"] = true }
                    return .object(members)
                }),
        ]
        if let name { context["region"] = .string(name) }
        return .page("space", title: visit.word("space_title"), .object(context))
    }
}

/// A region in the list.
struct RegionRow {
    let name: String
    let rank: Int?
    let eci: Double?
    let diversity: Int
    let size: Double
    let known: Double

    /// All regions of a year, or those whose name has certain words in it.
    static func all(
        _ snapshot: Snapshot, _ standing: YearStanding, sorted: String, descending: Bool, containing words: String
    ) -> [RegionRow] {
        let (specialisation, ranks) = (snapshot.specialisation, standing.ranks)
        let totals = specialisation.matrix.regionTotals
        let rows = specialisation.matrix.regions.indices.map { region in
            RegionRow(
                name: specialisation.matrix.regions[region], rank: ranks[region],
                eci: snapshot.complexity?.regions[region], diversity: specialisation.diversity[region],
                size: totals[region], known: specialisation.knownShare(of: region))
        }.filter { words.isEmpty || $0.name.localizedCaseInsensitiveContains(words) }
        let sorted = rows.sorted { one, other in
            switch sorted {
            case "region": one.name < other.name
            case "diversity": (one.diversity, other.name) < (other.diversity, one.name)
            case "size": (one.size, other.name) < (other.size, one.name)
            default: (one.rank ?? .max, one.name) < (other.rank ?? .max, other.name)
            }
        }
        return descending ? sorted.reversed() : sorted
    }
}
