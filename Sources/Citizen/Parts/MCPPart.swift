import District
import Record
import Web

extension Part {
    /// The server for programs that speak the Model Context Protocol, and the page where people answer what such
    /// programs ask for in their name.
    static func mcp(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [ConsentTable.migration, MCPKeyTable.migration]
        part.commands = [AnswerConsent.command]
        part.projections = [ConsentTable.projection]
        part.routes = MCPRoutes(desk: MCPDesk(try CityServices(book))).routes + ConsentPages().routes
        part.doors = [
            Door(
                "/citizen/consents", Words("프로그램 요청 확인", "What my programs ask for"),
                Words("내 이름으로 움직이는 프로그램이 요청한 일을 허락하거나 거절합니다.", "Allow or refuse what programs ask for in your name."),
                roles: ConsentPages.makers)
        ]
        part.home = { try await ConsentPages.tasks($0) }
        part.topics = [("citizen.consent.", "citizen-consents")]
        return part
    }
}
