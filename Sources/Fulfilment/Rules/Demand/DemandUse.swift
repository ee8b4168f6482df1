import District
import Record

/// The use of AI that tells coming demand and proposes what to order. A person orders, or does not.
enum DemandUse {
    static let use = AIUse(
        "fulfilment.demand",
        title: Words("수요 예측과 보충 제안", "Demand forecast and replenishment proposals"),
        purpose: Words(
            "상품마다 앞으로의 수요를 범위로 예측하고, 모자라기 전에 얼마를 언제까지 주문할지 제안합니다. 사람이 받아들여야 주문이 됩니다.",
            "Forecasts the demand of each item as a range, and proposes how much to order by when. It becomes an order only once a person accepts it."
        ),
        model:
            "slipway-demand/1: the best of smoothing, weekday and intermittent methods by rolling origin; conformal intervals",
        evidence: Words(
            "지난 주문 수량, 지금 재고와 입고 예정, 고른 방법과 지난 예측의 오차(MASE, 적중 범위)를 함께 보여 줍니다.",
            "Past orders, stock and what is on its way, the method chosen, and how far earlier forecasts were off (MASE, coverage)."
        ),
        override: Words(
            "제안을 거절하거나 수량을 바꾸어 받아들입니다. 언제든 끌 수 있으며, 끄면 정해 둔 재주문점만 알립니다.",
            "Decline it, or accept another quantity. It can be switched off at any time; then only reorder points speak."
        ),
        modelInKorean: "지난 예측 오차가 가장 작은 방법(평활·요일·간헐 수요)을 고르는 slipway-demand/1, 1판")
}
