import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// A lot: where it is and who has it, with the list by which customers are called.
struct LotRoutes {
    static let path = "/fulfilment/lot"

    var routes: [Web.Route] {
        let readers = Permission.roles(GoodsAsk.readers)
        return [
            .get(Self.path, readers) { try await page($0) },
            .get("\(Self.path)/calls", .roles(ChangeOrder.roles)) { try await calls($0) },
            .get("\(Self.path)/calls.csv", .roles(GoodsAsk.leads)) { try await csv($0) },
            .get("/api/v1/fulfilment/lot", .roles(ChangeOrder.roles).orToken("read")) { try await json($0) },
        ]
    }

    /// The page of a lot.
    static func href(_ item: String, _ lot: String, _ part: String = "") -> String {
        "\(path)\(part)?item=\(Table.encoded(item))&lot=\(Table.encoded(lot))"
    }

    /// - Parameter isNamed: whether it says who the orders are for, where the lot is kept back: then the look is written down.
    private func find(_ visit: Visit, isNamed: Bool) async throws -> LotReach {
        let (item, lot) = (visit.query["item"] ?? "", visit.query["lot"] ?? "")
        let owners = try await owners(visit)
        guard owners.count < 2 || owners.contains(where: { $0.rawValue == visit.query["firm"] }) else {
            let words = Words("여러 기업에 같은 코드와 로트가 있습니다. 기업을 고르세요.", "Several firms have this code and lot: name one.")
            throw Refusal(.conflict, "lot.several", of: "firm", "one", words)
        }
        // Of several firms one is looked at: what two of them call the same is not the same.
        let tenant = owners.first { owners.count > 1 && $0.rawValue == visit.query["firm"] }.map { Tenant.firm($0) }
        let seen = try tenant ?? visit.tenant
        let found = try await visit.spine.district.store.read {
            try LotReach.find(item, lot: lot, isNamed: isNamed, for: seen, in: $0)
        }
        guard let found else { throw LotFound.unknown }
        if isNamed, found.held != nil, let scope = found.gone.first?.order.scope {
            try await visit.look(at: scope, "lot/\(found.item.code)/\(found.lot)")
        }
        return found
    }

    private func owners(_ visit: Visit) async throws -> [FirmID] {
        let (tenant, item, lot) = (try visit.tenant, visit.query["item"] ?? "", visit.query["lot"] ?? "")
        return try await visit.spine.district.store.read {
            try LotReach.owners(item, lot: lot, for: tenant, in: $0)
        }
    }

    // MARK: - The page

    /// Whose lot is meant, where several firms have one of this name.
    private func choice(_ visit: Visit, _ owners: [FirmID]) async throws -> Reply {
        let tenant = try visit.tenant
        let names = try await visit.spine.district.store.read { reader in
            try owners.map { try Directory.firm($0, for: tenant, in: reader)?.name ?? $0.rawValue }
        }
        var station = Station(visit, "stock")
        let here = Self.href(visit.query["item"] ?? "", visit.query["lot"] ?? "")
        station.group(
            "lot_whose",
            zip(owners, names).map { firm, name in
                Station.row(name, href: "\(here)&firm=\(Table.encoded(firm.rawValue))")
            }, empty: "lot_whose_none")
        return station.page("lot_title")
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let owners = try await owners(visit)
        if owners.count > 1, !owners.contains(where: { $0.rawValue == visit.query["firm"] }) {
            return try await choice(visit, owners)
        }
        let mayCall = !visit.caller.roles.isDisjoint(with: ChangeOrder.roles)
        let reach = try await find(visit, isNamed: mayCall)
        let view = LotView(visit: visit, reach: reach)
        var links: [JSON] = []
        func link(_ href: String, _ word: String) {
            links.append(["href": .string(href), "label": .string(visit.word(word))])
        }
        if mayCall, reach.held != nil, !reach.gone.isEmpty {
            link(Self.href(reach.item.code, reach.lot, "/calls"), "lot_calls")
            if Self.mayExport(visit) { link(Self.href(reach.item.code, reach.lot, "/calls.csv"), "lot_csv") }
        }
        let asked = "item=\(Table.encoded(reach.item.code))&lot=\(Table.encoded(reach.lot))"
        if reach.held == nil, KeepLot.form.permission.allows(visit.caller) {
            link("/do/\(KeepLot.form.name)?\(asked)", "lot_keep")
        } else if reach.held != nil, FreeLot.form.permission.allows(visit.caller) {
            link("/do/\(FreeLot.form.name)?\(asked)", "lot_free")
        }
        link("/fulfilment/items/\(Table.encoded(reach.item.code))", "lot_item")
        link("/fulfilment/stock?view=held", "lot_held_list")
        var context = view.context
        context["links"] = .array(links)
        return .page("lot", title: view.title, .object(context), live: true)
    }

    // MARK: - Who is called

    /// Customers are called for a lot that is kept back, and for nothing else.
    private func called(_ visit: Visit) async throws -> LotReach {
        let reach = try await find(visit, isNamed: true)
        guard reach.held != nil else {
            throw Refusal(
                .conflict, "lot.not-held",
                Words(
                    "격리한 로트만 고객 연락 명단을 볼 수 있습니다. 먼저 로트를 격리해 주세요.",
                    "Customers are listed for a lot that is kept back. Please keep it back first."))
        }
        return reach
    }

    private static func mayExport(_ visit: Visit) -> Bool { !visit.caller.roles.isDisjoint(with: GoodsAsk.leads) }

    private func calls(_ visit: Visit) async throws -> Reply {
        let reach = try await called(visit)
        let view = LotView(visit: visit, reach: reach)
        return .page(
            "lot-calls", title: "\(visit.word("lot_calls")) – \(view.title)",
            [
                "table": view.calls.json, "reason": view.reason.isEmpty ? .null : .string(view.reason),
                "now": Show.time(visit.now, visit.language),
                "csv": Self.mayExport(visit) ? .string(Self.href(reach.item.code, reach.lot, "/calls.csv")) : .null,
                "back": .string(Self.href(reach.item.code, reach.lot)), "sold": view.soldNote,
            ])
    }

    private func csv(_ visit: Visit) async throws -> Reply {
        let reach = try await called(visit)
        let view = LotView(visit: visit, reach: reach)
        let head = ["name", "phone", "address", "order", "quantity", "state", "left"].map {
            visit.word("lot_call_\($0)")
        }
        let text = CommaText.mark + ([head] + view.customers).map { CommaText.row($0) }.joined()
        return .bytes(
            Array(text.utf8), type: "text/csv; charset=utf-8", download: "recall-\(reach.item.code).csv")
    }

    // MARK: - For programs

    private func json(_ visit: Visit) async throws -> Reply {
        let reach = try await find(visit, isNamed: false)
        var members: [String: JSON] = [
            "item": .string(reach.item.code), "lot": .string(reach.lot), "here": .decimal(reach.here),
            "out": .decimal(reach.out),
            "places": .array(
                reach.lying.map {
                    [
                        "centre": .string($0.held.centre), "place": .string($0.held.spot.location),
                        "status": .string($0.held.spot.status.rawValue), "quantity": .decimal($0.held.quantity),
                    ]
                }),
            "containers": .array(
                reach.boxed.map { one in
                    var members: [String: JSON] = [
                        "order": .string(one.order.number), "quantity": .decimal(one.held.quantity),
                        "status": .string(one.held.spot.status.rawValue),
                    ]
                    if let box = one.box {
                        members["sscc"] = .string(box.sscc)
                        members["state"] = .string(box.state.rawValue)
                    }
                    return .object(members)
                }),
            "orders": .array(
                reach.gone.map {
                    [
                        "order": .string($0.order.number), "reference": .string($0.order.reference),
                        "state": .string($0.order.state.rawValue), "quantity": .decimal($0.quantity),
                        "returned": .decimal($0.back), "left": .string($0.left.description),
                        "parcels": .array($0.parcels.map { .string($0) }),
                    ]
                }),
            "made": .array(
                reach.made.map {
                    ["item": .string($0.other), "lot": .string($0.otherLot), "quantity": .decimal($0.quantity)]
                }),
        ]
        if let held = reach.held { members["held"] = .string(held.rawValue) }
        return .json(.object(members))
    }
}
