import District
import Record
import Web

extension Part {
    /// What buildings need before robots may work in them.
    static func readiness(_ book: Handbook, places: Places) throws(HandbookError) -> Part {
        let readiness = try Readiness(book)
        var part = Part()
        part.migrations = [ReadinessTable.migration]
        part.projections = [ReadinessTable.projection]
        part.commands = [CheckReadiness(readiness: readiness, places: places).command]
        part.routes = ReadinessRoutes(readiness: readiness, places: places).routes
        part.doors = [
            Door(
                "/robots/readiness", Words("건물 준비 점검", "Readiness of buildings"),
                Words("승강기·문·경사·통신이 로봇에 맞는지 점검합니다.", "Check lifts, doors, slopes and network for robots."),
                roles: ReadinessRoutes.roles)
        ]
        part.sample = { spine, _ in try await ReadinessSample.found(readiness, in: spine.district) }
        part.topics = [("robots.readiness.", "robots-readiness")]
        return part
    }
}
