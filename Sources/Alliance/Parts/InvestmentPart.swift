import Access
import District
import Record
import Store
import Web

extension Part {
    /// Investment: firms that come, incentives, obstacles and who decides them, jobs created and kept.
    static func investment(_ book: Handbook) throws(HandbookError) -> Part {
        let national = try NationalProgrammes(book)
        var part = Part()
        part.migrations = [InvestmentTable.migration, InvestmentTable.correctedMigration]
        part.projections = [InvestmentTable.projection]
        part.commands =
            [
                OpenInvestment.open, OpenInvestment.move, RaiseObstacle.raise, RaiseObstacle.decide,
                RaiseObstacle.correct,
            ]
            + PromiseIncentive(national: national).commands
        part.answers = [InvestmentAnswers.overdue]
        part.routes = InvestmentRoutes(national: national).routes
        part.names = Self.investmentNames
        part.doors = [
            Door(
                "/alliance/investment", Words("투자 유치", "Investment"),
                Words("들어오는 기업, 투자 인센티브, 규제 애로와 일자리를 봅니다.", "Firms that come in, incentives, obstacles and jobs."),
                roles: InvestmentRoutes.readers),
            Door(
                "/alliance/investment/figures", Words("투자·고용 현황(공개)", "Investment and jobs (public)"),
                Words("구역 전체의 합계를 봅니다.", "Totals of the zone."), roles: nil),
        ]
        part.home = { visit in
            guard !GrowthAsk.zone.isDisjoint(with: visit.caller.roles) else { return [:] }
            let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
            let (late, broken) = try await visit.spine.district.store.read { reader in
                let counts = try InvestmentTable.newestCounts(for: tenant, in: reader)
                let broken = try InvestmentTable.dueIncentives(on: today, for: tenant, in: reader).count { incentive in
                    switch incentive.standing(on: today, counts: counts[incentive.caseID] ?? []) {
                    // What nobody counted has to be counted: it is not taken for kept.
                    case .broken, .unknown: true
                    case .pending, .unpaid, .kept: false
                    }
                }
                return (
                    try InvestmentTable.openObstacles(for: tenant, in: reader).count { $0.isOverdue(on: today) }, broken
                )
            }
            func task(_ count: Int, _ word: String, _ place: String, _ state: String) -> JSON {
                [
                    "href": .string("/alliance/investment#\(place)"), "text": .string(visit.word(word)),
                    "count": .string("\(count)"), "kind": "warn", "state": .string(visit.word(state)),
                ]
            }
            var tasks: [JSON] = []
            if late > 0 { tasks.append(task(late, "investment_task", "obstacles", "investment_overdue")) }
            if broken > 0 {
                tasks.append(task(broken, "investment_task_clawback", "incentives", "investment_unclear"))
            }
            return tasks.isEmpty ? [:] : ["tasks": .array(tasks)]
        }
        part.topics = [("alliance.investment.", "alliance-investment")]
        part.sample = { spine, _ in try await InvestmentSample.found(spine) }
        return part
    }

    private static var investmentNames: [String: @Sendable (Caller, any Reader) throws -> [Named]] {
        [
            "investment-case": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try InvestmentTable.list(for: tenant, in: reader).map { Named($0.id, [$0.name]) }
            },
            "investment-incentive": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                let names = Dictionary(
                    try InvestmentTable.list(for: tenant, in: reader).map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }
                )
                return try InvestmentTable.incentives(for: tenant, in: reader).map {
                    Named($0.id, ["\(names[$0.caseID] ?? "") · \($0.what)"])
                }
            },
            "investment-obstacle": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                // Those that were decided too: a decision can be put right.
                return try InvestmentTable.obstacles(for: tenant, in: reader).prefix(Named.most).map {
                    Named($0.id, [$0.what])
                }
            },
        ]
    }
}
