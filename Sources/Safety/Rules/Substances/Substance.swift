import Record

/// A chemical kept or used at a place, as its safety data sheet (MSDS, OSH 110–114) describes it.
struct Substance: Sendable, Hashable {
    /// Its identifier: the stream `substance/…`.
    let id: String
    /// Whose it is.
    let scope: Scope
    /// Where it is kept or used.
    let thing: ThingID
    /// What it is called on the label.
    let name: String
    /// CAS registry number; nil for a mixture.
    let cas: String?
    /// Who supplies it.
    let supplier: String
    /// GHS hazard statements by code: `H225`.
    let hazards: [String]
    /// The data sheet: SHA-256 of the file.
    let sheet: String?
    /// The day of the sheet's edition.
    let revised: KoreanDay
    /// The secret of its QR page.
    let code: String
    /// Whether it is no longer there.
    let isRemoved: Bool

    /// Catches fire in air: what a spark must not meet (GHS physical hazards of gases, aerosols, liquids and solids, and
    /// what gives off flammable gas with water).
    var isFlammable: Bool { hazards.contains { GHS.flammable.contains($0) } }
    /// Feeds a fire.
    var isOxidising: Bool { hazards.contains { GHS.oxidising.contains($0) } }

    /// Whether two may not stand together: what burns beside what feeds a fire, or an explosive beside anything.
    func clashes(with other: Substance) -> Bool {
        isFlammable && other.isOxidising || isOxidising && other.isFlammable
            || hazards.contains { GHS.explosive.contains($0) } || other.hazards.contains { GHS.explosive.contains($0) }
    }
}

/// Which hazard statements of the GHS (UN, revision 9, annex 3) mean what for storing and for fire.
enum GHS {
    static let explosive: Set<String> = ["H200", "H201", "H202", "H203", "H204", "H205", "H240"]
    static let flammable: Set<String> = [
        "H220", "H221", "H222", "H223", "H224", "H225", "H226", "H228", "H241", "H242", "H250", "H251", "H252", "H260",
        "H261",
    ]
    static let oxidising: Set<String> = ["H270", "H271", "H272"]
}

/// A CAS registry number: up to ten digits in three groups, the last of which checks the others.
enum CASNumber {
    /// Whether the number's check digit is right: the sum of the digits before it, each times its place counted from
    /// the right, modulo 10.
    static func isSound(_ text: String) -> Bool {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.count == 3, (2...7).contains(groups[0].count), groups[1].count == 2, groups[2].count == 1 else {
            return false
        }
        let digits = groups.joined().compactMap { $0.isASCII ? $0.wholeNumberValue : nil }
        guard digits.count == groups.joined().count, let check = digits.last else { return false }
        let sum = digits.dropLast().reversed().enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
        return sum % 10 == check
    }
}
