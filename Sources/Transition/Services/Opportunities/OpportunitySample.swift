import District
import Record
import Store

/// What the sample district has taken up, and which region it is: once.
struct OpportunitySample: Sendable {
    private let json: JSON
    private let shelf: CaseShelf
    private static let file = "sample-opportunities.json"

    /// - Throws: ``HandbookError`` where the file names a case that there is not.
    init(_ book: Handbook, _ shelf: CaseShelf) throws(HandbookError) {
        json = try book.read(Self.file).json
        self.shelf = shelf
        for one in json["opportunities"]?.elements ?? [] {
            for link in one["cases"]?.elements ?? [] {
                guard let id = link["case"]?.text, shelf.library.cases.contains(where: { $0.id == id }) else {
                    throw HandbookError(
                        file: Self.file, place: one["id"]?.text ?? "", rule: "names a case that there is not")
                }
            }
        }
    }

    /// Founds it where there is nothing yet.
    func found(_ spine: Spine) async throws {
        let isNew = try await spine.district.store.read { try CaseTable.home(in: $0) == nil }
        guard isNew else { return }
        var drafts = [
            Draft(
                CaseTable.chosen, stream: "economy/\(EconomySample.economy)", scope: .everyone,
                payload: ["economy": .string(EconomySample.economy), "region": json["home"] ?? ""])
        ]
        for one in json["opportunities"]?.elements ?? [] {
            let id = one["id"]?.text ?? ""
            drafts.append(
                Draft(
                    OpportunityOpened.type, stream: "opportunity/\(id)", scope: .everyone,
                    payload: [
                        "opportunity": .string(id), "title": one["title"] ?? "",
                        "economy": .string(EconomySample.economy), "region": one["region"] ?? "",
                        "industry": one["industry"] ?? "", "basis": .string(Opportunity.Basis.judgement.rawValue),
                        "why": one["why"] ?? "",
                    ]))
            for link in one["cases"]?.elements ?? [] {
                guard let body = shelf.library.cases.first(where: { $0.id == link["case"]?.text }) else { continue }
                drafts.append(
                    Draft(
                        CaseLinked.type, stream: "opportunity/\(id)", scope: .everyone,
                        payload: [
                            "opportunity": .string(id), "case": .string(body.id), "title": body.name.json,
                            "level": .decimal(Int64(body.level)), "carries": link["carries"] ?? "",
                        ]))
            }
        }
        let all = drafts
        _ = try await spine.district.transact { transaction in
            try transaction.record(all, origin: Origin(author: .system("transition.sample")))
        }
    }
}
