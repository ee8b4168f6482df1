import District
import Record
import Store

/// The badges that are in use, by the hash of their numbers.
enum BadgeTable {
    static let migration = Migration(
        "robots.badges.001",
        [
            "CREATE TABLE robots_badges (person TEXT PRIMARY KEY, hash TEXT NOT NULL, scope TEXT NOT NULL)",
            "CREATE INDEX robots_badges_hash ON robots_badges (hash)",
        ])

    static let projection = Projection(
        tables: ["robots_badges"], types: [RegisterBadge.event, RegisterBadge.withdrawal]
    ) { event, payload, writer in
        guard let person = payload["person"]?.text else { return }
        try writer.execute("DELETE FROM robots_badges WHERE person = ?", [.text(person)])
        // Of somebody who was forgotten no badge is left.
        guard event.type == RegisterBadge.event, let hash = payload["hash"]?.text else { return }
        try writer.execute(
            "INSERT INTO robots_badges (person, hash, scope) VALUES (?, ?, ?)",
            [.text(person), .text(hash), .text(event.scope.text)])
    }

    /// Whose badge it is.
    static func holder(of hash: String, in reader: any Reader) throws -> PersonID? {
        try reader.first("SELECT person FROM robots_badges WHERE hash = ?", [.text(hash)]).map {
            PersonID(try $0.text("person"))
        }
    }

    /// Whether somebody has one.
    static func has(_ person: PersonID, in reader: any Reader) throws -> Bool {
        try reader.first("SELECT person FROM robots_badges WHERE person = ?", [.text(person.rawValue)]) != nil
    }
}
