import Foundation
import Record
import Series
import Store
import Synchronization
import TestKit
import Testing

@testable import District

@Suite("What follows the Record, on every store")
struct ServiceTests {
    struct Crash: Error {}

    @Test(
        "a follower is handed each event of its types at least once, in order, also after a crash",
        arguments: StoreUnderTest.all)
    func follower(_ kind: StoreUnderTest) async throws {
        let heard = Heard()
        try await Quay.with(kind, rooms: []) { quay in
            for number in 0..<10 {
                try await quay.record(number % 2 == 0 ? "shed.a" : "shed.b", payload: ["n": .number(Double(number))])
            }
            try await quay.number()
            // It dies after the third event was handed on and before its place was kept.
            let dying = Follower("mail", types: ["shed.a"], district: quay.district) { event, payload in
                heard.add(payload["n"]?.integer ?? -1)
                if heard.all.count == 3 { throw Crash() }
            }
            await #expect(throws: Crash.self) { try await dying.step() }
            let next = Follower("mail", types: ["shed.a"], district: quay.district) { _, payload in
                heard.add(payload["n"]?.integer ?? -1)
            }
            #expect(try await next.step() == false)
            #expect(heard.all == [0, 2, 4] + [0, 2, 4, 6, 8])
            #expect(try await next.step() == false)
            try await quay.record("shed.a", payload: ["n": 10])
            try await quay.number()
            _ = try await next.step()
            #expect(heard.all.suffix(2) == [8, 10])
            // A name of its own has a place of its own.
            let other = Heard()
            _ = try await Follower("hook", types: ["shed.b"], district: quay.district) { _, payload in
                other.add(payload["n"]?.integer ?? -1)
            }.step()
            #expect(other.all == [1, 3, 5, 7, 9])
        }
    }

    @Test("a follower goes through any number of events, batch by batch", arguments: StoreUnderTest.all)
    func batches(_ kind: StoreUnderTest) async throws {
        let heard = Heard()
        try await Quay.with(kind, rooms: []) { quay in
            let drafts = (0..<600).map {
                Draft("shed.a", stream: "s/1", scope: .zone, payload: ["n": .number(Double($0))])
            }
            try await quay.district.record(drafts, origin: Origin(author: .system("test")))
            try await quay.number()
            let follower = Follower("mail", types: ["shed.a"], district: quay.district) { _, payload in
                heard.add(payload["n"]?.integer ?? -1)
            }
            while try await follower.step() {}
            #expect(heard.all == Array(0..<600))
        }
    }

    @Test("a sealed chunk is anchored by its hash, once, however often it is looked for", arguments: StoreUnderTest.all)
    func anchoring(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: []) { quay in
            try await withTemporaryFolder { folder in
                let readings = try await Store.open(
                    .sqlite(folder.appendingPathComponent("series.sqlite").path), logger: .quiet)
                let series = try await SeriesStore.open(
                    readings, clock: quay.clock.read, settings: SeriesSettings(chunkReadings: 8, maxAge: 60),
                    logger: .quiet)
                let start = quay.clock.read()
                let samples = (0..<40).map { number in
                    Sample(
                        SeriesKey("press-1", "vibration"),
                        Reading(time: start.advanced(bySeconds: Double(number)), value: Double(number)))
                }
                _ = try await series.append(samples)
                quay.clock.advance(by: 3600)
                try await series.sealStale()
                var anchored = 0
                while true {
                    let more = try await quay.district.anchorChunks(of: series)
                    guard more > 0 else { break }
                    anchored += more
                }
                #expect(anchored > 0)
                #expect(try await quay.district.anchorChunks(of: series) == 0)
                let events = try await quay.events().filter { $0.type == "series.chunks.sealed" }
                let chunks = events.flatMap { $0.payload["chunks"]?.elements ?? [] }
                #expect(chunks.count == anchored)
                #expect(Set(chunks.compactMap { $0["chunk"]?.text }).count == anchored)
                #expect(chunks.allSatisfy { $0["sha256"]?.text?.count == 64 })
                await readings.close()
            }
        }
    }
}

/// What was handed on, in order.
final class Heard: Sendable {
    private let numbers = Mutex<[Int64]>([])

    var all: [Int64] { numbers.withLock { $0 } }
    func add(_ number: Int64) { numbers.withLock { $0.append(number) } }
}
