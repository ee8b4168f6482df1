import District
import Foundation
import Record
import Testing

@testable import Robots

@Suite struct SampleSiteTests {
    static var book: Handbook { ShippedBook.handbook }

    @Test func threeSitesCompile() throws {
        let plans = try SampleSites.plans(Self.book)
        #expect(plans.map(\.id) == ["onyu-main", "solmaru", "haesol-center"])
        for plan in plans {
            do throws(SiteFaults) {
                let site = try SiteCompiler.compile(plan)
                #expect(site.spots.count > plan.nodes.count)
                #expect(!site.roadmap.refuges.isEmpty)
            } catch {
                Issue.record("\(plan.id): \(error.faults.map { "\($0.place.field) \($0.words.en)" })")
            }
        }
    }

    @Test func theHospitalHasWhatAHospitalNeeds() throws {
        let plan = try #require(try SampleSites.plans(Self.book).first)
        let names = Set(plan.nodes.compactMap { $0.name?.ko })
        for name in ["약제실", "진단검사실", "영양과 조리실", "3A병동 간호사실", "3B병동 간호사실"] { #expect(names.contains(name)) }
        let site = try SiteCompiler.compile(plan)
        let cabin = try #require(site.cabins["lift-1"])
        #expect(cabin.count == 2)
        #expect(site.roadmap.conflicts[Int(cabin[0])].contains(cabin[1]))
        #expect(site.passage(cabin[0], cabin[1])?.lift == "lift-1")
        #expect(!site.nodes(of: "onyu-ward-3a").isEmpty)
    }

    @Test func theWarehouseIsTheSameForTheSameSeed() throws {
        let (json, _) = try Self.book.read("site-haesol-center.json")
        let one = try WarehousePlan(json).plan
        #expect(try one == WarehousePlan(json).plan)
        var members = try #require(json.members)
        members["seed"] = 7
        #expect(try one != WarehousePlan(.object(members)).plan)
        #expect(one.nodes.count { $0.kind == .station && $0.id.hasPrefix("rack-") } == 60)
        members["aisles"] = 1
        #expect(throws: PlanFaults.self) { try WarehousePlan(.object(members)) }
    }
}
