import District
import Record

/// What the Open311 endpoint is for: `open311.json`.
struct GeoReportArea: Sendable, Hashable {
    /// The jurisdiction's name; a client that names another is at the wrong door.
    let jurisdiction: String
    /// Whom to ask.
    let contact: Words
    /// When its services were last changed.
    let changeset: String
    /// Where places may lie, in WGS 84 degrees.
    let latitudes: ClosedRange<Double>, longitudes: ClosedRange<Double>

    /// - Throws: ``HandbookError`` naming what is wrong in it.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "open311.json"
        let json = try book.read(file).json
        func range(_ low: String, _ high: String, _ most: Double) throws(HandbookError) -> ClosedRange<Double> {
            guard let from = json[low]?.double, let to = json[high]?.double, -most <= from, from < to, to <= most
            else { throw HandbookError(file: file, place: "\(low), \(high)", rule: "degrees, the smaller first") }
            return from...to
        }
        latitudes = try range("south", "north", 90)
        longitudes = try range("west", "east", 180)
        guard let jurisdiction = json["jurisdiction_id"]?.text, !jurisdiction.isEmpty else {
            throw HandbookError(file: file, place: "jurisdiction_id", rule: "is missing")
        }
        guard let ko = json["contact"]?["ko"]?.text, let en = json["contact"]?["en"]?.text else {
            throw HandbookError(file: file, place: "contact", rule: "ko and en")
        }
        guard let changeset = json["changeset"]?.text, Timestamp(iso8601: changeset) != nil else {
            throw HandbookError(file: file, place: "changeset", rule: "a moment such as 2026-11-21T00:00:00+09:00")
        }
        self.jurisdiction = jurisdiction
        contact = Words(ko, en)
        self.changeset = changeset
    }

    /// Whether a place lies within.
    func holds(latitude: Double, longitude: Double) -> Bool {
        latitudes.contains(latitude) && longitudes.contains(longitude)
    }

    /// The service discovery document: where the endpoint is and in which formats it answers.
    func discovery(site: String, root: String, _ language: Language) -> ReportNode {
        .members([
            .init("changeset", .text(changeset)), .init("contact", .text(contact[language])),
            .init("key_service", .text("\(site)/tokens")),
            .init(
                "endpoints",
                .list(
                    of: "endpoint",
                    [
                        .members([
                            .init("specification", .text("http://wiki.open311.org/GeoReport_v2")),
                            .init("url", .text(site + root)), .init("changeset", .text(changeset)),
                            .init("type", .text("production")),
                            .init(
                                "formats", .list(of: "format", [.text("text/xml"), .text("application/json")])),
                        ])
                    ])),
        ])
    }
}
