import District
import Foundation
import Record
import Series
import Store
import TestKit
import Testing
import Twin
import Web

@testable import Access
@testable import Sensing

@Suite("Files of the past")
struct ImportAndReplayTests {
    /// Twenty-five minutes of calm, then two in which the machine shakes.
    private static func file() throws -> CSVReadings {
        var random = SeededGenerator(seed: 9)
        var lines = ["time,vibration"]
        for second in 0..<1620 {
            let noise = (0..<6).reduce(0.0) { sum, _ in sum + Double.random(in: -0.5...0.5, using: &random) }
            let time = Timestamp(microseconds: 1_700_000_000_000_000).advanced(bySeconds: Double(second))
            lines.append("\(time),\((second < 1500 ? 10 : 40) + noise)")
        }
        return try CSVReadings(Array(lines.joined(separator: "\n").utf8), offsetSeconds: 0)
    }

    private static func alarms(_ spine: Spine) async throws -> [AlarmRow] {
        let zone = try Caller.system("test").tenant
        let query = TableQuery([:], columns: ["raised"], sortedBy: "raised")
        return try await spine.district.store.read {
            try AlarmTable.list(query, openOnly: false, for: zone, in: $0).rows
        }
    }

    @Test("an import yields findings and stores the past, tells no watch and raises no alarm")
    func importing() async throws {
        try await withSpine { spine in
            let told = spine.arrivals.listen()
            let report = try await Importer(desk: Desk(spine)).store(
                try Self.file(), of: "press-1", name: "a.csv", by: firmCaller("alfa"))
            #expect(report.stored == 1620)
            #expect(!report.findings.isEmpty)
            #expect(report.correlation != nil)
            #expect(try await Self.alarms(spine).isEmpty)
            spine.arrivals.finish()
            var batches = 0
            for await _ in told { batches += 1 }
            #expect(batches == 0)
            let again = try await Importer(desk: Desk(spine)).store(
                try Self.file(), of: "press-1", name: "a.csv", by: firmCaller("alfa"))
            #expect(again.stored == 0)
            #expect(again.duplicates == 1620)
        }
    }

    @Test("a firm imports into its own things only")
    func importingElsewhere() async throws {
        try await withSpine { spine in
            let desk = Desk(spine)
            _ = try await Importer(desk: desk).store(
                try Self.file(), of: "press-1", name: "a.csv", by: firmCaller("alfa"))
            await #expect(throws: Refusal.self) {
                try await Importer(desk: desk).store(
                    try Self.file(), of: "press-1", name: "a.csv", by: firmCaller("bravo"))
            }
        }
    }

    @Test("a replay runs to its end into a marked thing of its own and raises replay alarms")
    func replaying() async throws {
        try await withSpine { spine in
            let desk = Desk(spine)
            let caller = firmCaller("alfa")
            let id = try await desk.replays.begin(try Self.file(), name: "Valve 1", speed: nil, by: caller)
            let isOver = try await eventually(180) { try await desk.replays.progress(id, for: caller)?.isOver == true }
            #expect(isOver)
            let progress = try #require(try await desk.replays.progress(id, for: caller))
            #expect(progress.failure == nil)
            #expect(progress.done == progress.rows)
            let alarms = try await Self.alarms(spine)
            #expect(!alarms.isEmpty)
            #expect(
                alarms.allSatisfy { $0.origin == "replay" && $0.thing == progress.thing && $0.scope == .firm("alfa") })
            let tenant = try caller.tenant
            let thing = try await spine.district.store.read { try Things.find(progress.thing, for: tenant, in: $0) }
            #expect(thing?.attributes["replay"]?.bool == true)
            #expect(try await desk.replays.progress(id, for: firmCaller("bravo")) == nil)
        }
    }

    @Test("a replay cannot be sent into another firm's by its name")
    func replayingElsewhere() async throws {
        try await withSpine { spine in
            let desk = Desk(spine)
            _ = try await desk.replays.begin(try Self.file(), name: "same", speed: nil, by: firmCaller("alfa"))
            await #expect(throws: Refusal.self) {
                try await desk.replays.begin(try Self.file(), name: "same", speed: nil, by: firmCaller("bravo"))
            }
        }
    }

    @Test("a file waits for who sent it, once")
    func uploads() async {
        let uploads = Uploads()
        let id = await uploads.keep([1], name: "a.csv", owner: .person("p"))
        #expect(await uploads.take(id, owner: .person("q")) == nil)
        #expect(await uploads.take(id, owner: .person("p"))?.bytes == [1])
        #expect(await uploads.take(id, owner: .person("p")) == nil)
    }
}
