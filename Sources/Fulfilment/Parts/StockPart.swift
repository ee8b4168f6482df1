import District
import Record
import Web

extension Part {
    /// Stock: what lies where and what of it is promised, out of moves and nothing else.
    static func stock(_ book: Handbook) -> Part {
        var part = Part()
        part.migrations = [StockTable.migration, KeptTable.migration, FreeRequests.migration, FreeRequests.refusals]
        part.commands = [KeepLot.command, FreeLot.command]
        part.projections = [StockTable.projection, KeptTable.projection, FreeRequests.projection]
        part.home = { visit in try await RefusedTasks.home(visit) }
        part.routes = QuarantineRoutes().routes
        part.doors = [
            Door(
                "/fulfilment/quarantine", Words("격리된 재고", "Quarantine"),
                Words("무엇이 왜 격리되었는지 보고, 두 사람이 풉니다.", "What is kept back and why; two people let it go."),
                roles: QuarantineRoutes.readers)
        ]
        part.topics = [("fulfilment.goods.", "fulfilment-stock"), ("fulfilment.stock.", "fulfilment-stock")]
        return part
    }
}
