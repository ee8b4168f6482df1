import District
import Record
import Store

/// Pick faces: which item is picked from which place, and between how few and how many should lie there.
enum FaceTable {
    static let assigned = "fulfilment.face.assigned"

    static let migration = Migration(
        "fulfilment.face.001",
        [
            """
            CREATE TABLE fulfilment_faces (
                place TEXT NOT NULL, item TEXT NOT NULL, scope TEXT NOT NULL, centre TEXT NOT NULL,
                minimum BIGINT NOT NULL, maximum BIGINT NOT NULL, PRIMARY KEY (place, item))
            """,
            "CREATE INDEX fulfilment_faces_centre ON fulfilment_faces (scope, centre)",
        ])

    static let projection = Projection(tables: ["fulfilment_faces"], types: [assigned]) { event, payload, writer in
        let key: [SQLValue] = [.text(payload["place"]?.text ?? ""), .text(payload["item"]?.text ?? "")]
        let (minimum, maximum) = (payload["minimum"]?.integer ?? 0, payload["maximum"]?.integer ?? 0)
        // A face that should hold nothing is none any more.
        guard maximum > 0 else {
            try writer.execute("DELETE FROM fulfilment_faces WHERE place = ? AND item = ?", key)
            return
        }
        try writer.execute(
            """
            INSERT INTO fulfilment_faces (place, item, scope, centre, minimum, maximum) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (place, item) DO UPDATE SET minimum = excluded.minimum, maximum = excluded.maximum
            """,
            key + [
                .text(event.scope.text), .text(payload["centre"]?.text ?? ""), .integer(minimum), .integer(maximum),
            ])
    }

    struct Face: Sendable, Hashable {
        let place: String
        let item: String
        let centre: String
        let minimum: Int64
        let maximum: Int64
    }

    static func list(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Face] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_faces WHERE centre = ? AND \(own.sql) ORDER BY place, item",
            [.text(centre)] + own.arguments
        ).map { row in
            Face(
                place: try row.text("place"), item: try row.text("item"), centre: try row.text("centre"),
                minimum: try row.integer("minimum"), maximum: try row.integer("maximum"))
        }
    }

    /// What is to be brought from where: faces below their minimum, out of reserve, what expires first before the rest.
    struct Task: Sendable, Hashable {
        let face: Face
        let place: Place
        let item: Item
        /// What lies in the face.
        let left: Int64
        let from: Place
        let lot: String
        let expiry: Timestamp?
        let quantity: Int64
    }

    static func tasks(in centre: String, for tenant: some Tenancy, in reader: any Reader) throws -> [Task] {
        let places = Dictionary(
            try PlaceTable.list(in: centre, for: tenant, in: reader).map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        var tasks: [Task] = []
        for face in try list(in: centre, for: tenant, in: reader) {
            guard let place = places[face.place], !place.isClosed,
                let item = try ItemTable.find(face.item, for: tenant, in: reader)
            else { continue }
            let held = try StockTable.held(in: centre, item: face.item, for: tenant, in: reader)
                .filter { $0.spot.status == .available }
            let left = held.filter { $0.spot.location == face.place }.reduce(0) { $0 + $1.quantity }
            guard left < face.minimum else { continue }
            let reserve = try held.compactMap { one -> (Held, Place, Timestamp?)? in
                guard let from = places[one.spot.location], from.kind == .reserve, !from.isClosed else { return nil }
                return (one, from, try FloorStock.expiry(of: one.item, lot: one.lot, for: tenant, in: reader))
            }.sorted { one, other in
                let (a, b) = (one.2?.microseconds ?? .max, other.2?.microseconds ?? .max)
                return (a, one.0.since, one.1.sequence) < (b, other.0.since, other.1.sequence)
            }
            guard let (source, from, expiry) = reserve.first else { continue }
            tasks.append(
                Task(
                    face: face, place: place, item: item, left: left, from: from, lot: source.lot, expiry: expiry,
                    quantity: min(source.quantity, face.maximum - left)))
        }
        return tasks.sorted {
            ($0.left * 100 / max(1, $0.face.minimum), $0.place.sequence) < (
                $1.left * 100 / max(1, $1.face.minimum), $1.place.sequence
            )
        }
    }
}
