import Foundation
import Record
import Testing

@testable import Robots

@Suite("Time that is lost on the way")
struct HeatTests {
    private func at(_ second: Double) -> Timestamp { Timestamp(microseconds: Int64(second * 1e6)) }

    private func point(_ second: Double, _ x: Double, _ y: Double) -> Heat.Point {
        Heat.Point(at: at(second), map: "1F", x: x, y: y)
    }

    @Test func onlyWhatIsLostOnTheWayCounts() throws {
        let site = try SiteCompiler.compile(.square)
        var heat = Heat()
        // 2 m in 2 s is as fast as allowed; then 8 s on the spot.
        heat.add([point(0, 2, 0), point(2, 4, 0), point(10, 4, 0)], to: site)
        #expect(heat.lost.keys.sorted() == ["ab~n2"])
        #expect(abs((heat.lost["ab~n2"] ?? 0) - 8) < 1e-9)
        // At a station, at a charger, far from every way, after a long silence, and between floors: nothing.
        var none = Heat()
        none.add([point(0, 3, 3), point(30, 3, 3)], to: site)
        none.add([point(0, -3, 0), point(30, -3, 0)], to: site)
        none.add([point(0, 50, 50), point(30, 50, 50)], to: site)
        none.add([point(0, 4, 0), point(400, 4, 0)], to: site)
        none.add([point(0, 4, 0), Heat.Point(at: at(30), map: "2F", x: 4, y: 0)], to: site)
        #expect(none.lost.isEmpty)
    }

    @Test func holdsStopsAndIdlenessAreNoJams() throws {
        let site = try SiteCompiler.compile(.square)
        let way = [point(0, 2, 0), point(2, 4, 0), point(10, 4, 0), point(20, 4, 0)]
        func lost(_ calm: Heat.Calm) -> Double {
            var heat = Heat()
            heat.add(way, to: site, but: calm)
            return heat.lost.values.reduce(0, +)
        }
        #expect(abs(lost(Heat.Calm()) - 18) < 1e-9)
        #expect(lost(Heat.Calm(held: [.init(from: at(1), to: nil)])) == 0)
        #expect(abs(lost(Heat.Calm(held: [.init(from: at(11), to: at(30))])) - 8) < 1e-9)
        // Standing without a mission keeps nobody waiting; with one it does.
        #expect(lost(Heat.Calm(driven: [])) == 0)
        #expect(abs(lost(Heat.Calm(driven: [.init(from: at(0), to: at(60))])) - 18) < 1e-9)
    }

    @Test func aRideInALiftIsNoJamAndPlacesHaveNames() throws {
        let plan = try #require(SampleSites.plans(ShippedBook.handbook).first { $0.id == "onyu-main" })
        let site = try SiteCompiler.compile(plan)
        let cabin = try #require(plan.nodes.first { $0.id == "1f-cabin" })
        var heat = Heat()
        heat.add([0, 30].map { Heat.Point(at: at($0), map: "1F", x: cabin.x, y: cabin.y) }, to: site)
        #expect(heat.lost.isEmpty)
        let corridor = try #require(plan.nodes.first { $0.id == "1f-s10" })
        heat.add([0, 30].map { Heat.Point(at: at($0), map: "1F", x: corridor.x, y: corridor.y) }, to: site)
        let places = heat.places(of: site)
        #expect(places.count == 1)
        #expect(places.first?.name.ko.hasSuffix(" 앞 복도") == true, "\(places.first?.name.ko ?? "")")
        #expect(plan.nodes.contains { $0.name.map { places.first?.name.ko == "\($0.ko) 앞 복도" } ?? false })
    }

    @Test func placesHaveTheLastFloorHeard() {
        let points = Heat.points(
            xs: [(at(0), 1), (at(1), 2), (at(5), 3)], ys: [(at(0), 7), (at(4), 8)],
            maps: [(at(-60), "1F"), (at(3), "2F")], step: 2)
        #expect(points.map(\.map) == ["1F", "2F"])
        #expect(points.map(\.x) == [1, 3] && points.map(\.y) == [7, 8])
        #expect(Heat.points(xs: [(at(0), 1)], ys: [], maps: [(at(0), "1F")], step: 1).isEmpty)
    }
}
