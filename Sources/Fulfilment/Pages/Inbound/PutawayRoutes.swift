import Access
import District
import Record
import Store
import Web

/// The list of what waits to be put away, and for each where to: the best places with why, and why others may not take it.
struct PutawayRoutes {
    let segregation: Segregation

    var routes: [Route] {
        [
            .get("/fulfilment/putaway", .roles(GoodsAsk.readers)) { try await page($0) },
            .post("/fulfilment/putaway", .roles(GoodsAsk.floor)) { try await store($0) },
        ]
    }

    private static let path = "/fulfilment/putaway"
    /// So many places are proposed; of those that may not take it so many are named.
    private static let proposed = 3, named = 40

    private func store(_ visit: Visit) async throws -> Reply {
        let fields = ["item", "lot", "quantity", "from", "place", "status", "reason"]
        if let refusal = try await Station.perform(StoreGoods.name, fields, visit) {
            return try await page(visit, entered: visit.form, error: refusal)
        }
        return .redirect(Self.path, flash: visit.word("floor_stored"))
    }

    private func page(_ visit: Visit, entered: [String: String] = [:], error: Refusal? = nil) async throws -> Reply {
        let (tenant, segregation) = (try visit.tenant, segregation)
        let query = entered.isEmpty ? visit.query : entered
        let found = try await visit.spine.district.store.read { reader -> Found? in
            guard let centre = try Station.centre(visit, reader) else { return nil }
            let waiting = try FloorStock.waiting(in: centre, for: tenant, in: reader)
            let items = try ItemTable.byCode(Set(waiting.map(\.item)), for: tenant, in: reader)
            let scanned = try query["scan"].flatMap { try ItemTable.meant($0, for: tenant, in: reader) }
            let chosen = waiting.first { held in
                query["from"] == held.spot.location && query["item"] == held.item
                    && (query["lot"] ?? "") == held.lot && query["status"] == held.spot.status.rawValue
                    || scanned?.code == held.item || query["scan"].map { $0 == held.lot } ?? false
            }
            let names = Dictionary(
                try PlaceTable.list(in: centre, for: tenant, in: reader).map { ($0.id, $0.name) },
                uniquingKeysWith: { $1 })
            guard let chosen, let item = items[chosen.item] else {
                return Found(waiting: waiting, items: items, names: names, chosen: nil, putaway: nil)
            }
            let putaway = try FloorStock.putaway(
                item, lot: chosen.lot, chosen.quantity, chosen.spot.status, in: centre, segregation, for: tenant,
                in: reader)
            return Found(waiting: waiting, items: items, names: names, chosen: chosen, putaway: putaway)
        }
        var error = error
        if error == nil, found?.chosen == nil, let scan = query["scan"], !scan.isEmpty {
            error = Refusal(
                .notFound, "store.nothing", Words("적치를 기다리는 물건이 아닙니다: \(scan)", "It waits nowhere: \(scan)"))
        }
        var station = Station(visit, "putaway", error: error)
        if let found, let chosen = found.chosen, let putaway = found.putaway {
            propose(&station, found, chosen, putaway, entered)
        } else {
            station.scan(Self.path, "floor_scan_goods")
            station.group(
                "floor_waiting",
                (found?.waiting ?? []).map { held in
                    Station.row(
                        (found?.items[held.item]?.name ?? held.item) + (held.lot.isEmpty ? "" : " · \(held.lot)"),
                        sub: "\(Show.count(held.quantity)) · \(found?.names[held.spot.location] ?? "")",
                        href: Station.address(
                            Self.path,
                            [
                                ("from", held.spot.location), ("item", held.item), ("lot", held.lot),
                                ("status", held.spot.status.rawValue),
                            ]), badge: Station.badge(held.spot.status, visit))
                }, empty: "floor_waiting_none")
        }
        return station.page("floor_putaway_title")
    }

    private struct Found: Sendable {
        let waiting: [Held]
        let items: [String: Item]
        let names: [String: String]
        let chosen: Held?
        let putaway: Putaway?
    }

    private func propose(
        _ station: inout Station, _ found: Found, _ chosen: Held, _ putaway: Putaway, _ entered: [String: String]
    ) {
        let visit = station.visit
        let (proposals, refused) = putaway.judged()
        station.card(
            putaway.item.name + (chosen.lot.isEmpty ? "" : " · \(chosen.lot)"),
            badge: Station.badge(chosen.spot.status, visit),
            [
                ("floor_quantity", Show.count(chosen.quantity)),
                ("floor_from", found.names[chosen.spot.location] ?? chosen.spot.location),
                ("floor_climate", putaway.item.climate.words[visit.language]),
            ] + (putaway.item.hazard.map { [("floor_hazard", $0)] } ?? []))
        if proposals.isEmpty {
            station.lead(visit.word("floor_no_place"))
        } else {
            station.put(
                "proposals",
                [
                    "places": .array(
                        proposals.prefix(Self.proposed).enumerated().map { index, proposal in
                            var members: [String: JSON] = [
                                "place": .string(proposal.place.name),
                                "reasons": .array(proposal.reasons.map { .string($0[visit.language]) }),
                            ]
                            if index == 0 { members["badge"] = Show.badge("ok", visit.word("floor_best")) }
                            return .object(members)
                        })
                ])
            let holds = proposals.first.map { min($0.holds, chosen.quantity) } ?? chosen.quantity
            station.form(
                Self.path,
                hidden: [
                    ("from", chosen.spot.location), ("item", chosen.item), ("lot", chosen.lot),
                    ("status", chosen.spot.status.rawValue),
                ],
                [
                    .init(
                        name: "quantity", label: "floor_quantity", type: "number",
                        value: entered["quantity"] ?? "\(holds)", isRequired: true),
                    .init(
                        name: "place", label: "floor_scan_place", value: entered["place"] ?? "",
                        hint: "floor_scan_place_hint", isRequired: true, hasFocus: true),
                    .init(
                        name: "reason", label: "floor_reason", value: entered["reason"] ?? "",
                        hint: "floor_reason_hint"),
                ], submit: "floor_store")
        }
        station.put(
            "refused",
            [
                "head": .string("\(visit.word("floor_refused")) (\(refused.count))"),
                "rows": .array(
                    refused.prefix(Self.named).map {
                        ["place": .string($0.place.name), "why": .string($0.why[visit.language])]
                    }),
            ])
        station.link(Self.path, "floor_back")
    }
}
