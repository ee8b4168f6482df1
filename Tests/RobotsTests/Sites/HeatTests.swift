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

    @Test func placesHaveTheLastFloorHeard() {
        let points = Heat.points(
            xs: [(at(0), 1), (at(1), 2), (at(5), 3)], ys: [(at(0), 7), (at(4), 8)],
            maps: [(at(-60), "1F"), (at(3), "2F")], step: 2)
        #expect(points.map(\.map) == ["1F", "2F"])
        #expect(points.map(\.x) == [1, 3] && points.map(\.y) == [7, 8])
        #expect(Heat.points(xs: [(at(0), 1)], ys: [], maps: [(at(0), "1F")], step: 1).isEmpty)
    }
}
