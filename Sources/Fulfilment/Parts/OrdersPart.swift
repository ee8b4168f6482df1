import Access
import District
import Store
import Web

extension Part {
    /// Orders: taken, promised, and kept to their promise.
    static func orders(_ book: Handbook) -> Part {
        var part = Part()
        part.migrations = [
            CentreTable.migration, TourTable.migration, ParcelTable.migration, OrderTable.migration,
        ]
        // Orders are told how far they are by their picks: those come first.
        part.projections = [CentreTable.projection, TourTable.projection, OrderTable.projection]
        part.commands = [SetCentre.command, PlaceOrder.command, PlaceOrder.shopCommand] + ChangeOrder.all
        part.reactions = PromiseReactions.all
        part.topics = [("fulfilment.order.", "fulfilment-orders"), ("fulfilment.tour.", "fulfilment-orders")]
        return part
    }
}
