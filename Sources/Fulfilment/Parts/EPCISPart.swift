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
        part.routes += EPCISPage(settings: settings).routes + EPCISCheckPage(settings: settings).routes
        part.topics = [("fulfilment.epcis.", "fulfilment-epcis"), ("fulfilment.goods.", "fulfilment-epcis")]
        part.doors = [
            Door(
                "/fulfilment/epcis", Words("물류 이벤트 (EPCIS)", "Events (EPCIS)"),
                Words(
                    "재고 변동과 협력사의 이벤트를 GS1 표준으로 보고 주고받습니다.",
                    "Changes of stock and partners' events in the standard of GS1: seen, sent and taken in."),
                roles: EPCISCalls.Right.readers)
        ]
        part.services = { [EPCISDelivery(spine: $0, settings: settings)] }
        return part
    }
}
