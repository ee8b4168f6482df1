import Record

/// A change of stock as events of EPCIS: one for each way that goods went. Together they say all the change says, so
/// that stock can be made anew from them alone (``StockReplay``).
struct StockTranslation: Sendable {
    /// The event of the Record that the change stands in.
    struct Source: Sendable, Hashable {
        let id: Identifier
        let observed: Timestamp
        let recorded: Timestamp
    }

    let change: StockEvent
    let source: Source
    let names: EPCISNames
    /// The containers that leave with all they hold.
    var whole: Set<String> = []

    /// The clock of the district: Korea, nine hours ahead.
    private static let zone = "+09:00"

    /// The events, in order.
    /// - Parameter whole: the containers that leave with all they hold.
    static func events(
        _ change: StockEvent, of source: Source, names: EPCISNames, whole: Set<String> = []
    ) -> [JSON] {
        let all = StockTranslation(change: change, source: source, names: names, whole: whole).events()
        return all.enumerated().map { number, event in
            var event = event
            event["eventID"] = .string("urn:uuid:\(id(source.id, number))")
            return .object(event)
        }
    }

    /// The identifier of the Record's event; of further ones of the same, one that follows from it (RFC 9562, version 8).
    static func id(_ event: Identifier, _ number: Int) -> String {
        guard number > 0 else { return event.description }
        var hex = Array(ContentHash.sha256("\(event)/\(number)".utf8).utf8.prefix(32))
        hex[12] = UInt8(ascii: "8")
        hex[16] = UInt8(ascii: "a")
        let text = String(decoding: hex, as: UTF8.self)
        var parts: [Substring] = []
        var rest = text[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }

    // MARK: - Legs

    /// A way that goods went within one event.
    private struct Leg: Hashable {
        var from: Spot?
        var to: Spot?
        /// The lot, where pieces are named one by one: their names do not say it.
        var lot = ""
    }

    /// Where goods stand for a moment that go from one container to another, or come into one at once.
    private var hub: String {
        change.place.flatMap { EPCISNames.isContainer($0) ? nil : $0 } ?? change.centre
    }

    private func events() -> [[String: JSON]] {
        // What never happened is no event: those that said so are declared to be wrong.
        guard change.type != StockEvent.takenBack else { return [] }
        guard change.type != StockEvent.consumed else { return transformation() }
        var groups: [(Leg, [Move])] = []
        for move in change.moves {
            for leg in legs(move) {
                var part = move
                part.from = leg.from
                part.to = leg.to
                if let at = groups.firstIndex(where: { $0.0 == leg }) {
                    groups[at].1.append(part)
                } else {
                    groups.append((leg, [part]))
                }
            }
        }
        return groups.map { event($0, $1) }
    }

    /// A move as steps that EPCIS has an event for each: a change of state, into a container, out of one, from place to
    /// place.
    private func legs(_ move: Move) -> [Leg] {
        let lot = move.serials.isEmpty ? "" : move.lot
        var (legs, here): ([Leg], Spot?) = ([], move.from)
        func go(_ to: Spot?) {
            legs.append(Leg(from: here, to: to, lot: lot))
            here = to
        }
        guard let to = move.to else {
            go(nil)
            return legs
        }
        let (isFrom, isTo) = (
            here.map { EPCISNames.isContainer($0.location) } ?? false, EPCISNames.isContainer(to.location)
        )
        if let from = here, from.status != to.status, isFrom || isTo {
            go(Spot(location: from.location, status: to.status))
        }
        if isTo, here == nil || isFrom, here?.location != to.location { go(Spot(location: hub, status: to.status)) }
        if here != to { go(to) }
        return legs
    }

    // MARK: - Events

    private func event(_ leg: Leg, _ moves: [Move]) -> [String: JSON] {
        let isIn = leg.to.map { EPCISNames.isContainer($0.location) } ?? false
        let isOut = leg.from.map { EPCISNames.isContainer($0.location) } ?? false
        let isSame = leg.from?.location == leg.to?.location
        if isIn || isOut, !isSame, let from = leg.from, let to = leg.to {
            return aggregation(from, to, moves, isIn: isIn, leg)
        }
        var event = common("ObjectEvent", seen: leg.from ?? leg.to)
        // What only the house names comes to be known by this event; what GS1 names was known before.
        let isOwn = leg.from == nil && moves.allSatisfy { names.goods[$0.item]?.gtin == nil }
        let isDestroyed = leg.to == nil && step == "destroying"
        event["action"] = .string(isOwn ? "ADD" : isDestroyed ? "DELETE" : "OBSERVE")
        what(moves, epcs: "epcList", quantities: "quantityList", &event)
        if let parcel = leg.from?.location, leg.to == nil, whole.contains(parcel) {
            // Whoever scans the label finds the parcel on its way; what is in it stands beside it.
            event["epcList"] = .array([.string(names.place(parcel))] + (event["epcList"]?.elements ?? []))
        }
        if event["epcList"] == nil, event["quantityList"] == nil { event["epcList"] = [] }
        event["disposition"] = .string(leg.to?.status.disposition ?? away)
        if let to = leg.to, !EPCISNames.isContainer(to.location) { event["bizLocation"] = place(to.location) }
        if let from = leg.from {
            event[Self.from] = .string(names.place(from.location))
            if from.status != leg.to?.status {
                var lasting: [String: JSON] = [:]
                if from.status != .available { lasting["unset"] = [.string(from.status.disposition)] }
                if let to = leg.to, to.status != .available { lasting["set"] = [.string(to.status.disposition)] }
                if !lasting.isEmpty { event["persistentDisposition"] = .object(lasting) }
            }
        }
        if !leg.lot.isEmpty { event[Self.lot] = .string(leg.lot) }
        return event
    }

    private func aggregation(_ from: Spot, _ to: Spot, _ moves: [Move], isIn: Bool, _ leg: Leg) -> [String: JSON] {
        let place = isIn ? from : to
        var event = common("AggregationEvent", seen: place)
        event["action"] = isIn ? "ADD" : "DELETE"
        event["parentID"] = .string(names.place(isIn ? to.location : from.location))
        what(moves, epcs: "childEPCs", quantities: "childQuantityList", &event)
        event["disposition"] = .string(to.status.disposition)
        if isIn {
            event[Self.from] = .string(names.place(from.location))
        } else {
            event["bizLocation"] = self.place(to.location)
        }
        if !leg.lot.isEmpty { event[Self.lot] = .string(leg.lot) }
        return event
    }

    /// What goes in and what comes out; several where it comes from or goes to several spots, joined by one identifier.
    private func transformation() -> [[String: JSON]] {
        var (inputs, outputs, others): ([(Spot, [Move])], [(Spot, [Move])], [Move]) = ([], [], [])
        func add(_ move: Move, _ spot: Spot, to groups: inout [(Spot, [Move])]) {
            if let at = groups.firstIndex(where: { $0.0 == spot }) {
                groups[at].1.append(move)
            } else {
                groups.append((spot, [move]))
            }
        }
        for move in change.moves {
            switch (move.from, move.to) {
            case (let from?, nil): add(move, from, to: &inputs)
            case (nil, let to?): add(move, to, to: &outputs)
            default: others.append(move)
            }
        }
        let identifier = names.paper("transformation/\(source.id)")
        var events: [[String: JSON]] = []
        for number in 0..<max(inputs.count, outputs.count) {
            let (input, output) = (inputs.dropFirst(number).first, outputs.dropFirst(number).first)
            var event = common("TransformationEvent", seen: input?.0 ?? output?.0)
            event["transformationID"] = .string(identifier)
            if let (spot, moves) = input {
                what(moves, epcs: "inputEPCList", quantities: "inputQuantityList", &event, isWhole: true)
                event[Self.from] = .string(names.place(spot.location))
                if spot.status != .available {
                    event["persistentDisposition"] = ["unset": [.string(spot.status.disposition)]]
                }
            }
            if let (spot, moves) = output {
                what(moves, epcs: "outputEPCList", quantities: "outputQuantityList", &event, isWhole: true)
                event["disposition"] = .string(spot.status.disposition)
                event["bizLocation"] = place(spot.location)
            }
            events.append(event)
        }
        guard !others.isEmpty else { return events }
        var rest = change
        rest.type = StockEvent.relocated
        rest.moves = others
        return events + StockTranslation(change: rest, source: source, names: names).events()
    }

    private func common(_ type: String, seen: Spot?) -> [String: JSON] {
        var event: [String: JSON] = [
            "type": .string(type), "eventTime": .string(source.observed.description),
            "recordTime": .string(source.recorded.description), "eventTimeZoneOffset": .string(Self.zone),
            "bizStep": .string(step),
        ]
        let seenAt = change.place ?? seen?.location ?? change.centre
        event["readPoint"] = place(EPCISNames.isContainer(seenAt) ? change.centre : seenAt)
        if !change.papers.isEmpty {
            event["bizTransactionList"] = .array(
                change.papers.map { paper in
                    let isKnown = CBV.transactionTypes.contains(paper.type)
                    return [
                        "type": .string(isKnown ? paper.type : names.paper("paper/\(paper.type)")),
                        "bizTransaction": .string(names.paper(paper.reference)),
                    ]
                })
        }
        return event
    }

    private func place(_ location: String) -> JSON { ["id": .string(names.place(location))] }

    /// What moved: pieces with a serial number one by one, everything else by how many.
    private func what(
        _ moves: [Move], epcs: String, quantities: String, _ event: inout [String: JSON], isWhole: Bool = false
    ) {
        var (pieces, classes, counts): ([String], [String], [String: (Int64, String?)]) = ([], [], [:])
        for move in moves {
            // Where no member says the lot of pieces, they are told by their lot.
            let areNamed = !move.serials.isEmpty && !(isWhole && !move.lot.isEmpty)
            if areNamed { pieces += move.serials.map { names.piece(move.item, serial: $0) } }
            let rest = move.quantity - (areNamed ? Int64(move.serials.count) : 0)
            guard rest > 0 else { continue }
            let name = names.goods(move.item, lot: move.lot)
            if counts[name] == nil { classes.append(name) }
            counts[name] = ((counts[name]?.0 ?? 0) + rest, names.unit(move.item))
        }
        if !pieces.isEmpty { event[epcs] = .array(pieces.map { .string($0) }) }
        guard !classes.isEmpty else { return }
        event[quantities] = .array(
            classes.map { name in
                var members: [String: JSON] = ["epcClass": .string(name)]
                if let (count, unit) = counts[name] {
                    members["quantity"] = .number(Double(count))
                    if let unit { members["uom"] = .string(unit) }
                }
                return .object(members)
            })
    }

    // MARK: - Words

    /// The house's own members: where goods were before, and the lot of pieces.
    static let from = "\(EPCISDocument.ownPrefix):from"
    static let lot = "\(EPCISDocument.ownPrefix):lot"

    /// The step of the business, a word of the standard.
    private var step: String { CBV.bizSteps.contains(change.step) ? change.step : Self.usual[change.type] ?? "other" }

    /// What goods are that left.
    private var away: String {
        switch change.type {
        case StockEvent.shipped: "in_transit"
        case StockEvent.sold: "retail_sold"
        case StockEvent.scrapped: "destroyed"
        default: step == "destroying" ? "destroyed" : "unknown"
        }
    }

    /// The step where a change names none of the standard.
    private static let usual: [String: String] = [
        StockEvent.received: "receiving", StockEvent.checked: "inspecting", StockEvent.stored: "storing",
        StockEvent.replenished: "stocking", StockEvent.relocated: "storing", StockEvent.counted: "cycle_counting",
        StockEvent.consumed: "assembling", StockEvent.picked: "picking", StockEvent.packed: "packing",
        StockEvent.shipped: "shipping", StockEvent.returned: "receiving",
        StockEvent.graded: "inspecting", StockEvent.quarantined: "holding", StockEvent.freed: "inspecting",
        StockEvent.scrapped: "destroying", StockEvent.sold: "retail_selling", StockEvent.setAside: "holding",
        StockEvent.unpacked: "unpacking",
    ]
}
