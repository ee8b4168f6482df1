import District
import Record

/// Why stock does not do what is asked of it.
enum StockRefusal {
    static func tooLittle(_ item: String, at location: String) -> Refusal {
        Refusal(
            .conflict, "stock.too-little",
            Words(
                "\(location)에 \(item) 재고가 그만큼 없습니다.", "There is not as much of \(item) at \(location)."))
    }

    static func promised(_ item: String, lot: String) -> Refusal {
        Refusal(
            .conflict, "stock.promised",
            Words(
                "\(item) \(lot) 재고는 주문에 약속되어 있습니다. 약속을 먼저 옮겨 주세요.",
                "\(item) \(lot) is promised to orders. Please move those promises first."))
    }

    static func held(_ item: String, lot: String) -> Refusal {
        Refusal(
            .conflict, "stock.held",
            Words(
                "\(item) \(lot) 로트는 격리 중입니다. 격리를 풀기 전에는 정상 재고로 올릴 수 없습니다.",
                "\(item) \(lot) is kept back: none of it becomes good stock before it is let go."))
    }

    static func sold(_ item: String) -> Refusal {
        Refusal(
            .conflict, "stock.sold",
            Words("\(item) 재고가 방금 다른 주문에 약속되었습니다.", "\(item) was promised to another order just now."))
    }

    static func unpromised(_ order: String) -> Refusal {
        Refusal(
            .conflict, "stock.unpromised",
            Words("\(order)에 약속된 재고가 아닙니다.", "This stock is not promised to \(order)."))
    }
}
