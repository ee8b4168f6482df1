import Access
import District
import Record
import Web

extension Part {
    /// Chemicals, their data sheets and their QR pages (OSH 110–114).
    static func substances(_ book: Handbook) throws(HandbookError) -> Part {
        let statements = try HazardStatements(book.read("substances-ghs.json").json, file: "substances-ghs.json")
        var part = Part()
        part.migrations = [SubstanceTable.migration]
        part.commands = [
            RegisterSubstance(statements: statements).command, ReviseSubstance(statements: statements).command,
            RemoveSubstance.command,
        ]
        part.projections = [SubstanceTable.projection]
        part.routes = SubstanceRoutes(statements: statements).routes
        part.doors = [
            Door(
                "/safety/substances", Words("화학물질(MSDS)", "Chemicals (MSDS)"),
                Words("어디에 무엇이 있고 무엇이 위험한지 봅니다.", "What is where, and what is dangerous about it."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer])
        ]
        part.topics = [("safety.substance.", "substances")]
        part.sample = { spine, _ in try await SubstanceSample.found(spine) }
        return part
    }
}
