import Access
import District
import Record
import Store
import Twin
import Web

/// What a firm looks for, what the Record proposes, and what the firm lets the house look at.
struct NeedRoutes {
    let lists: SolutionKinds
    let signs: NeedSigns
    let weights: MatchScore.Weights

    static let readers: Set<Role> = [.executive, .safetyManager, .zoneOfficer]

    var routes: [Web.Route] {
        [
            .get("/alliance/needs", .roles(Self.readers)) { try await list($0) },
            .get("/alliance/needs/{need}", .roles(Self.readers)) { try await one($0) },
        ]
    }

    /// What the Record proposes waits for the head of the firm.
    func home(_ visit: Visit) async throws -> [String: JSON] {
        guard visit.caller.roles.contains(.executive), let tenant = try? visit.caller.tenant, tenant.firm != nil else {
            return [:]
        }
        let waiting = try await visit.spine.district.store.read {
            try NeedTable.page([.proposed], limit: 1, offset: 0, for: tenant, in: $0).total
        }
        guard waiting > 0 else { return [:] }
        return [
            "tasks": [
                [
                    "href": "/alliance/needs", "text": .string(visit.word("firms_task_proposed")),
                    "count": .string(Show.count(waiting)), "kind": "info",
                    "state": .string(visit.word("firms_state_proposed")),
                ]
            ]
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, view) = (try visit.tenant, FirmView(visit: visit, lists: lists))
        let query = TableQuery(visit.query, columns: ["opened"], sortedBy: "opened", size: 25)
        let (proposed, page, given, names) = try await visit.spine.district.store.read { reader in
            let proposed = try NeedTable.page([.proposed], limit: 50, offset: 0, for: tenant, in: reader).rows
            let page = try NeedTable.page(
                [.open, .closed, .declined, .withdrawn], limit: query.size, offset: query.offset, for: tenant,
                in: reader)
            let given = try tenant.firm.map { try ConsentTable.given(by: $0, for: tenant, in: reader) } ?? [:]
            var names: [FirmID: String] = [:]
            for firm in Set(page.rows.map(\.firm)) {
                names[firm] = try Directory.firm(firm, for: tenant, in: reader)?.name
            }
            return (proposed, page, given, names)
        }
        let table = Table(
            "needs", caption: visit.word("firms_needs"), path: "/alliance/needs", query,
            columns: ["firms_need", "firms_firm", "firms_kinds", "firms_budget", "firms_deadline", "firms_state"].map {
                .init(nil, visit.word($0))
            },
            rows: page.rows.map { need in
                [
                    .init(need.title, href: "/alliance/needs/\(need.id)", isHead: true),
                    .init(names[need.firm] ?? need.firm.rawValue), .init(view.kinds(need.kinds)),
                    .init(view.money(need.budget)), .init(need.deadline?.description ?? "–"), badge(need.state, view),
                ]
            }, total: page.total, empty: visit.word("firms_no_needs"))
        var context: [String: JSON] = [
            "table": table.json, "proposed": .array(proposed.map { .object(view.need($0)) }),
        ]
        if !visit.caller.roles.isDisjoint(with: FirmAsk.keepers) {
            context["raise_href"] = .string("/do/\(RaiseNeed.name)?next=/alliance/needs")
        }
        if tenant.firm != nil { context["consents"] = consents(given, visit) }
        return .page("firms-needs", title: visit.word("firms_needs"), .object(context), live: true)
    }

    private func badge(_ state: FirmNeed.State, _ view: FirmView) -> Table.Cell {
        let badge = view.state(state)
        return .init(badge: badge["kind"]?.text ?? "info", badge["label"]?.text ?? "")
    }

    /// What the firm lets the house look at, source by source.
    private func consents(_ given: [NeedSigns.Source: Timestamp], _ visit: Visit) -> JSON {
        let may = visit.caller.roles.contains(.executive)
        let sources = NeedSigns.Source.allCases.compactMap { source -> JSON? in
            guard let rule = signs[source] else { return nil }
            let about =
                visit.language == .ko
                ? "\(rule.days)일 안에 \(rule.count)번 되풀이되면 제안합니다."
                : "Proposes a need when \(rule.count) come within \(rule.days) days."
            var members: [String: JSON] = [
                "name": .string(source.words[visit.language]), "about": .string(about),
                "state": given[source] == nil
                    ? Show.badge("off", visit.word("firms_consent_off"))
                    : Show.badge("ok", visit.word("firms_consent_on")),
            ]
            if let since = given[source] { members["since"] = Show.time(since, visit.language) }
            if may {
                let verb = given[source] == nil ? "give" : "withdraw"
                members["act"] = [
                    "href": .string("/do/alliance.consent.\(verb)?source=\(source.rawValue)&next=/alliance/needs"),
                    "label": .string(
                        visit.word(given[source] == nil ? "firms_consent_give" : "firms_consent_withdraw")),
                ]
            }
            return .object(members)
        }
        return ["sources": .array(sources)]
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id, weights) = (try visit.tenant, visit.parameters["need"] ?? "", weights)
        let now = visit.now
        let found = try await visit.spine.district.store.read {
            reader -> (FirmNeed, String, String?, AIStanding, [SupplierReasons])? in
            guard let need = try NeedTable.find(id, for: tenant, in: reader) else { return nil }
            let standing = try MatchingUse.use.standing(in: reader, at: now)
            let thing = need.evidence.flatMap { $0.thing.isEmpty ? nil : ThingID($0.thing) }
            return (
                need, try Directory.firm(need.firm, for: tenant, in: reader)?.name ?? need.firm.rawValue,
                try thing.flatMap { try Things.find($0, for: tenant, in: reader)?.name[visit.language] },
                standing,
                standing == .runs && need.state == .open
                    ? try OfferTable.suppliers(for: need, on: KoreanDay(now), limit: 3, weights: weights, in: reader)
                    : []
            )
        }
        guard let (need, firm, thing, standing, suppliers) = found else {
            throw Refusal(.notFound, "need.unknown", Words("그런 수요가 없습니다.", "There is no such need."))
        }
        try await visit.look(at: .firm(need.firm), "need/\(id)")
        let view = FirmView(visit: visit, lists: lists)
        var context = view.need(need, firm: firm)
        if let evidence = need.evidence { context["evidence"] = view.evidence(evidence, thing: thing) }
        let isHead = visit.caller.roles.contains(.executive)
        let verbs: [String] =
            switch need.state {
            case .proposed: isHead ? ["accept", "decline"] : []
            case .open: visit.caller.roles.isDisjoint(with: FirmAsk.keepers) ? [] : ["close"]
            case .declined, .closed, .withdrawn: []
            }
        context["actions"] = .array(
            verbs.map {
                [
                    "href": .string("/do/alliance.need.\($0)?need=\(id)&next=/alliance/needs/\(id)"),
                    "label": .string(visit.word("firms_do_\($0)")), "primary": .bool($0 == "accept"),
                ]
            })
        if need.state == .open {
            context["advice"] = standing == .runs ? ["suppliers": suggested(suppliers, view, visit)] : .null
            if standing != .runs { context["silent"] = .string(standing.words[visit.language]) }
        }
        return .page("firms-need", title: need.title, .object(context), live: true)
    }

    private func suggested(_ suppliers: [SupplierReasons], _ view: FirmView, _ visit: Visit) -> JSON {
        .array(
            suppliers.map {
                [
                    "href": .string("/alliance/firms/\($0.supplier)"), "supplier_name": .string($0.name),
                    "offer_title": .string($0.title), "score": .string("\(Int($0.score.rounded()))"),
                    "price": .string(view.money($0.price)),
                    "reasons": .string($0.reasons.map { $0[visit.language] }.joined(separator: " · ")),
                ]
            })
    }
}
