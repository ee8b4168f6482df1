import District
import Record

/// People of industry, academia, research and government who work on one field together.
struct WorkingGroup: Sendable, Hashable {
    /// Its identifier: the stream `working-group/…`.
    let id: String
    /// What it is called.
    let title: Words
    /// The field it works in, by the handbook.
    let field: String
    /// What it is for.
    let purpose: Words
    /// The opportunity of Transition that it works on.
    let opportunity: String?
    /// Who leads it, one of its members.
    let chair: String?
    /// When it was formed.
    let formed: KoreanDay
    /// When it ended, and why; nil while it works.
    let ended: KoreanDay?, endReason: String?
}

/// Where a member comes from.
enum GroupSector: String, Sendable, CaseIterable {
    case industry, academia, research, government

    /// What people call it.
    var words: Words {
        switch self {
        case .industry: Words("산업계", "Industry")
        case .academia: Words("학계", "Academia")
        case .research: Words("연구기관", "Research")
        case .government: Words("공공", "Government")
        }
    }

    /// As forms offer them.
    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}

/// Somebody in a working group: a person of the house, or one from outside whose name lies in the vault.
struct GroupMember: Sendable, Hashable {
    /// Their identifier within the district's groups; says nothing about them.
    let id: String
    /// The group.
    let group: String
    /// Where they come from.
    let sector: GroupSector
    /// For whom they sit there.
    let organisation: String
    /// Who they are, where they can sign in.
    let person: PersonID?
    /// What they are called; nil once it was erased.
    let name: String?
    /// Whether they are still in it.
    let isActive: Bool
}

/// How many of a group come from where.
struct SectorBalance: Sendable, Hashable {
    /// How many from each sector.
    let counts: [GroupSector: Int]

    init(_ members: [GroupMember]) {
        counts = Dictionary(grouping: members.filter(\.isActive), by: \.sector).mapValues(\.count)
    }

    init(counts: [GroupSector: Int]) { self.counts = counts }

    /// How many there are.
    var total: Int { counts.values.reduce(0, +) }
    /// The sectors that nobody comes from.
    var missing: [GroupSector] { GroupSector.allCases.filter { counts[$0, default: 0] == 0 } }
    /// A sector's share in whole per cent; nil where nobody is there to share.
    func share(_ sector: GroupSector) -> Int? {
        total == 0 ? nil : Int((Double(counts[sector, default: 0]) / Double(total) * 100).rounded())
    }
}
