import Access
import District
import Record
import Store

/// Questions about introductions that are answered at once.
enum IntroductionAnswers {
    /// “Whom were we introduced to?”
    static let mine = Inquiry(
        "alliance.introductions.mine", title: Words("상담회에서 연결된 공급기업", "Firms we were introduced to"),
        help: Words("상담회에서 소개된 기업과 답할 것, 다시 살펴볼 것을 알려 드립니다.", "Says whom the firm was introduced to, and what waits."),
        permission: .roles([.executive, .zoneOfficer]).orToken("read")
    ) { ask, spine in
        let (tenant, today) = (try ask.tenant, KoreanDay(ask.now))
        let (page, names, waiting, overdue) = try await spine.district.store.read { reader in
            let page = try IntroductionTable.page(.all, on: today, limit: 100, offset: 0, for: tenant, in: reader)
            return (
                page, try IntroductionTable.names(of: page.rows, in: reader),
                try IntroductionTable.count(.waiting, on: today, for: tenant, in: reader),
                try IntroductionTable.count(.overdue, on: today, for: tenant, in: reader)
            )
        }
        let going = page.rows.filter { !$0.isEnded }
        guard !going.isEmpty else {
            return Words("지금 진행 중인 소개가 없습니다.", "No introduction is going on now.")
        }
        var others: [String] = []
        for one in going {
            let other = tenant.firm == one.supplier ? one.firm : one.supplier
            let name = names[other] ?? other.rawValue
            if !others.contains(name) { others.append(name) }
        }
        let told = others.prefix(5).joined(separator: ", ")
        let more =
            others.count > 5 ? (ko: " 등 \(others.count)곳", en: " and \(others.count - 5) more") : (ko: "", en: "")
        return Words(
            "소개된 기업은 \(told)\(more.ko)입니다. 답을 기다리는 소개 \(waiting)건, 다시 살펴볼 날이 지난 소개 \(overdue)건입니다.",
            "You were introduced to \(told)\(more.en). \(waiting) wait for an answer; \(overdue) are overdue for a look."
        )
    }
}
