public import Store

extension RecordLog {
    /// Appends events; they are durable when the transaction is, and get their leaf numbers from the ``Sequencer``.
    ///
    /// - Returns: the events as recorded, in the order of the drafts.
    /// - Throws: ``RecordError`` with code `conflict` where a stream is not at the expected version, `cause` where the
    ///   cause is not on the Record, `draft` where a draft cannot be recorded.
    public func append(_ drafts: [Draft], origin: Origin, in transaction: any Writer) throws -> [Event] {
        guard !drafts.isEmpty else { return [] }
        if let cause = origin.cause {
            let found = try transaction.first(
                "SELECT seq FROM record_events WHERE id = ?", [.text(cause.description)])
            guard found != nil else { throw RecordError(.cause, "\(cause) is not on the Record") }
        }
        let recorded = clock()
        // Keyed by bytes, as the database compares: to Swift, texts of different bytes may be equal.
        var versions: [[UInt8]: Int64] = [:]
        var vault = Vault(transaction)
        var events: [Event] = []
        var rows: [[SQLValue]] = []
        for draft in drafts {
            let stream = Array(draft.stream.utf8)
            let version = try versions[stream] ?? Self.version(of: draft.stream, in: transaction)
            if let expected = draft.expectedVersion, expected != version {
                throw RecordError(.conflict, "\(draft.stream) is at version \(version), not \(expected)")
            }
            versions[stream] = version + 1
            let id = Identifier(at: recorded)
            let payload = try draft.payload.merging(vault.keep(draft.personal, of: id)) { _, _ in
                throw RecordError(.draft, "a field of \(draft.type) stands both in the payload and among the personal")
            }
            let answered = try draft.answers.map { try Self.correlation(of: $0, in: transaction) }
            let event = Event(
                id: id, type: draft.type, version: draft.version, stream: draft.stream, streamVersion: version + 1,
                scope: draft.scope, author: origin.author, correlation: answered ?? origin.correlation,
                cause: draft.answers ?? origin.cause,
                observed: draft.observed ?? recorded, recorded: recorded, payload: payload, leaf: nil)
            let body = event.body
            try Self.check(draft, event, body)
            events.append(event)
            rows.append(EventRow.values(of: event, salt: Vault.randomBytes(), body: body))
        }
        try transaction.insert(into: "record_events", columns: EventRow.inserted, rows: rows)
        try vault.store(in: transaction)
        return events
    }

    /// The most bytes of an event's canonical JSON; larger things are stored elsewhere and recorded by their hash.
    public static let largestBody = 1 << 20

    private static func correlation(of id: Identifier, in reader: any Reader) throws -> Identifier {
        let row = try reader.first(
            "SELECT correlation FROM record_events WHERE id = ?", [.text(id.description)])
        guard let row, let correlation = Identifier(try row.text("correlation")) else {
            throw RecordError(.cause, "\(id) is not on the Record")
        }
        return correlation
    }

    private static func version(of stream: String, in reader: any Reader) throws -> Int64 {
        let row = try reader.first(
            "SELECT MAX(stream_version) AS version FROM record_events WHERE stream = ?", [.text(stream)])
        return try row?.optionalInteger("version") ?? 0
    }

    /// Refuses what could not be read back as it was written.
    private static func check(_ draft: Draft, _ event: Event, _ body: [UInt8]) throws(RecordError) {
        func require(_ holds: Bool, _ rule: String) throws(RecordError) {
            guard holds else { throw RecordError(.draft, "\(draft.type) on \(draft.stream): \(rule)") }
        }
        try require(!draft.type.isEmpty && !draft.stream.isEmpty, "type and stream are not empty")
        try require(JSON.object(draft.payload).isCanonicalizable, "every number is finite")
        try require(
            draft.payload.values.allSatisfy { Commitment($0) == nil },
            "only the vault writes commitments into a payload")
        try require(body.count <= largestBody, "an event is at most \(largestBody) bytes")
        // Catches whatever has no text of its own: a year of five digits, a scope with a colon too many.
        do throws(RecordError) {
            try require(Event(body: body, leaf: nil) == event, "the event reads back as it was written")
        } catch {
            throw RecordError(.draft, error.message)
        }
    }
}
