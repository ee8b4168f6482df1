import District
import Web

extension Part {
    /// Inbound: from the announcement of a delivery until its goods lie where they belong.
    static func inbound(_ book: Handbook) throws(HandbookError) -> Part {
        let (plans, separation) = ("inbound-sampling.json", "inbound-segregation.json")
        let sampling = try SamplingPlans(book.read(plans).json, file: plans)
        let segregation = try Segregation(book.read(separation).json, file: separation)
        var part = Part()
        part.migrations = [InboundTable.migration]
        part.projections = [InboundTable.projection, CheckTable.projection]
        part.commands = [
            AnnounceArrival.command, ReceiveGoods(plans: sampling).command, CloseArrival.command, DecideCheck.command,
            StoreGoods(segregation: segregation).command, RelocateGoods(segregation: segregation).command,
        ]
        part.topics = [("fulfilment.inbound.", "fulfilment-inbound"), ("fulfilment.check.", "fulfilment-inbound")]
        return part
    }
}
