import Record

/// Who came to harm in one accident: those described one by one, and how many there are in all.
struct Casualties: Sendable, Hashable {
    /// Those described, by number.
    var people: [Injured]
    /// How many died, were hurt, fell ill, as it was reported; never fewer than are described.
    var deaths: Int64, injured: Int64, ill: Int64

    /// - Parameters: counts as reported; the described count at least.
    init(people: [Injured], deaths: Int64 = 0, injured: Int64 = 0, ill: Int64 = 0) {
        self.people = people
        self.deaths = max(deaths, Int64(people.count { $0.care == .death }))
        self.injured = max(injured, Int64(people.count { $0.care != .death && !$0.isIll }))
        self.ill = max(ill, Int64(people.count { $0.care != .death && $0.isIll }))
    }

    /// All of them.
    var total: Int64 { deaths + injured + ill }
    /// Hurt or ill and alive, as far as is known.
    var living: [Injured] { people.filter { $0.care != .death } }
    /// Counted, but described by nobody yet: how badly they are hurt is not known.
    var undescribed: Int64 { max(0, total - Int64(people.count)) }
    /// Hurt or ill of whom nobody knows how badly.
    var unknown: Int64 {
        let described = Int64(living.count)
        return Int64(people.count { $0.care == .unknown }) + max(0, injured + ill - described)
    }
}

/// A case of an illness from work, as other incidents of the firm have it.
struct DiseaseCase: Sendable, Hashable {
    let disease: String
    let day: KoreanDay
}
