import Access
import District
import Record
import Store

/// What the zone's officers ask of investment, by voice and text.
enum InvestmentAnswers {
    /// As many as are said one after the other.
    private static let told = 3

    /// “Which obstacles are overdue?”
    static let overdue = Inquiry(
        "alliance.investment.overdue", title: Words("기한이 지난 규제 애로", "Obstacles overdue"),
        help: Words("결정 기한이 지난 규제 애로와 결정 기관을 알려 드립니다.", "Says which obstacles should have been decided, and by whom."),
        permission: .roles(GrowthAsk.zone).orToken("read")
    ) { ask, spine in
        let (tenant, today) = (try ask.tenant, KoreanDay(ask.now))
        let late = try await spine.district.store.read {
            try InvestmentTable.openObstacles(for: tenant, in: $0).filter { $0.isOverdue(on: today) }
        }
        guard !late.isEmpty else { return Words("기한이 지난 규제 애로가 없습니다.", "No obstacle is overdue.") }
        let ko = late.prefix(told).map { "\($0.what), \($0.decider), 기한 \($0.due)" }.joined(separator: ". ")
        let en = late.prefix(told).map { "\($0.what), \($0.decider), due \($0.due)" }.joined(separator: ". ")
        return Words("기한이 지난 규제 애로는 \(late.count)건입니다. \(ko).", "\(late.count) obstacles are overdue. \(en).")
    }
}
