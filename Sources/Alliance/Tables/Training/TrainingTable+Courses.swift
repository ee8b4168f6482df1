import District
import Record
import Store

/// A programme as others of the room point to it.
struct TrainingCourse: Sendable, Hashable {
    let id: String
    let title: Words, about: Words
    let audience: TrainingProgramme.Audience
    let minutes: Int64
    let topics: [String]
    /// When its next session begins that has not begun; nil where none is planned.
    let next: Timestamp?

    /// Where it is shown.
    var path: String { "/alliance/training/p/\(id)" }
}

extension TrainingTable {
    /// The open programmes for firms and for everyone that are about one of some topics (kinds of solution,
    /// `vision-inspection`): the one first that is about most of them, then the one whose next session comes soonest.
    /// - Parameter now: sessions that began before it do not count as the next.
    static func courses(
        for topics: [String], limit: Int, after now: Timestamp = Timestamp(microseconds: 0), in reader: any Reader
    ) throws -> [TrainingCourse] {
        let wanted = Set(topics).sorted()
        guard !wanted.isEmpty, limit > 0 else { return [] }
        let marks = wanted.map { _ in "?" }.joined(separator: ", ")
        return try reader.query(
            """
            SELECT p.*, COUNT(t.topic) AS hits,
                (SELECT MIN(s.starts) FROM alliance_training_sessions s
                 WHERE s.programme = p.id AND s.cancelled IS NULL AND s.starts >= ?) AS next
            FROM alliance_training_topics t JOIN alliance_training_programmes p ON p.id = t.programme
            WHERE t.topic IN (\(marks)) AND p.closed IS NULL AND p.audience <> 'staff'
            GROUP BY p.id ORDER BY p.id LIMIT 500
            """, [.integer(now.microseconds)] + wanted.map { .text($0) }
        ).map { row -> (hits: Int64, course: TrainingCourse) in
            let programme = try programme(row)
            let course = TrainingCourse(
                id: programme.id, title: programme.title, about: programme.about, audience: programme.audience,
                minutes: programme.minutes, topics: programme.topics,
                next: try row.optionalInteger("next").map { Timestamp(microseconds: $0) })
            return (try row.integer("hits"), course)
        }.sorted {
            (-$0.hits, $0.course.next?.microseconds ?? .max, $0.course.id)
                < (-$1.hits, $1.course.next?.microseconds ?? .max, $1.course.id)
        }.prefix(limit).map(\.course)
    }
}
