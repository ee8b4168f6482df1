import Access
import District
import Record
import Store
import Web

/// The plan for prevention against the ledger.
struct BudgetRoutes {
    var routes: [Route] {
        [
            .get("/safety/budget", .roles([.executive, .safetyManager, .worker, .zoneOfficer])) { try await page($0) }
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let present = HalfYear(visit.now).year
        let year = min(max(visit.query["year"].flatMap { Int($0) } ?? present, 2020), present + 1)
        guard let firm = visit.query["firm"].map({ FirmID($0) }) ?? visit.caller.firm, tenant.sees(.firm(firm)) else {
            throw DutyRoutes.unknown
        }
        let (lines, spendings) = try await visit.spine.district.store.read { reader in
            (
                try BudgetTable.lines(of: firm, in: year, for: tenant, reader),
                try BudgetTable.spendings(of: firm, in: year, for: tenant, reader)
            )
        }
        try await visit.look(at: .firm(firm), "budget/\(firm)/\(year)")
        let own = visit.caller.firm == firm
        let mayPlan = own && !visit.caller.roles.isDisjoint(with: BudgetAsk.people)
        let isExecutive = own && visit.caller.roles.contains(.executive)
        let next = "/safety/budget%3Fyear%3D\(year)"
        let (planned, spent) = (lines.reduce(0) { $0 + $1.planned }, lines.reduce(0) { $0 + $1.spent })
        let names = Dictionary(uniqueKeysWithValues: lines.map { ($0.id, $0.name) })
        var context: [String: JSON] = [
            "year": .string("\(year)"),
            "years": .array(
                [present + 1, present, present - 1, present - 2].map { shown in
                    var members: [String: JSON] = [
                        "label": .string("\(shown)"), "href": .string("/safety/budget?year=\(shown)"),
                    ]
                    if shown == year { members["current"] = true }
                    return .object(members)
                }),
            "planned": .string(Show.count(planned)), "spent": .string(Show.count(spent)),
            "rest": .string(Show.count(planned - spent)),
            "share": .string(planned > 0 ? "\(spent * 100 / planned)" : "–"),
            "lines": .array(
                lines.map { line in
                    var members: [String: JSON] = [
                        "name": .string(line.name), "purpose": .string(line.purpose.words[visit.language]),
                        "planned": .string(Show.count(line.planned)), "spent": .string(Show.count(line.spent)),
                        "rest": .string(Show.count(line.rest)),
                        "percent": .string("\(line.planned > 0 ? min(100, line.spent * 100 / line.planned) : 0)"),
                        "state": Self.badge(line.state(on: today), visit),
                    ]
                    if mayPlan {
                        members["spend_href"] = .string("/do/safety.budget.spend?item=\(line.id)&next=\(next)")
                    }
                    if isExecutive {
                        members["revise_href"] = .string(
                            "/do/safety.budget.revise?item=\(line.id)&amount=\(line.planned)&next=\(next)")
                    }
                    return .object(members)
                }),
            "spendings": .array(
                spendings.map { spending in
                    var members: [String: JSON] = [
                        "day": .string(spending.day.description), "amount": .string(Show.count(spending.amount)),
                        "item": .string(names[spending.item] ?? ""),
                        "href": .string("/attachments/\(spending.file)"),
                    ]
                    if let note = spending.note { members["note"] = .string(note) }
                    return .object(members)
                }),
        ]
        if !lines.isEmpty {
            context["verdict"] = Self.verdict(
                BudgetLine.state(planned: planned, spent: spent, year: year, on: today), visit)
        }
        if mayPlan { context["plan_href"] = .string("/do/safety.budget.plan?year=\(year)&next=\(next)") }
        if isExecutive, !lines.isEmpty {
            context["review_href"] = .string("/do/safety.budget.review?year=\(year)&next=\(next)")
        }
        return .page("budget", title: visit.word("budget_title"), .object(context), live: true)
    }

    private static func badge(_ state: BudgetLine.State, _ visit: Visit) -> JSON {
        switch state {
        case .over: Show.badge("warn", visit.word("budget_over"))
        case .behind: Show.badge("danger", visit.word("budget_behind"))
        case .onTrack: Show.badge("ok", visit.word("budget_on_track"))
        }
    }

    private static func verdict(_ state: BudgetLine.State, _ visit: Visit) -> JSON {
        switch state {
        case .over: ["kind": "warn", "text": .string(visit.word("budget_verdict_over"))]
        case .behind: ["kind": "danger", "text": .string(visit.word("budget_verdict_behind"))]
        case .onTrack: ["kind": "ok", "text": .string(visit.word("budget_verdict_on_track"))]
        }
    }
}
