import Access
import District
import Record
import Store

/// The events of investment, and what their commands ask in the same way.
enum InvestmentEvents {
    static let opened = "alliance.investment.opened"
    static let moved = "alliance.investment.moved"
    static let promised = "alliance.investment.promised"
    static let paid = "alliance.investment.paid"
    static let raised = "alliance.investment.obstacle-raised"
    static let decided = "alliance.investment.obstacle-decided"
    static let counted = "alliance.investment.jobs-counted"
    static let all = [opened, moved, promised, paid, raised, decided, counted]
}

/// What the commands about investment ask in the same way.
enum InvestmentAsk {
    static let found = Field("case", Words("투자 건", "Case"), .reference(kind: "investment-case", source: nil))
    static let reason = Field("reason", Words("사유", "Reason"), .text(maximum: 300))

    static func permission(_ name: String) -> Permission { .roles(GrowthAsk.zone).orToken("command:\(name)") }

    static func found(_ ask: Ask, _ tables: any Reader) throws -> InvestmentCase {
        guard let found = try InvestmentTable.find(ask.values.text("case"), for: ask.tenant, in: tables) else {
            throw GrowthAsk.fault(
                "case", "investment.case", Words("그런 투자 건이 없습니다.", "There is no such case."), kind: .notFound)
        }
        return found
    }
}
