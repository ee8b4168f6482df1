import District
import Record
import Store

/// Tours with their picks.
enum TourTable {
    static let migration = Migration(
        "fulfilment.pick.001",
        [
            """
            CREATE TABLE fulfilment_tours (
                id TEXT PRIMARY KEY, scope TEXT NOT NULL, centre TEXT NOT NULL, state TEXT NOT NULL, person TEXT,
                planned BIGINT NOT NULL, taken BIGINT, done BIGINT, ship BIGINT)
            """,
            "CREATE INDEX fulfilment_tours_state ON fulfilment_tours (scope, centre, state)",
            """
            CREATE TABLE fulfilment_pick_tasks (
                tour TEXT NOT NULL, task BIGINT NOT NULL, scope TEXT NOT NULL, centre TEXT NOT NULL,
                orders TEXT NOT NULL, line BIGINT NOT NULL, item TEXT NOT NULL, name TEXT NOT NULL,
                lot TEXT NOT NULL, place TEXT NOT NULL, sequence BIGINT NOT NULL, quantity BIGINT NOT NULL,
                picked BIGINT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (tour, task))
            """,
            "CREATE INDEX fulfilment_pick_tasks_place ON fulfilment_pick_tasks (scope, centre, state, place)",
            "CREATE INDEX fulfilment_pick_tasks_order ON fulfilment_pick_tasks (orders, state)",
        ])

    static let projection = Projection(
        tables: ["fulfilment_tours", "fulfilment_pick_tasks"],
        types: [
            TourEvents.planned, TourEvents.taken, TourEvents.givenBack, TourEvents.replanned, TourEvents.shorted,
            StockEvent.picked, OrderEvents.cancelled,
        ]
    ) { event, payload, writer in
        let (stream, scope) = (event.stream, event.scope.text)
        switch event.type {
        case TourEvents.planned:
            try writer.execute(
                """
                INSERT INTO fulfilment_tours (id, scope, centre, state, planned, ship) VALUES (?, ?, ?, 'open', ?, ?)
                """,
                [
                    .text(stream), .text(scope), .text(payload["centre"]?.text ?? ""),
                    .integer(event.observed.microseconds), OrderTable.moment(payload["ship"]),
                ])
            try add(payload["tasks"]?.elements ?? [], to: stream, scope, payload["centre"]?.text ?? "", writer)
        case TourEvents.taken:
            try writer.execute(
                "UPDATE fulfilment_tours SET state = 'taken', person = ?, taken = ? WHERE id = ?",
                [.optional(payload["person"]?.text), .integer(event.observed.microseconds), .text(stream)])
        case TourEvents.givenBack:
            try writer.execute(
                "UPDATE fulfilment_tours SET state = 'open', person = NULL, taken = NULL WHERE id = ? AND state = 'taken'",
                [.text(stream)])
        case TourEvents.replanned:
            for drop in payload["drops"]?.elements ?? [] {
                try reduce(stream, drop["task"]?.integer ?? 0, drop["quantity"]?.integer ?? 0, writer)
            }
            try add(payload["adds"]?.elements ?? [], to: stream, scope, payload["centre"]?.text ?? "", writer)
            try close(stream, at: event.observed, writer)
        case TourEvents.shorted:
            // What was not found is no longer looked for there, by this task.
            let key: [SQLValue] = [.text(stream), .integer(payload["task"]?.integer ?? 0)]
            try writer.execute(
                """
                UPDATE fulfilment_pick_tasks SET quantity = picked,
                    state = CASE WHEN picked > 0 THEN 'done' ELSE 'dropped' END WHERE tour = ? AND task = ?
                """, key)
            try close(stream, at: event.observed, writer)
        case StockEvent.picked:
            guard let task = payload["task"]?.integer, let line = payload["lines"]?.elements?.first else { return }
            try writer.execute(
                """
                UPDATE fulfilment_pick_tasks SET picked = picked + ?,
                    state = CASE WHEN picked + ? >= quantity THEN 'done' ELSE state END WHERE tour = ? AND task = ?
                """,
                [
                    .integer(line["quantity"]?.integer ?? 0), .integer(line["quantity"]?.integer ?? 0), .text(stream),
                    .integer(task),
                ])
            try close(stream, at: event.observed, writer)
        default:
            let tours = try writer.query(
                "SELECT DISTINCT tour FROM fulfilment_pick_tasks WHERE orders = ? AND state = 'open'", [.text(stream)])
            try writer.execute(
                "UPDATE fulfilment_pick_tasks SET state = 'dropped' WHERE orders = ? AND state = 'open'",
                [.text(stream)])
            for tour in tours { try close(try tour.text("tour"), at: event.observed, writer) }
        }
    }

    private static func add(
        _ tasks: [JSON], to tour: String, _ scope: String, _ centre: String, _ writer: any Writer
    ) throws {
        guard !tasks.isEmpty else { return }
        for task in tasks {
            try writer.execute(
                """
                INSERT INTO fulfilment_pick_tasks (tour, task, scope, centre, orders, line, item, name, lot, place,
                    sequence, quantity, picked, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 'open')
                """,
                [
                    .text(tour), .integer(task["task"]?.integer ?? 0), .text(scope), .text(centre),
                    .text(task["order"]?.text ?? ""), .integer(task["line"]?.integer ?? 0),
                    .text(task["item"]?.text ?? ""), .text(task["name"]?.text ?? ""), .text(task["lot"]?.text ?? ""),
                    .text(task["place"]?.text ?? ""), .integer(task["sequence"]?.integer ?? 0),
                    .integer(task["quantity"]?.integer ?? 0),
                ])
        }
        try writer.execute(
            """
            UPDATE fulfilment_tours SET state = CASE WHEN person IS NULL THEN 'open' ELSE 'taken' END, done = NULL
            WHERE id = ? AND state = 'done'
            """, [.text(tour)])
    }

    private static func reduce(_ tour: String, _ task: Int64, _ quantity: Int64, _ writer: any Writer) throws {
        try writer.execute(
            """
            UPDATE fulfilment_pick_tasks SET quantity = quantity - ?,
                state = CASE WHEN quantity - ? > picked THEN state WHEN picked > 0 THEN 'done' ELSE 'dropped' END
            WHERE tour = ? AND task = ?
            """, [.integer(quantity), .integer(quantity), .text(tour), .integer(task)])
    }

    /// A tour without an open pick is done.
    private static func close(_ tour: String, at moment: Timestamp, _ writer: any Writer) throws {
        try writer.execute(
            """
            UPDATE fulfilment_tours SET state = 'done', done = ? WHERE id = ? AND state <> 'done' AND NOT EXISTS
                (SELECT 1 FROM fulfilment_pick_tasks WHERE tour = ? AND state = 'open')
            """, [.integer(moment.microseconds), .text(tour), .text(tour)])
    }
}

extension TourTable {
    static func find(_ id: String, for tenant: some Tenancy, in reader: any Reader) throws -> PickTour? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            "SELECT * FROM fulfilment_tours WHERE id = ? AND \(own.sql)", [.text(id)] + own.arguments
        ).flatMap(tour)
    }

    /// Tours that are not done: the one that must leave first, first.
    static func open(
        in centre: String? = nil, of person: String? = nil, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [PickTour] {
        let own = tenant.condition(column: "scope")
        var (conditions, arguments) = ("state <> 'done' AND \(own.sql)", own.arguments)
        if let centre {
            conditions += " AND centre = ?"
            arguments.append(.text(centre))
        }
        if let person {
            conditions += " AND person = ?"
            arguments.append(.text(person))
        }
        return try reader.query(
            "SELECT * FROM fulfilment_tours WHERE \(conditions) ORDER BY ship, planned, id LIMIT 500", arguments
        ).compactMap(tour)
    }

    static func tasks(of tour: String, for tenant: some Tenancy, in reader: any Reader) throws -> [PickTask] {
        let own = tenant.condition(column: "scope")
        return try reader.query(
            "SELECT * FROM fulfilment_pick_tasks WHERE tour = ? AND \(own.sql) ORDER BY sequence, task",
            [.text(tour)] + own.arguments
        ).map(task)
    }

    /// What is still to be picked in a centre; of an order, of an item, at a place.
    static func openTasks(
        in centre: String, order: String? = nil, item: String? = nil, place: String? = nil, for tenant: some Tenancy,
        in reader: any Reader
    ) throws -> [PickTask] {
        let own = tenant.condition(column: "scope")
        var (conditions, arguments): (String, [SQLValue]) = ("centre = ? AND state = 'open'", [.text(centre)])
        for (column, value) in [("orders", order), ("item", item), ("place", place)] {
            guard let value else { continue }
            conditions += " AND \(column) = ?"
            arguments.append(.text(value))
        }
        return try reader.query(
            """
            SELECT * FROM fulfilment_pick_tasks WHERE \(conditions) AND \(own.sql) ORDER BY tour, sequence, task
            LIMIT 20000
            """, arguments + own.arguments
        ).map(task)
    }

    /// The next number of a task in a tour.
    static func next(in tour: String, for tenant: some Tenancy, in reader: any Reader) throws -> Int64 {
        let own = tenant.condition(column: "scope")
        let row = try reader.first(
            "SELECT MAX(task) AS n FROM fulfilment_pick_tasks WHERE tour = ? AND \(own.sql)",
            [.text(tour)] + own.arguments)
        return (try row?.optionalInteger("n") ?? 0) + 1
    }

    private static func tour(_ row: Row) throws -> PickTour? {
        guard let scope = Scope(try row.text("scope")) else { return nil }
        return PickTour(
            id: try row.text("id"), scope: scope, centre: try row.text("centre"),
            state: PickTour.State(rawValue: try row.text("state")) ?? .open, person: try row.optionalText("person"),
            planned: Timestamp(microseconds: try row.integer("planned")),
            ship: try row.optionalInteger("ship").map { Timestamp(microseconds: $0) })
    }

    private static func task(_ row: Row) throws -> PickTask {
        PickTask(
            task: try row.integer("task"), order: try row.text("orders"), line: try row.integer("line"),
            item: try row.text("item"), name: try row.text("name"), lot: try row.text("lot"),
            quantity: try row.integer("quantity"), place: try row.text("place"),
            sequence: try row.integer("sequence"), picked: try row.integer("picked"),
            state: PickTask.State(rawValue: try row.text("state")) ?? .open, tour: try row.text("tour"))
    }
}

extension TourTable {
    /// The tour that an order was put on last; nil where it is on none.
    static func tour(of order: String, for tenant: some Tenancy, in reader: any Reader) throws -> String? {
        let own = tenant.condition(column: "scope")
        return try reader.first(
            """
            SELECT tour FROM fulfilment_pick_tasks WHERE orders = ? AND \(own.sql) ORDER BY tour DESC LIMIT 1
            """, [.text(order)] + own.arguments
        ).map { try $0.text("tour") }
    }
}
