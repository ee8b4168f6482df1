import Access
import District
import Record
import Store

/// Sessions held and signed, certificates, and who needs what: whether someone is trained follows from these.
enum TrainingTable {
    static let migration = Migration(
        "safety.training.001",
        [
            """
            CREATE TABLE safety_training_sessions (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, course TEXT NOT NULL, day BIGINT NOT NULL,
                hours DOUBLE PRECISION NOT NULL, instructor TEXT, language TEXT NOT NULL, file TEXT)
            """,
            "CREATE INDEX safety_training_sessions_scope ON safety_training_sessions (scope, day)",
            """
            CREATE TABLE safety_training_attendance (
                session TEXT NOT NULL, person TEXT NOT NULL, scope TEXT NOT NULL, course TEXT NOT NULL,
                day BIGINT NOT NULL, hours DOUBLE PRECISION NOT NULL, is_signed BIGINT NOT NULL,
                PRIMARY KEY (session, person))
            """,
            "CREATE INDEX safety_training_attendance_person ON safety_training_attendance (person, course)",
            """
            CREATE TABLE safety_training_certificates (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, person TEXT NOT NULL, course TEXT NOT NULL, number TEXT,
                issuer TEXT NOT NULL, issued BIGINT NOT NULL, through BIGINT, file TEXT)
            """,
            "CREATE INDEX safety_training_certificates_person ON safety_training_certificates (person, course)",
            """
            CREATE TABLE safety_training_needs (
                person TEXT NOT NULL, course TEXT NOT NULL, scope TEXT NOT NULL, is_needed BIGINT NOT NULL,
                PRIMARY KEY (person, course))
            """,
            """
            CREATE TABLE safety_training_reviews (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, half TEXT NOT NULL, at BIGINT NOT NULL, author TEXT NOT NULL,
                missing TEXT NOT NULL)
            """,
            "CREATE INDEX safety_training_reviews_scope ON safety_training_reviews (scope, half)",
        ])

    /// Whether someone may do what a course is asked for, on a day.
    static func valid(
        _ person: PersonID, course: TrainingCourse, on day: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> Bool {
        try standing(of: person, course: course, on: day, for: tenant, in: reader).isValid
    }

    /// How someone stands in a course on a day.
    static func standing(
        of person: PersonID, course: TrainingCourse, on day: KoreanDay, for tenant: some Tenancy, in reader: any Reader
    ) throws -> TrainingStanding {
        let kept = try evidence(of: [person], for: tenant, in: reader)[person] ?? Evidence()
        return kept.standing(course, on: day)
    }

    /// What people have, for many courses at once.
    struct Evidence: Sendable {
        var hours: [String: [TrainingStanding.Hours]] = [:]
        var certificates: [String: [TrainingStanding.Certificate]] = [:]
        /// What was said of them by name: course → needed or not.
        var needs: [String: Bool] = [:]

        func standing(_ course: TrainingCourse, on day: KoreanDay) -> TrainingStanding {
            TrainingStanding.judge(
                course, hours: hours[course.id] ?? [], certificates: certificates[course.id] ?? [], on: day)
        }

        /// Whether this period still asks for hours of a course that comes again and again.
        func isShort(_ course: TrainingCourse, on day: KoreanDay) -> Bool {
            TrainingStanding.short(course, hours: hours[course.id] ?? [], on: day) > 0
        }

        /// Whether a person needs a course on a day: by what was said of them, else by their roles.
        func needs(_ course: TrainingCourse, roles: Set<Role>, on day: KoreanDay) -> Bool {
            if let begins = course.begins, day < begins { return false }
            return needs[course.id] ?? !course.roles.isDisjoint(with: roles)
        }
    }

    /// What people have, by person.
    static func evidence(
        of people: [PersonID], for tenant: some Tenancy, in reader: any Reader
    ) throws -> [PersonID: Evidence] {
        guard !people.isEmpty else { return [:] }
        let own = tenant.condition(column: "scope")
        let marks = people.map { _ in "?" }.joined(separator: ", ")
        let arguments = people.map { SQLValue.text($0.rawValue) } + own.arguments
        let condition = "person IN (\(marks)) AND \(own.sql)"
        var evidence: [PersonID: Evidence] = [:]
        for row in try reader.query(
            "SELECT * FROM safety_training_attendance WHERE is_signed = 1 AND \(condition) ORDER BY day, session",
            arguments)
        {
            evidence[PersonID(try row.text("person")), default: Evidence()]
                .hours[try row.text("course"), default: []].append(
                    .init(day: KoreanDay(number: try row.integer("day")), hours: try row.real("hours")))
        }
        for row in try reader.query(
            "SELECT * FROM safety_training_certificates WHERE \(condition) ORDER BY issued, id", arguments)
        {
            evidence[PersonID(try row.text("person")), default: Evidence()]
                .certificates[try row.text("course"), default: []].append(
                    .init(
                        issued: KoreanDay(number: try row.integer("issued")),
                        through: try row.optionalInteger("through").map { KoreanDay(number: $0) }))
        }
        for row in try reader.query("SELECT * FROM safety_training_needs WHERE \(condition)", arguments) {
            evidence[PersonID(try row.text("person")), default: Evidence()]
                .needs[try row.text("course")] = try row.flag("is_needed")
        }
        return evidence
    }
}
