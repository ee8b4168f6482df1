import Access
import District
import Record
import Store
import Web

/// What the zone's officers see across all firms: whom to help first, and why.
struct ZonePage {
    let weights: [RiskBand: Int64]
    /// Days without a tool-box meeting from which a firm is marked.
    static let silence: Int64 = 7

    var routes: [Route] {
        [.get("/safety/zone", .roles([.zoneOfficer])) { try await page($0) }]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let query = TableQuery(visit.query, columns: ZoneQueries.sortable, sortedBy: "-overdue", size: 50)
        let view = ZoneQueries.View(rawValue: visit.query["view"] ?? "") ?? .all
        let period = HalfYear(visit.now)
        let question = ZoneQueries.Question(
            view: view, words: query.filter, sort: query.sort, descending: query.descending, limit: query.size,
            offset: query.offset, period: period, today: today, weights: weights)
        let district = visit.spine.district
        let standing = try await district.standing(of: ProposalUses.late)
        let isOn = standing == .runs
        let (firms, totals, duties, plan, visits) = try await district.store.read { reader in
            (
                try ZoneQueries.firms(question, for: tenant, in: reader),
                try ZoneQueries.totals(on: today, for: tenant, in: reader),
                try DutyTable.summary(of: period, for: tenant, in: reader),
                try VisitTable.latest(for: tenant, in: reader),
                try VisitTable.visits(for: tenant, limit: 10, in: reader)
            )
        }
        try await visit.look(at: .zone, "zone")
        var context: [String: JSON] = [
            "period": .string(period.words[visit.language]), "tiles": tiles(duties, totals, visit),
            "views": views(view, visit), "table": table(firms, query, view, today, visit).json,
            "visits_on": .bool(isOn), "visits_off": .string(standing.words[visit.language]),
        ]
        if isOn, let plan { context["plan"] = self.plan(plan, visits, visit) }
        return .page("zone", title: visit.word("zone_title"), .object(context), live: false)
    }

    private func tiles(
        _ duties: (firms: Int64, lacking: Int64, closed: Int64), _ totals: ZoneQueries.Totals, _ visit: Visit
    ) -> JSON {
        let tiles: [(String, Int64, String?)] =
            [("zone_firms", duties.firms, "all"), ("zone_lacking", duties.lacking, "missing")]
            + RiskBand.allCases.reversed().map { ("zone_overdue_\($0.rawValue)", totals.overdue[$0.rank], "overdue") }
            + [("zone_severe", totals.severe, "severe")]
        return .array(
            tiles.map { word, count, view in
                var tile: [String: JSON] = ["label": .string(visit.word(word)), "count": .string(Show.count(count))]
                if let view { tile["href"] = .string("/safety/zone?view=\(view)") }
                return .object(tile)
            })
    }

    private func views(_ current: ZoneQueries.View, _ visit: Visit) -> JSON {
        .array(
            ZoneQueries.View.allCases.map { view in
                var entry: [String: JSON] = [
                    "label": .string(visit.word("zone_view_\(view.rawValue)")),
                    "href": .string("/safety/zone?view=\(view.rawValue)"),
                ]
                if view == current { entry["current"] = true }
                return .object(entry)
            })
    }

    private func table(
        _ firms: Listing<ZoneFirm>, _ query: TableQuery, _ view: ZoneQueries.View, _ today: KoreanDay, _ visit: Visit
    ) -> Table {
        let unknown = visit.word("zone_unknown")
        return Table(
            "zone", caption: visit.word("zone_table"), path: "/safety/zone", query,
            columns: [
                .init("name", visit.word("zone_firm")), .init("headcount", visit.word("zone_people"), isNumber: true),
                .init("missing", visit.word("zone_missing"), isNumber: true),
                .init("overdue", visit.word("zone_overdue")),
                .init("severe", visit.word("zone_severe"), isNumber: true),
                .init("meeting", visit.word("zone_meeting")), .init("inspection", visit.word("zone_inspection")),
            ],
            rows: firms.rows.map { firm in
                [
                    Table.Cell(firm.name, href: "/safety/duties?firm=\(firm.firm)", isHead: true),
                    Table.Cell(firm.headcount.map { Show.count(Int64($0)) } ?? unknown),
                    Table.Cell(firm.missing.map { Show.count($0) } ?? unknown),
                    overdue(firm, visit),
                    firm.severe > 0 ? Table.Cell(badge: "danger", Show.count(firm.severe)) : Table.Cell("0"),
                    day(firm.lastMeeting, today, visit), Table.Cell(firm.lastInspection?.description ?? unknown),
                ]
            }, total: firms.total, filter: .init(visit.word("zone_filter")), empty: visit.word("zone_empty"),
            kept: view == .all ? [:] : ["view": view.rawValue])
    }

    /// Overdue actions, the worst band first, in words.
    private func overdue(_ firm: ZoneFirm, _ visit: Visit) -> Table.Cell {
        let parts = RiskBand.allCases.reversed().compactMap { band -> String? in
            let count = firm.overdue[band.rank]
            return count > 0 ? "\(band.words[visit.language]) \(Show.count(count))" : nil
        }
        guard let worst = RiskBand.allCases.last(where: { firm.overdue[$0.rank] > 0 }) else { return Table.Cell("0") }
        return Table.Cell(badge: worst.badge, parts.joined(separator: " · "))
    }

    private func day(_ last: KoreanDay?, _ today: KoreanDay, _ visit: Visit) -> Table.Cell {
        guard let last else { return Table.Cell(badge: "unknown", visit.word("zone_never")) }
        return today.number - last.number > Self.silence
            ? Table.Cell(badge: "warn", last.description) : Table.Cell(last.description)
    }

    /// Where to visit first, with its reasons and its worth.
    private func plan(_ plan: VisitTable.Plan, _ visits: [VisitTable.Visit], _ visit: Visit) -> JSON {
        var members: [String: JSON] = [
            "day": .string(plan.day.description), "count": .string(Show.count(plan.visits)),
            "sites": .array(
                visits.map { site in
                    [
                        "name": .string(site.name), "href": .string("/safety/duties?firm=\(site.firm)"),
                        "chance": .string("\(Int((site.chance * 100).rounded())) %"),
                        "reasons": .array(site.reasons.map { .string(reason($0, visit)) }),
                    ]
                }),
        ]
        if plan.visited > 0, plan.sites > 0, plan.late > 0 {
            let (precision, base) = (
                Double(plan.hits) / Double(plan.visited), Double(plan.late) / Double(plan.sites)
            )
            members["lift"] = [
                "times": .string("\((precision / base * 10).rounded() / 10)"),
                "precision": .string("\(Int((precision * 100).rounded())) %"), "hits": .string(Show.count(plan.hits)),
                "visited": .string(Show.count(plan.visited)), "base": .string("\(Int((base * 100).rounded())) %"),
                "late": .string(Show.count(plan.late)), "sites": .string(Show.count(plan.sites)),
            ]
        }
        return .object(members)
    }

    private func reason(_ reason: VisitPlan.Reason, _ visit: Visit) -> String {
        let value =
            switch reason.sign {
            case .missedShare, .inspectionsLate: "\(Int((reason.value * 100).rounded())) %"
            case .silence: "\(Int(reason.value))\(visit.word("zone_days"))"
            default: "\((reason.value * 10).rounded() / 10)"
            }
        return "\(reason.sign.words[visit.language]) \(value)"
    }
}
