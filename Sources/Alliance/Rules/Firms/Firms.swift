import District
import Record

/// What a firm says of itself.
struct FirmProfile: Sendable {
    /// Who sees it beside the firm and the zone's officers: the firm's own consent.
    enum Shown: String, Sendable, CaseIterable {
        /// Whoever looks, signed in or not.
        case everyone = "public"
        /// Whoever is signed in.
        case members
        /// Nobody else.
        case nobody

        var words: Words {
            switch self {
            case .everyone: Words("누구나(공개 명부)", "Everyone (public directory)")
            case .members: Words("로그인한 구역 사람만", "People of the zone who are signed in")
            case .nobody: Words("공개하지 않음", "Nobody else")
            }
        }
    }

    let firm: FirmID
    let name: String
    let makes: String, industry: String, processes: String
    let region: String
    let languages: [String]
    let headcount: Int64?
    let shown: Shown
    let changed: Timestamp
}

/// What a supplier offers.
struct FirmOffer: Sendable {
    let id: String
    let firm: FirmID
    let supplier: String
    let title: String, about: String
    let kinds: [String], industries: [String], regions: [String], languages: [String]
    /// In millions of won.
    let price: ClosedRange<Int64>
    let leadDays: Int64
    let capacity: Int64
    let certificates: String
    let excluded: [String]
    let isOpen: Bool
    let event: String
}

/// What a firm looks for.
struct FirmNeed: Sendable {
    /// Where it stands.
    enum State: String, Sendable, CaseIterable {
        /// The Record showed it; the firm has not said yes. Nobody else sees it.
        case proposed
        /// Suppliers may be looked for.
        case open
        /// The firm did not want it; it was met or given up; the consent it rested on was withdrawn.
        case declined, closed, withdrawn
    }

    let id: String
    let firm: FirmID
    let title: String, about: String, musts: String
    let kinds: [String]
    /// In millions of won.
    let budget: ClosedRange<Int64>?
    let deadline: KoreanDay?
    let meetings: Int64
    let excluded: [String]
    let state: State
    /// What on the Record it rests on; nil where a person entered it.
    let source: NeedSigns.Source?
    let evidence: NeedEvidence?
    let event: String
}

/// What on the Record shows a need: which events, of what, since when.
struct NeedEvidence: Sendable, Hashable {
    /// The machine or place, where one is.
    let thing: String
    /// The events, oldest first, with when they happened.
    let events: [(id: String, at: Timestamp)]
    /// By which rule: so often within so many days, of which edition.
    let count: Int64, days: Int64
    let edition: String

    static func == (left: NeedEvidence, right: NeedEvidence) -> Bool { left.json == right.json }
    func hash(into hasher: inout Hasher) { hasher.combine(json) }

    init(thing: String, events: [(id: String, at: Timestamp)], count: Int64, days: Int64, edition: String) {
        (self.thing, self.events, self.count, self.days, self.edition) = (thing, events, count, days, edition)
    }

    /// From an event or a column.
    init?(_ json: JSON?) {
        guard let json, let events = json["events"]?.elements else { return nil }
        self.init(
            thing: json["thing"]?.text ?? "",
            events: events.compactMap { one in
                guard let id = one["id"]?.text, let at = one["at"]?.text.flatMap({ Timestamp(iso8601: $0) }) else {
                    return nil
                }
                return (id, at)
            }, count: json["count"]?.integer ?? 0, days: json["days"]?.integer ?? 0,
            edition: json["edition"]?.text ?? "")
    }

    var json: JSON {
        [
            "thing": .string(thing), "count": .decimal(count), "days": .decimal(days), "edition": .string(edition),
            "events": .array(events.map { ["id": .string($0.id), "at": .string($0.at.description)] }),
        ]
    }
}
