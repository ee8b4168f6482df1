import Access
import District
import Record
import Store

/// An order is packed: as proposed, or as the person at the station decides; each parcel gets its SSCC.
enum PackOrder {
    static let name = "fulfilment.pack.confirm"

    static func command(_ rule: PackRule) -> Command {
        Command(
            Form(
                name, title: Words("포장 확인", "Confirm packing"),
                help: Words(
                    "상자와 잰 무게를 확인하면 라벨 번호가 정해집니다.",
                    "With the carton and the weight measured, each parcel gets its number."),
                fields: [
                    ChangeOrder.order,
                    Field(
                        "parcels", Words("상자", "Parcels"),
                        .list(
                            [
                                Field("carton", Words("상자 종류", "Carton"), .text(maximum: 40)),
                                Field(
                                    "weight", Words("잰 무게", "Weight"), .integer(1...200_000, unit: "g"), required: false
                                ), Serials.field,
                            ], maximum: 50)),
                    Field(
                        "reason", Words("무게가 다른 사유", "Why the weight differs"), .text(maximum: 200),
                        required: false),
                ], permission: GoodsAsk.permission(name, StartPicking.roles), surfaces: [.web, .http])
        ) { ask, tables in
            let order = try ChangeOrder.find(ask, tables)
            let owner = try ChangeOrder.owner(of: order)
            guard order.state == .picked else { throw OrderRefusals.tooFar(order.state) }
            guard !order.isHeld else {
                throw Refusal(.conflict, "pack.held", Words("보류된 주문입니다.", "The order is held."))
            }
            let packing = try Packing(order, rule, at: ask.now, for: owner, tables)
            let entered = (ask.values["parcels"]?.elements ?? []).map {
                Entry(
                    carton: $0["carton"]?.text ?? "", weight: $0["weight"]?.integer,
                    serials: Serials.read($0["serials"]?.text ?? ""))
            }
            if !packing.kept.isEmpty { throw KeptBack.refusal(packing.kept, in: nil, field: "order") }
            return try packing.drafts(entered, reason: ask.values.text("reason"), tables)
        }
    }

    /// A parcel as the person at the station made it up.
    struct Entry {
        let carton: String
        let weight: Int64?
        /// Which numbered pieces lie in it; named only where pieces of the same item lie in another as well.
        let serials: [String]
    }

    /// An order on the packing table.
    struct Packing {
        let order: Order
        let rule: PackRule
        let owner: Tenant
        let lines: [OrderLine]
        let shares: [PackRule.Share]
        /// How many pieces lie in the tote that the order has no right to.
        let surplus: Int64
        /// What lies in the tote that may not leave: it comes out before anything is packed.
        let kept: [KeptBack]
        let items: [String: Item]

        init(_ order: Order, _ rule: PackRule, at now: Timestamp, for owner: Tenant, _ tables: any Reader) throws {
            (self.order, self.rule, self.owner) = (order, rule, owner)
            lines = try OrderTable.lines(of: order.id, for: owner, in: tables)
            let tote = try StockTable.held(
                in: order.centre, location: Tote.location(of: order.id), for: owner, in: tables)
            // Only what the order has a right to: a lot that was recalled and let go again may lie in the tote beside what
            // was picked in its place.
            var right = Dictionary(
                try StockTable.promises(to: order.id, for: owner, in: tables).map { ([$0.item, $0.lot], $0.quantity) },
                uniquingKeysWith: +)
            for box in try ParcelTable.boxes(of: order.id, for: owner, in: tables) where box.state != .gone {
                for held in try StockTable.held(
                    in: order.centre, location: "container/\(box.sscc)", for: owner, in: tables)
                { right[[held.item, held.lot], default: 0] -= held.quantity }
            }
            shares = tote.filter { $0.spot.status == .available }.compactMap { held in
                let some = min(held.quantity, max(0, right[[held.item, held.lot]] ?? 0))
                right[[held.item, held.lot], default: 0] -= some
                return some > 0 ? PackRule.Share(item: held.item, lot: held.lot, quantity: some) : nil
            }
            surplus = tote.reduce(0) { $0 + $1.quantity } - shares.reduce(0) { $0 + $1.quantity }
            let location = Tote.location(of: order.id)
            kept = try KeptBackTable.goods(in: [location], at: now, for: owner, in: tables)[location] ?? []
            items = try ItemTable.several(Set(shares.map(\.item)).sorted(), for: owner, in: tables)
        }

        var proposal: (parcels: [PackRule.Proposed], notes: [Words]) { rule.propose(shares, items) }

        func drafts(
            _ entered: [Entry], reason: String, _ tables: any Reader
        ) throws -> [Draft] {
            guard !shares.isEmpty else {
                throw Refusal(.conflict, "pack.empty", Words("바구니가 비어 있습니다.", "The tote is empty."))
            }
            guard surplus == 0 else {
                throw Refusal(
                    .conflict, "pack.surplus",
                    Words(
                        "바구니에 이 주문의 것이 아닌 물건이 \(surplus)개 있습니다. 먼저 되돌려 놓아 주세요.",
                        "\(surplus) pieces in the tote are not this order's: put them back first."))
            }
            let proposed = proposal.parcels
            guard entered.count == 1 || entered.count == proposed.count else {
                throw OrderRefusals.about(
                    .invalid, "pack.parcels", "parcels",
                    Words(
                        "상자는 하나이거나 제안한 \(proposed.count)개여야 합니다.",
                        "There is one parcel, or the \(proposed.count) that were proposed."))
            }
            let contents = entered.count == 1 ? [shares] : proposed.map(\.shares)
            guard let terms = try CentreTable.find(order.centre, for: owner, in: tables)?.terms else {
                throw OrderRefusals.centre(order.centre)
            }
            let first = try ParcelTable.nextSerial(of: order.scope, in: tables)
            var left = Dictionary(uniqueKeysWithValues: lines.map { ($0.line, $0.picked - $0.packed) })
            return try zip(entered, contents).enumerated().map { index, parcel in
                let (entry, held) = parcel
                guard let carton = rule.cartons.first(where: { $0.code == entry.carton }) else {
                    throw OrderRefusals.about(
                        .invalid, "pack.carton", "parcels[\(index)].carton",
                        Words("그런 상자가 없습니다: \(entry.carton)", "There is no such carton: \(entry.carton)"))
                }
                if reason.isEmpty { try demandClimate(of: held, in: carton, index) }
                let expected = rule.weight(held, items, carton: entry.carton)
                try check(entry.weight, expected, reason, index)
                guard let sscc = SSCC.make(prefix: terms.prefix, serial: first + Int64(index)) else {
                    throw Refusal(
                        .conflict, "pack.numbers", Words("라벨 번호가 다 쓰였습니다.", "All label numbers are used."))
                }
                return try parcelled(
                    sscc, serial: first + Int64(index), entry, held, expected, reason, &left,
                    numbers: try held.map { try numbers($0, entry, index, tables) })
            }
        }

        /// Goods that have to be kept cold go into a carton that keeps them so; another way is told in a reason.
        private func demandClimate(of held: [PackRule.Share], in carton: Carton, _ index: Int) throws(Refusal) {
            let warm = held.lazy.compactMap { items[$0.item] }.first {
                $0.climate != .ambient && !carton.climates.contains($0.climate)
            }
            guard let warm else { return }
            throw OrderRefusals.about(
                .conflict, "pack.climate", "parcels[\(index)].carton",
                Words(
                    "\(warm.climate.words.ko) 상품(\(warm.name))을 담을 수 없는 상자입니다: \(carton.code). 다른 방법으로 온도를 지키면 사유를 적어 주세요.",
                    "This carton (\(carton.code)) does not keep \(warm.name) \(warm.climate.words.en). Where something else does, say so."
                ))
        }

        private func check(_ measured: Int64?, _ expected: Int64?, _ reason: String, _ index: Int) throws(Refusal) {
            guard let expected, reason.isEmpty else { return }
            guard let measured else {
                throw OrderRefusals.about(
                    .invalid, "pack.weigh", "parcels[\(index)].weight",
                    Words("무게를 재 주세요.", "Please weigh the parcel."))
            }
            guard PackRule.isRight(measured, expected: expected) else {
                throw OrderRefusals.about(
                    .conflict, "pack.weight", "parcels[\(index)].weight",
                    Words(
                        "무게가 다릅니다: \(expected) g이어야 하는데 \(measured) g입니다. 내용을 다시 확인하거나 사유를 적어 주세요.",
                        "It should weigh \(expected) g and weighs \(measured) g: check the contents, or say why."))
            }
        }

        /// Which numbered pieces go into a parcel.
        private func numbers(
            _ share: PackRule.Share, _ entry: Entry, _ index: Int, _ tables: any Reader
        ) throws -> [String] {
            guard let item = items[share.item], item.hasSerials else { return [] }
            let spot = Spot(location: Tote.location(of: order.id))
            let there = Set(try FloorStock.serials(of: item.code, lot: share.lot, spot, for: owner, in: tables))
            return try Serials.taken(
                entry.serials.filter { there.contains($0) }, of: item, lot: share.lot, share.quantity, from: spot,
                field: "parcels[\(index)].serials", for: owner, tables)
        }

        private func parcelled(
            _ sscc: String, serial: Int64, _ entry: Entry, _ held: [PackRule.Share], _ expected: Int64?,
            _ reason: String, _ left: inout [Int64: Int64], numbers: [[String]]
        ) throws -> Draft {
            let (tote, box) = (Tote.location(of: order.id), "container/\(sscc)")
            let change = StockEvent(
                StockEvent.packed, centre: order.centre, step: "packing",
                moves: zip(held, numbers).map { share, serials in
                    Move(
                        share.item, lot: share.lot, share.quantity, from: Spot(location: tote),
                        to: Spot(location: box), serials: serials)
                }, papers: [.init(type: "po", reference: order.id)], container: box)
            var extra: [String: JSON] = [
                "sscc": .string(sscc), "serial": .decimal(serial), "order": .string(order.id),
                "carton": .string(entry.carton), "lines": .array(Self.lines(held, lines, order.id, &left)),
            ]
            if let weight = entry.weight { extra["weight"] = .decimal(weight) }
            if let expected { extra["expected"] = .decimal(expected) }
            if !reason.isEmpty { extra["reason"] = .string(reason) }
            return change.draft(stream: order.id, scope: order.scope, extra: extra)
        }

        /// Which lines the goods are of: the first that still lacks some.
        static func lines(
            _ held: [PackRule.Share], _ lines: [OrderLine], _ order: String, _ left: inout [Int64: Int64]
        ) -> [JSON] {
            var moved: [JSON] = []
            for share in held {
                var open = share.quantity
                for line in lines where line.item == share.item && open > 0 {
                    let some = min(open, left[line.line] ?? 0)
                    guard some > 0 else { continue }
                    left[line.line, default: 0] -= some
                    open -= some
                    moved.append(
                        ["order": .string(order), "line": .decimal(line.line), "quantity": .decimal(some)])
                }
            }
            return moved
        }
    }
}
