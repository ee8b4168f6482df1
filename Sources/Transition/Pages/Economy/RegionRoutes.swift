import Access
import District
import Record
import Store
import Web

/// A region: where it stands, whom it is like, what may come next, why it grew, and pictures of it.
struct RegionRoutes {
    let desk: EconomyDesk

    var routes: [Web.Route] {
        [.get("/transition/e/{economy}/region", EconomyView.readers) { try await page($0) }]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let book = try await EconomyView.book(visit, desk)
        let year = try EconomyView.year(visit, book)
        guard let region = book.regions.firstIndex(of: visit.query["region"] ?? "") else {
            throw Refusal(.notFound, "region.unknown", Words("그런 지역이 없습니다.", "There is no such region."))
        }
        let name = book.regions[region]
        let snapshot = try await desk.snapshot(book, year)
        let standing = try await desk.standing(book, year)
        let likeness = Likeness(rawValue: visit.query["like"] ?? "") ?? .hellinger
        let peers = try await desk.peers(of: region, by: likeness, book, year)
        let view = EconomyView(visit: visit)
        var context: [String: JSON] = [
            "data": view.data(year, book),
            "tiles": tiles(visit, snapshot, standing, try await desk.outlook(book, year), region),
            "years": view.years(book, year) { EconomyView.region(book.economy, name, $0) },
            "peers": .array(peers.map { peer(visit, book, year, $0) }),
            "measures": .array(
                Likeness.allCases.map { measure in
                    var members: [String: JSON] = [
                        "label": .string(visit.word("peers_by_\(measure.rawValue)")),
                        "href": .string(
                            "\(EconomyView.region(book.economy, name, year.year))&like=\(measure.rawValue)#peers"),
                    ]
                    if measure == likeness { members["current"] = true }
                    return .object(members)
                }),
            "back": .string("\(EconomyView.path(book.economy))?year=\(year.year)"), "title_of": .string(book.title),
            "space_href": .string(
                "\(EconomyView.path(book.economy))/space?year=\(year.year)&region=\(Table.encoded(name))"),
            "ledger_href": .string("\(EconomyView.path(book.economy))/ledger"),
            "brief_href": .string(BriefRoutes.path(book.economy, name)),
        ]
        if !visit.caller.roles.isDisjoint(with: OpenOpportunity.people) {
            context["choose_href"] = .string(
                "/do/\(ChooseHome.name)?economy=\(book.economy)&region=\(Table.encoded(name))&next=\(CaseRoutes.path)")
        }
        let pictures = RegionPictures(visit: visit)
        let openings = try await openings(visit, book, snapshot, region)
        context["openings"] = openings.json
        context["treemap"] = pictures.treemap(year.matrix, region)
        context["scatter"] = pictures.scatter(snapshot, region, openings: openings.industries)
        if let before = book.before(year) {
            context["shift"] = pictures.shift(
                try await desk.change(book, from: before, to: year), region, book.industries)
            context["shift_from"] = .string("\(before.year)")
            context["shift_to"] = .string("\(year.year)")
        }
        var path: [(Int, YearStanding)] = []
        for each in book.years.suffix(12) { path.append((each.year, try await desk.standing(book, each))) }
        context["path"] = pictures.path(path, region)
        if let first = book.years.first, first.year < year.year {
            context["then"] = try await then(visit, book, first, year, region)
        }
        context["contents"] = Contents.json(
            [
                ("openings", "openings_title"), ("peers", "peers_title"),
                context["shift"].map { _ in ("shift", "shift_title") },
                context["scatter"].flatMap { $0 == .null ? nil : ("scatter", "scatter_title") },
                context["treemap"].flatMap { $0 == .null ? nil : ("treemap", "treemap_title") },
                context["path"].flatMap { $0 == .null ? nil : ("path", "path_title") },
            ], visit)
        return .page("region", title: name, .object(context), live: true)
    }

    private func tiles(
        _ visit: Visit, _ snapshot: Snapshot, _ standing: YearStanding, _ outlooks: [Double], _ region: Int
    ) -> JSON {
        let specialisation = snapshot.specialisation
        let rank = standing.ranks[region].map { "\($0) / \(standing.ranked)" } ?? "–"
        let variety = Variety(of: region, in: specialisation.matrix) { String($0.prefix(2)) }
        let outlook = outlooks.isEmpty ? nil : outlooks[region]
        func tile(_ key: String, _ value: String, _ note: String) -> JSON {
            ["label": .string(visit.word(key)), "value": .string(value), "note": .string(note)]
        }
        return [
            tile(
                "region_eci", rank,
                "ECI \(EconomyView.number(snapshot.complexity?.regions[region], isSigned: true))"),
            tile("region_diversity", "\(specialisation.diversity[region])", visit.word("region_diversity_note")),
            tile(
                "region_variety", EconomyView.number(variety?.related),
                visit.word("region_variety_note").replacing("{unrelated}", with: EconomyView.number(variety?.unrelated))
            ),
            tile("region_outlook", EconomyView.number(outlook, isSigned: true), visit.word("region_outlook_note")),
            tile(
                "region_known", EconomyView.percent(specialisation.knownShare(of: region)),
                visit.word("region_known_note")),
        ]
    }

    private func peer(_ visit: Visit, _ book: EconomyBook, _ year: EconomyBook.Year, _ peer: Peer) -> JSON {
        func reason(_ reason: Peer.Reason) -> JSON {
            .string(
                "\(book.industries[reason.industry]) (\(EconomyView.percent(reason.own)) · \(EconomyView.percent(reason.theirs)))"
            )
        }
        let name = book.regions[peer.region]
        return [
            "name": .string(name), "href": .string(EconomyView.region(book.economy, name, year.year)),
            "distance": .string(EconomyView.number(peer.distance, decimals: 3)),
            "alike": .array(peer.alike.prefix(3).map(reason)), "unlike": .array(peer.unlike.prefix(2).map(reason)),
            "known": .string(EconomyView.percent(peer.knownShare)),
        ]
    }

    /// Who was like this region at the beginning, and what became of them.
    private func then(
        _ visit: Visit, _ book: EconomyBook, _ first: EconomyBook.Year, _ now: EconomyBook.Year, _ region: Int
    ) async throws -> JSON {
        let change = try await desk.change(book, from: first, to: now)
        let (before, after) = (
            try await desk.snapshot(book, first).specialisation, try await desk.snapshot(book, now).specialisation
        )
        let width = book.industries.count
        let rows = try await desk.peers(of: region, book, first).prefix(5).map { peer -> JSON in
            let part = change.regions[peer.region]
            let entered = (peer.region * width..<(peer.region + 1) * width).filter {
                EntryRule.usual.isOpen($0, in: before) && EntryRule.usual.hasEntered($0, in: after) == true
            }.map { book.industries[$0 % width] }
            return [
                "name": .string(book.regions[peer.region]),
                "href": .string(EconomyView.region(book.economy, book.regions[peer.region], now.year)),
                "distance": .string(EconomyView.number(peer.distance, decimals: 3)),
                "change": .string(
                    part.before > 0 ? EconomyView.percent(part.change / part.before) : visit.word("economy_unknown")),
                "sensitivity": .string(
                    EconomyView.number(Resilience(of: peer.region, in: change).sensitivity)),
                "entered": .string(entered.isEmpty ? "–" : entered.prefix(4).joined(separator: ", ")),
            ]
        }
        return ["from": .string("\(first.year)"), "to": .string("\(now.year)"), "rows": .array(rows)]
    }

    /// The place of a prediction: of those with the same odds, as they are shown, the first and the last.
    static func places(_ one: ForecastTable.Prediction, _ all: [ForecastTable.Prediction]) -> String {
        let alike = all.filter { EconomyView.percent($0.odds) == EconomyView.percent(one.odds) }.map(\.place)
        guard let first = alike.min(), let last = alike.max(), first < last else { return "\(one.place)" }
        return "\(first)–\(last)"
    }

    /// What may come next, by the newest forecast; nothing of it where its use of AI does not stand.
    private func openings(
        _ visit: Visit, _ book: EconomyBook, _ snapshot: Snapshot, _ region: Int
    ) async throws -> (json: JSON, industries: Set<String>) {
        let standing = try await visit.spine.district.standing(of: OpeningUse.use)
        guard standing == .runs else {
            return (["stands_not": .string(standing.words[visit.language])], [])
        }
        let (onlooker, name) = (visit.onlooker, book.regions[region])
        let (found, judged) = try await visit.spine.district.store.read { reader in
            let forecasts = try ForecastTable.forecasts(of: book.economy, for: onlooker, in: reader)
            func told(_ forecast: ForecastTable.Forecast?) throws -> (
                ForecastTable.Forecast, [ForecastTable.Prediction]
            )? {
                try forecast.map { ($0, try ForecastTable.predictions(of: $0, region: name, in: reader)) }
            }
            // What was learnt from statistics that stand no longer is in the ledger, and no prediction any more.
            return (
                try told(forecasts.first { $0.basis == book.basis }), try told(forecasts.first { $0.scored != nil })
            )
        }
        guard let (forecast, predictions) = found else {
            return (["none": .string(visit.word(book.years.count < 2 ? "openings_one_year" : "openings_not_yet"))], [])
        }
        let view = EconomyView(visit: visit)
        let density = snapshot.density
        let mayTake = !visit.caller.roles.isDisjoint(with: OpenOpportunity.people)
        let rows = predictions.map { prediction -> JSON in
            let industry = book.industries.firstIndex(of: prediction.industry)
            var members: [String: JSON] = [
                "place": .string(Self.places(prediction, predictions)), "name": .string(prediction.industry),
                "odds": .string(EconomyView.percent(prediction.odds)),
                "past": .string(view.past(prediction.odds, forecast)),
                "density": .string(EconomyView.number(industry.flatMap { density[region, $0] })),
                "pci": .string(
                    EconomyView.number(industry.flatMap { snapshot.complexity?.industries[$0] }, isSigned: true)),
            ]
            if prediction.isJudged { members["outcome"] = .string(outcome(prediction, visit)) }
            if mayTake { members["take"] = .string(take(book, name, prediction)) }
            return .object(members)
        }
        let notice = try await visit.spine.district.notice(of: OpeningUse.use)
        var members: [String: JSON] = [
            "rows": .array(rows), "target": .string("\(forecast.target)"), "base": .string("\(forecast.base)"),
            "figures": view.figures(forecast), "notice": .string(notice[visit.language]),
            "time": Show.time(forecast.at, visit.language),
        ]
        if visit.sees(forecast.scope) { members["trace"] = .string("/trace/\(forecast.event)") }
        if let (past, told) = judged, past.id != forecast.id, !told.isEmpty {
            members["judged"] = [
                "from": .string("\(past.base)"), "to": .string("\(past.scored ?? past.target)"),
                "rows": .array(
                    told.map {
                        [
                            "name": .string("\($0.place). \($0.industry)"),
                            "odds": .string(EconomyView.percent($0.odds)), "outcome": .string(outcome($0, visit)),
                        ]
                    }),
            ]
        }
        return (.object(members), Set(predictions.map(\.industry)))
    }

    /// The form that takes a prediction up as an opportunity.
    private func take(_ book: EconomyBook, _ region: String, _ prediction: ForecastTable.Prediction) -> String {
        let (industry, title) = (Table.encoded(prediction.industry), IndustryName.words(prediction.industry))
        return
            "/do/\(OpenOpportunity.name)?economy=\(book.economy)&region=\(Table.encoded(region))&industry=\(industry)"
            + "&basis=forecast&forecast=\(Table.encoded(prediction.forecast))&title_ko=\(Table.encoded(title.ko))"
            + "&title_en=\(Table.encoded(title.en))"
            + "&next=\(Table.encoded("\(OpportunityRoutes.path)/{it}"))"
    }

    /// What became of a prediction, in a word.
    private func outcome(_ prediction: ForecastTable.Prediction, _ visit: Visit) -> String {
        switch prediction.entered {
        case true?: visit.word("ledger_hit")
        case false?: visit.word("ledger_miss")
        case nil: visit.word("economy_unknown")
        }
    }
}
