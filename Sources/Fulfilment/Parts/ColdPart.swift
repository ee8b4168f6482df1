import Access
import District
import Record
import Web

extension Part {
    /// Cold rooms: their temperature is read from Sensing, and what was too warm is kept back.
    static func cold(_ book: Handbook) throws(HandbookError) -> Part {
        let settings = try ColdSettings(book)
        var part = Part()
        part.migrations = [ColdTable.migration]
        part.projections = [ColdTable.projection]
        part.commands = [WatchCold.command, UnwatchCold.command]
        part.routes = ColdRoutes(settings: settings).routes
        part.topics = [("fulfilment.cold.", "fulfilment-cold")]
        part.doors = [
            Door(
                "/fulfilment/cold", Words("보관 온도와 격리", "Storage temperature and quarantine"),
                Words(
                    "냉장·냉동 구역의 온도와 격리된 재고를 봅니다.",
                    "The temperature of cold storage, and what is in quarantine."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer])
        ]
        part.home = { visit in try await ColdTasks.home(visit) }
        part.services = { [ColdWatch(spine: $0, settings: settings)] }
        part.sample = { spine, _ in try await ColdSample.found(spine) }
        return part
    }
}
