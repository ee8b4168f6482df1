import Access
import District
import Record
import Web

extension Part {
    /// The budget for prevention, planned and spent (SAPA Decree 4(4)).
    static func budget(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [BudgetTable.migration]
        part.commands = [PlanBudget.command, ReviseBudget.command, SpendBudget.command, ReviewBudget.command]
        part.projections = [BudgetTable.projection]
        part.routes = BudgetRoutes().routes
        part.doors = [
            Door(
                "/safety/budget", Words("안전보건 예산", "Safety budget"),
                Words("편성한 예산과 집행한 금액을 견줍니다.", "The plan against what was spent."),
                roles: [.executive, .safetyManager])
        ]
        part.topics = [("safety.budget.", "safety-budget")]
        return part
    }
}
