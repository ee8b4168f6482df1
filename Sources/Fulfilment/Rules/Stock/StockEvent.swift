import Record

/// A change of stock, as the Record carries it: what moved, at which step of the business, on whose paper. Every change
/// of stock is one, and each becomes one event of EPCIS 2.0.
struct StockEvent: Sendable, Hashable {
    /// The event type: one of ``types``.
    var type: String
    /// The centre, a thing.
    var centre: String
    /// The step of the business, a word of CBV 2.0: `receiving`, `storing`, `picking` …
    var step: String
    /// What moved.
    var moves: [Move]
    /// Where it was seen: a location of the centre; nil where it is the place it moved from or to.
    var place: String?
    /// The papers it belongs to: CBV business transaction type (`desadv`, `po`, `pick`, …) and our own reference (`order/…`).
    var papers: [Paper] = []
    /// The container that goods were put into or taken out of, as an aggregation; nil where they lie in a place.
    var container: String?

    /// A paper that a change belongs to.
    struct Paper: Sendable, Hashable {
        /// A business transaction type of CBV 2.0.
        var type: String
        /// Our reference: `inbound/…`, `order/…`, `count/…`.
        var reference: String
    }

    /// Everything that changes stock; nothing else does.
    static let types = [
        received, checked, stored, replenished, relocated, counted, consumed, picked, packed, shipped, returned,
        graded, quarantined, freed, scrapped, sold, setAside, unpacked, takenBack,
    ]

    /// Taken in at the dock.
    static let received = "fulfilment.goods.received"
    /// Found good or bad by a check.
    static let checked = "fulfilment.goods.checked"
    /// Put away.
    static let stored = "fulfilment.goods.stored"
    /// Brought from reserve to the pick face.
    static let replenished = "fulfilment.goods.replenished"
    /// Moved for another reason.
    static let relocated = "fulfilment.goods.relocated"
    /// Corrected after a count.
    static let counted = "fulfilment.goods.counted"
    /// Made into something else (kit, relabelled, assembled): a transformation.
    static let consumed = "fulfilment.goods.transformed"
    /// Taken for an order.
    static let picked = "fulfilment.goods.picked"
    /// Put into what is shipped.
    static let packed = "fulfilment.goods.packed"
    /// Handed over to who carries it out.
    static let shipped = "fulfilment.goods.shipped"
    /// Came back.
    static let returned = "fulfilment.goods.returned"
    /// What came back was looked at.
    static let graded = "fulfilment.goods.graded"
    /// Kept back.
    static let quarantined = "fulfilment.goods.quarantined"
    /// No longer kept back.
    static let freed = "fulfilment.goods.freed"
    /// Destroyed.
    static let scrapped = "fulfilment.goods.scrapped"
    /// Sold over the counter.
    static let sold = "fulfilment.goods.sold"
    /// Lies in a tote or a parcel whose order has no right to it any more.
    static let setAside = "fulfilment.goods.set-aside"
    /// Taken out of a tote or a parcel, or found missing in it.
    static let unpacked = "fulfilment.goods.unpacked"

    /// What was taken in by mistake of whoever entered it: it leaves the books again.
    static let takenBack = "fulfilment.goods.taken-back"

    /// The event to append.
    /// - Parameter extra: what the step says besides.
    func draft(stream: String, scope: Scope, extra: [String: JSON] = [:]) -> Draft {
        var payload = extra
        payload["centre"] = .string(centre)
        payload["step"] = .string(step)
        payload["moves"] = .array(moves.map(\.json))
        if let place { payload["place"] = .string(place) }
        if let container { payload["container"] = .string(container) }
        if !papers.isEmpty {
            payload["papers"] = .array(
                papers.map { ["type": .string($0.type), "reference": .string($0.reference)] })
        }
        return Draft(type, stream: stream, scope: scope, payload: payload)
    }

    /// Reads a change of stock from its event; nil where the event is another.
    init?(_ type: String, _ payload: [String: JSON]) {
        guard Self.types.contains(type), let centre = payload["centre"]?.text, let step = payload["step"]?.text,
            let moves = payload["moves"]?.elements
        else { return nil }
        self.init(
            type, centre: centre, step: step, moves: moves.compactMap { Move($0) }, place: payload["place"]?.text,
            papers: (payload["papers"]?.elements ?? []).compactMap { paper in
                paper["type"]?.text.flatMap { type in
                    paper["reference"]?.text.map { Paper(type: type, reference: $0) }
                }
            }, container: payload["container"]?.text)
    }

    init(
        _ type: String, centre: String, step: String, moves: [Move], place: String? = nil, papers: [Paper] = [],
        container: String? = nil
    ) {
        self.type = type
        self.centre = centre
        self.step = step
        self.moves = moves
        self.place = place
        self.papers = papers
        self.container = container
    }
}
