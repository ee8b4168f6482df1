import Access
import District
import Record
import Store
import Web

/// What will be asked for, how good earlier looks were, and what is proposed to be ordered.
struct DemandRoutes {
    var routes: [Web.Route] { [.get("/fulfilment/demand", .roles(GoodsAsk.readers)) { try await page($0) }] }

    /// What the page is made of.
    private struct Found: Sendable {
        var proposals: [DemandTable.Proposal] = []
        var told: [DemandTable.Told] = []
        var outcomes: [DemandAccuracyView.Outcome] = []
        var names: [String: Item] = [:]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let today = Int(KoreanDay(visit.now).number)
        let found = try await visit.spine.district.store.read { reader in
            var found = Found()
            found.proposals = try DemandTable.proposals(for: tenant, in: reader)
            for centre in try CentreTable.all(for: tenant, in: reader) {
                let id = centre.terms.centre
                found.told += try DemandTable.told(in: id, for: tenant, in: reader)
                found.outcomes += try DemandTable.outcomes(in: id, before: today, for: tenant, in: reader)
                    .compactMap { told, came in told.range.map { .init(range: $0, came: came) } }
            }
            found.names = try ItemTable.byCode(
                Set(found.proposals.map(\.item) + found.told.map(\.item)), for: tenant, in: reader)
            return found
        }
        let standing = try await visit.spine.district.standing(of: DemandUse.use)
        let mayDecide = !visit.caller.roles.isDisjoint(with: GoodsAsk.leads)
        var context: [String: JSON] = [
            "proposals": .array(found.proposals.map { row($0, found.names, visit, mayDecide: mayDecide) }),
            "items": .array(found.told.map { row($0, found.names, visit) }),
            "accuracy": .string(DemandAccuracyView.words(found.outcomes, visit)),
            "notice": .string(DemandUse.use.purpose[visit.language]),
        ]
        if standing != .runs { context["stands_not"] = .string(standing.words[visit.language]) }
        return .page("demand", title: visit.word("demand_title"), .object(context), live: true)
    }

    private func row(
        _ proposal: DemandTable.Proposal, _ names: [String: Item], _ visit: Visit, mayDecide: Bool
    ) -> JSON {
        var members: [String: JSON] = [
            "item": .string(names[proposal.item]?.name ?? proposal.item), "code": .string(proposal.item),
            "quantity": .string(Show.count(proposal.quantity)),
            "by": .string(
                visit.word(proposal.isModel ? "demand_by_model" : "demand_by_point")),
            "reasons": .array(proposal.reasons.map { .string($0[visit.language]) }),
            "trace_href": .string("/trace/\(proposal.event)"),
        ]
        if let day = proposal.orderBy { members["order_by"] = .string(day.description) }
        if mayDecide {
            let id = Table.encoded(proposal.id)
            for (key, verb) in [("accept_href", "accept"), ("decline_href", "decline")] {
                members[key] = .string(
                    "/do/fulfilment.replenishment.\(verb)?proposal=\(id)&next=/fulfilment/demand")
            }
        }
        return .object(members)
    }

    private func row(_ told: DemandTable.Told, _ names: [String: Item], _ visit: Visit) -> JSON {
        var members: [String: JSON] = [
            "item": .string(names[told.item]?.name ?? told.item), "code": .string(told.item),
        ]
        guard let range = told.range else {
            members["little"] = .string(visit.word("demand_little"))
            return .object(members)
        }
        members["mean"] = .string(Show.number(range.mean.rounded()))
        members["range"] = .string("\(Show.number(range.low.rounded())) – \(Show.number(range.high.rounded()))")
        members["method"] = .string(visit.word("demand_method_\((told.method ?? "").replacing("-", with: "_"))"))
        members["mase"] = .string(told.mase.map { Show.number(($0 * 100).rounded() / 100) } ?? "–")
        members["coverage"] = .string(told.coverage.map { "\(Int(($0 * 100).rounded())) %" } ?? "–")
        return .object(members)
    }
}
