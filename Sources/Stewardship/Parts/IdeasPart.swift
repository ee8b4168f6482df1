import Access
import District
import Record
import Web

extension Part {
    /// The departments' ideas for AI, from the idea until it is live.
    static func ideas(_ book: Handbook) throws(HandbookError) -> Part {
        let departments = try Department.all(book)
        var part = Part()
        part.migrations = [IdeaTable.migration]
        part.commands = [ProposeIdea(departments: departments).command, AdvanceIdea.command, DropIdea.command]
        part.projections = [IdeaTable.projection]
        part.routes = IdeaRoutes(departments: departments).routes
        part.doors = [
            Door(
                "/stewardship/ideas", Words("부서별 인공지능 계획", "AI plans by department"),
                Words("아이디어에서 운영까지 한눈에 봅니다.", "From the idea until it is live."),
                roles: [.zoneOfficer, .administrator])
        ]
        part.topics = [("stewardship.idea.", "ai-ideas")]
        return part
    }
}
