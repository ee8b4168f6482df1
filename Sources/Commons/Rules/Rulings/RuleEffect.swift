import District
import Record
import Web

/// What an option of a vote makes a rule of where it is chosen: a limit for robots. It is fixed when the vote is set up,
/// before anybody has a ballot.
struct RuleEffect: Sendable, Hashable {
    let kind: RuleAdopted.Kind
    /// The site whose map it holds for, and the area on that map; nil for the whole site.
    let site: String, area: String?
    /// What citizens call the place.
    let place: String
    /// At most so fast, in metres per second; zero where nobody drives.
    let limit: Double

    /// What a vote may set, in metres per second: slower stands still, faster no robot among people drives.
    static let speeds = 0.1...8.0

    /// The same as people read it.
    var words: Words { Self.words(kind, place, limit) }

    /// A rule in a sentence: kilometres an hour as people know them, and metres a second as maps have them.
    static func words(_ kind: RuleAdopted.Kind, _ place: String, _ limit: Double) -> Words {
        switch kind {
        case .noDriving: Words("\(place): 로봇 통행 금지", "\(place): no robots")
        case .speedLimit:
            Words("\(place): 로봇 최고 \(speed(limit).ko)", "\(place): robots at most \(speed(limit).en)")
        }
    }

    /// A speed in both units.
    static func speed(_ limit: Double) -> Words {
        let (hour, second) = (Show.number((limit * 36).rounded() / 10), Show.number(limit))
        return Words("시속 \(hour) km(초속 \(second) m)", "\(hour) km/h (\(second) m/s)")
    }

    /// Whether two hold for the same place, so that only one of them can.
    func meets(_ other: RuleEffect) -> Bool { site == other.site && area == other.area }
}

extension RuleEffect {
    /// As the event that sets a vote up carries it.
    var json: JSON {
        [
            "kind": .string(kind.rawValue), "site": .string(site), "area": .string(area ?? ""),
            "place": .string(place), "limit": .number(limit),
        ]
    }

    /// Out of such an event; nil where there is none.
    init?(_ json: JSON?) {
        guard let json, let kind = json["kind"]?.text.flatMap({ RuleAdopted.Kind(rawValue: $0) }),
            let site = json["site"]?.text
        else { return nil }
        self.init(
            kind: kind, site: site, area: json["area"]?.text.flatMap { $0.isEmpty ? nil : $0 },
            place: json["place"]?.text ?? site, limit: json["limit"]?.double ?? 0)
    }
}
