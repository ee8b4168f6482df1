import District
import Record
import Series
import Store
import TestKit
import Testing
import Twin

@testable import Access
@testable import Sensing

@Suite("Intake")
struct IngestTests {
    static let start = IntakeCornersTests.now

    private static func sample(_ thing: String, _ value: Double, age: Double = 0) -> Sample {
        Sample(SeriesKey(ThingID(thing), "x"), Reading(time: start.advanced(bySeconds: -age), value: value))
    }

    @Test("a wrong clock is flagged and kept, the past is kept untold, and only the present reaches the watch")
    func clocks() async throws {
        let clock = TestClock(Self.start)
        try await withSpine(clock: clock.source) { spine in
            let desk = Desk(spine)
            let told = spine.arrivals.listen()
            let samples = [
                Self.sample("a", 1), Self.sample("a", 2, age: 3600), Self.sample("a", 3, age: -3600),
                Self.sample("a", 4, age: 40 * 86_400),
            ]
            let receipt = try await desk.ingest.take(Parsed(samples: samples), by: firmToken("alfa"), source: "test")
            #expect(receipt.skewed == 2)
            #expect(receipt.backfilled == 1)
            #expect(receipt.appended.stored == 4)
            spine.arrivals.finish()
            var seen: [Double] = []
            for await batch in told { seen += batch.map(\.reading.value) }
            #expect(seen == [1])
            let kept = try await spine.series.readings(
                SeriesKey("a", "x"), from: Self.start.advanced(bySeconds: -50 * 86_400),
                to: Self.start.advanced(bySeconds: 7200), limit: 10)
            #expect(kept.map(\.quality) == [.uncertain, .good, .good, .uncertain])
        }
    }

    @Test("a firm cannot write another's thing, and its own beside it are stored")
    func firms() async throws {
        try await withSpine(clock: { Self.start }) { spine in
            let desk = Desk(spine)
            _ = try await desk.ingest.take(
                Parsed(samples: [Self.sample("a", 1)]), by: firmToken("alfa"), source: "test")
            let receipt = try await desk.ingest.take(
                Parsed(samples: [Self.sample("a", 9, age: 1), Self.sample("b", 2)]), by: firmToken("bravo"),
                source: "test")
            #expect(receipt.rejections.map(\.field) == ["a"])
            #expect(receipt.rejections.map(\.rule) == [.notYours])
            #expect(receipt.rejections.map(\.line) == [1])
            #expect(receipt.appended.stored == 1)
            #expect(spine.series.latest(SeriesKey("a", "x"))?.value == 1)
            // What nobody had declared is now the sender's.
            let zone = try Caller.system("test").tenant
            let thing = try await spine.district.store.read { try Things.find("b", for: zone, in: $0) }
            #expect(thing?.scope == .firm("bravo"))
        }
    }

    @Test("a reading sent twice is stored once and counted")
    func duplicates() async throws {
        try await withSpine(clock: { Self.start }) { spine in
            let desk = Desk(spine)
            let parsed = Parsed(samples: [Self.sample("a", 1), Self.sample("a", 2, age: 1)])
            _ = try await desk.ingest.take(parsed, by: firmToken("alfa"), source: "test")
            let again = try await desk.ingest.take(parsed, by: firmToken("alfa"), source: "test")
            #expect(again.appended.stored == 0)
            #expect(again.appended.duplicates == 2)
            #expect(spine.gauges.value("slipway_readings_duplicate_total", labels: "source=\"test\"") == 2)
        }
    }

    @Test("the zone's own token may send for any thing; a person without firm or office for none")
    func senders() async throws {
        #expect(try Sender(firmToken(nil)).takes(.firm("alfa")))
        #expect(try !Sender(firmToken("alfa")).takes(.firm("bravo")))
        #expect(try !Sender(firmToken("alfa")).takes(.zone))
        let administrator = Caller(.person("p"), roles: [.administrator])
        #expect(throws: AccessError.self) { try Sender(administrator) }
        #expect(throws: AccessError.self) { try Sender(.anonymous()) }
        #expect(try Sender(Caller(.person("p"), roles: [.zoneOfficer])).takes(.firm("alfa")))
    }
}
