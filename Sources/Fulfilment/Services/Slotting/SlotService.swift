import Access
import District
import Record
import ServiceLifecycle
import Store

/// Looks once a day at which goods would better be picked from elsewhere. All is read at once and worked out beside the store.
struct SlotService: Service {
    let district: District
    let terms: SlotTerms
    let segregation: Segregation

    func run() async throws {
        await beat(every: .seconds(900), in: district, failing: "advice on pick places could not be worked out") {
            try await look()
        }
    }

    /// One look at every centre that had none today.
    func look() async throws {
        let house = try Caller.system("fulfilment.slotting").tenant
        let now = district.clock()
        for centre in try await district.store.read({ try CentreTable.all(for: house, in: $0) }) {
            guard let owner = centre.owner else { continue }
            let (id, terms, segregation) = (centre.terms.centre, terms, segregation)
            // What pickers have taken meanwhile needs no carrying any more.
            let over = try await district.store.read { reader in
                try SlotTable.list(.accepted, in: id, for: owner, in: reader).filter {
                    try !$0.isOpen(for: owner, in: reader)
                }
            }
            if !over.isEmpty {
                try await district.record(
                    over.map(SlotsDone.done), origin: Origin(author: .system("fulfilment.slotting")))
            }
            let known = try await district.store.read { reader -> SlotKnown? in
                if let last = try SlotTable.look(in: id, for: owner, in: reader), KoreanDay(last.at) == KoreanDay(now) {
                    return nil
                }
                return try SlotKnown.read(id, terms, segregation, at: now, for: owner, in: reader)
            }
            guard let known,
                let draft = SlotAdvice.draft(known, terms, centre: id, scope: centre.scope, at: now)
            else { continue }
            try await district.record([draft], origin: Origin(author: .system("fulfilment.slotting")))
        }
    }
}
