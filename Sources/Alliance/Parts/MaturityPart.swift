import Access
import District
import Record
import Web

extension Part {
    /// Smart-factory maturity: assessed by the firm itself, led to a next step, assessed again.
    static func maturity(_ book: Handbook) throws(HandbookError) -> Part {
        let items = try MaturityItems(book)
        var part = Part()
        part.migrations = [MaturityTable.migration]
        part.projections = [MaturityTable.projection]
        part.commands = AssessMaturity(items: items).commands + [VerifyMaturity(items: items).command]
        part.answers = MaturityAnswers(items: items).all
        part.routes = MaturityRoutes(items: items, offers: .room).routes
        part.names = [
            "maturity-assessment": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try MaturityTable.list(for: tenant, in: reader).map { found in
                    let day = KoreanDay(found.submitted ?? found.started)
                    return Named(found.id, ["\(day) 진단"], label: Words("\(day) 진단", "Assessment of \(day)"))
                }
            },
            "maturity-item": { _, _ in items.items.map { Named($0.id, [$0.words.ko, $0.words.en], label: $0.words) } },
        ]
        part.doors = [
            Door(
                "/alliance/maturity", Words("스마트공장 수준 진단", "Smart-factory maturity"),
                Words("20분 자가진단으로 지금 수준과 다음 할 일을 압니다.", "Twenty minutes to know where you stand and what comes next."),
                roles: MaturityRoutes.readers)
        ]
        part.topics = [("alliance.maturity.", "alliance-maturity")]
        part.sample = { spine, seed in try await MaturitySample(items: items).found(spine, seed: seed) }
        return part
    }
}
