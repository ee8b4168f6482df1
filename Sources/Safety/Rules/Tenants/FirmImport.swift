import Access
import Record

/// What an import does, decided before anything is done: which firms are new, which change, which stay, which are refused.
struct FirmImport: Sendable {
    /// A firm that exists already, as far as a list can say.
    struct Known: Sendable, Hashable {
        let firm: Firm
        let industry: IndustryCode?
        let address: String?
    }

    /// Firms that come new.
    private(set) var added: [FirmListing.Entry] = []
    /// Firms whose particulars change; only where the officer asked for it.
    private(set) var changed: [FirmListing.Entry] = []
    /// Rows that say what is known already.
    private(set) var unchanged = 0
    /// What is wrong or doubtful, in the order of the file.
    private(set) var findings: [FirmListing.Finding]

    /// How many rows are not taken.
    var refused: Int { Set(findings.filter { !$0.rule.isDoubt }.map(\.line)).count }

    /// Holds a list against the firms that there are.
    /// - Parameter updates: whether a firm that exists with other particulars is changed, instead of named.
    init(_ listing: FirmListing, known: [Known], updates: Bool) {
        findings = listing.findings
        let byID = Dictionary(known.map { ($0.firm.id, $0) }, uniquingKeysWith: { first, _ in first })
        let byNumber = Dictionary(
            known.filter { !$0.firm.registration.isEmpty }
                .map { (FirmListing.digits($0.firm.registration), $0.firm.id) },
            uniquingKeysWith: { first, _ in first })
        for entry in listing.entries {
            let digits = FirmListing.digits(entry.firm.registration)
            if !digits.isEmpty, let owner = byNumber[digits], owner != entry.firm.id {
                findings.append(.init(line: entry.line, column: .registration, rule: .known, other: owner.rawValue))
                continue
            }
            guard let before = byID[entry.firm.id] else {
                added.append(entry)
                continue
            }
            if Self.says(entry, nothingNewOf: before) {
                unchanged += 1
            } else if updates {
                changed.append(Self.merged(entry, before))
            } else {
                findings.append(.init(line: entry.line, column: .id, rule: .differs, other: before.firm.id.rawValue))
            }
        }
        // A doubt is about what was taken in now, not about what has stood here before.
        let taken = Set((added + changed).map(\.line))
        findings.removeAll { $0.rule.isDoubt && !taken.contains($0.line) }
        findings.sort { ($0.line, $0.column.rawValue) < ($1.line, $1.column.rawValue) }
    }

    /// Whether a row repeats what is known; what it leaves blank says nothing.
    private static func says(_ entry: FirmListing.Entry, nothingNewOf known: Known) -> Bool {
        entry.firm.name == known.firm.name
            && (entry.firm.registration.isEmpty || entry.firm.registration == known.firm.registration)
            && (entry.firm.headcount == nil || entry.firm.headcount == known.firm.headcount)
            && (entry.industry == nil || entry.industry == known.industry)
            && (entry.address == nil || entry.address == known.address)
    }

    private static func merged(_ entry: FirmListing.Entry, _ known: Known) -> FirmListing.Entry {
        FirmListing.Entry(
            line: entry.line,
            firm: Firm(
                id: entry.firm.id, name: entry.firm.name,
                registration: entry.firm.registration.isEmpty ? known.firm.registration : entry.firm.registration,
                headcount: entry.firm.headcount ?? known.firm.headcount),
            industry: entry.industry ?? known.industry, address: entry.address ?? known.address, email: entry.email,
            phone: entry.phone)
    }
}
