import Access
import District
import Record
import Store

/// A session of training as it was held.
struct HeldSession: Sendable, Hashable {
    let id: String
    let scope: Scope
    let course: String
    let day: KoreanDay
    let hours: Double
    /// Who taught; nil once that was erased.
    let instructor: String?
    let language: String
    /// The signed sheet; nil where everyone signs for themselves.
    let file: String?
}

/// Someone who lacks a course.
struct MissingTraining: Sendable, Hashable {
    let person: PersonID
    let name: String?
    let course: TrainingCourse
    /// Hours already counted towards it.
    let hours: Double
}

extension TrainingTable {
    /// A session that a tenant may see.
    static func session(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> HeldSession? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM safety_training_sessions WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).map(session)
    }

    /// The latest sessions.
    static func sessions(for tenant: some Tenancy, limit: Int = 20, in reader: any Reader) throws -> [HeldSession] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM safety_training_sessions WHERE \(own.sql) ORDER BY day DESC, id DESC LIMIT \(limit)",
            own.arguments
        ).map(session)
    }

    /// Who took part in a session, and whether they signed; nil where they are not on the list.
    static func hasSigned(_ person: PersonID, in session: String, reader: any Reader) throws -> Bool? {
        try reader.first(
            "SELECT is_signed FROM safety_training_attendance WHERE session = ? AND person = ?",
            [.text(session), .text(person.rawValue)]
        ).map { try $0.flag("is_signed") }
    }

    /// Sessions that wait for someone's signature.
    static func unsigned(
        by person: PersonID, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [HeldSession] {
        let own = tenant.condition(column: "s.scope")
        return try reader.query(
            """
            SELECT s.* FROM safety_training_sessions s JOIN safety_training_attendance a ON a.session = s.id
            WHERE a.person = ? AND a.is_signed = 0 AND \(own.sql) ORDER BY s.day DESC, s.id DESC
            """, [.text(person.rawValue)] + own.arguments
        ).map(session)
    }

    /// Everyone of a firm who lacks a course that they need, by name, at most for two thousand people.
    /// - Parameter inPeriod: also who lives on the hours of the last period and has not those of this one: who goes to work
    ///   today needs not be told, whoever answers for the period must be.
    static func missing(
        _ courses: TrainingCourses, on day: KoreanDay, inPeriod: Bool = false, for tenant: Tenant,
        in reader: any Reader
    ) throws -> [MissingTraining] {
        var missing: [MissingTraining] = []
        for offset in stride(from: 0, to: 2000, by: 200) {
            let page = try Directory.people(for: tenant, limit: 200, offset: offset, in: reader)
            let people = page.rows.filter(\.active)
            let evidence = try evidence(of: people.map(\.id), for: tenant, in: reader)
            for person in people {
                let own = evidence[person.id] ?? Evidence()
                for course in courses.list where own.needs(course, roles: person.roles, on: day) {
                    let standing = own.standing(course, on: day)
                    guard !standing.isValid || (inPeriod && own.isShort(course, on: day)) else { continue }
                    missing.append(
                        MissingTraining(person: person.id, name: person.name, course: course, hours: standing.hours))
                }
            }
            if page.rows.count < 200 { break }
        }
        return missing
    }

    /// When a firm's training was last reviewed in a half-year; nil where it was not.
    static func reviewed(_ half: String, for tenant: some Tenancy, in reader: any Reader) throws -> Timestamp? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT MAX(at) AS at FROM safety_training_reviews WHERE half = ? AND \(own.sql)",
            [.text(half)] + own.arguments
        ).flatMap { try $0.optionalInteger("at") }.map { Timestamp(microseconds: $0) }
    }

    private static func session(_ row: Row) throws -> HeldSession {
        HeldSession(
            id: try row.text("id"), scope: Scope(try row.text("scope")) ?? .zone, course: try row.text("course"),
            day: KoreanDay(number: try row.integer("day")), hours: try row.real("hours"),
            instructor: try row.optionalText("instructor"), language: try row.text("language"),
            file: try row.optionalText("file"))
    }
}
