import District
import Record
import Testing

@testable import Robots

@Suite("Plans that nobody could drive by are refused at their place")
struct SiteRefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let rule: SiteFault.Rule
        let place: String
        let change: @Sendable (inout SitePlan) -> Void
        var testDescription: String { "\(rule.rawValue) at \(place)" }

        init(_ rule: SiteFault.Rule, _ place: String, _ change: @escaping @Sendable (inout SitePlan) -> Void) {
            self.rule = rule
            self.place = place
            self.change = change
        }
    }

    @Test func theSquareAndTheTowerCompile() {
        #expect(faults(of: .square).isEmpty)
        #expect(faults(of: .tower).isEmpty)
    }

    static let cases: [Case] = [
        Case(.id, "nodes/a b") { $0.nodes.append(.init(id: "a b", map: "1F", x: 5, y: 5)) },
        Case(.id, "edges/x~n1") { $0.edges.append(.init(id: "x~n1", from: "a", to: "c")) },
        Case(.duplicate, "nodes/ward") { $0.nodes.append(.init(id: "ward", map: "1F", x: 5, y: 5)) },
        Case(.duplicate, "edges/ab") { $0.edges.append(.init(id: "ab", from: "a", to: "c")) },
        Case(.name, "nodes/ward") { $0.change(node: "ward") { $0.name = nil } },
        Case(.map, "nodes/b") { $0.change(node: "b") { $0.map = "9F" } },
        Case(.map, "zones/z") {
            var zone = SitePlan.zone("z", [(0, 0), (1, 0), (1, 1)])
            zone.map = "9F"
            $0.zones = [zone]
        },
        Case(.coordinates, "nodes/b") { $0.change(node: "b") { $0.x = .infinity } },
        Case(.coordinates, "nodes/c") { $0.change(node: "c") { $0.y = 20_001 } },
        Case(.footprint, "site/yard") { $0.footprint = 0 },
        Case(.footprint, "site/yard") { $0.footprint = .nan },
        Case(.node, "edges/ab") { $0.change(edge: "ab") { $0.to = "nowhere" } },
        Case(.length, "edges/aa") { $0.edges.append(.init(id: "aa", from: "a", to: "a")) },
        Case(.length, "edges/ae") {
            $0.nodes.append(.init(id: "e", map: "1F", x: 0.01, y: 0))
            $0.edges.append(.init(id: "ae", from: "a", to: "e"))
        },
        Case(.double, "edges/ba") { $0.edges.append(.init(id: "ba", from: "b", to: "a")) },
        Case(.oneWay, "edges/ba") {
            $0.change(edge: "ab") { $0.isTwoWay = false }
            $0.edges.append(.init(id: "ba", from: "b", to: "a", isTwoWay: false))
        },
        Case(.oneWay, "nodes/d") {
            $0.change(edge: "cd") { $0.isTwoWay = false }
            $0.change(edge: "da") { ($0.from, $0.to, $0.isTwoWay) = ("a", "d", false) }
        },
        Case(.speed, "edges/ab") { $0.change(edge: "ab") { $0.speed = 0 } },
        Case(.speed, "edges/ab") { $0.change(edge: "ab") { $0.speed = -.infinity } },
        Case(.speed, "zones/z") { $0.zones = [SitePlan.zone("z", [(0, 0), (1, 0), (1, 1)], .speed(-1))] },
        Case(.slope, "edges/ab") { $0.change(edge: "ab") { $0.slope = .nan } },
        Case(.width, "edges/ab") { $0.change(edge: "ab") { $0.width = 0.7 } },
        Case(.lift, "edges/up") { $0.change(edge: "up") { $0.lift = nil } },
        Case(.lift, "edges/ab") { $0.change(edge: "ab") { $0.lift = "lift" } },
        Case(.stops, "lifts/lift") { $0.lifts[0].stops = ["cabin-1"] },
        Case(.stops, "lifts/lift") { $0.lifts[0].stops = ["cabin-1", "b"] },
        Case(.node, "lifts/lift") { $0.lifts[0].stops.append("cabin-9") },
        Case(.door, "edges/ab") { $0.change(edge: "ab") { $0.door = "gate" } },
        Case(.patience, "doors/gate") {
            $0.doors = [.init(id: "gate", name: Words("문", "Gate"), patience: 0)]
        },
        Case(.corners, "zones/z") { $0.zones = [SitePlan.zone("z", [(0, 0), (1, 0)])] },
        Case(.corners, "zones/z") { $0.zones = [SitePlan.zone("z", [(0, 0), (1, 0), (2, 0)])] },
        Case(.zone, "zones/z") { $0.zones = [SitePlan.zone("z", [(0, 0), (1, 0), (1, 1)], .capacity(0))] },
        Case(.zone, "zones/z") { $0.zones = [SitePlan.zone("z", [(0, 0), (1, 0), (1, 1)], .cost(0))] },
        Case(.refuge, "site/yard") {
            $0.change(node: "plug") { $0.kind = .station }
            $0.change(node: "bay") { $0.kind = .station }
        },
        Case(.unreachable, "nodes/ward") { $0.edges.removeAll { $0.id == "a-ward" } },
        Case(.unreachable, "nodes/ward") {
            $0.zones = [SitePlan.zone("z", [(2, 2), (4, 2), (4, 4), (2, 4)], .blocked)]
        },
        Case(.unreachable, "nodes/roof") { $0.edges.removeAll { $0.id == "up" } },
        Case(.trapped, "nodes/lost") { $0.nodes.append(.init(id: "lost", map: "1F", x: 5, y: 5)) },
        Case(.deadEnd, "nodes/stub") {
            $0.nodes.append(.init(id: "stub", map: "1F", x: 20, y: 0))
            $0.edges.append(.init(id: "b-stub", from: "b", to: "stub"))
        },
        Case(.deadEnd, "nodes/inner") {
            $0.nodes.append(.init(id: "inner", map: "1F", x: 5, y: 5, name: Words("안쪽", "Inner"), kind: .station))
            $0.edges.append(.init(id: "ward-inner", from: "ward", to: "inner"))
        },
        Case(.size, "nodes/yard") { plan in
            plan.nodes += (0..<SiteLimits.nodes).map { .init(id: "n\($0)", map: "1F", x: 0, y: 0) }
        },
        Case(.size, "site/yard") {
            $0.footprint = 0.05
            $0.change(node: "b") { $0.x = 20_000 }
            $0.change(node: "c") { $0.x = -20_000 }
        },
        Case(.size, "site/yard") { $0.maps = [] },
    ]

    @Test("each rule, at its place and nowhere else", arguments: cases)
    func refused(_ wrong: Case) throws {
        let found = faults(of: SitePlan.tower.with(wrong.change))
        #expect(found.contains { $0.rule == wrong.rule && $0.place.field == wrong.place }, "\(found)")
        #expect(found.allSatisfy { !$0.words.ko.isEmpty && !$0.words.en.isEmpty })
    }

    @Test func everyRuleHasItsCase() {
        #expect(Set(Self.cases.map(\.rule)) == Set(SiteFault.Rule.allCases))
    }

    @Test func allFaultsComeAtOnceAndNameTheirPlaces() throws {
        let plan = SitePlan.square.with {
            $0.change(edge: "ab") { $0.speed = 0 }
            $0.edges.removeAll { $0.id == "a-ward" }
            $0.zones = [SitePlan.zone("z", [(0, 0)])]
        }
        let found = faults(of: plan)
        #expect(Set(found.map(\.place.field)) == ["edges/ab", "nodes/ward", "zones/z"])
        #expect(found.contains { $0.words.ko.contains("ward 자리") && $0.words.en.contains("place ward") })
        let refusal = SiteFaults(faults: found).refusal
        #expect(refusal.faults.count == 3)
        #expect(refusal.code == "site.plan")
    }

    @Test("three points and one way: what stands alone and what has no refuge are told together, by name") func drawn()
    {
        var plan = SitePlan.empty(id: "hall", name: Words("홀", "Hall"))
        plan.nodes = [
            .init(id: "n1", map: "1F", x: 0, y: 0), .init(id: "n2", map: "1F", x: 5, y: 0, name: Words("창고", "Store")),
            .init(id: "n3", map: "1F", x: 5, y: 9),
        ]
        plan.edges = [.init(id: "e1", from: "n1", to: "n2")]
        let found = faults(of: plan)
        #expect(Set(found.map(\.place.field)) == ["site/hall", "nodes/n1", "nodes/n2", "nodes/n3"])
        #expect(found.contains { $0.words.ko == "창고 근처의 지점 ‘n3’: 어느 길에도 이어져 있지 않습니다." })
        #expect(plan.hints.first?.ko.contains("작업 지점이 하나도 없습니다") == true && SitePlan.square.hints.isEmpty)
    }

    @Test func aStationBehindAnotherIsFineWithAnEscapeBetween() {
        let plan = SitePlan.square.with {
            $0.nodes += [
                .init(id: "inner", map: "1F", x: 5, y: 5, name: Words("안쪽", "Inner"), kind: .station),
                .init(id: "mid", map: "1F", x: 4, y: 4),
                .init(id: "aside", map: "1F", x: 5.5, y: 3, name: Words("옆", "Aside"), kind: .escape),
            ]
            $0.edges += [
                .init(id: "ward-mid", from: "ward", to: "mid"), .init(id: "mid-inner", from: "mid", to: "inner"),
                .init(id: "mid-aside", from: "mid", to: "aside"),
            ]
        }
        #expect(faults(of: plan).isEmpty)
    }
}
