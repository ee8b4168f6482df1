import Record

/// An item that would better lie elsewhere.
struct SlotMove: Sendable, Hashable {
    /// The item's code, and whence whither: ids of places.
    let item: String
    let from: String
    let to: String
    /// The item that goes the other way; nil where the place is empty.
    let exchanged: String?
    /// How much less is walked a day, in metres, given the moves before it in the list.
    let gain: Double
    /// Whether somebody has to look first whether it fits: how much it needs, or how much the place holds, is not registered.
    let isUnchecked: Bool
    /// Why.
    let reason: Words
}

/// An item and where it is picked from.
struct SlotItem: Sendable, Hashable {
    /// Its code.
    let code: String
    /// The place that it is picked from now.
    let place: String
    /// How much room its stock for picking takes, in cubic millimetres, and what it weighs, in grams; nil where not known.
    let volume: Int?
    let weight: Int?
    /// What it needs of its place.
    let climate: Item.Climate
    let hazard: String?
    /// Places where it may not lie for what else lies there or near there, or for somebody said no.
    let barred: Set<String>

    init(
        _ code: String, at place: String, volume: Int? = nil, weight: Int? = nil, climate: Item.Climate = .ambient,
        hazard: String? = nil, barred: Set<String> = []
    ) {
        self.code = code
        self.place = place
        self.volume = volume
        self.weight = weight
        self.climate = climate
        self.hazard = hazard
        self.barred = barred
    }

    /// Whether it may lie in a place; nil where that cannot be told of room or weight, which somebody has to look at.
    func fits(_ place: Place) -> Bool? {
        guard place.kind == .pick, !place.isClosed, place.climate == climate, place.aisle != nil, place.position != nil
        else { return false }
        if barred.contains(place.id) { return false }
        if let hazard, !place.hazards.contains(hazard) { return false }
        if let volume, let room = place.volume, volume > room { return false }
        if let weight, let bears = place.weight, weight > bears { return false }
        return volume != nil && place.volume != nil && weight != nil && place.weight != nil ? true : nil
    }
}
