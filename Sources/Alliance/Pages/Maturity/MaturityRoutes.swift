import Access
import District
import Record
import Store
import Web

/// The assessments of a firm, one of them, and how many firms of the zone stand where.
struct MaturityRoutes {
    let items: MaturityItems
    let offers: MaturityOffers

    static let readers = GrowthAsk.readers.union(GrowthAsk.zone)

    var routes: [Route] {
        [
            .get("/alliance/maturity", .roles(Self.readers)) { try await list($0) },
            .get("/alliance/maturity/zone", .roles(GrowthAsk.zone)) { try await zone($0) },
            .get("/alliance/maturity/one/{assessment}", .roles(Self.readers)) { try await one($0) },
        ]
    }

    private var view: MaturityView { MaturityView(items: items) }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let rows = try await visit.spine.district.store.read { reader in
            try MaturityTable.list(for: tenant, in: reader).map { found -> JSON in
                var row = view.head(found, visit)
                if tenant.firm == nil {
                    row["firm"] = .string(
                        try Directory.firm(found.firm, for: tenant, in: reader)?.name ?? found.firm.rawValue)
                }
                return .object(row)
            }
        }
        let isOpen = rows.contains { $0["is_open"]?.bool == true }
        return .page(
            "maturity", title: visit.word("maturity_title"),
            [
                "rows": .array(rows), "about": .string(items.about[visit.language]),
                "may_start": .bool(
                    tenant.firm != nil && !isOpen && !GrowthAsk.speakers.isDisjoint(with: visit.caller.roles)),
                "is_zone": .bool(tenant.firm == nil), "count": .string("\(items.items.count)"),
            ], live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id, now) = (try visit.tenant, visit.parameters["assessment"] ?? "", visit.now)
        let read = try await visit.spine.district.store.read { reader in
            try page(id, tenant, now, reader)
        }
        guard let page = read else {
            throw Refusal(.notFound, "maturity.unknown", Words("그런 진단이 없습니다.", "There is no such assessment."))
        }
        if tenant.firm == nil { try await visit.look(at: page.assessment.scope, "maturity/\(id)") }
        guard page.assessment.submitted != nil else {
            return .page("maturity-step", title: visit.word("maturity_title"), view.step(page, visit))
        }
        return .page("maturity-result", title: visit.word("maturity_result"), view.result(page, visit), live: true)
    }

    private func page(_ id: String, _ tenant: Tenant, _ now: Timestamp, _ reader: any Reader) throws
        -> MaturityPage?
    {
        guard let found = try MaturityTable.find(id, for: tenant, in: reader) else { return nil }
        let before = try MaturityTable.list(for: tenant, in: reader).first {
            $0.firm == found.firm && $0.id != id && $0.submitted.map { $0 < found.submitted ?? found.started } ?? false
        }
        let lines = try MaturityTable.lines(of: id, for: tenant, in: reader)
        var offered: [String: MaturityPage.Offered] = [:]
        for line in MaturityPage.weakest(lines) {
            guard let dimension = items.dimensions.first(where: { $0.id == line.dimension }) else { continue }
            let (suppliers, silent) = try offers.suppliers(found.firm, dimension.kinds, now, reader)
            offered[line.dimension] = MaturityPage.Offered(
                suppliers: suppliers, silent: silent,
                grants: try offers.grants(found.firm, tenant, dimension.kinds, KoreanDay(now), reader),
                courses: try offers.courses(dimension.kinds, now, reader))
        }
        return MaturityPage(
            assessment: found, answers: try MaturityTable.answers(of: id, for: tenant, in: reader), lines: lines,
            before: try before.map { ($0, try MaturityTable.lines(of: $0.id, for: tenant, in: reader)) },
            firm: try Directory.firm(found.firm, for: tenant, in: reader)?.name, offered: offered)
    }

    private func zone(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let (counts, unnamed) = try await visit.spine.district.store.read { reader in
            (
                try MaturityTable.counts(for: tenant, in: reader),
                try MaturityTable.counts(for: tenant, unnamed: true, in: reader)
            )
        }
        let firms = counts[""]?.values.reduce(0, +) ?? 0
        let names = [("", visit.word("maturity_overall"))] + items.dimensions.map { ($0.id, $0.words[visit.language]) }
        let rows = names.map { id, name -> JSON in
            // From level 1 to 5, then unknown.
            func row(_ counts: [String: [Int: Int]]) -> [Int] { [1, 2, 3, 4, 5, 0].map { counts[id]?[$0] ?? 0 } }
            let cells = MaturityCells.shown(row(counts), unnamed: row(unnamed))
            return [
                "name": .string(name),
                "cells": .array(
                    cells.enumerated().map { place, count in
                        [
                            "label": .string(place < 5 ? "\(place + 1)" : visit.word("maturity_unknown")),
                            "text": .string(count.map { "\($0)" } ?? visit.word("maturity_hidden")),
                        ]
                    }),
            ]
        }
        let isEnough = MaturityCells.isEnough(firms, unnamed: unnamed[""]?.values.reduce(0, +) ?? 0)
        return .page(
            "maturity-zone", title: visit.word("maturity_zone"),
            [
                "rows": .array(isEnough ? rows : []), "firms": .string("\(firms)"), "enough": .bool(isEnough),
                "levels": .array(
                    items.levels.map {
                        .string("\($0.number) \($0.words[visit.language]) (\($0.korea[visit.language]))")
                    }),
            ], live: true)
    }
}
