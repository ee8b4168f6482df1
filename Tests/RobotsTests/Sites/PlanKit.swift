import District
import Foundation
import Record

@testable import Robots

/// The handbook as it stands in the sources.
enum ShippedBook {
    static let folder =
        #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Sources/Robots/Data"
    static let handbook = Handbook(shipped: folder)
}

extension SitePlan {
    /// A small floor that compiles: a square of ways (a–d, 10 m each), a station inside, a charger and an escape outside.
    static var square: SitePlan {
        let way = { (id: String, x: Double, y: Double) in Node(id: id, map: "1F", x: x, y: y) }
        let named = { (id: String, x: Double, y: Double, kind: Kind) in
            Node(id: id, map: "1F", x: x, y: y, name: Words("\(id) 자리", "place \(id)"), kind: kind)
        }
        return SitePlan(
            id: "yard", name: Words("마당", "Yard"), maps: [Floor(id: "1F", name: Words("1층", "1F"))],
            nodes: [
                way("a", 0, 0), way("b", 10, 0), way("c", 10, 10), way("d", 0, 10), named("ward", 3, 3, .station),
                named("plug", -3, 0, .charger), named("bay", 13, 10, .escape),
            ],
            edges: [
                Edge(id: "ab", from: "a", to: "b"), Edge(id: "bc", from: "b", to: "c"),
                Edge(id: "cd", from: "c", to: "d"), Edge(id: "da", from: "d", to: "a"),
                Edge(id: "a-ward", from: "a", to: "ward"), Edge(id: "a-plug", from: "a", to: "plug"),
                Edge(id: "c-bay", from: "c", to: "bay"),
            ],
            zones: [], lifts: [], doors: [], footprint: 0.4)
    }

    /// The square with a second floor above it, and a lift between.
    static var tower: SitePlan {
        var plan = square
        plan.maps.append(Floor(id: "2F", name: Words("2층", "2F")))
        plan.nodes += [
            Node(id: "cabin-1", map: "1F", x: 13, y: 0), Node(id: "cabin-2", map: "2F", x: 13, y: 0),
            Node(id: "roof", map: "2F", x: 10, y: 0, name: Words("옥상", "Roof"), kind: .station),
        ]
        plan.lifts = [Lift(id: "lift", name: Words("승강기", "Lift"), stops: ["cabin-1", "cabin-2"])]
        plan.edges += [
            Edge(id: "b-cabin", from: "b", to: "cabin-1"),
            Edge(id: "up", from: "cabin-1", to: "cabin-2", lift: "lift"),
            Edge(id: "cabin-roof", from: "cabin-2", to: "roof"),
        ]
        return plan
    }

    /// The plan after a change.
    func with(_ change: (inout SitePlan) -> Void) -> SitePlan {
        var plan = self
        change(&plan)
        return plan
    }

    mutating func change(node id: String, _ change: (inout Node) -> Void) {
        if let index = nodes.firstIndex(where: { $0.id == id }) { change(&nodes[index]) }
    }

    mutating func change(edge id: String, _ change: (inout Edge) -> Void) {
        if let index = edges.firstIndex(where: { $0.id == id }) { change(&edges[index]) }
    }

    static func zone(_ id: String, _ corners: [(Double, Double)], _ rule: Zone.Rule = .named) -> Zone {
        Zone(
            id: id, name: Words("\(id) 구역", "zone \(id)"), map: "1F", corners: corners.map { Point(x: $0.0, y: $0.1) },
            rule: rule)
    }
}

/// What is wrong with a plan; none where it compiles.
func faults(of plan: SitePlan) -> [SiteFault] {
    do throws(SiteFaults) {
        _ = try SiteCompiler.compile(plan)
        return []
    } catch {
        return error.faults
    }
}
