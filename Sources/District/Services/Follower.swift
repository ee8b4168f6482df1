import Logging
public import Record
public import ServiceLifecycle
import Store

/// Follows the Record from a cursor of its own and hands on each event of its types: at least once, in leaf order.
/// Whatever calls outside (MQTT, mail, a webhook) is one of these.
public struct Follower: Service {
    private let name: String
    private let types: Set<String>
    private let district: District
    private let handle: @Sendable (Event, [String: JSON]) async throws -> Void

    /// Follows a district under a name that keeps its place over restarts.
    /// - Parameter handle: must be idempotent; if it throws, the event comes again a second later.
    public init(
        _ name: String, types: Set<String>, district: District,
        handle: @escaping @Sendable (Event, [String: JSON]) async throws -> Void
    ) {
        self.name = name
        self.types = types
        self.district = district
        self.handle = handle
    }

    /// Runs until the house closes.
    public func run() async throws {
        await beat(every: .milliseconds(250)) {
            do {
                while try await step() {}
            } catch {
                district.logger.warning("\(name) will try again", metadata: ["reason": "\(error)"])
            }
        }
    }

    /// Hands on one batch.
    /// - Returns: whether there may be more.
    func step() async throws -> Bool {
        let (name, log, district, types) = ("follower.\(name)", district.log, district, types)
        let (events, from) = try await district.store.read { reader -> ([(Event, [String: JSON])], Int64) in
            let from = try FrameTables.cursor(name, in: reader) ?? 0
            let events = try log.events(fromLeaf: from, limit: 256, in: reader)
            // The vault is opened for what is asked for only: what lies there damaged of other events holds nobody up.
            return (
                try events.map { ($0, types.contains($0.type) ? try district.payload(of: $0, in: reader) : [:]) }, from
            )
        }
        var next = from
        for (event, payload) in events {
            if types.contains(event.type) { try await handle(event, payload) }
            next = (event.leaf ?? next) + 1
        }
        guard next > from else { return false }
        let reached = next
        try await district.store.write { try FrameTables.setCursor(name, reached, in: $0) }
        return events.count == 256
    }
}
