import Access
import District
import Record
import Store

/// What people ask of cases and opportunities, by voice and text.
struct CaseAnswers {
    let shelf: CaseShelf

    private static let permission = Permission.signedIn.orToken("read")
    /// As many as are said one after the other.
    private static let told = 3

    /// “Tell me about the case of Odense.”
    var tell: Inquiry {
        Inquiry(
            "transition.case.tell", title: Words("도시의 전환 사례", "A city's case"),
            help: Words(
                "사례의 주요 성과와 근거 수준을 알려 드립니다.", "Says what came of a case, and how sure that is."),
            fields: [Field("case", Words("사례", "Case"), .reference(kind: "city-case", source: nil))],
            permission: Self.permission
        ) { [shelf] ask, spine in
            let id = ask.values.text("case")
            let found = try await spine.district.store.read { try shelf.find(id, in: $0) }
            guard let body = found else { throw CaseShelf.unknown }
            func outcomes(_ language: Language) -> String {
                body.outcomes.filter { $0.value != nil }.prefix(Self.told).map { outcome in
                    let year = outcome.year.map { " (\($0))" } ?? ""
                    return
                        "\(outcome.metric[language]) \(EconomyView.count(outcome.value ?? 0)) \(outcome.unit[language])\(year)"
                }.joined(separator: ", ")
            }
            return Words(
                "\(body.city.ko), \(body.title.ko). \(outcomes(.ko)). 근거 수준은 \(CityCase.meaning(of: body.level).ko)입니다.",
                "\(body.city.en), \(body.title.en). \(outcomes(.en)). \(CityCase.meaning(of: body.level).en).")
        }
    }

    /// “Which opportunities are being pursued?”
    var now: Inquiry {
        Inquiry(
            "transition.opportunities.now", title: Words("추진 중인 기회", "Opportunities being pursued"),
            help: Words("지구가 채택해 추진하는 산업 기회를 알려 드립니다.", "Says which industries the district means to grow into."),
            permission: Self.permission
        ) { ask, spine in
            let tenant = try ask.tenant
            let open = try await spine.district.store.read {
                try OpportunityTable.list(for: tenant, in: $0).filter { $0.closed == nil }
            }
            guard !open.isEmpty else {
                return Words("채택한 기회가 아직 없습니다.", "No opportunity has been taken up yet.")
            }
            let said = open.prefix(Self.told)
            return Words(
                "추진 중인 기회는 \(open.count)건입니다. \(said.map { "\($0.region) \($0.title.ko)" }.joined(separator: ", ")).",
                "\(open.count) are being pursued: \(said.map { "\($0.title.en) (\($0.region))" }.joined(separator: ", "))."
            )
        }
    }
}
