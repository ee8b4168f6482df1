import District
import Record
import Web

extension Part {
    /// EPCIS 2.0: every change of stock as an event of the standard, what partners send, and the calls of its REST
    /// binding.
    static func epcis(_ book: Handbook) throws(HandbookError) -> Part {
        let settings = try EPCISSettings(book)
        var part = Part()
        part.migrations = [EPCISTable.migration, EPCISDesk.migration]
        part.projections = [EPCISTable.projection(settings), EPCISDesk.projection]
        part.routes = EPCISEventRoutes().routes + EPCISQueryRoutes(settings: settings).routes
        part.topics = [("fulfilment.epcis.", "fulfilment-epcis"), ("fulfilment.goods.", "fulfilment-epcis")]
        part.services = { [EPCISDelivery(spine: $0, settings: settings)] }
        return part
    }
}
