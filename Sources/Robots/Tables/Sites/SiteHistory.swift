import Access
import District
import Record
import Store
import Twin

/// What happened at a site in a span of time: found by the Record's order, however long ago it was.
struct SiteHistory {
    let log: RecordLog
    let tenant: Tenant
    let site: String
    /// The site and all that is on it: vehicles, what nodes and zones stand for.
    let things: Set<String>

    /// As many events as are shown, and as are looked at.
    private static let most = (shown: 1000, read: Int64(200_000))
    /// By how many seconds events may have come into the Record's order later than they were recorded.
    private static let slack = 120.0

    /// The events, the earliest first: of its vehicles, its missions, its holds, what Safety closed in it.
    func events(from: Timestamp, to: Timestamp, in reader: any Reader) throws -> [Event] {
        let streams = try missions(from, to, reader).union(try holds(from, to, reader))
        let size = try TreeReader(in: reader).size
        let first = try leaf(at: from.advanced(bySeconds: -Self.slack), of: size, in: reader)
        let end = to.advanced(bySeconds: Self.slack)
        var (found, next): ([Event], Int64) = ([], first)
        while next < min(size, first + Self.most.read), found.count < Self.most.shown {
            let page = try log.events(fromLeaf: next, limit: 500, in: reader)
            guard let last = page.last else { break }
            found += page.filter { event in
                event.recorded >= from && event.recorded < to && tenant.sees(event.scope) && isOf(event, streams)
            }
            guard last.recorded < end else { break }
            next += Int64(page.count)
        }
        return Array(found.prefix(Self.most.shown))
    }

    private func isOf(_ event: Event, _ streams: Set<String>) -> Bool {
        guard event.type.hasPrefix("robots.") || event.type.hasPrefix("safety.zone.") else { return false }
        return streams.contains(event.stream)
            || ["site", "thing", "vehicle", "target"].contains { event.payload[$0]?.text.map(things.contains) ?? false }
    }

    /// The first leaf that was recorded at a time or after it: leaves are in the order of time, but for a little.
    private func leaf(at time: Timestamp, of size: Int64, in reader: any Reader) throws -> Int64 {
        var (low, high) = (Int64(0), size)
        while low < high {
            let middle = low + (high - low) / 2
            guard let event = try log.events(fromLeaf: middle, limit: 1, in: reader).first else { break }
            if event.recorded < time { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The streams of the missions that were open at the site then.
    private func missions(_ from: Timestamp, _ to: Timestamp, _ reader: any Reader) throws -> Set<String> {
        let own = tenant.condition(column: "scope")
        return try Set(
            reader.query(
                """
                SELECT id FROM robots_missions WHERE site = ? AND asked < ? AND (ended IS NULL OR ended >= ?)
                AND \(own.sql)
                """, [.text(site), .integer(to.microseconds), .integer(from.microseconds)] + own.arguments
            ).map { try $0.text("id") })
    }

    /// The streams of the holds that reached the site then: of all robots, of a zone of it, or of what it is in.
    private func holds(_ from: Timestamp, _ to: Timestamp, _ reader: any Reader) throws -> Set<String> {
        let own = tenant.condition(column: "scope")
        let rows = try reader.query(
            """
            SELECT id, reach, target, scope FROM robots_holds WHERE placed < ? AND (lifted IS NULL OR lifted >= ?)
            AND \(own.sql)
            """, [.integer(to.microseconds), .integer(from.microseconds)] + own.arguments)
        let owner = try SiteTable.find(site, for: tenant, in: reader)?.scope
        let above = Set(try Things.path(to: ThingID(site), for: tenant, in: reader).map(\.id.rawValue))
        return try Set(
            rows.compactMap { row in
                let scope = Scope(try row.text("scope"))
                let isHere =
                    switch Hold.Reach(kind: try row.text("reach"), target: try row.text("target")) {
                    case .fleet: scope == .zone || scope == owner
                    case .zone(let other, _): other == site
                    case .thing(let thing): things.contains(thing.rawValue) || above.contains(thing.rawValue)
                    case nil: false
                    }
                return isHere ? "hold/\(try row.text("id"))" : nil
            })
    }
}
