import Access
import District
import Record
import Store
import Web

/// The pipeline, one case, and the totals that everybody may see.
struct InvestmentRoutes {
    let national: NationalProgrammes

    static let readers = GrowthAsk.readers.union(GrowthAsk.zone)

    var routes: [Route] {
        [
            .get("/alliance/investment", .roles(Self.readers)) { try await list($0) },
            .get("/alliance/investment/case/{case}", .roles(Self.readers)) { try await one($0) },
            .get("/alliance/investment/figures", .anyone) { try await figures($0) },
        ]
    }

    private func view(_ visit: Visit) -> InvestmentView { InvestmentView(visit: visit, national: national) }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, today, view) = (try visit.tenant, KoreanDay(visit.now), view(visit))
        let context = try await visit.spine.district.store.read { reader -> JSON in
            let cases = try InvestmentTable.list(for: tenant, in: reader)
            let names = Dictionary(cases.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
            let obstacles = try InvestmentTable.openObstacles(for: tenant, in: reader)
            let counts = try InvestmentTable.newestCounts(for: tenant, in: reader)
            let incentives = try InvestmentTable.dueIncentives(on: today, for: tenant, in: reader).filter { incentive in
                switch incentive.standing(on: today, counts: counts[incentive.caseID] ?? []) {
                case .pending, .kept: false
                case .unpaid, .unknown, .broken: true
                }
            }
            return [
                "stages": .array(
                    InvestmentStage.allCases.map { stage in
                        [
                            "name": .string(stage.words[visit.language]),
                            "cases": .array(cases.filter { $0.stage == stage }.map(view.row)),
                            "count": .string("\(cases.count { $0.stage == stage })"),
                        ]
                    }),
                "obstacles": .array(obstacles.map { view.obstacle($0, name: names[$0.caseID], today) }),
                "incentives": .array(
                    incentives.map {
                        view.incentive($0, name: names[$0.caseID], counts: counts[$0.caseID] ?? [], today)
                    }), "is_zone": .bool(tenant.firm == nil), "any": .bool(!cases.isEmpty),
            ]
        }
        return .page("investment", title: visit.word("investment_title"), context, live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id, today) = (try visit.tenant, visit.parameters["case"] ?? "", KoreanDay(visit.now))
        let view = view(visit)
        let read = try await visit.spine.district.store.read { reader -> (InvestmentCase, JSON)? in
            guard let found = try InvestmentTable.find(id, for: tenant, in: reader) else { return nil }
            let counts = try InvestmentTable.counts(of: id, for: tenant, in: reader)
            let moves = try InvestmentTable.moves(of: id, for: tenant, in: reader)
            let incentives = try InvestmentTable.incentives(of: id, for: tenant, in: reader)
            let obstacles = try InvestmentTable.obstacles(of: id, for: tenant, in: reader)
            var members = view.facts(found)
            members["moves"] = .array(
                moves.map { move in
                    [
                        "stage": .string(move.stage.words[visit.language]), "day": .string(move.day.description),
                        "reason": .string(move.reason),
                    ]
                })
            members["incentives"] = .array(incentives.map { view.incentive($0, name: nil, counts: counts, today) })
            members["obstacles"] = .array(obstacles.map { view.obstacle($0, name: nil, today) })
            members["counts"] = .array(counts.map(view.count))
            return (found, .object(members))
        }
        guard let (found, context) = read else {
            throw Refusal(.notFound, "investment.case", Words("그런 투자 건이 없습니다.", "There is no such case."))
        }
        if tenant.firm == nil { try await visit.look(at: found.scope, "investment/\(id)") }
        return .page("investment-case", title: visit.word("investment_case"), context, live: true)
    }

    private func figures(_ visit: Visit) async throws -> Reply {
        let view = view(visit)
        let (stages, counts) = try await visit.spine.district.store.read { try InvestmentTable.totals(in: $0) }
        let programmes =
            [(JobCount.whole, visit.word("investment_whole"))]
            + national.programmes.map { ($0.id, $0.words[visit.language]) }
        let byProgramme = Dictionary(grouping: counts, by: \.programme)
        // What nobody counted for has no row; a row that tells of too few by its difference from one above says nothing.
        var (rows, told): ([JSON], [[JobCount]]) = ([], [])
        for (id, name) in programmes {
            guard let own = byProgramme[id] else { continue }
            let isHidden = told.contains { JobCount.tells(own, beside: $0) }
            if !isHidden, JobTotal(own).firms >= MaturityCells.least { told.append(own) }
            rows.append(view.total(JobTotal(own), name: name, counts: own, isHidden: isHidden))
        }
        return .page(
            "investment-figures", title: visit.word("investment_figures"),
            [
                "stages": .array(
                    InvestmentStage.allCases.map {
                        ["name": .string($0.words[visit.language]), "count": .string("\(stages[$0] ?? 0)")]
                    }),
                "rows": .array(rows), "skilled": .string(national.skilled[visit.language]),
                "ages": .array(national.youth.map { .string($0.words[visit.language]) }),
            ], live: true)
    }
}
