import Record

/// What is to be ordered of an item and by when, with its reasons; a person accepts it or not.
struct Replenishment: Sendable, Hashable {
    let item: String
    /// How much, in the item's unit; zero where nothing is needed within the days looked at.
    let quantity: Int64
    /// By which day it has to be ordered at the latest (days since 1970-01-01 in Korea); nil where nothing is needed.
    let orderBy: Int?
    /// Why, one reason a sentence.
    let reasons: [Words]

    /// What is known beside the forecast.
    struct Supply: Sendable, Hashable {
        /// What may still be promised, in the item's unit.
        var available: Int64
        /// What is on its way: the day on which it comes, and how much.
        var inbound: [Inbound] = []
        /// Days from the order until it can be promised.
        var lead: Int
        /// Days between two looks: an order has to last until the next one has come.
        var review = 7
        /// How often demand may be met in full until then: 0.5 to 0.999.
        var service = 0.95
        /// What a supplier sells at least, and in what multiples.
        var least: Int64 = 1
        var multiple: Int64 = 1

        struct Inbound: Sendable, Hashable {
            var day: Int
            var quantity: Int64
        }
    }

    /// What is ordered by a forecast: as soon as what is there and comes would not last until an order comes, as much as lasts
    /// until the next order after it has come.
    /// - Parameter today: the first day of the forecast.
    static func proposal(_ forecast: Forecast, _ supply: Supply) -> Replenishment {
        let (lead, review) = (max(0, supply.lead), max(1, supply.review))
        let service = min(max(supply.service, 0.5), 0.999)
        let today = forecast.first
        /// What is there at the end of a day, if nobody orders, before demand.
        func stock(until days: Int) -> Int64 {
            supply.available + supply.inbound.filter { $0.day < today + days }.reduce(0) { $0 + $1.quantity }
        }
        for wait in 0..<review {
            // Ordered then, it comes after `days`; until the look after it, nothing else does.
            let days = wait + lead + 1
            let needed = forecast.quantile(service, over: days)
            guard Double(stock(until: days)) < needed else { continue }
            let whole = days + review
            let target = forecast.quantile(service, over: whole)
            let missing = max(0, target - Double(stock(until: whole)))
            let quantity = rounded(missing, supply)
            guard quantity > 0 else { continue }
            return Replenishment(
                item: forecast.item, quantity: quantity, orderBy: today + wait,
                reasons: reasons(forecast, supply, days: days, whole: whole, quantity, service))
        }
        let days = review + lead
        return Replenishment(
            item: forecast.item, quantity: 0, orderBy: nil,
            reasons: [
                Words(
                    "가용 재고 \(supply.available)개와 입고 예정 \(stock(until: days) - supply.available)개로 \(days)일을 "
                        + "\(percent(service)) 확률로 넘깁니다.",
                    "\(supply.available) available and \(stock(until: days) - supply.available) on their way last \(days) days "
                        + "in \(percent(service)) of cases.")
            ])
    }

    /// What is ordered where no forecast can be made: by the numbers that somebody set, or nothing.
    static func proposal(
        _ item: String, tooLittle why: Words, reorder: Item.Reorder?, today: Int, _ supply: Supply
    ) -> Replenishment {
        let coming = supply.inbound.reduce(0) { $0 + $1.quantity }
        guard let reorder else {
            return Replenishment(
                item: item, quantity: 0, orderBy: nil,
                reasons: [
                    why,
                    Words(
                        "재주문점이 정해져 있지 않아 제안하지 않습니다. 사람이 판단해 주십시오.",
                        "No reorder point is set, so nothing is proposed; please decide yourself."),
                ])
        }
        let isLow = supply.available + coming <= reorder.point
        return Replenishment(
            item: item, quantity: isLow ? rounded(Double(reorder.quantity), supply) : 0, orderBy: isLow ? today : nil,
            reasons: [
                why,
                Words(
                    "정해진 재주문점 \(reorder.point)개 기준: 가용 \(supply.available)개, 입고 예정 \(coming)개.",
                    "By the reorder point of \(reorder.point) that was set: \(supply.available) available, \(coming) on "
                        + "their way."),
            ])
    }

    /// As much as a supplier sells: at least so much, in whole multiples.
    private static func rounded(_ missing: Double, _ supply: Supply) -> Int64 {
        guard missing > 0, missing < 1e15 else { return 0 }
        let multiple = max(1, supply.multiple)
        let wanted = max(Int64(missing.rounded(.up)), supply.least)
        return (wanted + multiple - 1) / multiple * multiple
    }

    private static func percent(_ share: Double) -> String { "\(Int((share * 1000).rounded()) / 10)%" }

    private static func reasons(
        _ forecast: Forecast, _ supply: Supply, days: Int, whole: Int, _ quantity: Int64, _ service: Double
    ) -> [Words] {
        let coming = supply.inbound.filter { $0.day < forecast.first + whole }.reduce(0) { $0 + $1.quantity }
        let (mean, high) = (forecast.mean(over: whole), forecast.quantile(service, over: whole))
        func count(_ value: Double) -> String { "\(Int(value.rounded(.up)))" }
        var reasons = [
            Words(
                "앞으로 \(whole)일(조달 \(supply.lead)일 포함) 예상 수요 \(count(mean))개, \(percent(service)) 확률의 상한 \(count(high))개.",
                "Over the next \(whole) days (\(supply.lead) of them until goods come) \(count(mean)) are expected, and in "
                    + "\(percent(service)) of cases at most \(count(high))."),
            Words(
                "가용 재고 \(supply.available)개, 입고 예정 \(coming)개: 조달 중에 모자랄 수 있습니다.",
                "\(supply.available) are available and \(coming) on their way: they may not last until an order comes."),
            Words(
                "방법 \(forecast.method.name), 지난 \(forecast.score.trials)번의 예측으로 골랐습니다\(forecast.score.mase.map { " (MASE \(Int($0 * 100)) %)" } ?? "").",
                "Method \(forecast.method.name), chosen by \(forecast.score.trials) forecasts of earlier days"
                    + "\(forecast.score.mase.map { " (MASE \(Int($0 * 100)) %)" } ?? "")."),
        ]
        if supply.multiple > 1 || supply.least > 1 {
            reasons.append(
                Words(
                    "주문 단위 \(supply.multiple)개, 최소 \(supply.least)개로 올려 \(quantity)개.",
                    "Rounded up to \(quantity): multiples of \(supply.multiple), at least \(supply.least)."))
        }
        return reasons
    }
}
