import Access
import District
import Foundation
import Logging
import Record
import Store

/// Commands a second, durable, through the whole frame; and proofs a second from the tree they made.
struct StoreBench {
    let name: String
    let location: StoreLocation
    let seconds: Double
    let logger: Logger

    /// A room with one command that writes one event and one row.
    private struct Bell: Capability {
        let name = "bell"
        let title = Words("종", "Bell")
        let migrations = [
            Migration("bell.001", ["CREATE TABLE bell_rings (id TEXT PRIMARY KEY, loud BIGINT NOT NULL)"])
        ]
        let commands = [
            Command(
                Form(
                    "bell.ring", title: Words("종 울리기", "Ring"), help: Words("종을 울립니다.", "Rings the bell."),
                    fields: [Field("loud", Words("크기", "Loudness"), .integer(0...10, unit: nil))],
                    permission: .anyone)
            ) { ask, _ in
                let id = Identifier(at: ask.now)
                return [
                    Draft(
                        "bell.rung", stream: "bell/\(id)", scope: .zone,
                        payload: ["id": .string("\(id)"), "loud": ask.values["loud"] ?? .null])
                ]
            }
        ]
        let projections = [
            Projection(tables: ["bell_rings"], types: ["bell.rung"]) { _, payload, transaction in
                try transaction.execute(
                    "INSERT INTO bell_rings (id, loud) VALUES (?, ?)",
                    [.text(payload["id"]?.text ?? ""), .integer(payload["loud"]?.integer ?? 0)])
            }
        ]
    }

    func run() async throws -> [Figure] {
        let clock: TimeSource = { Timestamp.now() }
        let sequencer = Sequencer(clock: clock)
        let store = try await RecordLog.openStore(location, clock: clock, logger: logger)
        let district = try District(store: store, rooms: [Bell()], clock: clock, logger: logger)
        try await district.open()
        var figures: [Figure] = []
        for clients in [1, 64] {
            let (count, elapsed) = try await hammer(district, clients: clients)
            figures.append(
                Figure(
                    name: "commands, \(name), \(clients) client\(clients == 1 ? "" : "s")",
                    value: Double(count) / elapsed,
                    unit: "commands/s", how: "perform → event, row, leaf; answered after the fsync"))
        }
        if store.dialect == .postgresql {
            let lease = try await store.write { try sequencer.acquire(for: "bench", seconds: 600, in: $0) }
            while try await store.write({ try sequencer.sequence(in: $0, limit: 4096, under: lease) }) > 0 {}
        }
        figures.append(try await proofs(store))
        await store.close()
        return figures
    }

    private func hammer(_ district: District, clients: Int) async throws -> (Int, Double) {
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<clients {
                group.addTask {
                    var count = 0
                    while ContinuousClock.now < end {
                        _ = try await district.perform("bell.ring", ["loud": 3], by: .system("bench"))
                        count += 1
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        return (count, Elapsed.seconds(since: start))
    }

    private func proofs(_ store: Store) async throws -> Figure {
        let seconds = min(seconds, 3)
        let (count, elapsed) = try await store.read { reader in
            let tree = try TreeReader(in: reader)
            let start = ContinuousClock.now
            var count = 0
            while Elapsed.seconds(since: start) < seconds {
                _ = try tree.inclusionProof(ofLeaf: Int64.random(in: 0..<tree.size), size: tree.size)
                count += 1
            }
            return (count, Elapsed.seconds(since: start))
        }
        return Figure(
            name: "inclusion proofs, \(name)", value: Double(count) / elapsed, unit: "proofs/s",
            how: "one reader, random leaves of the tree just made")
    }
}

/// Time that has gone by.
enum Elapsed {
    static func seconds(since start: ContinuousClock.Instant) -> Double {
        let elapsed = start.duration(to: .now).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }
}
