import District
import Record
import TestKit
import Testing

@testable import Robots

/// What-if: the same question gives the same bytes, more robots have less to do each, and what cannot be is refused.
@Suite("What if") struct WhatIfTests {
    static let site = Result { try SiteRunTests.site("onyu-main") }

    /// Shorter and fewer days than people get, so that a test is done in time.
    static func settings(seeds: Int = 3, hours: Double = 0.25, limit: Double = 240) throws -> WhatIfSettings {
        var json = try ShippedBook.handbook.read("what-if.json").json.members ?? [:]
        (json["seeds"], json["hours"], json["warm_minutes"]) = (.number(Double(seeds)), .number(hours), 2)
        json["limit_seconds"] = .number(limit)
        return try WhatIfSettings(.object(json), edition: "test")
    }

    /// Deliveries between the wards of the hospital.
    static func demand() throws -> WhatIfDemand {
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
        return WhatIfDemand(missions, at: try site.get())
    }

    static func question(more: Int = 1, rate: Double = 16) -> WhatIfQuestion {
        var question = WhatIfQuestion(site: "onyu-main", robots: 2, rate: rate)
        question.more = more
        return question
    }

    static func simulation(_ question: WhatIfQuestion) throws -> WhatIf {
        try WhatIf(question, at: try site.get(), demand(), settings())
    }

    /// Two robots more, simulated once for all who look at it.
    private static let answer = Result { try #require(try simulation(question(more: 2)).run { _ in true }) }

    /// One day of today and one of the other, from the same seed.
    private func days(_ question: WhatIfQuestion, seed: UInt64 = 3) throws -> (today: WhatIfDay, other: WhatIfDay) {
        let simulation = try Self.simulation(question)
        var (today, other) = (simulation.world(seed, isOther: false), simulation.world(seed, isOther: true))
        return (try #require(today.day { true }), try #require(other.day { true }))
    }

    @Test("the same question gives the same bytes; another seed gives another day")
    func same() throws {
        let one = try Self.answer.get()
        let two = try #require(try Self.simulation(Self.question(more: 2)).run { _ in true })
        #expect(one.json.canonical == two.json.canonical)
        #expect(WhatIfAnswer(one.json)?.json.canonical == one.json.canonical)
        #expect(one.today[0] != one.today[1])
        #expect(one.today.allSatisfy { $0.asked > 0 && $0.failed == 0 })
    }

    @Test("at the same demand more robots are never busier, within the interval, and serve no fewer missions")
    func more() throws {
        let answer = try Self.answer.get()
        let lines = Dictionary(uniqueKeysWithValues: answer.lines.map { ($0.measure, $0) })
        let busy = try #require(lines[.busy]?.difference)
        #expect(busy.low <= 0 && busy.mean < 0, "\(busy)")
        #expect(try #require(lines[.done]?.difference).high >= 0)
        // The same seeds ask for the same missions on both days.
        #expect(zip(answer.today, answer.other).allSatisfy { $0.asked == $1.asked })
        for line in answer.lines {
            for mean in [line.today, line.other].compactMap(\.self) {
                #expect(mean.low <= mean.mean && mean.mean <= mean.high && mean.low >= 0)
                if line.measure.isShare { #expect(mean.high <= 1) }
            }
        }
    }

    @Test("more missions are asked for beside the same ones, and keep the robots busier")
    func demandGrows() throws {
        let demand = try Self.demand()
        let few = demand.day(5, rate: 6, highest: 12, seconds: 7200)
        let many = demand.day(5, rate: 12, highest: 12, seconds: 7200)
        #expect(Set(few.map(\.number)).isSubset(of: Set(many.map(\.number))))
        #expect(many.count > few.count && few.count > 4)
        var question = Self.question(more: 0, rate: 8)
        question.demand = 3
        let days = try days(question)
        #expect(days.other.asked > days.today.asked)
        #expect((days.other.values[.busy] ?? 0) > (days.today.values[.busy] ?? 1))
    }

    @Test("a place that is closed is driven to by nobody: what is for it cannot be done, and the day says how many")
    func closed() throws {
        var question = Self.question(more: 0, rate: 30)
        question.closed = "nurses-3b"
        let days = try days(question)
        #expect(days.today.failed == 0 && days.other.failed > 0)
        #expect(days.other.asked == days.today.asked)
    }

    @Test("slower robots take longer")
    func speed() throws {
        var question = Self.question(more: 0, rate: 12)
        question.speed = 0.4
        let days = try days(question)
        #expect((days.other.values[.deliveryMedian] ?? 0) > (days.today.values[.deliveryMedian] ?? .infinity))
    }

    @Test("what cannot be simulated is refused at its field")
    func refusals() throws {
        let (site, demand, settings) = (try Self.site.get(), try Self.demand(), try Self.settings())
        func code(_ change: (inout WhatIfQuestion) -> Void) -> String? {
            var question = Self.question()
            change(&question)
            do throws(Refusal) {
                _ = try WhatIf(question, at: site, demand, settings)
                return nil
            } catch {
                #expect(error.kind == .invalid && error.faults.count == 1)
                #expect(!error.words.ko.isEmpty && !error.words.en.isEmpty)
                return error.code
            }
        }
        #expect(code { $0.more = -2 } == "what-if.more-minimum")
        #expect(code { $0.robots = 0 } == "what-if.site-robots")
        #expect(code { $0.more = 100 } == "what-if.more-maximum")
        #expect(code { $0.rate = 0 } == "what-if.rate-range")
        #expect(code { $0.rate = 100_000 } == "what-if.rate-range")
        #expect(code { $0.demand = -1 } == "what-if.rate-range")
        #expect(code { $0.speed = 0 } == "what-if.speed-range")
        #expect(code { $0.closed = "the-moon" } == "what-if.closed-unknown")
        #expect(code { $0.more = 0 } == "what-if.more-same")
        #expect(code { _ in } == nil)
    }

    @Test("a site without missions is asked about by ways between its stations, and that is said")
    func assumed() throws {
        let demand = WhatIfDemand([], at: try Self.site.get())
        #expect(demand.counted == 0 && demand.busiest == WhatIfDemand.assumed && demand.samples.count > 4)
        #expect(demand.samples.allSatisfy { $0.stops.count == 2 && $0.stops[0].node != $0.stops[1].node })
    }

    @Test("it ends when it is told to")
    func stops() throws {
        let simulation = try WhatIf(Self.question(), at: try Self.site.get(), Self.demand(), Self.settings())
        var asked = 0
        let answer = simulation.run { done in
            asked += 1
            return done < 1
        }
        #expect(answer == nil && asked > 1)
    }

    @Test("intervals are Student's: of 4 days ±2.353 standard errors, of 8 days ±1.895")
    func interval() throws {
        #expect(abs(WhatIfMean.student(3) - 2.353) < 0.001)
        #expect(abs(WhatIfMean.student(7) - 1.895) < 0.001)
        let mean = try #require(WhatIfMean([1, 2, 3, 4]))
        #expect(mean.mean == 2.5 && abs(mean.high - 2.5 - 2.353 * 0.6455) < 0.001)
        #expect(WhatIfMean([1, 2]) == nil)
    }
}
