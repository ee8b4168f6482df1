import Access
import District
import Record
import ServiceLifecycle
import Store

/// Looks after promises that time alone breaks: goods past their date, goods too old by the time they arrive, deliveries
/// that are late. A rule; nothing is guessed.
struct PromiseKeeper: Service {
    let district: District

    private static let author = Author.system("fulfilment.promises")

    func run() async throws {
        await beat(every: .seconds(300)) { await keep() }
    }

    /// One round over all centres; what fails in one of them leaves the others alone.
    func keep() async {
        do {
            let zone = try Caller.system("fulfilment.promises").tenant
            for centre in try await district.store.read({ try CentreTable.all(for: zone, in: $0) }) {
                do {
                    try await age(centre)
                    try await wait(centre)
                } catch {
                    district.report("promises of \(centre.terms.centre) could not be looked after", error)
                }
            }
        } catch {
            district.report("promises could not be looked after", error)
        }
    }

    /// A lot at a time, so that orders are taken in between.
    private func age(_ centre: CentreTable.Centre) async throws {
        guard let owner = centre.owner else { return }
        let rule = ShelfLife(centre: centre, owner: owner, now: district.clock())
        for lot in try await district.store.read({ try rule.due($0) }) {
            try await record { try rule.drafts(lot, $0) }
        }
    }

    private func wait(_ centre: CentreTable.Centre) async throws {
        guard let owner = centre.owner else { return }
        let rule = WaitingAgain(terms: centre.terms, owner: owner, now: district.clock())
        let items = try await district.store.read { reader in
            let awaited = try OrderTable.itemsAwaited(in: centre.terms.centre, for: owner, in: reader)
            return try awaited.filter { try !rule.drafts([$0], reader).isEmpty }
        }
        for item in items { try await record { try rule.drafts([item], $0) } }
    }

    private func record(_ drafts: @escaping @Sendable (any Reader) throws -> [Draft]) async throws {
        try await district.transact { transaction in
            let drafts = try drafts(transaction.writer)
            guard !drafts.isEmpty else { return }
            try transaction.record(drafts, origin: Origin(author: Self.author))
        }
    }
}
