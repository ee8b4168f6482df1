import District
import Record
import Store

/// The questions that were asked of the simulation, and what came of them. They are no facts of the Record: whoever asks
/// again with the same seed hears the same.
enum WhatIfTable {
    static let migration = Migration(
        "robots.whatif.001",
        [
            """
            CREATE TABLE robots_what_ifs (
                id TEXT PRIMARY KEY, site TEXT NOT NULL, scope TEXT NOT NULL, question TEXT NOT NULL,
                demand BIGINT NOT NULL, state TEXT NOT NULL, done BIGINT NOT NULL, days BIGINT NOT NULL, answer TEXT,
                asked BIGINT NOT NULL, alive BIGINT NOT NULL, ended BIGINT)
            """,
            "CREATE INDEX robots_what_ifs_state ON robots_what_ifs (state, asked)",
        ])

    /// A question as it stands.
    struct Entry: Sendable, Hashable {
        let id: String
        let site: String
        let scope: Scope
        let question: WhatIfQuestion
        /// How many past missions the demand was made of.
        let counted: Int
        var state: State
        /// How many of its days are simulated.
        var done: Int
        let days: Int
        var answer: WhatIfAnswer?
        let asked: Timestamp
        var ended: Timestamp?
    }

    /// Where a question stands.
    enum State: String, Sendable, Hashable, CaseIterable {
        case waiting, running, done
        /// A person stopped it.
        case stopped
        /// It would have taken too long.
        case late
        /// It could not be simulated any more, or never came to its end.
        case failed

        var isOpen: Bool { self == .waiting || self == .running }
    }

    /// How many may wait for one firm, or for the zone.
    static let mostWaiting = 3
    /// A run of which nothing was heard for so long, in seconds, is over: the node it ran on is gone.
    static let silent = 60.0

    /// Takes a question; the oldest answers make way.
    /// - Throws: ``Refusal`` where too many wait.
    static func ask(_ row: Entry, keeping: Int, in writer: any Writer) throws {
        let scope = SQLValue.text(row.scope.text)
        let waiting = try writer.first(
            "SELECT COUNT(*) AS many FROM robots_what_ifs WHERE scope = ? AND state IN ('waiting', 'running')", [scope])
        guard try waiting?.integer("many") ?? 0 < Int64(mostWaiting) else {
            throw Refusal(
                .tooOften, "what-if.waiting",
                Words(
                    "계산 중인 질문이 \(mostWaiting)건 있습니다. 끝나거나 멈춘 뒤 다시 해 주세요.",
                    "\(mostWaiting) questions are being simulated. Wait for one to end, or stop one."))
        }
        try writer.execute(
            """
            INSERT INTO robots_what_ifs (id, site, scope, question, demand, state, done, days, asked, alive)
            VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?, ?, ?)
            """,
            [
                .text(row.id), .text(row.site), scope, .text(row.question.json.canonicalText),
                .integer(Int64(row.counted)), .integer(Int64(row.days)), .integer(row.asked.microseconds),
                .integer(row.asked.microseconds),
            ])
        try writer.execute(
            """
            DELETE FROM robots_what_ifs WHERE scope = ? AND state NOT IN ('waiting', 'running') AND id NOT IN (
                SELECT id FROM robots_what_ifs WHERE scope = ? ORDER BY asked DESC, id LIMIT \(max(1, keeping)))
            """, [scope, scope])
    }

    /// Takes up the oldest that waits; nil where none does. What another node left half done is over.
    static func take(at now: Timestamp, in writer: any Writer) throws -> Entry? {
        let limit = now.advanced(bySeconds: -silent).microseconds
        try writer.execute(
            "UPDATE robots_what_ifs SET state = 'failed', ended = ? WHERE state = 'running' AND alive < ?",
            [.integer(now.microseconds), .integer(limit)])
        let row = try writer.first(
            "SELECT * FROM robots_what_ifs WHERE state = 'waiting' ORDER BY asked, id LIMIT 1", []
        ).map(entry)
        guard let row else { return nil }
        try writer.execute(
            "UPDATE robots_what_ifs SET state = 'running', alive = ? WHERE id = ?",
            [.integer(now.microseconds), .text(row.id)])
        return row
    }

    /// Says how far a run is.
    /// - Returns: whether it may go on.
    static func tell(_ id: String, done: Int, at now: Timestamp, in writer: any Writer) throws -> Bool {
        try writer.execute(
            "UPDATE robots_what_ifs SET done = ?, alive = ? WHERE id = ? AND state = 'running'",
            [.integer(Int64(done)), .integer(now.microseconds), .text(id)])
        return try writer.first(
            "SELECT id FROM robots_what_ifs WHERE id = ? AND state = 'running'", [.text(id)]) != nil
    }

    /// Ends a run; one that was stopped meanwhile stays so.
    static func end(
        _ id: String, _ state: State, _ answer: WhatIfAnswer?, at now: Timestamp, in writer: any Writer
    ) throws {
        try writer.execute(
            """
            UPDATE robots_what_ifs SET state = ?, answer = ?, done = CASE WHEN ? = 'done' THEN days ELSE done END, ended = ?
            WHERE id = ? AND state = 'running'
            """,
            [
                .text(state.rawValue), .optional(answer?.json.canonicalText), .text(state.rawValue),
                .integer(now.microseconds), .text(id),
            ])
    }

    /// Stops one that a tenant may see.
    static func stop(_ id: String, for tenant: some Tenancy, at now: Timestamp, in writer: any Writer) throws {
        let own = tenant.condition(column: "scope")
        try writer.execute(
            """
            UPDATE robots_what_ifs SET state = 'stopped', ended = ?
            WHERE id = ? AND state IN ('waiting', 'running') AND \(own.sql)
            """, [.integer(now.microseconds), .text(id)] + own.arguments)
    }

    /// One that a tenant may see.
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> Entry? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM robots_what_ifs WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(entry)
    }

    /// Those of a site that a tenant may see, the latest first.
    static func list(site: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Entry] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM robots_what_ifs WHERE site = ? AND \(own.sql) ORDER BY asked DESC, id LIMIT 20",
            [.text(site)] + own.arguments
        ).map(entry)
    }

    private static func entry(_ row: Row) throws -> Entry {
        let question = WhatIfQuestion(try JSON(parsing: try row.text("question")))
        let answer = try row.optionalText("answer").flatMap { try WhatIfAnswer(JSON(parsing: $0)) }
        return Entry(
            id: try row.text("id"), site: try row.text("site"), scope: Scope(try row.text("scope")) ?? .zone,
            question: try question ?? WhatIfQuestion(site: row.text("site"), robots: 0, rate: 0),
            counted: Int(try row.integer("demand")), state: State(rawValue: try row.text("state")) ?? .failed,
            done: Int(try row.integer("done")), days: Int(try row.integer("days")), answer: answer,
            asked: Timestamp(microseconds: try row.integer("asked")),
            ended: try row.optionalInteger("ended").map { Timestamp(microseconds: $0) })
    }

    // MARK: - What a question is about

    /// The missions of a site asked for since a moment: a firm's own, or all of them for the zone.
    static func demand(
        site: String, since: Timestamp, of scope: Scope, in reader: any Reader
    ) throws -> [MissionCase] {
        try reader.query(
            """
            SELECT * FROM robots_missions WHERE site = ? AND asked >= ? AND (scope = ? OR ? = ?)
            ORDER BY asked, id LIMIT 5000
            """,
            [
                .text(site), .integer(since.microseconds), .text(scope.text), .text(scope.text),
                .text(Scope.zone.text),
            ]
        ).map(MissionRow.kept)
    }

    /// How many robots are enrolled at a site that a tenant may see.
    static func robots(site: String, for tenant: some Tenancy, in reader: any Reader) throws -> Int {
        try VehicleTable.all(for: tenant, in: reader).count { $0.site.rawValue == site }
    }
}
