import District
import Record

/// Who does what in an emergency at a site.
enum EmergencyRole: String, Sendable, CaseIterable {
    case commander, warden
    case firstAid = "first-aid"
    case liaison

    var words: Words {
        switch self {
        case .commander: Words("지휘자", "Commander")
        case .warden: Words("대피 유도자", "Warden")
        case .firstAid: Words("응급처치 담당", "First aid")
        case .liaison: Words("연락 담당", "Liaison")
        }
    }

    static let choices = allCases.map { Field.Choice($0.rawValue, $0.words) }
}

/// A role that somebody has at a site, with a deputy for when they are away.
struct EmergencyDuty: Sendable, Hashable {
    let id: String
    let site: ThingID
    let role: EmergencyRole
    let person: PersonID
    let deputy: PersonID?
    /// The area a warden clears; nil for the whole site.
    let area: ThingID?

    /// Whether it is somebody's, as first or as deputy.
    func isOf(_ one: PersonID?) -> Bool { one != nil && (person == one || deputy == one) }
}
