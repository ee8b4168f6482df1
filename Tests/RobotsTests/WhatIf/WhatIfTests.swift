import District
import Record
import TestKit
import Testing

@testable import Robots

/// What-if: the same question gives the same bytes, and more robots have less to do.
@Suite("What if") struct WhatIfTests {
    private static let site = Result { try SiteRunTests.site("onyu-main") }

    /// Shorter and fewer days than people get, so that a test is done in time.
    private static func settings(seeds: Int = 4, hours: Double = 0.5) throws -> WhatIfSettings {
        var json = try ShippedBook.handbook.read("what-if.json").json.members ?? [:]
        (json["seeds"], json["hours"], json["warm_minutes"]) = (.number(Double(seeds)), .number(hours), 5)
        return try WhatIfSettings(.object(json), edition: "test")
    }

    /// Deliveries between the wards of the hospital.
    private static func demand() throws -> WhatIfDemand {
        let site = try site.get()
        let ways = [("pharmacy", "nurses-3a"), ("lab", "er"), ("kitchen", "nurses-3b"), ("linen", "nurses-3b")]
        let missions = ways.enumerated().map { number, way in
            MissionCase(
                mission: Mission(
                    id: "mission/\(number)", kind: .deliver, site: "onyu-main",
                    stops: [.init(node: way.0, task: .pick), .init(node: way.1, task: .drop, proof: .badge)],
                    priority: number == 0 ? .clinical : .normal, scope: .zone,
                    asked: Timestamp(microseconds: 1_800_000_000_000_000 + Int64(number) * 600_000_000)),
                sender: "ward-\(number % 2)", purpose: nil, author: "test")
        }
        return WhatIfDemand(missions, at: site)
    }

    private static func question(more: Int = 0, rate: Double = 12) -> WhatIfQuestion {
        var question = WhatIfQuestion(site: "onyu-main", robots: 2, rate: rate)
        question.more = more
        return question
    }

    @Test("one day runs, and what is asked for in it is done")
    func oneDay() throws {
        let (site, settings) = (try Self.site.get(), try Self.settings())
        let day = try Self.demand().day(3, rate: 8, highest: 8, seconds: settings.warm + settings.counted)
        var world = WhatIfWorld(
            site, robots: 2, speed: 1.2, closed: [], arrivals: day, seed: 3, settings)
        let clock = ContinuousClock()
        var came: WhatIfDay?
        let took = clock.measure { came = world.day { true } }
        let result = try #require(came)
        print("a day of", settings.counted, "s took", took, result)
        #expect(result.asked > 0 && result.open == 0 && result.failed == 0)
        #expect((result.values[.busy] ?? 0) > 0 && (result.values[.busy] ?? 2) <= 1)
    }
}
