import District
import Record

/// How the district appears in EPCIS: where its identifiers begin, which of its places have a GLN, and to which hosts
/// events may be sent.
struct EPCISSettings: Sendable, Hashable {
    /// `https://id.haesol.example`.
    let base: String
    /// GLNs of places, where they have one.
    let places: [String: GS1Key]
    /// The hosts that subscriptions may name; none where empty, so that nobody sends the house to where it may not go.
    let hosts: Set<String>

    private static let file = "epcis.json"

    /// Reads the handbook.
    /// - Throws: ``HandbookError`` naming the place that is wrong.
    init(_ book: Handbook) throws(HandbookError) {
        let (json, _) = try book.read(Self.file)
        guard let base = json["base"]?.text, base.hasPrefix("https://") || base.hasPrefix("http://"),
            EPCISWriting.isURI(base), !base.hasSuffix("/")
        else { throw HandbookError(file: Self.file, place: "base", rule: "an address without a slash at its end") }
        var places: [String: GS1Key] = [:]
        for (place, value) in json["places"]?.members ?? [:] {
            guard let key = value.text.flatMap({ GS1Key($0) }), case .sgln = key else {
                throw HandbookError(file: Self.file, place: "places.\(place)", rule: "an SGLN, as URN or Digital Link")
            }
            places[place] = key
        }
        guard Set(places.values).count == places.count else {
            throw HandbookError(file: Self.file, place: "places", rule: "each SGLN once")
        }
        self.base = base
        self.places = places
        hosts = Set((json["hosts"]?.elements ?? []).compactMap(\.text))
    }
}
