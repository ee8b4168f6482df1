public import Store

/// Which events of the Record a pack holds: what concerns a firm in one room and period, with every event between the
/// first and the last of each stream, so that a gap shows.
public struct PackSelection: Sendable {
    /// What is asked for.
    public struct Request: Sendable {
        /// Whose events.
        public let firm: FirmID
        /// How their types begin: `safety.`.
        public let types: String
        /// When they happened or were recorded.
        public let period: Range<Timestamp>
        /// Whether personal content that the vault still holds is opened.
        public let disclosesPersonal: Bool

        /// What is asked for.
        public init(firm: FirmID, types: String, period: Range<Timestamp>, disclosesPersonal: Bool) {
            self.firm = firm
            self.types = types
            self.period = period
            self.disclosesPersonal = disclosesPersonal
        }
    }

    /// What of a stream is in the pack: its versions from one to another, but for those withheld.
    public struct Stream: Sendable, Hashable {
        /// The stream.
        public let name: String
        /// The first and the last version.
        public let versions: ClosedRange<Int64>
        /// The versions that concern others.
        public let withheld: [Int64]
    }

    /// What opens one personal field.
    public struct Personal: Sendable, Hashable {
        let event: Identifier
        let field: String
        let salt: [UInt8]
        let content: [UInt8]
    }

    /// The most events of a pack.
    public static let mostEvents = 200_000

    /// The events, in the order of their leaves.
    public let events: [Event]
    /// What opens their leaves, in the same order.
    public let openings: [Opening]
    /// Their streams.
    public let streams: [Stream]
    /// Personal fields that are opened.
    public let personal: [Personal]
    /// Personal fields that are not opened, and those whose content was erased.
    public let hidden: Int, erased: Int

    /// How many events of these streams concern others and are withheld.
    public var withheld: Int { streams.reduce(0) { $0 + $1.withheld.count } }

    /// Selects from the first `size` leaves.
    /// - Throws: ``RecordError`` with code `pack` where there are more than ``mostEvents``, `corrupt` where the Record has
    ///   lost events: what is left could not be told from what was.
    public init(_ request: Request, size: Int64, in reader: any Reader) throws {
        let kept = try reader.first("SELECT COUNT(*) AS many FROM record_events WHERE leaf < ?", [.integer(size)])
        guard try kept?.integer("many") == size else {
            throw RecordError(.corrupt, "of \(size) events some are missing")
        }
        let rows = try reader.query(
            Self.sql, Self.arguments(request, size) + [.integer(size), .integer(Int64(Self.mostEvents + 1))])
        guard rows.count <= Self.mostEvents else {
            throw RecordError(.pack, "more than \(Self.mostEvents) events")
        }
        var (events, openings): ([Event], [Opening]) = ([], [])
        var streams: [String: (low: Int64, high: Int64, withheld: [Int64])] = [:]
        // Sorted here, so that no database walks its whole log by leaf to save a sort.
        for kept in try rows.map({ try EventRow($0) }).sorted(by: { $0.leaf ?? 0 < $1.leaf ?? 0 }) {
            let event = try kept.event()
            var stream = streams[event.stream] ?? (event.streamVersion, event.streamVersion, [])
            stream.low = min(stream.low, event.streamVersion)
            stream.high = max(stream.high, event.streamVersion)
            if Self.mayShow(event.scope, to: request.firm) {
                events.append(event)
                openings.append(kept.opening())
            } else {
                stream.withheld.append(event.streamVersion)
            }
            streams[event.stream] = stream
        }
        self.events = events
        self.openings = openings
        self.streams = streams.sorted { $0.key < $1.key }.map {
            Stream(name: $0.key, versions: $0.value.low...$0.value.high, withheld: $0.value.withheld.sorted())
        }
        (personal, hidden, erased) = try Self.personal(of: events, request.disclosesPersonal, in: reader)
    }

    private static func mayShow(_ scope: Scope, to firm: FirmID) -> Bool {
        switch scope {
        case .firm(let owner): owner == firm
        case .contract(let one, let other): one == firm || other == firm
        case .everyone: true
        case .zone, .person: false
        }
    }

    /// The streams with an event of the firm, the room and the period, and all that lies between the first and the last
    /// such event of each.
    private static let sql = """
        SELECT \(EventRow.columns.split(separator: ", ").map { "e.\($0) AS \($0)" }.joined(separator: ", "))
        FROM record_events e JOIN (
            SELECT stream, MIN(stream_version) AS low, MAX(stream_version) AS high FROM record_events
            WHERE (scope = ? OR (scope >= 'contract' AND scope < 'contracu'
                    AND replace(scope || ':', ?, '') <> scope || ':'))
                AND substr(type, 1, ?) = ? AND leaf < ?
                AND ((recorded >= ? AND recorded < ?) OR (observed >= ? AND observed < ?))
            GROUP BY stream) s
            ON e.stream = s.stream AND e.stream_version >= s.low AND e.stream_version <= s.high
        WHERE e.leaf < ? LIMIT ?
        """

    private static func arguments(_ request: Request, _ size: Int64) -> [SQLValue] {
        let (from, until) = (request.period.lowerBound.microseconds, request.period.upperBound.microseconds)
        return [
            .text(Scope.firm(request.firm).text), .text(":\(request.firm):"),
            .integer(Int64(request.types.unicodeScalars.count)), .text(request.types), .integer(size),
            .integer(from), .integer(until), .integer(from), .integer(until),
        ]
    }

    /// Whoever speaks up in confidence, or as nobody known, is opened to none: neither to their firm nor in a pack.
    private static func isProtected(_ author: Author) -> Bool {
        author == .system("confidential") || author == .system("anonymous")
    }

    private static func personal(
        of events: [Event], _ discloses: Bool, in reader: any Reader
    ) throws -> ([Personal], hidden: Int, erased: Int) {
        var (opened, hidden, erased): ([Personal], Int, Int) = ([], 0, 0)
        let concerned = events.filter { event in event.payload.values.contains { Commitment($0) != nil } }
        for start in stride(from: 0, to: concerned.count, by: 200) {
            let batch = concerned[start..<min(start + 200, concerned.count)]
            let marks = batch.map { _ in "?" }.joined(separator: ", ")
            let rows = try reader.query(
                """
                SELECT v.id AS id, v.sealed AS sealed, k.secret AS secret FROM record_vault v
                JOIN record_vault_keys k ON k.subject = v.subject WHERE v.event IN (\(marks))
                """, batch.map { .text($0.id.description) })
            let kept = Dictionary(try rows.map { (try $0.text("id"), $0) }, uniquingKeysWith: { first, _ in first })
            for event in batch {
                for (field, value) in event.payload.sorted(by: { $0.key < $1.key }) {
                    guard let commitment = Commitment(value) else { continue }
                    guard let row = kept[commitment.vault.description] else {
                        erased += 1
                        continue
                    }
                    guard discloses, !isProtected(event.author) else {
                        hidden += 1
                        continue
                    }
                    let (salt, content) = try Vault.unseal(
                        row.blob("sealed"), with: row.blob("secret"), for: commitment, event: event.id, field: field)
                    opened.append(Personal(event: event.id, field: field, salt: salt, content: content))
                }
            }
        }
        return (opened, hidden, erased)
    }
}
