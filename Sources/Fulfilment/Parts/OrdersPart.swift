import Access
import District
import Record
import Store
import Web

extension Part {
    /// Orders: taken, promised, and kept to their promise.
    static func orders(_ book: Handbook) throws(HandbookError) -> Part {
        let (terms, fees) = (try ReturnTerms(book), try ChannelFees(book))
        var part = Part()
        part.migrations = [
            CentreTable.migration, TourTable.migration, ParcelTable.migration, OrderTable.migration,
            OrderTable.indices, OrderTable.clients, CostTable.migration,
        ]
        // Orders are told how far they are by their picks: those come first.
        part.projections = [
            CentreTable.projection, TourTable.projection, ParcelTable.projection, OrderTable.projection,
            CostTable.projection,
        ]
        part.commands =
            [SetCentre.command, PlaceOrder.command, PlaceOrder.shopCommand, SetCosts.command] + ChangeOrder.all
        part.reactions = PromiseReactions.all
        part.services = { [PromiseKeeper(district: $0.district)] }
        part.answers = [WhereOrder.inquiry]
        part.sample = { spine, _ in try await OrderSample(district: spine.district).found() }
        part.names = [
            "fulfilment-order": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try OrderTable.page(
                    in: nil, states: [.placed, .released, .picked, .packed, .shipped], order: "placed DESC",
                    limit: 200, for: tenant, in: reader
                ).rows.map { Named($0.id, [$0.number, $0.reference]) }
            }
        ]
        part.routes = FindOrderRoutes().routes + ShopRoutes(terms: terms).routes
        part.routes += OrderRoutes(terms: terms).routes + WallRoutes().routes + OwnerRoutes(fees: fees).routes
        part.doors = [
            Door(
                "/fulfilment/orders", Words("주문", "Orders"),
                Words("주문마다 약속한 때와 바뀐 사유를 봅니다.", "What was promised of each order, and why it was moved."),
                roles: OrderRoutes.readers),
            Door(
                "/fulfilment/wall", Words("현장 현황", "Shift wall"),
                Words("위험한 약속과 사유, 일이 쌓인 곳을 봅니다.", "Promises at risk and why, and where work piles up."),
                roles: WallRoutes.roles),
            Door(
                "/fulfilment/owner", Words("센터 살림", "The centre's figures"),
                Words("재고 금액과 완전 주문율, 정산을 봅니다.", "Stock value, perfect orders, settlement."),
                roles: OwnerRoutes.roles),
            Door(
                "/shop", Words("온라인 매장", "Shop"),
                Words("지금 받을 수 있는 상품을 주문합니다.", "Order what can be promised now."), roles: nil),
        ]
        part.topics = [("fulfilment.order.", "fulfilment-orders"), ("fulfilment.tour.", "fulfilment-orders")]
        return part
    }
}
