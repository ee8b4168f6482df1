/// Sums of money in won, that never overflow: what is more than there is of money stays the largest sum there is.
enum Won {
    /// More than anybody orders, in won: 10¹³.
    static let most: Int64 = 10_000_000_000_000

    /// So many pieces at so much each.
    static func of(_ price: Int64, _ quantity: Int64) -> Int64 {
        let (product, isOver) = price.multipliedReportingOverflow(by: quantity)
        return isOver ? ((price < 0) == (quantity < 0) ? .max : .min) : product
    }

    static func sum(_ sums: some Sequence<Int64>) -> Int64 {
        sums.reduce(0) { sum, next in
            let (total, isOver) = sum.addingReportingOverflow(next)
            return isOver ? (next < 0 ? .min : .max) : total
        }
    }
}
