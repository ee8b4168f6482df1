import Record
import Store

/// One line of the register.
struct AssessmentLine: Sendable, Hashable {
    let assessment: Assessment
    let hazards: Int64
    /// The worst that remains; nil where there is no hazard yet.
    let band: RiskBand?
    /// Controls past their due date, or that do not work or whose verification has run out.
    let lateControls: Int64
    /// With how many it was shared, and how many of them have not read it.
    let readers: Int64, unread: Int64
}

/// When a place's process was last assessed, and when it is due again.
struct AssessmentDue: Sendable, Hashable {
    let thing: ThingID
    let process: String
    /// The last report; nil where it was opened and never reported.
    let reported: Timestamp?
    /// When the work begins before which an open one must be done.
    let workStarts: Timestamp?

    /// The day by which it must be reported.
    func due(_ book: AssessmentBook) -> KoreanDay? {
        let yearly = reported.map { book.nextDue(after: $0) }
        let before = workStarts.map { KoreanDay($0) }
        return [yearly, before].compactMap { $0 }.min()
    }
}

/// Lists of the register.
enum AssessmentLists {
    static let sortable = ["band", "opened", "process", "state"]

    /// What a list shows.
    struct Wanted: Sendable {
        var words = ""
        var band: RiskBand?
        var site: ThingID?
        var sort = "opened"
        var descending = true
        var limit = 50
        var offset = 0
    }

    /// One page of the register. A residual band whose verification has run out counts as the inherent one.
    static func page(
        _ wanted: Wanted, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Listing<AssessmentLine> {
        let (source, arguments) = source(wanted, at: now, for: tenant)
        let direction = wanted.descending ? "DESC" : "ASC"
        let column = sortable.contains(wanted.sort) ? wanted.sort : "opened"
        return try reader.listing(
            "*", from: source, arguments, order: "\(column) \(direction), id \(direction)", limit: wanted.limit,
            offset: wanted.offset
        ) { row in
            AssessmentLine(
                assessment: try AssessmentRegister.assessment(row), hazards: try row.integer("hazards"),
                band: try row.integer("band") < 0 ? nil : RiskBand(rank: Int(try row.integer("band"))),
                lateControls: try row.integer("late"), readers: try row.integer("readers"),
                unread: try row.integer("unread"))
        }
    }

    /// How many assessments there are by the worst that remains in them.
    static func counts(
        at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [RiskBand: Int64] {
        let (source, arguments) = source(Wanted(), at: now, for: tenant)
        let rows = try reader.query("SELECT band, COUNT(*) AS total FROM \(source) GROUP BY band", arguments)
        return Dictionary(
            try rows.filter { try $0.integer("band") >= 0 }.map {
                (RiskBand(rank: Int(try $0.integer("band"))), try $0.integer("total"))
            }, uniquingKeysWith: +)
    }

    /// The places whose assessment may be due by a day, the yearly ones and those before certain work; the longest
    /// overdue first.
    static func dues(
        by day: KoreanDay, _ book: AssessmentBook, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [AssessmentDue] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT thing, process, MAX(reported) AS reported,
            MIN(CASE WHEN reported IS NULL THEN work_starts END) AS work_starts
            FROM safety_assessments WHERE \(own.sql) GROUP BY thing, process
            HAVING MAX(reported) < ? OR MIN(CASE WHEN reported IS NULL THEN work_starts END) < ?
            ORDER BY 3, thing, process LIMIT 1000
            """,
            own.arguments + [
                .integer((day.adding(months: -book.yearlyMonths) + 2).start.microseconds),
                .integer((day + 1).start.microseconds),
            ]
        ).map { row in
            AssessmentDue(
                thing: ThingID(try row.text("thing")), process: try row.text("process"),
                reported: try row.optionalInteger("reported").map { Timestamp(microseconds: $0) },
                workStarts: try row.optionalInteger("work_starts").map { Timestamp(microseconds: $0) })
        }.filter { $0.due(book).map { $0 <= day } ?? false }
    }

    /// The assessments that were shared with someone who has not read them, oldest first.
    static func unread(
        by person: PersonID, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Assessment] {
        let own = tenant.condition(column: "a.scope")
        return try reader.query(
            """
            SELECT a.* FROM safety_assessment_readers r JOIN safety_assessments a ON a.id = r.assessment
            WHERE r.person = ? AND r.read IS NULL AND \(own.sql) ORDER BY r.shared, a.id LIMIT 100
            """, [.text(person.rawValue)] + own.arguments
        ).map(AssessmentRegister.assessment)
    }

    /// The walk-rounds that are planned from a moment on, as they were announced.
    static func announced(
        from now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Assessment] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            """
            SELECT * FROM safety_assessments WHERE state = 'open' AND planned >= ? AND \(own.sql)
            ORDER BY planned, id LIMIT 20
            """, [.integer(now.microseconds)] + own.arguments
        ).map(AssessmentRegister.assessment)
    }

    private static func source(
        _ wanted: Wanted, at now: Timestamp, for tenant: some Tenancy
    ) -> (String, [SQLValue]) {
        let own = tenant.condition(column: "a.scope")
        let moment = SQLValue.integer(now.microseconds)
        var conditions = ""
        var arguments = [moment, moment, moment] + own.arguments
        if !wanted.words.isEmpty {
            conditions += " AND a.words LIKE ? ESCAPE '!'"
            arguments.append(.pattern(containing: wanted.words))
        }
        if let site = wanted.site {
            conditions += " AND a.site = ?"
            arguments.append(.text(site.rawValue))
        }
        var outer = ""
        if let band = wanted.band {
            outer = " WHERE band = ?"
            arguments.append(.integer(Int64(band.rank)))
        }
        let source = """
            (SELECT a.*,
            (SELECT COUNT(*) FROM safety_assessment_hazards h WHERE h.assessment = a.id AND h.removed = 0) AS hazards,
            COALESCE((SELECT MAX(CASE WHEN h.residual_until <= ? THEN h.inherent_band ELSE h.residual_band END)
            FROM safety_assessment_hazards h WHERE h.assessment = a.id AND h.removed = 0), -1) AS band,
            (SELECT COUNT(*) FROM safety_assessment_controls c WHERE c.assessment = a.id AND (
            (c.is_good IS NULL AND c.due < ?) OR c.is_good = 0 OR c.valid_until <= ?)) AS late,
            (SELECT COUNT(*) FROM safety_assessment_readers r WHERE r.assessment = a.id) AS readers,
            (SELECT COUNT(*) FROM safety_assessment_readers r WHERE r.assessment = a.id AND r.read IS NULL) AS unread
            FROM safety_assessments a WHERE \(own.sql)\(conditions)) AS lines\(outer)
            """
        return (source, arguments)
    }
}
