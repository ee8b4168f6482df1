import Access
import District
import Record
import Store
import Twin
import Web

/// Stock by item, lot and place; items; places.
struct StockRoutes {
    var routes: [Route] {
        let readers = Permission.roles(GoodsAsk.readers)
        return [
            .get("/fulfilment/stock", readers) { try await stock($0) },
            .get("/fulfilment/items", readers) { try await items($0) },
            .get("/fulfilment/items/{item}", readers) { try await item($0) },
            .get("/fulfilment/places", readers) { try await places($0) },
            .get("/fulfilment/places/{place}", readers) { try await place($0) },
        ]
    }

    /// So many days ahead a lot counts as expiring soon.
    private static let soon = 30.0

    private func tabs(_ current: String, _ visit: Visit) -> JSON {
        let tabs = [
            ("all", "/fulfilment/stock"), ("expiring", "/fulfilment/stock?view=expiring"),
            ("held", "/fulfilment/stock?view=held"), ("items", "/fulfilment/items"),
            ("places", "/fulfilment/places"),
        ]
        return .array(
            tabs.map { name, href in
                var members: [String: JSON] = [
                    "href": .string(href), "label": .string(visit.word("floor_view_\(name)")),
                ]
                if name == current { members["current"] = true }
                return .object(members)
            })
    }

    private func link(_ href: String, _ label: String, _ visit: Visit) -> JSON {
        ["href": .string(href), "label": .string(visit.word(label))]
    }

    // MARK: - Stock

    private func stock(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let view = visit.query["view"] ?? "all"
        let filter: StockView.Filter =
            switch view {
            case "expiring": .expiring(visit.now.advanced(bySeconds: Self.soon * 86_400))
            case "held": .held
            default: .all
            }
        let query = TableQuery(
            visit.query, columns: StockView.orders.keys.sorted(), sortedBy: view == "expiring" ? "expiry" : "item")
        let found = try await visit.spine.district.store.read { reader in
            try Station.centre(visit, reader).map {
                try StockView.page(
                    filter, in: $0, containing: query.filter, sort: query.sort, descending: query.descending,
                    limit: query.size, offset: query.offset, for: tenant, in: reader)
            }
        }
        let kept = view == "all" ? [:] : ["view": view]
        let table = Table(
            "stock", caption: visit.word("floor_stock_title"), path: "/fulfilment/stock", query,
            columns: columns(visit, names: true), rows: (found?.rows ?? []).map { row($0, visit, names: true) },
            total: found?.total ?? 0, filter: .init(visit.word("floor_filter")), empty: visit.word("floor_stock_none"),
            kept: kept)
        return .page(
            "floor-table", title: visit.word("floor_stock_title"),
            [
                "tabs": tabs(["expiring", "held"].contains(view) ? view : "all", visit), "table": table.json,
                "links": [
                    link("/do/\(RelocateGoods.name)?next=/fulfilment/stock", "floor_relocate", visit),
                    link("/do/\(ScrapGoods.name)?next=/fulfilment/stock", "floor_scrap", visit),
                ],
            ], live: true)
    }

    private func columns(_ visit: Visit, names: Bool, sorts: Bool = true) -> [Table.Column] {
        let column = { (name: String, label: String) in
            Table.Column(sorts ? name : nil, visit.word(label), isNumber: name == "quantity")
        }
        return (names ? [column("item", "floor_item")] : []) + [
            column("lot", "floor_lot"), column("place", "floor_place"), column("quantity", "floor_quantity"),
            column("expiry", "floor_expiry"), .init(nil, visit.word("floor_status")),
        ]
    }

    private func row(_ line: StockView.Line, _ visit: Visit, names: Bool) -> [Table.Cell] {
        let isPlace = line.place.hasPrefix("container/") == false
        return
            (names
            ? [Table.Cell(line.name, href: "/fulfilment/items/\(Table.encoded(line.item))", isHead: true)] : []) + [
                Table.Cell(
                    line.lot.isEmpty ? visit.word("floor_whole") : line.lot,
                    href: LotRoutes.href(line.item, line.lot), isCode: !line.lot.isEmpty),
                Table.Cell(line.placeName, href: isPlace ? "/fulfilment/places/\(Table.encoded(line.place))" : nil),
                Table.Cell(Show.count(line.quantity)), Station.day(line.expiry).map { Table.Cell($0) } ?? .none,
                Table.Cell(badge: Self.kind(line.status), visit.word("floor_status_\(line.status.rawValue)")),
            ]
    }

    private static func kind(_ status: StockStatus) -> String {
        switch status {
        case .available: "ok"
        case .quarantine: "warn"
        case .damaged, .expired: "danger"
        case .returned, .aside: "info"
        }
    }

    // MARK: - Items

    private func items(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let query = TableQuery(visit.query, columns: ["code", "name", "velocity"], sortedBy: "code")
        let found = try await visit.spine.district.store.read { reader in
            try ItemTable.page(
                containing: query.filter, order: "\(query.sort)\(query.descending ? " DESC" : ""), code",
                limit: query.size, offset: query.offset, for: tenant, in: reader)
        }
        let table = Table(
            "items", caption: visit.word("floor_items_title"), path: "/fulfilment/items", query,
            columns: [
                .init("code", visit.word("floor_code")), .init("name", visit.word("floor_item")),
                .init(nil, visit.word("floor_climate")), .init(nil, visit.word("floor_hazard")),
                .init("velocity", visit.word("floor_velocity")),
            ],
            rows: found.rows.compactMap { $0 }.map { item in
                [
                    Table.Cell(item.code, href: "/fulfilment/items/\(Table.encoded(item.code))", isHead: true),
                    Table.Cell(item.name), Table.Cell(item.climate.words[visit.language]),
                    item.hazard.map { Table.Cell($0) } ?? .none, Table.Cell(item.velocity.rawValue.uppercased()),
                ]
            }, total: found.total, filter: .init(visit.word("floor_filter")), empty: visit.word("floor_items_none"))
        return .page(
            "floor-table", title: visit.word("floor_items_title"),
            [
                "tabs": tabs("items", visit), "table": table.json,
                "links": [
                    link("/do/\(RegisterItem.name)?next=/fulfilment/items", "floor_register_item", visit),
                    link("/fulfilment/import", "floor_import", visit),
                ],
            ], live: true)
    }

    private func item(_ visit: Visit) async throws -> Reply {
        let (tenant, code) = (try visit.tenant, visit.parameters["item"] ?? "")
        let found = try await visit.spine.district.store.read { reader -> ItemFound? in
            guard let item = try ItemTable.meant(code, for: tenant, in: reader) else { return nil }
            let centre = try Station.centre(visit, reader) ?? ""
            return ItemFound(
                item: item,
                lines: try StockView.page(
                    .item(item.code), in: centre, sort: "expiry", limit: 200, for: tenant, in: reader),
                sums: try StockView.sums(of: item.code, in: centre, for: tenant, in: reader),
                expected: try InboundTable.expected(item.code, in: centre, for: tenant, in: reader))
        }
        guard let found else {
            throw Refusal(.notFound, "item.unknown", Words("그런 상품이 없습니다.", "There is no such item."))
        }
        let (item, language) = (found.item, visit.language)
        var facts: [(String, String)] = [
            ("floor_code", item.code), ("floor_available", Show.count(found.sums.available)),
            ("floor_reserved", Show.count(found.sums.reserved)),
            ("floor_free", Show.count(found.sums.available - found.sums.reserved)),
            ("floor_climate", item.climate.words[language]),
        ]
        if let gtin = item.gtin { facts.append(("floor_gtin", gtin)) }
        if let hazard = item.hazard { facts.append(("floor_hazard", hazard)) }
        if item.size.isKnown {
            facts.append(("floor_size", "\(item.size.length) × \(item.size.width) × \(item.size.height) mm"))
        }
        if let weight = item.weight { facts.append(("floor_weight", "\(Show.count(weight)) g")) }
        if let life = item.shelfLife { facts.append(("floor_life", "\(life)\(visit.word("floor_days"))")) }
        if let price = item.price { facts.append(("floor_price", "\(Show.count(price)) \(visit.word("floor_won"))")) }
        let query = TableQuery([:], columns: [], sortedBy: "due")
        let stock = Table(
            "stock", caption: visit.word("floor_lying"), path: visit.path, query,
            columns: columns(visit, names: false, sorts: false),
            rows: found.lines.rows.map { row($0, visit, names: false) }, total: found.lines.total,
            empty: visit.word("floor_stock_none"))
        let coming = Table(
            "expected", caption: visit.word("floor_coming"), path: visit.path, query,
            columns: [
                .init(nil, visit.word("floor_due_day")), .init(nil, visit.word("floor_quantity"), isNumber: true),
            ],
            rows: found.expected.map {
                [
                    Table.Cell(
                        KoreanDay($0.due).description,
                        href: Station.address("/fulfilment/receive", [("in", $0.inbound)]),
                        isHead: true), Table.Cell(Show.count($0.quantity)),
                ]
            }, total: Int64(found.expected.count), empty: visit.word("floor_coming_none"))
        return .page(
            "floor-thing", title: item.name,
            [
                "badges": found.sums.available == 0 ? [Show.badge("warn", visit.word("floor_gone"))] : .array([]),
                "facts": Station.facts(facts, visit),
                "tables": [
                    ["head": .string(visit.word("floor_lying")), "table": stock.json],
                    ["head": .string(visit.word("floor_coming")), "table": coming.json],
                ],
                "links": [link("/fulfilment/stock", "floor_stock_title", visit)],
            ], live: true)
    }

    private struct ItemFound: Sendable {
        let item: Item
        let lines: Listing<StockView.Line>
        let sums: (available: Int64, reserved: Int64)
        let expected: [InboundTable.Expected]
    }

    // MARK: - Places

    private func places(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let query = TableQuery(visit.query, columns: [], sortedBy: "name", size: 100)
        let all = try await visit.spine.district.store.read { reader in
            try Station.centre(visit, reader).map { try PlaceTable.list(in: $0, for: tenant, in: reader) } ?? []
        }
        let words = query.filter.uppercased()
        let shown = all.filter { words.isEmpty || $0.name.contains(words) }
        let table = Table(
            "places", caption: visit.word("floor_places_title"), path: "/fulfilment/places", query,
            columns: ["floor_place", "floor_kind", "floor_climate", "floor_hazard", "floor_status"].map {
                .init(nil, visit.word($0))
            },
            rows: shown.dropFirst(query.offset).prefix(query.size).map { place in
                [
                    Table.Cell(place.name, href: "/fulfilment/places/\(Table.encoded(place.id))", isHead: true),
                    Table.Cell(place.kind.words[visit.language]), Table.Cell(place.climate.words[visit.language]),
                    place.hazards.isEmpty ? .none : Table.Cell(place.hazards.joined(separator: " ")),
                    Table.Cell(
                        badge: place.isClosed ? "danger" : "ok",
                        visit.word(place.isClosed ? "floor_closed" : "floor_usable")),
                ]
            }, total: Int64(shown.count), filter: .init(visit.word("floor_filter")),
            empty: visit.word("floor_places_none"))
        return .page(
            "floor-table", title: visit.word("floor_places_title"),
            [
                "tabs": tabs("places", visit), "table": table.json,
                "links": [
                    link("/do/\(RegisterPlace.name)?next=/fulfilment/places", "floor_register_place", visit),
                    link("/fulfilment/import", "floor_import", visit),
                ],
            ], live: true)
    }

    private func place(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["place"] ?? "")
        let found = try await visit.spine.district.store.read {
            reader -> (Place, Listing<StockView.Line>, String?, Thing?)? in
            guard let place = try PlaceTable.find(id, for: tenant, in: reader) else { return nil }
            let part = try Things.find(ThingID(id), for: tenant, in: reader)?.parent
            return (
                place, try StockView.page(.place(id), in: place.centre, limit: 200, for: tenant, in: reader),
                try PlaceTable.closed(in: place.centre, for: tenant, in: reader)[id],
                try part.flatMap { try Things.find($0, for: tenant, in: reader) }
            )
        }
        guard let (place, lines, why, zone) = found else {
            throw Refusal(.notFound, "place.unknown", Words("그런 위치가 없습니다.", "There is no such place."))
        }
        var facts: [(String, String)] = [
            ("floor_kind", place.kind.words[visit.language]), ("floor_climate", place.climate.words[visit.language]),
        ]
        if !place.hazards.isEmpty { facts.append(("floor_hazard", place.hazards.joined(separator: " "))) }
        if let volume = place.volume { facts.append(("floor_volume", "\(Show.count(volume / 1_000_000)) L")) }
        if let weight = place.weight { facts.append(("floor_bears", "\(Show.count(weight / 1_000)) kg")) }
        if let zone, zone.kind == .area { facts.append(("floor_zone", zone.name[visit.language])) }
        if let why { facts.append(("floor_why", why)) }
        let table = Table(
            "stock", caption: visit.word("floor_lying"), path: visit.path,
            TableQuery([:], columns: [], sortedBy: "item"), columns: columns(visit, names: true, sorts: false),
            rows: lines.rows.map { row($0, visit, names: true) }, total: lines.total,
            empty: visit.word("floor_stock_none"))
        let command = place.isClosed ? OpenPlace.name : ClosePlace.name
        return .page(
            "floor-thing", title: place.name,
            [
                "badges": [
                    Show.badge(
                        place.isClosed ? "danger" : "ok", visit.word(place.isClosed ? "floor_closed" : "floor_usable"))
                ],
                "facts": Station.facts(facts, visit),
                "tables": [["head": .string(visit.word("floor_lying")), "table": table.json]],
                "links": [
                    link(
                        "/do/\(command)?place=\(place.id)&next=/fulfilment/places",
                        place.isClosed ? "floor_reopen" : "floor_shut", visit),
                    link("/fulfilment/places", "floor_places_title", visit),
                ],
            ], live: true)
    }
}
