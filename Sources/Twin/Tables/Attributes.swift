public import Record
public import Store

/// What attributes of things were seen to be, each query limited to its tenant.
public enum Attributes {
    /// The latest observation of each attribute of a thing, by the time it was observed; sorted by attribute.
    public static func latest(
        of thing: ThingID, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> [Observation] {
        let own = tenant.condition(column: "t.scope")
        return try transaction.query(
            """
            SELECT \(columns) FROM twin_things t JOIN twin_latest o ON o.thing = t.id
            WHERE t.id = ? AND \(own.sql) ORDER BY o.attribute
            """, [.text(thing.rawValue)] + own.arguments
        ).map(observation)
    }

    /// What each attribute of a thing was at a time, as it is known today; sorted by attribute.
    public static func asOf(
        _ time: Timestamp, of thing: ThingID, for tenant: some Tenancy, in transaction: any Reader
    ) throws -> [Observation] {
        let own = tenant.condition(column: "t.scope")
        return try transaction.query(
            """
            SELECT \(columns) FROM twin_things t JOIN twin_latest l ON l.thing = t.id
            JOIN twin_observations o ON o.event = (
              SELECT x.event FROM twin_observations x
              WHERE x.thing = l.thing AND x.attribute = l.attribute AND x.observed <= ?
              ORDER BY x.observed DESC, x.recorded DESC, x.event DESC LIMIT 1)
            WHERE t.id = ? AND \(own.sql) ORDER BY o.attribute
            """, [.integer(time.microseconds), .text(thing.rawValue)] + own.arguments
        ).map(observation)
    }

    /// What an attribute was during a range of time, the earliest first.
    public static func history(
        of attribute: String, of thing: ThingID, during range: Range<Timestamp>, for tenant: some Tenancy,
        limit: Int = Listing<Observation>.largestPage, offset: Int = 0, in transaction: any Reader
    ) throws -> Listing<Observation> {
        let own = tenant.condition(column: "t.scope")
        return try transaction.listing(
            columns,
            from: """
                twin_things t JOIN twin_observations o ON o.thing = t.id
                WHERE t.id = ? AND o.attribute = ? AND o.observed >= ? AND o.observed < ? AND \(own.sql)
                """,
            [
                .text(thing.rawValue), .text(attribute), .integer(range.lowerBound.microseconds),
                .integer(range.upperBound.microseconds),
            ] + own.arguments,
            order: "o.observed, o.recorded, o.event", limit: limit, offset: offset, observation)
    }

    private static let columns = "o.thing, o.attribute, o.value, o.unit, o.observed, o.recorded"

    private static func observation(_ row: Row) throws -> Observation {
        Observation(
            thing: ThingID(try row.text("thing")), attribute: try row.text("attribute"),
            value: try JSON(parsing: row.text("value")), unit: try row.optionalText("unit"),
            observed: Timestamp(microseconds: try row.integer("observed")),
            recorded: Timestamp(microseconds: try row.integer("recorded")))
    }
}
