import Access
import District
import Record
import Store
import Web

/// The counting station: whoever counts sees what they counted, and never what the books have.
struct CountRoutes {
    let rule: CountRule

    var routes: [Route] {
        [
            .get("/fulfilment/count", .roles(GoodsAsk.readers)) { try await page($0) },
            .get("/fulfilment/count/{count}", .roles(GoodsAsk.readers)) { try await sheet($0) },
            .post("/fulfilment/count", .roles(GoodsAsk.floor)) { try await begin($0) },
            .post("/fulfilment/count/{count}", .roles(GoodsAsk.floor)) { try await add($0) },
            .post("/fulfilment/count/{count}/send", .roles(GoodsAsk.floor)) { try await send($0) },
        ] + CountDecision().routes
    }

    static let path = "/fulfilment/count"

    private func begin(_ visit: Visit) async throws -> Reply {
        if let refusal = try await Station.perform(CountPlace.open, ["place"], visit) {
            return try await page(visit, error: refusal)
        }
        let (tenant, said) = (try visit.tenant, visit.form["place"] ?? "")
        let count = try await visit.spine.district.store.read { reader in
            try PlaceTable.meant(said, in: nil, for: tenant, in: reader).flatMap {
                try CountTable.current(of: $0.id, for: tenant, in: reader)
            }
        }
        return .redirect(count.map { "\(Self.path)/\($0.id)" } ?? Self.path)
    }

    private func page(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let (tenant, rule, now) = (try visit.tenant, rule, visit.now)
        let found = try await visit.spine.district.store.read { reader -> Found? in
            guard let centre = try Station.centre(visit, reader) else { return nil }
            let names = Dictionary(
                try PlaceTable.list(in: centre, for: tenant, in: reader).map { ($0.id, $0.name) },
                uniquingKeysWith: { $1 })
            return Found(
                due: try CountTable.due(in: centre, rule, at: now, for: tenant, in: reader),
                open: try CountTable.list(.open, at: centre, for: tenant, in: reader),
                waiting: try CountTable.list(.submitted, at: centre, for: tenant, in: reader),
                wanted: try WantedTable.list(in: centre, for: tenant, in: reader), names: names,
                items: try ItemTable.byCode(
                    Set(
                        try CountTable.list(.submitted, at: centre, for: tenant, in: reader).flatMap {
                            $0.variances.map(\.item)
                        } + WantedTable.list(in: centre, for: tenant, in: reader).map(\.item)), for: tenant,
                    in: reader))
        }
        var station = Station(visit, "count", error: error)
        station.form(
            Self.path, hidden: [],
            [.init(name: "place", label: "floor_scan_count", isRequired: true, hasFocus: true)], submit: "floor_begin")
        guard let found else { return station.page("floor_count_title") }
        if !found.wanted.isEmpty {
            station.group("floor_wanted", wanted(found, visit), empty: "floor_due_none")
        }
        if !found.open.isEmpty {
            station.group(
                "floor_counting",
                found.open.map {
                    Station.row(found.names[$0.place] ?? $0.place, href: "\(Self.path)/\($0.id)")
                }, empty: "floor_due_none")
        }
        // Who may approve sees what was found against the books; who counts does not.
        if !found.waiting.isEmpty, !visit.caller.roles.isDisjoint(with: GoodsAsk.leads) {
            station.group("floor_approve", found.waiting.map { waiting($0, found, visit) }, empty: "floor_due_none")
        }
        station.group(
            "floor_due",
            found.due.map { due in
                Station.row(
                    due.place.name,
                    sub: "\(due.velocity.rawValue.uppercased()) · "
                        + (due.last.map { KoreanDay($0).description } ?? visit.word("floor_never")))
            }, empty: "floor_due_none")
        return station.page("floor_count_title")
    }

    private struct Found: Sendable {
        let due: [CountTable.Due]
        let open: [CountTable.Count]
        let waiting: [CountTable.Count]
        let wanted: [WantedTable.Wanted]
        let names: [String: String]
        let items: [String: Item]
    }

    /// Places where a picker did not find what should lie there, each with what it was; how much the books have stays
    /// unsaid.
    private func wanted(_ found: Found, _ visit: Visit) -> [JSON] {
        var (order, items) = ([String](), [String: [String]]())
        for one in found.wanted {
            if items[one.place] == nil { order.append(one.place) }
            items[one.place, default: []].append((found.items[one.item]?.name ?? one.item) + " " + one.lot)
        }
        let counted = Set(found.open.map(\.place) + found.waiting.map(\.place))
        let mayCount = !visit.caller.roles.isDisjoint(with: GoodsAsk.floor)
        return order.map { place in
            Station.row(
                found.names[place] ?? place, sub: (items[place] ?? []).joined(separator: ", "),
                href: counted.contains(place) || !mayCount
                    ? nil : "/do/\(CountPlace.open)?place=\(Table.encoded(place))&next=\(Self.path)",
                badge: Show.badge(
                    counted.contains(place) ? "info" : "warn",
                    visit.word(counted.contains(place) ? "floor_counting" : "floor_wanted_task")))
        }
    }

    private func waiting(_ count: CountTable.Count, _ found: Found, _ visit: Visit) -> JSON {
        let amiss = count.variances.filter { $0.difference != 0 }.map { one in
            CountDecision.change(one, found.items[one.item])
        }.joined(separator: ", ")
        return Station.row(
            found.names[count.place] ?? count.place, sub: amiss, href: "\(Self.path)/\(count.id)/decide",
            badge: Show.badge("warn", visit.word("floor_waits")))
    }

    // MARK: - The sheet

    /// What was counted so far travels with the form: `RICE||12;MILK|M1|4`.
    private static func lines(_ text: String) -> [(item: String, lot: String, quantity: Int64)] {
        text.split(separator: ";").prefix(500).compactMap { part in
            let cells = part.split(separator: "|", omittingEmptySubsequences: false)
            guard cells.count == 3, let quantity = Int64(cells[2]) else { return nil }
            return (String(cells[0]), String(cells[1]), quantity)
        }
    }

    private static func text(_ lines: [(item: String, lot: String, quantity: Int64)]) -> String {
        lines.map { "\($0.item)|\($0.lot)|\($0.quantity)" }.joined(separator: ";")
    }

    private func add(_ visit: Visit) async throws -> Reply {
        let (tenant, form) = (try visit.tenant, visit.form)
        var lines = Self.lines(form["lines"] ?? "")
        let said = form["item"] ?? ""
        let item = try await visit.spine.district.store.read { try ItemTable.meant(said, for: tenant, in: $0) }
        guard let item else {
            return try await sheet(
                visit, lines,
                error: Refusal(
                    .notFound, "item.unknown", Words("등록되지 않은 상품입니다: \(said)", "This item is not registered: \(said)")))
        }
        let lot = (form["lot"] ?? "").filter { $0 != "|" && $0 != ";" }
        guard item.hasLots == !lot.isEmpty, let quantity = Int64(form["quantity"] ?? ""), quantity >= 0 else {
            return try await sheet(
                visit, lines, item: item,
                error: Refusal(
                    .invalid, "count.line",
                    item.hasLots == !lot.isEmpty
                        ? Words("수량을 숫자로 적어 주세요.", "Please enter the quantity as a number.")
                        : item.hasLots
                            ? Words("로트를 적어 주세요.", "Please enter the lot.")
                            : Words("로트로 관리하지 않는 상품입니다.", "It is not kept by lots.")))
        }
        lines.append((item.code, lot, quantity))
        return try await sheet(visit, lines)
    }

    private func send(_ visit: Visit) async throws -> Reply {
        let lines = Self.lines(visit.form["lines"] ?? "")
        let refusal = try await Station.perform(
            CountPlace.submit, [], visit,
            more: [
                "count": .string(visit.parameters["count"] ?? ""),
                "lines": .array(
                    lines.map { line in
                        var members: [String: JSON] = [
                            "item": .string(line.item), "quantity": .decimal(line.quantity),
                        ]
                        if !line.lot.isEmpty { members["lot"] = .string(line.lot) }
                        return .object(members)
                    }),
            ])
        if let refusal { return try await sheet(visit, lines, error: refusal) }
        return .redirect(Self.path, flash: try await sent(visit, lines.count))
    }

    /// What became of a count: nothing of the books is said to who counted.
    private func sent(_ visit: Visit, _ lines: Int) async throws -> String {
        let (tenant, id) = (try visit.tenant, visit.parameters["count"] ?? "")
        let (state, place) = try await visit.spine.district.store.read { reader in
            let count = try CountTable.find(id, for: tenant, in: reader)
            return (count?.state, try count.flatMap { try PlaceTable.find($0.place, for: tenant, in: reader)?.name })
        }
        let word = state == .submitted ? "floor_counted_waits" : "floor_counted"
        return "\(place ?? "") · \(lines)\(visit.word("floor_lines_unit")) – \(visit.word(word))"
    }

    private func sheet(
        _ visit: Visit, _ lines: [(item: String, lot: String, quantity: Int64)] = [], item: Item? = nil,
        error: Refusal? = nil
    ) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["count"] ?? "")
        let codes = Set(lines.map(\.item))
        let found = try await visit.spine.district.store.read { reader in
            let count = try CountTable.find(id, for: tenant, in: reader)
            return (
                count: count, place: try count.flatMap { try PlaceTable.find($0.place, for: tenant, in: reader) },
                items: try ItemTable.byCode(codes, for: tenant, in: reader)
            )
        }
        guard let count = found.count, count.state == .open else {
            throw Refusal(.notFound, "count.unknown", Words("진행 중인 실사가 아닙니다.", "No such count is under way."))
        }
        var station = Station(visit, "count", error: error)
        station.lead("\(found.place?.name ?? count.place) · \(visit.word("floor_blind"))")
        let kept = [("lines", Self.text(lines))]
        station.form(
            "\(Self.path)/\(id)", hidden: kept,
            [
                .init(
                    name: "item", label: "floor_scan_item", value: item?.code ?? "", isRequired: true,
                    hasFocus: item == nil),
                .init(name: "lot", label: "floor_lot", hint: "floor_lot_hint", hasFocus: item?.hasLots ?? false),
                .init(name: "quantity", label: "floor_quantity", type: "number", isRequired: true),
            ], submit: "floor_add")
        station.finish("\(Self.path)/\(id)/send", hidden: kept, submit: "floor_send")
        station.group(
            "floor_counted_so_far",
            lines.map {
                Station.row(
                    (found.items[$0.item]?.name ?? $0.item) + ($0.lot.isEmpty ? "" : " · \($0.lot)"),
                    sub: Show.count($0.quantity))
            }, empty: "floor_counted_none")
        return station.page("floor_count_title")
    }
}
