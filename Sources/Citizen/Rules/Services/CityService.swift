import District
import Record

/// One public service of the city: what it is, which department does it, and what it asks.
struct CityService: Sendable {
    /// `pothole`: as the service is called by programs.
    let code: String
    /// What people call it.
    let name: Words
    /// What it leads to.
    let kind: Kind
    /// Which department answers for it.
    let department: Words
    /// Within how many days it should be answered, counted from the day after; nil where it is answered at once.
    let days: Int64?
    /// One sentence about what is done.
    let description: Words
    /// Words it can be looked up by.
    let keywords: [String]
    /// Whether programs may list what was asked for, at street level: a report from a public place. What somebody reports
    /// of their own home is nobody else's.
    let isPublic: Bool
    /// Whether what it answers is about one person: then their name is asked beside the number, and a look-up is counted.
    let isPersonal: Bool
    /// What it asks.
    let fields: [ServiceField]
    /// How a look-up's answer is said: a template over what the service returned, and what is said where it has none.
    let says: (found: Words, unknown: Words)?
    /// How it is said to whoever knows a number alone, and may be anybody.
    var stage: Words?
    /// When what is booked is open; nil where any day and time will do.
    var hours: OpenHours?

    /// What a service leads to.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Something is wrong in a public place.
        case report
        /// Something is asked for.
        case application
        /// A day and a time are asked for.
        case booking
        /// A question that changes nothing.
        case lookup

        /// What people call it.
        var words: Words {
            switch self {
            case .report: Words("신고", "Reports")
            case .application: Words("신청", "Applications")
            case .booking: Words("예약", "Bookings")
            case .lookup: Words("조회", "Look-ups")
            }
        }

        /// The end of the command's name; nil where there is no command.
        var verb: String? {
            switch self {
            case .report: "report"
            case .application: "apply"
            case .booking: "book"
            case .lookup: nil
            }
        }
    }

    /// The command by which it is asked for: `citizen.pothole.report`.
    var command: String? { kind.verb.map { "citizen.\(code).\($0)" } }

    /// The fields whose values may stand where anybody reads them.
    var open: [ServiceField] { fields.filter { !$0.field.isPersonal } }

    /// Until when it should be answered, if it was asked for at a moment.
    func due(since submitted: Timestamp) -> Timestamp? {
        days.map { submitted.advanced(bySeconds: Double($0) * 86_400) }
    }
}

/// A field of a service, with what the house checks beyond its kind.
struct ServiceField: Sendable {
    /// As the form has it.
    let field: Field
    /// On which side of today a day must lie.
    let range: Range?

    /// On which side of today a day lies, today included.
    enum Range: String, Sendable { case future, past }
}
