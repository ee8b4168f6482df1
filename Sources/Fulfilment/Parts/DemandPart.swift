import District
import Record
import Web

extension Part {
    /// Coming demand and what to order for it.
    static func demand() -> Part {
        var part = Part()
        part.migrations = [DemandTable.migration]
        part.projections = [DemandTable.projection]
        part.commands = [DecideProposal.accept, DecideProposal.decline]
        part.aiUses = [DemandUse.use]
        part.routes = DemandRoutes().routes
        part.topics = [
            ("fulfilment.demand.", "fulfilment-demand"), ("fulfilment.replenishment.", "fulfilment-demand"),
        ]
        part.doors = [
            Door(
                "/fulfilment/demand", Words("수요 예측과 보충", "Demand and replenishment"),
                Words(
                    "앞으로 필요한 양과 주문 제안을 봅니다.", "What will be needed, and what is proposed to be ordered."),
                roles: GoodsAsk.readers)
        ]
        part.services = { [DemandForecaster(spine: $0)] }
        part.sample = { spine, seed in try await DemandSample.found(spine, seed: seed) }
        return part
    }
}
