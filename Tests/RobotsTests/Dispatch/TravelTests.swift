import Record
import Testing

@testable import Robots

struct TravelTests {
    @Test("ways of the hospital take as long as their passages, and none goes through what is closed")
    func hospital() throws {
        let plan = try #require(try SampleSites.plans(ShippedBook.handbook).first { $0.id == "onyu-main" })
        let site = try SiteCompiler.compile(plan)
        let targets = ["pharmacy", "nurses-3a", "er", "charger-1"]
        let times = TravelTimes(site, to: targets)
        let direct = try #require(times("pharmacy", "er"))
        let lifted = try #require(times("pharmacy", "nurses-3a"))
        #expect(direct > 40 && direct < 400, "\(direct)")
        #expect(lifted > CompiledSite.ride)
        #expect(times("er", "er") == 0)
        #expect(times("pharmacy", "moon") == nil && times("moon", "er") == nil)
        // Never shorter by a detour, and one step is one passage.
        let via = try #require(times("pharmacy", "charger-1")) + (try #require(times("charger-1", "er")))
        #expect(direct <= via + 0.01)
        let cabins = Set(site.cabins.values.flatMap { $0 })
        let closed = TravelTimes(site, to: targets, closed: cabins)
        #expect(closed("pharmacy", "nurses-3a") == nil)
        #expect(closed("pharmacy", "er") != nil)
    }
}
