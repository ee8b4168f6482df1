import Access
import District
import Record
import Web

/// A lot's way as its page shows it.
struct LotView {
    let visit: Visit
    let reach: LotReach

    var title: String { reach.lot.isEmpty ? reach.item.name : "\(reach.item.name) \(reach.lot)" }

    /// Why it is kept back, in words.
    var reason: String { reach.held?.words[visit.language] ?? "" }

    /// What of it nobody can be called about.
    var soldNote: JSON {
        let sold = reach.sold.reduce(0) { $0 + $1.quantity }
        return sold > 0 ? .string(visit.word("lot_sold_note").replacing("{n}", with: Show.count(sold))) : .null
    }

    private var orders: OrderView { OrderView(visit: visit) }

    /// Name, telephone, address, order, how many they have, how far it is, when it left.
    var customers: [[String]] {
        reach.gone.filter { $0.out > 0 }.map { gone in
            [
                gone.recipient.map { $0.name.isEmpty ? "–" : $0.name } ?? "–", gone.recipient?.phone ?? "",
                gone.recipient?.address ?? "", gone.order.number, "\(gone.out)",
                visit.word("orders_state_\(gone.order.state.rawValue)"), orders.when(gone.left),
            ]
        }
    }

    /// Who is called, with a box to tick on paper.
    var calls: Table {
        let columns = ["name", "phone", "address", "order", "quantity", "state", "left", "done"]
        return Table(
            "calls", caption: visit.word("lot_calls"), path: visit.path,
            TableQuery([:], columns: [], sortedBy: "left"),
            columns: columns.map { .init(nil, visit.word("lot_call_\($0)"), isNumber: $0 == "quantity") },
            rows: customers.map { cells in
                cells.enumerated().map { index, text in
                    Table.Cell(text.isEmpty ? "–" : text, href: index == 1 ? Self.dial(text) : nil, isHead: index == 0)
                } + [Table.Cell("☐")]
            }, total: Int64(customers.count), empty: visit.word("lot_gone_none"))
    }

    var context: [String: JSON] {
        let called = reach.gone.filter { $0.out > 0 }
        var badges = [
            reach.held.map { Show.badge("danger", "\(visit.word("lot_held")) – \($0.words[visit.language])") }
                ?? Show.badge("ok", visit.word("lot_not_held"))
        ]
        let waiting = reach.boxed.filter { $0.held.spot.status != .available }.count
        if waiting > 0 { badges.append(Show.badge("warn", "\(visit.word("lot_to_empty")) \(waiting)")) }
        var facts = [
            ("floor_code", reach.item.code), ("floor_lot", reach.lot.isEmpty ? "–" : reach.lot),
            ("lot_here", Show.count(reach.here)),
            ("lot_out", Show.count(reach.out)), ("lot_customers", Show.count(called.count)),
        ]
        if let day = Station.day(reach.expiry) { facts.append(("floor_expiry", day)) }
        return [
            "badges": .array(badges), "facts": Station.facts(facts, visit), "sold": soldNote,
            "tables": .array(
                [boxed, gone, lying, promised, made].compactMap { $0 }.map { head, table in
                    ["head": .string(visit.word(head)), "table": table.json]
                }),
        ]
    }

    // MARK: - Tables

    private func table(_ name: String, _ columns: [(String, Bool)], _ rows: [[Table.Cell]]) -> (String, Table) {
        (
            name,
            Table(
                name, caption: visit.word(name), path: visit.path, TableQuery([:], columns: [], sortedBy: "order"),
                columns: columns.map { .init(nil, visit.word($0.0), isNumber: $0.1) }, rows: rows,
                total: Int64(rows.count), empty: visit.word("\(name)_none"))
        )
    }

    private func cell(_ order: Order) -> Table.Cell {
        Table.Cell(order.number, href: "/fulfilment/orders/\(order.id.dropFirst(6))", isHead: true)
    }

    private func cell(_ status: StockStatus) -> Table.Cell {
        Table.Cell(
            badge: status == .available ? "ok" : status == .aside ? "info" : "warn",
            visit.word("floor_status_\(status.rawValue)"))
    }

    /// In totes and parcels that are still here, with what is to be done about each.
    private var boxed: (String, Table)? {
        table(
            "lot_boxed",
            [
                ("orders_order", false), ("lot_where", false), ("floor_quantity", true), ("floor_status", false),
                ("lot_next", false),
            ],
            reach.boxed.map { one in
                [
                    cell(one.order), place(of: one), Table.Cell(Show.count(one.held.quantity)),
                    cell(one.held.spot.status), next(for: one),
                ]
            })
    }

    private func place(of one: LotReach.Boxed) -> Table.Cell {
        guard let box = one.box else { return Table.Cell("\(visit.word("pack_tote")) \(one.order.number)") }
        let state = visit.word("ship_state_\(box.state.rawValue)")
        return Table.Cell(
            "\(SSCC.shown(box.sscc)) – \(state)",
            href: one.manifest.map { "/fulfilment/ship/\($0.id.dropFirst(9))" }
                ?? "/fulfilment/parcels/\(box.sscc)/label")
    }

    private func next(for one: LotReach.Boxed) -> Table.Cell {
        guard one.held.spot.status != .available, !visit.caller.roles.isDisjoint(with: StartPicking.roles) else {
            return .none
        }
        let here = LotRoutes.href(reach.item.code, reach.lot)
        let way = KeptBackView.way(out: one.box, of: one.order, next: here, visit)
        return way.map { Table.Cell($0.label, href: $0.href) } ?? Table.Cell(visit.word("lot_with_robot"))
    }

    private var gone: (String, Table)? {
        let isNamed = reach.gone.contains { $0.recipient != nil }
        var columns = [("orders_order", false)]
        if isNamed { columns += [("shop_to_name", false), ("shop_to_phone", false)] }
        columns += [("floor_quantity", true), ("lot_back", true), ("orders_state", false), ("lot_call_left", false)]
        return table(
            "lot_gone", columns,
            reach.gone.map { one in
                var cells = [cell(one.order)]
                if isNamed {
                    cells.append(Table.Cell(one.recipient?.name ?? "–"))
                    cells.append(
                        Table.Cell(
                            one.recipient?.phone ?? "–", href: one.recipient.flatMap { Self.dial($0.phone) }))
                }
                cells.append(Table.Cell(Show.count(one.quantity)))
                cells.append(Table.Cell(Show.count(one.back)))
                cells.append(Table.Cell(visit.word("orders_state_\(one.order.state.rawValue)")))
                cells.append(Table.Cell(orders.when(one.left)))
                return cells
            })
    }

    private static func dial(_ phone: String) -> String? {
        let digits = phone.filter { ($0.isASCII && $0.isNumber) || $0 == "+" }
        return digits.isEmpty ? nil : "tel:\(digits)"
    }

    private var lying: (String, Table)? {
        table(
            "lot_lying", [("floor_place", false), ("floor_quantity", true), ("floor_status", false)],
            reach.lying.map { one in
                [
                    Table.Cell(
                        one.place, href: "/fulfilment/places/\(Table.encoded(one.held.spot.location))", isHead: true),
                    Table.Cell(Show.count(one.held.quantity)), cell(one.held.spot.status),
                ]
            })
    }

    private var promised: (String, Table)? {
        guard !reach.promised.isEmpty else { return nil }
        return table(
            "lot_promised", [("orders_order", false), ("floor_quantity", true), ("orders_due", false)],
            reach.promised.map {
                [cell($0.order), Table.Cell(Show.count($0.quantity)), Table.Cell(orders.when($0.order.due))]
            }
        )
    }

    /// What was made of it has its own way.
    private var made: (String, Table)? {
        guard !reach.made.isEmpty else { return nil }
        return table(
            "lot_made", [("floor_item", false), ("floor_lot", false), ("lot_used", true)],
            reach.made.map {
                [
                    Table.Cell($0.other, href: LotRoutes.href($0.other, $0.otherLot), isHead: true),
                    Table.Cell($0.otherLot.isEmpty ? "–" : $0.otherLot), Table.Cell(Show.count($0.quantity)),
                ]
            })
    }
}
