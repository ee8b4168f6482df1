import Record
import Twin

/// Which works may not be done near each other, as the handbook has it.
struct ClashRule: Sendable, Hashable {
    /// A kind of permit, a trait of the work (`solvent`, `purge`, `needs-power`), or `any`.
    let one: String, other: String
    /// How near is too near, in metres; things that hold each other are always too near.
    let metres: Double
    /// Why.
    let words: Words
    let citation: Words

    /// Whether two works are such a pair, in either order.
    func joins(_ left: Set<String>, _ right: Set<String>) -> Bool {
        func has(_ traits: Set<String>, _ trait: String) -> Bool { trait == "any" || traits.contains(trait) }
        return has(left, one) && has(right, other) || has(left, other) && has(right, one)
    }
}

/// Where and when a work is done, and what makes it dangerous to others.
struct WorkSite: Sendable, Hashable {
    /// The permit, and its number as people call it.
    let permit: String, number: String
    /// Its kind and the traits of its work.
    let traits: Set<String>
    /// The thing it is done at, and all that holds that thing, the nearest first; zone and enterprise left out,
    /// for they are not places.
    let places: [ThingID]
    /// Where the nearest of them is that has a shape; nil where none has.
    let geometry: Geometry?
    let from: Timestamp, to: Timestamp

    /// Whether both are done at some moment.
    func overlaps(_ other: WorkSite) -> Bool { from < other.to && other.from < to }

    /// How far one is from the other in metres: zero where one place is the other or holds it; nil where nobody knows.
    func distance(to other: WorkSite) -> Double? {
        if let mine = places.first, other.places.contains(mine) { return 0 }
        if let its = other.places.first, places.contains(its) { return 0 }
        guard let geometry, let shape = other.geometry, let (one, two) = Footprint.pair(geometry, shape) else {
            return nil
        }
        return one.distance(to: two)
    }

    /// Whether both lie in one site, as far as is known.
    func sharesSite(with other: WorkSite) -> Bool { !Set(places).isDisjoint(with: other.places) }
}

/// Two works that may not be done at once.
struct Clash: Sendable, Hashable {
    let rule: ClashRule
    let one: WorkSite, other: WorkSite
    /// Metres between them; nil where nobody knows, which is not far enough.
    let distance: Double?

    /// Why these works may not be done at once, where they may not.
    ///
    /// A distance that is not known is too near where both lie in one site: unknown is never safe.
    static func find(_ site: WorkSite, among others: [WorkSite], by rules: [ClashRule]) -> [Clash] {
        others.filter { $0.permit != site.permit && site.overlaps($0) }.flatMap { other -> [Clash] in
            let distance = site.distance(to: other)
            return rules.filter { rule in
                guard rule.joins(site.traits, other.traits) else { return false }
                guard let distance else { return site.sharesSite(with: other) }
                return distance <= rule.metres
            }.map { Clash(rule: $0, one: site, other: other, distance: distance) }
        }
    }
}
