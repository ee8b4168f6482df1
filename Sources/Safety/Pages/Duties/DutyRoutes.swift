import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// A firm's duties in one look, and the zone's table of firms by missing evidence.
struct DutyRoutes {
    let book: DutyBook

    static let readers = Permission.roles([.executive, .safetyManager, .worker, .operator, .zoneOfficer])

    var routes: [Route] {
        [
            .get("/safety/duties", Self.readers) { try await firm($0) },
            .get("/safety/duties/evidence/{id}", Self.readers) { try await evidence($0) },
            .get("/safety/duties/firms", .roles([.zoneOfficer])) { try await zone($0) },
            .get("/api/v1/safety/duties", Self.readers.orToken("read")) { try await json($0) },
        ]
    }

    /// The half-year that an address asks for; the present one where it names none that has begun.
    static func period(_ visit: Visit) -> HalfYear {
        let now = HalfYear(visit.now)
        return visit.query["period"].flatMap { HalfYear($0) }.map { min($0, now) } ?? now
    }

    private func firm(_ visit: Visit) async throws -> Reply {
        let (tenant, period, now) = (try visit.tenant, Self.period(visit), visit.now)
        guard let id = visit.query["firm"].map({ FirmID($0) }) ?? visit.caller.firm else {
            return .redirect("/safety/duties/firms")
        }
        let caller = visit.caller
        let found = try await visit.spine.district.store.read { [book] reader -> DutyPage.Content? in
            guard let (firm, board) = try DutyTable.board(id, period, book, at: now, for: tenant, in: reader) else {
                return nil
            }
            let holds = try Holds.inForce(on: id, in: reader)
            return DutyPage.Content(
                firm: firm, board: board, holds: holds,
                places: try PlaceNames.names(holds.map(\.thing), for: tenant, in: reader),
                hands: caller.firm == id ? try SignDuty.hands(caller, in: id, reader) : [],
                closed: try DutyTable.closed(id, period, in: reader))
        }
        guard let found else { throw Self.unknown }
        try await visit.look(at: .firm(id), "duties/\(id)/\(period)")
        let page = DutyPage(visit: visit, book: book, content: found)
        return .page("duties", title: visit.word("duties_title"), page.context, live: true)
    }

    /// To the trace of the event that evidence refers to.
    private func evidence(_ visit: Visit) async throws -> Reply {
        let (tenant, id, log) = (try visit.tenant, visit.parameters["id"] ?? "", visit.spine.district.log)
        let correlation = try await visit.spine.district.store.read { reader -> Identifier? in
            guard let source = try DutyTable.evidence(id, for: tenant, in: reader)?.source,
                let event = Identifier(source.event)
            else { return nil }
            return try log.event(event, in: reader)?.correlation
        }
        guard let correlation else {
            throw Refusal(.notFound, "evidence.unknown", Words("그런 증거가 없습니다.", "There is no such evidence."))
        }
        return .redirect("/trace/\(correlation)")
    }

    private func json(_ visit: Visit) async throws -> Reply {
        let (tenant, period, now) = (try visit.tenant, Self.period(visit), visit.now)
        guard let id = visit.query["firm"].map({ FirmID($0) }) ?? visit.caller.firm else { throw Self.unknown }
        let found = try await visit.spine.district.store.read { [book] reader in
            try DutyTable.board(id, period, book, at: now, for: tenant, in: reader).map { found in
                (found.board, try DutyTable.closed(id, period, in: reader))
            }
        }
        guard let (board, closed) = found else { throw Self.unknown }
        return .json([
            "firm": .string(id.rawValue), "period": .string(period.description), "edition": .string(book.edition),
            "closed": closed.map { .string($0.description) } ?? .null,
            "days_left": .number(Double(period.daysLeft(at: now))),
            "duties": .array(
                board.standings.map { standing in
                    [
                        "id": .string(standing.duty.id), "title": .string(standing.duty.title[visit.language]),
                        "citation": .string(standing.duty.citation[visit.language]),
                        "text": .string(standing.duty.text), "mark": .string(standing.duty.mark.rawValue),
                        "period": .string(standing.duty.rhythm.rawValue), "state": .string(standing.state.rawValue),
                        "signer": standing.duty.signer.map { .string($0.rawValue) } ?? .null,
                        "applies": .string(standing.holding == .unknown ? "unknown" : "yes"),
                        "evidence": .array(
                            standing.evidence.map {
                                ["id": .string($0.id), "hash": .string($0.hash), "late": .bool($0.isLate)]
                            }),
                    ]
                }),
        ])
    }

    private func zone(_ visit: Visit) async throws -> Reply {
        let (tenant, period) = (try visit.tenant, Self.period(visit))
        let query = TableQuery(visit.query, columns: DutyTable.sortable, sortedBy: "-missing", size: 50)
        let (firms, summary) = try await visit.spine.district.store.read { reader in
            (
                try DutyTable.missing(
                    in: period, containing: query.filter, sort: query.sort, descending: query.descending,
                    limit: query.size, offset: query.offset, for: tenant, in: reader),
                try DutyTable.summary(of: period, for: tenant, in: reader)
            )
        }
        try await visit.look(at: .zone, "duties/\(period)")
        let table = Table(
            "duty-firms", caption: visit.word("duties_zone_caption"), path: "/safety/duties/firms", query,
            columns: [
                .init("name", visit.word("duties_zone_firm")),
                .init("headcount", visit.word("duties_zone_headcount"), isNumber: true),
                .init("missing", visit.word("duties_zone_missing"), isNumber: true),
                .init(nil, visit.word("duties_zone_evidenced"), isNumber: true),
                .init(nil, visit.word("duties_zone_state")),
            ],
            rows: firms.rows.map { Self.row($0, period, visit) }, total: firms.total,
            filter: .init(visit.word("duties_zone_filter")), empty: visit.word("duties_zone_empty"),
            kept: ["period": period.description])
        return .page(
            "duties-firms", title: visit.word("duties_zone_title"),
            [
                "table": table.json, "periods": DutyPage.periods(visit, period, path: "/safety/duties/firms", kept: ""),
                "period": .string(period.words[visit.language]), "firms": .string(Show.count(summary.firms)),
                "lacking": .string(Show.count(summary.lacking)), "closed": .string(Show.count(summary.closed)),
                "days": .string("\(period.daysLeft(at: visit.now))"),
            ], live: true)
    }

    private static func row(_ firm: FirmDutyState, _ period: HalfYear, _ visit: Visit) -> [Table.Cell] {
        let isKnown = firm.required > 0
        let state: Table.Cell =
            if firm.closed != nil {
                Table.Cell(badge: "verified", visit.word("duties_zone_closed"))
            } else if !isKnown {
                Table.Cell(badge: "unknown", visit.word("duties_zone_unknown"))
            } else if firm.missing > 0 {
                Table.Cell(badge: "danger", visit.word("duties_zone_lacking"))
            } else if firm.complete < firm.required {
                Table.Cell(badge: "warn", visit.word("duties_zone_unsigned"))
            } else {
                Table.Cell(badge: "ok", visit.word("duties_zone_complete"))
            }
        return [
            Table.Cell(firm.name, href: "/safety/duties?firm=\(firm.firm)&period=\(period)", isHead: true),
            Table.Cell(firm.headcount.map { Show.count($0) } ?? "–"),
            Table.Cell(isKnown ? Show.count(firm.missing) : "–"),
            Table.Cell(isKnown ? "\(firm.evidenced) / \(firm.required)" : "–"), state,
        ]
    }

    static let unknown = Refusal(.notFound, "firm.unknown", Words("그런 기업이 없습니다.", "There is no such firm."))
}
