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
        ] + ClosePage().routes
    }

    static let path = "/fulfilment/receive"

    private func take(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        let refusal = try await Station.perform(
            ReceiveGoods.name,
            ["inbound", "item", "lot", "expiry", "quantity", "damaged", "place", "serials", "sscc", "sure"], visit)
        if let refusal { return try await page(visit, entered: form, error: refusal) }
        return .redirect(
            Station.address(Self.path, [("in", form["inbound"] ?? "")]), flash: try await taken(form, visit))
    }

    /// What was taken in, in words.
    private func taken(_ form: [String: String], _ visit: Visit) async throws -> String {
        let (tenant, said) = (try visit.tenant, form["item"] ?? "")
        let item = try await visit.spine.district.store.read { try ItemTable.meant(said, for: tenant, in: $0) }
        var parts = [[item?.name ?? said, form["lot"] ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")]
        parts.append("\(visit.word("floor_got")) \(form["quantity"] ?? "0")")
        if let damaged = form["damaged"], !damaged.isEmpty, damaged != "0" {
            parts.append("\(visit.word("floor_damaged")) \(damaged)")
        }
        return parts.joined(separator: " · ") + " – " + visit.word("floor_received")
    }

    private func page(_ visit: Visit, entered: [String: String] = [:], error: Refusal? = nil) async throws -> Reply {
        let tenant = try visit.tenant
        let said = entered["inbound"] ?? visit.query["in"] ?? visit.query["scan"] ?? ""
        let scanned = entered["item"] ?? (visit.query["in"] == nil ? nil : visit.query["scan"])
        let found = try await visit.spine.district.store.read { reader in
            let arrival = said.isEmpty ? nil : try InboundTable.meant(said, for: tenant, in: reader)
            let open = arrival == nil ? try InboundTable.list(for: tenant, in: reader) : []
            let receipts = try arrival.map { try ReceiptTable.list(of: $0.id, for: tenant, in: reader) } ?? []
            let codes = Set((arrival?.lines ?? []).map(\.item) + receipts.map(\.item))
            return (
                arrival: arrival, open: open, items: try ItemTable.byCode(codes, for: tenant, in: reader),
                item: try scanned.flatMap { try ItemTable.meant($0, for: tenant, in: reader) }, receipts: receipts,
                obstacles: try receipts.map { try $0.obstacle(arrival, for: tenant, reader) },
                people: try PeopleNames.of(receipts.map(\.author), for: tenant, in: reader),
                days: try Self.days(of: receipts, for: tenant, reader)
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
            // A code may say lot and date of what it stands on.
            let code = entered.isEmpty ? scanned.flatMap { Scanned($0) } : nil
            let read = ["lot": code?.lot, "expiry": code?.expiry].compactMapValues(\.self)
            form(&station, arrival, item, entered.merging(read) { said, _ in said })
            if error?.code == ReceiptDoubt.code { station.tick("sure", "floor_sure") }
        } else {
            station.scan(
                Self.path, "floor_scan_item", hint: "floor_scan_item_hint", hidden: [("in", arrival.id)])
        }
        station.lead("\(arrival.supplier) \(arrival.reference)")
        station.group(
            "floor_lines", arrival.lines.map { line($0, arrival, found.items, visit) }, empty: "floor_lines_none")
        if !found.receipts.isEmpty {
            let mayCorrect = !visit.caller.roles.isDisjoint(with: GoodsAsk.floor)
            station.group(
                "floor_receipts",
                zip(found.receipts, found.obstacles).map { receipt, obstacle in
                    let name = (found.items[receipt.item]?.name ?? receipt.item)
                    let who = found.people[receipt.author] ?? receipt.author
                    return Self.receipt(
                        receipt, name, by: who, obstacle, usable: found.days[receipt.id], visit,
                        mayCorrect: mayCorrect)
                }, empty: "floor_receipts_none")
        }
        if found.item == nil { station.link("\(Self.path)/\(arrival.id)/close", "floor_close") }
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

    /// The last day on which what was taken in may be used, by receipt: a correction begins with it.
    private static func days(
        of receipts: [Receipt], for tenant: Tenant, _ reader: any Reader
    ) throws -> [String: KoreanDay] {
        var days: [String: KoreanDay] = [:]
        for receipt in receipts where !receipt.lot.isEmpty {
            let end = try FloorStock.expiry(of: receipt.item, lot: receipt.lot, for: tenant, in: reader)
            days[receipt.id] = end.map { KoreanDay($0.advanced(bySeconds: -1)) }
        }
        return days
    }

    /// What was taken in, with who did and how it is set right; why it cannot be any more, else.
    private static func receipt(
        _ receipt: Receipt, _ name: String, by who: String, _ obstacle: Refusal?, usable day: KoreanDay?,
        _ visit: Visit,
        mayCorrect: Bool
    ) -> JSON {
        let time = Show.time(receipt.at, visit.language)["text"]?.text ?? ""
        var parts = ["\(visit.word("floor_got")) \(Show.count(receipt.good))"]
        if receipt.damaged > 0 { parts.append("\(visit.word("floor_damaged")) \(Show.count(receipt.damaged))") }
        parts += [time, who]
        if let obstacle, !receipt.isCorrected { parts.append(obstacle.words[visit.language]) }
        let row = Station.row(
            name + (receipt.lot.isEmpty ? "" : " · \(receipt.lot)"), sub: parts.joined(separator: " · "),
            badge: receipt.isCorrected ? Show.badge("off", visit.word("floor_receipt_corrected")) : nil)
        guard obstacle == nil, mayCorrect, case .object(var members) = row else { return row }
        members["second"] = [
            "href": .string(
                Station.address(
                    "/do/\(CorrectReceipt.name)",
                    [
                        ("receipt", receipt.id), ("quantity", "\(receipt.good)"),
                        ("damaged", receipt.damaged > 0 ? "\(receipt.damaged)" : ""), ("lot", receipt.lot),
                        ("expiry", day.map { "\($0)" } ?? ""),
                        ("serials", receipt.moves.flatMap(\.serials).joined(separator: " ")),
                        ("next", Station.address(path, [("in", receipt.inbound)])),
                    ])), "label": .string(visit.word("floor_receipt_correct")),
        ]
        return .object(members)
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
