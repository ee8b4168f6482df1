import Record

/// What GET requests asks for (GeoReport v2): by numbers, or within at most 90 days.
struct GeoReportQuery: Sendable, Hashable {
    /// The numbers asked for; where there are some, days do not count.
    let numbers: [String]
    /// The codes of the services asked for; all where there is none.
    let services: Set<String>
    let from: Timestamp
    let until: Timestamp
    let isOpen: Bool
    let isClosed: Bool
    /// How many requests an answer holds, and how many come before them.
    let size: Int
    let offset: Int

    /// The longest span, in days, and the most requests of one answer.
    static let days = 90.0
    static let most = 1000

    /// A parameter that cannot be understood.
    struct Fault: Error, Hashable {
        let text: String
    }

    init(_ query: [String: String], now: Timestamp) throws(Fault) {
        numbers = (query["service_request_id"] ?? "").split(separator: ",").prefix(Self.most).map(String.init)
        services = Set((query["service_code"] ?? "").split(separator: ",").map(String.init))
        func moment(_ name: String) throws(Fault) -> Timestamp? {
            guard let text = query[name], !text.isEmpty else { return nil }
            // A plus sign of a zone arrives as a blank where it was not encoded.
            guard let moment = Timestamp(iso8601: text.replacing(" ", with: "+")) else {
                throw Fault(text: "\(name) must be a W3C date-time such as 2026-11-21T00:00:00+09:00")
            }
            return moment
        }
        let (start, end) = (try moment("start_date"), try moment("end_date"))
        let span = Self.days * 86_400
        until = end ?? start.map { min($0.advanced(bySeconds: span), now) } ?? now
        // The standard's bound: a longer span is cut at its older end.
        let oldest = until.advanced(bySeconds: -span)
        from = max(start ?? oldest, oldest)
        guard from <= until else { throw Fault(text: "start_date must not be after end_date") }
        let states = Set((query["status"] ?? "open,closed").lowercased().split(separator: ",").map(String.init))
        guard states.isSubset(of: ["open", "closed"]), !states.isEmpty else {
            throw Fault(text: "status must be open, closed or both, separated by a comma")
        }
        func count(_ name: String, _ most: Int, _ usual: Int) throws(Fault) -> Int {
            guard let text = query[name], !text.isEmpty else { return usual }
            guard let number = Int(text), (1...most).contains(number) else {
                throw Fault(text: "\(name) must be a whole number from 1 to \(most)")
            }
            return number
        }
        size = try count("page_size", Self.most, Self.most)
        offset = (try count("page", 1_000_000, 1) - 1) * size
        (isOpen, isClosed) = (states.contains("open"), states.contains("closed"))
    }
}
