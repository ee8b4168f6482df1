import Access
import District
import Record
import Store
import Web

/// The receiving station: a delivery is scanned, then each item; what really came is entered.
struct ReceiveRoutes {
    var routes: [Route] {
        [
            .get("/fulfilment/receive", .roles(GoodsAsk.readers)) { try await page($0) },
            .post("/fulfilment/receive", .roles(GoodsAsk.floor)) { try await take($0) },
        ]
    }

    private static let path = "/fulfilment/receive"

    private func take(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        let refusal = try await Station.perform(
            ReceiveGoods.name,
            ["inbound", "item", "lot", "expiry", "quantity", "damaged", "place", "serials", "sscc"], visit)
        if let refusal { return try await page(visit, entered: form, error: refusal) }
        return .redirect(
            Station.address(Self.path, [("in", form["inbound"] ?? "")]), flash: visit.word("floor_received"))
    }

    private func page(_ visit: Visit, entered: [String: String] = [:], error: Refusal? = nil) async throws -> Reply {
        let tenant = try visit.tenant
        let said = entered["inbound"] ?? visit.query["in"] ?? visit.query["scan"] ?? ""
        let scanned = entered["item"] ?? (visit.query["in"] == nil ? nil : visit.query["scan"])
        let found = try await visit.spine.district.store.read { reader in
            let arrival = said.isEmpty ? nil : try InboundTable.meant(said, for: tenant, in: reader)
            let open = arrival == nil ? try InboundTable.list(for: tenant, in: reader) : []
            let codes = Set((arrival?.lines ?? []).map(\.item))
            return (
                arrival: arrival, open: open, items: try ItemTable.byCode(codes, for: tenant, in: reader),
                item: try scanned.flatMap { try ItemTable.meant($0, for: tenant, in: reader) }
            )
        }
        var error = error
        if error == nil, found.arrival == nil, !said.isEmpty {
            error = Refusal(.notFound, "inbound.unknown", Words("그런 입고 건이 없습니다.", "There is no such delivery."))
        }
        if error == nil, found.item == nil, let scanned, !scanned.isEmpty {
            error = Refusal(
                .notFound, "item.unknown",
                Words("등록되지 않은 상품입니다: \(scanned)", "This item is not registered: \(scanned)"))
        }
        var station = Station(visit, "receive", error: error)
        guard let arrival = found.arrival, !arrival.isClosed else {
            station.scan(Self.path, "floor_scan_inbound", hint: "floor_scan_inbound_hint")
            station.group("floor_inbounds", found.open.map { row($0, visit) }, empty: "floor_inbounds_none")
            station.link("/do/\(AnnounceArrival.name)?next=\(Self.path)", "floor_announce")
            return station.page("floor_receive_title")
        }
        if let item = found.item {
            form(&station, arrival, item, entered)
        } else {
            station.scan(
                Self.path, "floor_scan_item", hint: "floor_scan_item_hint", hidden: [("in", arrival.id)])
        }
        station.lead("\(arrival.supplier) \(arrival.reference)")
        station.group(
            "floor_lines", arrival.lines.map { line($0, arrival, found.items, visit) }, empty: "floor_lines_none")
        if found.item == nil {
            station.link(
                "/do/\(CloseArrival.name)?inbound=\(arrival.id)&next=\(Self.path)", "floor_close")
        }
        station.link(Self.path, "floor_other_inbound")
        return station.page("floor_receive_title")
    }

    private func form(_ station: inout Station, _ arrival: Arrival, _ item: Item, _ entered: [String: String]) {
        let line = ReceiveGoods.line(of: arrival, item, lot: entered["lot"] ?? "")
        station.card(
            item.name, sub: item.code,
            [("floor_open", "\(line?.open ?? 0)"), ("floor_climate", item.climate.words[station.visit.language])])
        var inputs: [Station.Input] = []
        if item.hasLots {
            let lot = entered["lot"] ?? line?.lot ?? ""
            inputs.append(.init(name: "lot", label: "floor_lot", value: lot, isRequired: true, hasFocus: lot.isEmpty))
            inputs.append(
                .init(
                    name: "expiry", label: "floor_expiry", type: "date",
                    value: entered["expiry"] ?? Station.day(line?.expiry) ?? "", isRequired: item.shelfLife != nil))
        }
        inputs.append(
            .init(
                name: "quantity", label: "floor_good", type: "number",
                value: entered["quantity"] ?? "\(line?.open ?? 0)", isRequired: true,
                hasFocus: !inputs.contains(where: \.hasFocus)))
        inputs.append(
            .init(name: "damaged", label: "floor_damaged", type: "number", value: entered["damaged"] ?? ""))
        if item.hasSerials {
            inputs.append(
                .init(
                    name: "serials", label: "floor_serials", value: entered["serials"] ?? "",
                    hint: "floor_serials_hint", isRequired: true))
        }
        station.form(
            Self.path, hidden: [("inbound", arrival.id), ("item", item.code)], inputs, submit: "floor_receive")
    }

    private func row(_ arrival: Arrival, _ visit: Visit) -> JSON {
        let open = arrival.lines.reduce(0) { $0 + $1.open }
        let late = arrival.due < visit.now
        return Station.row(
            "\(arrival.supplier) \(arrival.reference)",
            sub: "\(KoreanDay(arrival.due)) · \(arrival.lines.count)\(visit.word("floor_lines_unit"))",
            href: Station.address(Self.path, [("in", arrival.id)]),
            badge: Show.badge(
                open == 0 ? "ok" : late ? "warn" : "info", "\(visit.word("floor_open")) \(Show.count(open))"))
    }

    private func line(_ line: Arrival.Line, _ arrival: Arrival, _ items: [String: Item], _ visit: Visit) -> JSON {
        let lot = line.lot.isEmpty ? "" : " · \(line.lot)"
        let differences = Arrival.differences(of: line).filter { $0.0 != .short }
        let more = differences.map { "\(visit.word("floor_\($0.0.rawValue)")) \($0.1)" }.joined(separator: " · ")
        return Station.row(
            "\(items[line.item]?.name ?? line.item)\(lot)",
            sub: "\(visit.word("floor_expected")) \(line.expected) · \(visit.word("floor_got")) \(line.received)"
                + (more.isEmpty ? "" : " · \(more)"),
            href: Station.address(Self.path, [("in", arrival.id), ("scan", line.item)]),
            badge: line.open == 0
                ? Show.badge(more.isEmpty ? "ok" : "warn", visit.word("floor_done"))
                : Show.badge("info", "\(visit.word("floor_open")) \(line.open)"))
    }
}
