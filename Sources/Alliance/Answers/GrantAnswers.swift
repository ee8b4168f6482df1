import Access
import District
import Record
import Store

/// What a firm's people ask of programmes, by voice and text.
enum GrantAnswers {
    /// As many as are said one after the other.
    private static let told = 3

    /// “Which programmes can we apply to?”
    static let open = Inquiry(
        "alliance.grant.open-now", title: Words("열려 있는 지원사업 공고", "Grant programmes open now"),
        help: Words(
            "지금 우리 기업이 신청할 수 있는 지원사업과 마감일을 알려 드립니다.", "Says which programmes the firm may apply to now, and until when."
        ),
        permission: .roles(GrowthAsk.readers.union(GrowthAsk.zone)).orToken("read")
    ) { ask, spine in
        let (tenant, today) = (try ask.tenant, KoreanDay(ask.now))
        let open = try await spine.district.store.read { reader in
            let people = try tenant.firm.flatMap { try Directory.firm($0, for: tenant, in: reader)?.headcount }
            return try GrantTable.programmes(in: reader).filter { programme in
                let hindrance = programme.hindrance(headcount: people, on: today)
                // The zone has no size of its own: it hears of all that are open.
                return hindrance == nil || (tenant.firm == nil && hindrance == .unknownSize)
            }.sorted { $0.closes < $1.closes }
        }
        guard !open.isEmpty else { return Words("지금 신청할 수 있는 지원사업이 없습니다.", "No programme can be applied to now.") }
        let first = open.prefix(told)
        let ko = first.map { "\($0.title.ko), \($0.closes)까지" }.joined(separator: ". ")
        let en = first.map { "\($0.title.en), until \($0.closes)" }.joined(separator: ". ")
        return Words("신청할 수 있는 지원사업은 \(open.count)가지입니다. \(ko).", "\(open.count) programmes are open. \(en).")
    }
}
