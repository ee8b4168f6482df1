import Access
import District
import Record
import ServiceLifecycle
import Store

/// Proposes once a day where to visit first. It acts on nothing: the list is there for whoever plans visits.
struct VisitService: Service {
    let district: District
    /// How many visits the zone can make in four weeks.
    let visits: Int

    func run() async throws {
        await beat(every: .seconds(900), in: district, failing: "where to visit first could not be proposed") {
            try await step()
        }
    }

    /// Proposes where that was not done today yet, while the use is switched on.
    /// - Returns: whether it proposed.
    @discardableResult
    func step() async throws -> Bool {
        guard try await district.mayRun(ProposalUses.late) else { return false }
        let (today, visits) = (KoreanDay(district.clock()), visits)
        let zone = try Caller.system("safety.visits").tenant
        let latest = try await district.store.read { try VisitTable.latest(for: zone, in: $0) }
        guard latest?.day != today else { return false }
        // As far back as any sign of the oldest example looks.
        let since = today.monday - Int64(VisitPlan.learnt) * VisitPlan.span - SitePast.half
        let sites = try await district.store.read { try VisitTable.past(since: since, for: zone, in: $0) }
        let plan = await Task.detached(priority: .utility) {
            VisitPlan(sites, on: today, visits: visits)
        }.value
        guard let plan else { return false }
        try await district.record(
            [Self.draft(plan, on: today)], origin: Origin(author: .model(ProposalUses.late.id)))
        return true
    }

    private static func draft(_ plan: VisitPlan, on day: KoreanDay) -> Draft {
        func short(_ value: Double) -> JSON { .number((value * 1000).rounded() / 1000) }
        return Draft(
            VisitTable.type, stream: "visits/\(day)", scope: .zone,
            payload: [
                "examples": .number(Double(plan.examples)),
                "lift": [
                    "visits": .number(Double(plan.lift.visits)), "hits": .number(Double(plan.lift.hits)),
                    "visited": .number(Double(plan.lift.visited)), "late": .number(Double(plan.lift.late)),
                    "all": .number(Double(plan.lift.all)),
                ],
                "sites": .array(
                    plan.sites.map { site in
                        [
                            "firm": .string(site.firm.rawValue), "chance": short(site.chance),
                            "reasons": .array(
                                site.reasons.map {
                                    ["sign": .string($0.sign.rawValue), "value": short($0.value)]
                                }),
                        ]
                    }),
            ])
    }
}
