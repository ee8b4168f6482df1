import Access
import District
import Record
import Store
import Web

/// The zone's brokerage days, and one of them: who is to meet whom and why, and why the others meet nobody.
struct DayRoutes {
    let lists: SolutionKinds

    var routes: [Web.Route] {
        [
            .get("/alliance/brokerage", .roles(DayAsk.officers)) { try await list($0) },
            .get("/alliance/brokerage/{day}", .roles(DayAsk.officers)) { try await one($0) },
        ] + DayActRoutes().routes
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let query = TableQuery(visit.query, columns: ["day"], sortedBy: "-day", size: 25)
        let (page, funnel, overdue) = try await visit.spine.district.store.read { reader in
            (
                try DayTable.days(limit: query.size, offset: query.offset, for: tenant, in: reader),
                try IntroductionTable.funnel(for: tenant, in: reader),
                try IntroductionTable.count(.overdue, on: today, for: tenant, in: reader)
            )
        }
        let table = Table(
            "days", caption: visit.word("brokerage_days"), path: "/alliance/brokerage", query,
            columns: ["brokerage_day", "brokerage_date", "brokerage_state"].map { .init(nil, visit.word($0)) },
            rows: page.rows.map { day in
                let badge = state(day.state, visit)
                return [
                    .init(day.title, href: "/alliance/brokerage/\(day.id)", isHead: true),
                    .init([day.day.description, day.hours?.span].compactMap(\.self).joined(separator: " ")),
                    .init(badge: badge["kind"]?.text ?? "info", badge["label"]?.text ?? ""),
                ]
            }, total: page.total, empty: visit.word("brokerage_no_days"))
        return .page(
            "brokerage-days", title: visit.word("brokerage_days"),
            [
                "table": table.json, "funnel": IntroductionView(visit: visit, lists: lists).funnel(funnel),
                "overdue": .string(Show.count(overdue)),
            ], live: true)
    }

    private func state(_ state: DayTable.Day.State, _ visit: Visit) -> JSON {
        switch state {
        case .open: Show.badge("warn", visit.word("brokerage_state_open"))
        case .matched: Show.badge("info", visit.word("brokerage_state_matched"))
        case .published: Show.badge("ok", visit.word("brokerage_state_published"))
        case .cancelled: Show.badge("off", visit.word("brokerage_state_cancelled"))
        }
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id, now) = (try visit.tenant, visit.parameters["day"] ?? "", visit.now)
        let query = TableQuery(visit.query, columns: ["firm"], sortedBy: "firm", size: 25)
        let found = try await visit.spine.district.store.read { reader -> (DayTable.Day, AIStanding, DaySheet)? in
            guard let day = try DayTable.find(id, for: tenant, in: reader) else { return nil }
            return (
                day, try MatchingUse.use.standing(in: reader, at: now),
                try DaySheet(day, query, for: tenant, in: reader)
            )
        }
        guard let (day, standing, sheet) = found else {
            throw Refusal(.notFound, "brokerage.unknown", Words("그런 상담회가 없습니다.", "There is no such day."))
        }
        let isOpen = day.state == .open || day.state == .matched
        let view = FirmView(visit: visit, lists: lists)
        var context: [String: JSON] = [
            "state": state(day.state, visit), "date": .string(day.day.description),
            "slots": .string("\(day.firmSlots) / \(day.supplierSlots)"),
            "kinds": .string(day.filter.kinds.isEmpty ? visit.word("firms_any") : view.kinds(day.filter.kinds)),
            "regions": .string(view.regions(day.filter.regions)), "pairs": .string(Show.count(sheet.counts.pairs)),
            "needs_met": .string(Show.count(sheet.counts.needs)),
            "suppliers_met": .string(Show.count(sheet.counts.suppliers)),
            "needs_lacking": .string(Show.count(sheet.lacking.total)), "is_open": .bool(isOpen),
            "needs": .array(sheet.needs.map { need($0, sheet, day, isOpen, view, visit) }),
            "pager": query.pager("/alliance/brokerage/\(id)", shown: sheet.needs.count, total: sheet.total),
            "lacks": lacks(sheet, visit).json, "marks": .array(sheet.marks.map { mark($0, sheet, day, isOpen, visit) }),
        ]
        if let hours = day.hours { context["hours"] = .object(self.hours(hours, sheet.counts.pairs, visit)) }
        if !day.reason.isEmpty { context["reason"] = .string(day.reason) }
        if day.state != .cancelled, day.day >= KoreanDay(now) {
            context["later"] = [
                "move": .string("/alliance/brokerage/\(id)/move"),
                "cancel": .string("/alliance/brokerage/\(id)/cancel"),
            ]
        }
        if let edition = day.edition { context["edition"] = .string(String(edition.prefix(12))) }
        if let matched = day.matched { context["matched"] = Show.time(matched, visit.language) }
        if let possible = day.possible { context["possible"] = .string(Show.count(possible)) }
        if isOpen {
            let back = "day=\(id)&next=/alliance/brokerage/\(id)"
            var acts: [String: JSON] = ["pin": .string("/do/alliance.brokerage.pin?\(back)")]
            if standing == .runs {
                acts["match"] = .string("/do/\(ProposeDay.name)?\(back)")
            } else {
                context["silent"] = .string(standing.words[visit.language])
            }
            if sheet.counts.pairs > 0, day.state == .matched || standing != .runs {
                acts["publish"] = .string("/alliance/brokerage/\(id)/publish")
            }
            context["acts"] = .object(acts)
        }
        if day.state == .open, !sheet.marks.isEmpty { context["stale"] = true }
        return .page("brokerage-day", title: day.title, .object(context), live: true)
    }

    /// When and where, and whether there is room for all that are to meet.
    private func hours(_ hours: DayHours, _ pairs: Int64, _ visit: Visit) -> [String: JSON] {
        var members: [String: JSON] = [
            "span": .string(hours.span), "place": .string(hours.place),
            "room": .string(
                Words(
                    "테이블 \(hours.tables)개 × \(hours.slots.count)번 × \(hours.minutes)분 = 만남 \(Show.count(hours.capacity))건",
                    "\(hours.tables) tables × \(hours.slots.count) times × \(hours.minutes) min = \(Show.count(hours.capacity)) meetings"
                )[visit.language]),
        ]
        if pairs > hours.capacity { members["lacking"] = .string(visit.word("brokerage_room_lacking")) }
        return members
    }

    private func need(
        _ id: String, _ sheet: DaySheet, _ day: DayTable.Day, _ isOpen: Bool, _ view: FirmView, _ visit: Visit
    ) -> JSON {
        let need = sheet.known[id]
        let pairs = sheet.pairs[id] ?? []
        return [
            "title": .string(need?.title ?? visit.word("brokerage_closed_need")),
            "href": .string("/alliance/needs/\(id)"),
            "firm": .string(pairs.first.flatMap { sheet.names[$0.firm] } ?? ""),
            "kinds": .string(view.kinds(need?.kinds ?? [])), "budget": .string(view.money(need?.budget)),
            "suppliers": .array(
                pairs.map { pair in
                    var members: [String: JSON] = [
                        "supplier_name": .string(sheet.names[pair.supplier] ?? pair.supplier.rawValue),
                        "supplier_href": .string("/alliance/firms/\(pair.supplier)"),
                        "offer_title": .string(sheet.offers[pair.offer]?.title ?? ""),
                        "firm_score": .string(Self.percent(pair.needScore)),
                        "supplier_score": .string(Self.percent(pair.offerScore)),
                        "firm_why": .string(Self.words(pair.needReasons, visit)),
                        "supplier_why": .string(Self.words(pair.offerReasons, visit)),
                        "is_pinned": .bool(pair.isPinned),
                    ]
                    if isOpen {
                        let back = "day=\(day.id)&need=\(id)&offer=\(pair.offer)&next=/alliance/brokerage/\(day.id)"
                        members["acts"] = .array(
                            (pair.isPinned ? ["release"] : ["pin", "forbid"]).map {
                                [
                                    "href": .string("/do/alliance.brokerage.\($0)?\(back)"),
                                    "label": .string(visit.word("brokerage_do_\($0)")),
                                ]
                            })
                    }
                    return .object(members)
                }),
        ]
    }

    private func mark(
        _ mark: DayTable.Mark, _ sheet: DaySheet, _ day: DayTable.Day, _ isOpen: Bool, _ visit: Visit
    ) -> JSON {
        let offer = sheet.offers[mark.offer]
        var members: [String: JSON] = [
            "state": mark.isPin
                ? Show.badge("ok", visit.word("brokerage_pinned"))
                : Show.badge("off", visit.word("brokerage_forbidden")),
            "need_title": .string(sheet.known[mark.need]?.title ?? visit.word("brokerage_closed_need")),
            "offer_title": .string(offer.map { "\($0.supplier) – \($0.title)" } ?? mark.offer),
            "why": .string(mark.reason),
        ]
        if isOpen {
            members["release"] = .string(
                "/do/alliance.brokerage.release?day=\(day.id)&need=\(mark.need)&offer=\(mark.offer)"
                    + "&next=/alliance/brokerage/\(day.id)")
        }
        return .object(members)
    }

    private func lacks(_ sheet: DaySheet, _ visit: Visit) -> Table {
        let query = TableQuery([:], columns: ["firm"], sortedBy: "firm", size: 100)
        return Table(
            "lacks", caption: visit.word("brokerage_lacks"), path: visit.path, query,
            columns: ["firms_firm", "firms_need", "brokerage_why"].map { .init(nil, visit.word($0)) },
            rows: sheet.lacking.rows.map { lack in
                [
                    .init(sheet.names[lack.firm] ?? lack.firm.rawValue, isHead: true),
                    .init(
                        sheet.known[lack.need]?.title ?? visit.word("brokerage_closed_need"),
                        href: "/alliance/needs/\(lack.need)"),
                    .init(visit.word("brokerage_lack_\(lack.why.rawValue)")),
                ]
            }, total: Int64(sheet.lacking.rows.count), empty: visit.word("brokerage_no_lacks"))
    }

    static func percent(_ score: Double?) -> String { score.map { "\(Int(($0 * 100).rounded()))" } ?? "–" }

    static func words(_ reasons: [MatchReason], _ visit: Visit) -> String {
        reasons.isEmpty
            ? visit.word("brokerage_by_hand")
            : reasons.prefix(3).map { $0.words[visit.language] }.joined(separator: " · ")
    }
}

/// What the page of a day reads: a page of its needs with their pairs, and who meets nobody.
struct DaySheet: Sendable {
    let needs: [String], total: Int64
    var pairs: [String: [DayTable.Pair]] = [:]
    let marks: [DayTable.Mark]
    let lacking: Listing<(need: String, firm: FirmID, why: MatchDay.Lack)>
    let counts: (pairs: Int64, needs: Int64, suppliers: Int64)
    var known: [String: FirmNeed] = [:]
    var offers: [String: FirmOffer] = [:]
    var names: [FirmID: String] = [:]

    init(_ day: DayTable.Day, _ query: TableQuery, for tenant: Tenant, in reader: any Reader) throws {
        let page = try DayTable.matchedNeeds(
            of: day.id, limit: query.size, offset: query.offset, for: tenant, in: reader)
        (needs, total) = (page.rows, page.total)
        marks = try DayTable.marks(of: day.id, for: tenant, in: reader)
        lacking = try DayTable.lacks(of: day.id, limit: 100, offset: 0, for: tenant, in: reader)
        counts = try DayTable.counts(of: day.id, for: tenant, in: reader)
        for need in needs { pairs[need] = try DayTable.pairs(of: day.id, need: need, for: tenant, in: reader) }
        let shown = pairs.values.flatMap { $0 }
        for need in Set(needs + lacking.rows.map(\.need) + marks.map(\.need)) {
            known[need] = try NeedTable.find(need, for: tenant, in: reader)
        }
        for offer in Set(shown.map(\.offer) + marks.map(\.offer)) {
            offers[offer] = try OfferTable.find(offer, for: tenant, in: reader)
        }
        for firm in Set(shown.flatMap { [$0.firm, $0.supplier] } + lacking.rows.map(\.firm)) {
            names[firm] = try Directory.firm(firm, for: tenant, in: reader)?.name
        }
    }
}
