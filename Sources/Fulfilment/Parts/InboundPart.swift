import Access
import District
import Record
import Web

extension Part {
    /// Inbound: from the announcement of a delivery until its goods lie where they belong.
    static func inbound(_ book: Handbook) throws(HandbookError) -> Part {
        let (plans, separation) = ("inbound-sampling.json", "inbound-segregation.json")
        let sampling = try SamplingPlans(book.read(plans).json, file: plans)
        let segregation = try Segregation(book.read(separation).json, file: separation)
        var part = Part()
        part.migrations = [InboundTable.migration, ReceiptTable.migration]
        part.projections = [InboundTable.projection, CheckTable.projection, ReceiptTable.projection]
        part.commands = [
            AnnounceArrival.command, ReceiveGoods(plans: sampling).command, CorrectReceipt(plans: sampling).command,
            CloseArrival.command, DecideCheck.command,
            StoreGoods(segregation: segregation).command, RelocateGoods(segregation: segregation).command,
        ]
        part.routes =
            ReceiveRoutes().routes + CheckRoutes().routes + PutawayRoutes(segregation: segregation).routes
        part.doors = [
            Door(
                "/fulfilment/receive", Words("입고", "Receive goods"),
                Words("들어온 물건을 확인하고 검사해 제자리에 둡니다.", "Take goods in, check them and put them away."),
                roles: GoodsAsk.readers)
        ]
        part.names = ["fulfilment-inbound": { try GoodsNames.inbounds($0.tenant, $1) }]
        part.topics = [("fulfilment.inbound.", "fulfilment-inbound"), ("fulfilment.check.", "fulfilment-inbound")]
        return part
    }
}
