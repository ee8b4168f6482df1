import Access
import District
import Record
import ServiceLifecycle
import Store
import Web

/// Looks forward once a day at each centre, and keeps what it proposes in step with stock. Where its use of AI does not
/// stand, only the reorder points that people set speak.
struct DemandForecaster: Service {
    let spine: Spine
    /// Days from an order to its goods, where nobody says otherwise.
    var lead = 3

    /// As many items as one event carries.
    private static let chunk = 400
    private static let rule = Author.system("fulfilment.demand")

    func run() async throws {
        await beat(every: .seconds(600), in: spine.district, failing: "coming demand could not be looked at") {
            try await look()
        }
    }

    /// One look at every centre that had none today.
    func look() async throws {
        let today = KoreanDay(spine.district.clock())
        let house = try Caller.system("fulfilment.demand").tenant
        let centres = try await spine.district.store.read { reader in
            try CentreTable.all(for: house, in: reader).filter {
                try !DemandTable.isTold(of: $0.terms.centre, on: Int(today.number), for: house, in: reader)
            }
        }
        for centre in centres { try await look(at: centre, on: today) }
    }

    private func look(at centre: CentreTable.Centre, on today: KoreanDay) async throws {
        guard let owner = centre.owner else { return }
        let (id, lead) = (centre.terms.centre, lead)
        let mayForecast = try await spine.district.standing(of: DemandUse.use) == .runs
        let (known, open) = try await spine.district.store.read { reader in
            (
                try DemandKnown.items(in: id, on: today, lead: lead, for: owner, in: reader),
                try DemandTable.proposals(at: id, for: owner, in: reader)
            )
        }
        let seen = DemandLook.look(known, on: today, mayForecast: mayForecast)
        guard !seen.isEmpty else { return }
        var told: [Draft] = []
        for start in stride(from: 0, to: seen.count, by: Self.chunk) {
            let part = seen[start..<min(start + Self.chunk, seen.count)]
            told.append(
                Draft(
                    DemandTable.forecast, stream: "demand/\(id)", scope: centre.scope,
                    payload: [
                        "centre": .string(id), "day": .decimal(today.number),
                        "items": .array(part.map(DemandLook.json)),
                    ]))
        }
        let (lapsed, new) = Self.proposals(seen, open, centre.scope, id, at: spine.district.clock())
        // What the model says is its act; what a reorder point says, and that an old proposal lapses, is the house's.
        let model = mayForecast ? Author.model(DemandUse.use.id) : Self.rule
        try await spine.district.record(told, origin: Origin(author: model))
        let byModel = new.filter { $0.isModel }.map { $0.draft }
        if !byModel.isEmpty { try await spine.district.record(byModel, origin: Origin(author: model)) }
        let byRule = lapsed + new.filter { !$0.isModel }.map { $0.draft }
        if !byRule.isEmpty { try await spine.district.record(byRule, origin: Origin(author: Self.rule)) }
    }

    /// Which open proposals lapse, and what is proposed anew: an open one that still says the same stays as it is.
    static func proposals(
        _ seen: [DemandLook.Seen], _ open: [DemandTable.Proposal], _ scope: Scope, _ centre: String, at now: Timestamp
    ) -> (lapsed: [Draft], new: [(isModel: Bool, draft: Draft)]) {
        let standing = Dictionary(open.map { ($0.item, $0) }, uniquingKeysWith: { first, _ in first })
        var (lapsed, new): ([Draft], [(isModel: Bool, draft: Draft)]) = ([], [])
        for one in seen {
            let proposal = one.proposal
            let before = standing[one.item]
            if let before, before.quantity == proposal.quantity { continue }
            if let before {
                lapsed.append(
                    Draft(
                        DemandTable.lapsed, stream: "replenishment/\(before.id)", scope: scope,
                        payload: ["proposal": .string(before.id), "centre": .string(centre)]))
            }
            guard proposal.quantity > 0 else { continue }
            let id = "\(Identifier(at: now))"
            var payload: [String: JSON] = [
                "proposal": .string(id), "centre": .string(centre), "item": .string(proposal.item),
                "quantity": .decimal(proposal.quantity),
                "reasons": .array(proposal.reasons.map { ["ko": .string($0.ko), "en": .string($0.en)] }),
            ]
            if let orderBy = proposal.orderBy { payload["order_by"] = .number(Double(orderBy)) }
            new.append(
                (
                    one.forecast.forecast != nil,
                    Draft(DemandTable.proposed, stream: "replenishment/\(id)", scope: scope, payload: payload)
                ))
        }
        return (lapsed, new)
    }
}
