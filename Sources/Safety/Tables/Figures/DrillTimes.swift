import District
import Record
import Store

/// How long drills took until everyone was accounted for.
enum DrillTimes {
    static let migration = Migration(
        "safety.figures.001",
        [
            """
            CREATE TABLE safety_drill_times (
                event TEXT PRIMARY KEY, scope TEXT NOT NULL, day BIGINT NOT NULL, heads BIGINT NOT NULL,
                unaccounted BIGINT NOT NULL, seconds DOUBLE PRECISION)
            """,
            "CREATE INDEX safety_drill_times_scope ON safety_drill_times (scope, day)",
        ])

    static let projection = Projection(
        tables: ["safety_drill_times"], types: ["safety.drill.completed"]
    ) { event, payload, transaction in
        let day = payload["day"]?.text.flatMap { KoreanDay($0) } ?? KoreanDay(event.observed)
        // Who was never accounted for has no time, whatever the others took.
        let unaccounted = payload["unaccounted"]?.integer ?? payload["heads"]?.integer ?? 1
        try transaction.execute(
            """
            INSERT INTO safety_drill_times (event, scope, day, heads, unaccounted, seconds) VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                .text(event.id.description), .text(event.scope.text), .integer(day.number),
                .integer(payload["heads"]?.integer ?? 0), .integer(unaccounted),
                .optional(unaccounted == 0 ? payload["seconds"]?.double : nil),
            ])
    }
}
