import District
import Record

/// Advice as it goes on the Record. A rule works it out of what was picked: it foresees nothing, learns nothing, and is no use
/// of AI; a person accepts or declines each move.
enum SlotAdvice {
    /// The event of a look at a centre; nil where nothing can be told: no aisles, or nothing was picked.
    static func draft(_ known: SlotKnown, _ terms: SlotTerms, centre: String, scope: Scope, at now: Timestamp) -> Draft?
    {
        guard let hall = terms.hall(known.places), !known.tours.isEmpty, !known.items.isEmpty else { return nil }
        let advice = Slotting.advice(
            known.items, known.places, tours: known.tours, days: known.days, hall, most: terms.goods,
            within: terms.within, looked: (terms.items, terms.places))
        return Draft(
            SlotTable.advised, stream: "slotting/\(centre)", scope: scope,
            payload: [
                "centre": .string(centre), "before": .number(advice.before), "after": .number(advice.after),
                "tours": .decimal(Int64(known.tours.count)), "days": .number(known.days),
                "basis": .string(known.basis.rawValue), "moves": .array(advice.moves.map { json($0, at: now) }),
            ])
    }

    private static func json(_ move: SlotMove, at now: Timestamp) -> JSON {
        var members: [String: JSON] = [
            "id": .string("slot/\(Identifier(at: now))"), "item": .string(move.item), "from": .string(move.from),
            "to": .string(move.to), "gain": .number(move.gain), "unchecked": .bool(move.isUnchecked),
            "ko": .string(move.reason.ko), "en": .string(move.reason.en),
        ]
        if let exchanged = move.exchanged { members["exchanged"] = .string(exchanged) }
        return .object(members)
    }
}
