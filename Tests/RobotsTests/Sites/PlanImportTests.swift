import District
import Foundation
import Record
import TestKit
import Testing

@testable import Robots

@Suite("Plans are read and written in the forms of others")
struct PlanImportTests {
    private static let name = Words("마당", "Yard")

    private func read(_ json: JSON) throws(PlanFaults) -> SitePlan {
        try PlanFile.read(json.canonical, site: "yard", name: Self.name)
    }

    private static func refusals(_ text: String) -> [PlanFault] {
        do throws(PlanFaults) {
            _ = try PlanFile.read(Array(text.utf8), site: "yard", name: name)
            return []
        } catch {
            return error.faults
        }
    }

    static let rich = SitePlan.tower.with { plan in
        plan.zones = [
            SitePlan.zone("slow", [(0, 0), (3, 0), (3, 3)], .speed(0.5)),
            SitePlan.zone("few", [(5, 9), (7, 9), (6, 11)], .capacity(2)),
        ]
        plan.doors = [.init(id: "gate", name: Words("문", "Gate"))]
        plan.change(edge: "ab") { ($0.door, $0.slope, $0.width) = ("gate", 3, 1.5) }
        plan.change(edge: "bc") { $0.isTwoWay = false }
        plan.change(node: "ward") { $0.thing = "ward-thing" }
    }

    @Test func ownFormComesBackAsItWas() throws {
        #expect(try read(Self.rich.json) == Self.rich)
        for plan in try SampleSites.plans(ShippedBook.handbook) {
            #expect(try PlanFile.read(plan.json.canonical, site: plan.id, name: plan.name) == plan)
        }
    }

    @Test func geoJSONComesBackAsItWas() throws {
        #expect(try read(PlanGeoJSON.write(Self.rich)) == Self.rich)
        for plan in try SampleSites.plans(ShippedBook.handbook) {
            #expect(try PlanFile.read(PlanGeoJSON.write(plan).canonical, site: plan.id, name: plan.name) == plan)
        }
    }

    @Test func degreesAreLaidOnAPlaneInMetres() throws {
        let json = try JSON(
            parsing: """
                {"type":"FeatureCollection","features":[
                {"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[128.0,35.0]},"properties":{}},
                {"type":"Feature","id":"b","geometry":{"type":"Point","coordinates":[128.001,35.001]},"properties":{}}]}
                """)
        let plan = try read(json)
        #expect(plan.nodes.map(\.id) == ["a", "b"] && plan.maps.map(\.id) == ["1F"])
        // A thousandth of a degree: 111.2 m to the north; to the east that times the cosine of 35°.
        #expect(abs(plan.nodes[1].y - 111.195) < 0.01)
        #expect(abs(plan.nodes[1].x - 111.195 * 0.819152) < 0.01)
    }

    @Test func lifKeepsWhatItKnows() throws {
        let plan = try read(PlanLIF.write(Self.rich, at: Timestamp(microseconds: 0)))
        #expect(Set(plan.nodes.map(\.id)) == Set(Self.rich.nodes.map(\.id)))
        for node in Self.rich.nodes {
            let same = plan.nodes.first { $0.id == node.id }
            #expect(same?.point == node.point && same?.kind == node.kind && same?.map == node.map)
        }
        for edge in Self.rich.edges {
            let same = try #require(plan.edges.first { $0.id == edge.id })
            #expect(same.isTwoWay == edge.isTwoWay && same.from == edge.from && same.speed == edge.speed)
        }
        #expect(plan.lifts.map { Set($0.stops) } == [["cabin-1", "cabin-2"]])
        #expect(faults(of: plan).isEmpty)
    }

    @Test func gridsBecomeSites() throws {
        let plan = try PlanFile.read(
            Array("type octile\nheight 2\nwidth 3\nmap\n.@.\n...\n".utf8), site: "yard", name: Self.name)
        #expect(plan.nodes.count == 5 && plan.edges.count == 4)
        #expect(plan.nodes.contains { $0.id == "c0-0" && $0.y == 1 && $0.kind == .escape })
    }

    @Test(
        "errors name line or field, and rule",
        arguments: [
            ("{\"id\":\n 1 2}", "", "json", 2), ("[]", "", "object", nil),
            (
                "{\"id\":\"y\",\"name\":\"Y\",\"footprint\":1,\"nodes\":[{\"id\":\"a\",\"map\":\"1F\",\"x\":\"?\",\"y\":1}]}",
                "nodes[0].x", "number", nil
            ),
            (
                "{\"id\":\"y\",\"name\":\"Y\",\"footprint\":1,\"zones\":[{\"id\":\"z\",\"name\":\"Z\",\"map\":\"1F\",\"rule\":\"speed\",\"corners\":[1]}]}",
                "zones[0].rule", "choice", nil
            ),
            (
                "{\"type\":\"FeatureCollection\",\"features\":[{\"geometry\":{\"type\":\"MultiPoint\",\"coordinates\":[[1,2]]}}]}",
                "features[0].geometry", "geometry", nil
            ),
            (
                "{\"layouts\":[{\"layoutId\":\"L\",\"nodes\":[{\"nodeId\":\"a\"}]}]}",
                "layouts[0].nodes[0].nodePosition.x",
                "required", nil
            ),
            ("{\"layouts\":[]}", "layouts", "required", nil),
            ("type octile\nheight x\nwidth 2\nmap\n", "", "size", 2),
            ("type octile\nheight 1\nwidth 2\nmap\n...\n", "", "width", 5),
            ("type octile\nheight 1\nwidth 2\nmap\n.?\n", "", "cell", 5),
            ("type octile\nheight 1\nwidth 4000\nmap\n" + String(repeating: ".", count: 4000), "", "size", 5),
            ("{\"generate\":\"warehouse\",\"id\":\"w\",\"name\":\"W\"}", "footprint", "required", nil),
        ] as [(String, String, String, Int?)])
    func errors(text: String, place: String, rule: String, line: Int?) {
        let faults = Self.refusals(text)
        #expect(faults.contains { $0.place == place && $0.rule == rule && $0.line == line }, "\(faults)")
    }

    @Test("a file's faults come all at once, by the name of the place and without words of the inside") func allAtOnce()
    {
        let file = """
            {"name":"Y","footprint":1,"maps":[{"id":"1F","name":"1층"}],"nodes":[
            {"id":"a","map":"1F","x":"abc","y":0,"name":{"ko":"약제실","en":"Pharmacy"},"kind":"station"},
            {"id":"b","map":"1F","x":9,"y":0}],"edges":[{"id":"e","from":"a","to":"b","speed":-5}]}
            """
        let faults = Self.refusals(file)
        #expect(faults.map(\.place) == ["nodes[0].x", "edges[0]"], "\(faults)")
        #expect(faults.first?.words.ko == "지점 ‘약제실’의 x 좌표는 숫자여야 합니다.")
        #expect(faults.last?.words.ko.contains("약제실") == true)
        let garbage = Self.refusals("garbage").first
        #expect(garbage?.words.ko.hasPrefix("1행 1번째 글자부터 읽을 수 없습니다.") == true && garbage?.line == 1)
    }

    @Test("whatever is changed in a file is read or refused, and nothing else", arguments: Array(0..<200) as [UInt64])
    func mutatedBytes(seed: UInt64) {
        var draw = SeededGenerator(seed: seed)
        let forms = [
            Self.rich.json, PlanGeoJSON.write(Self.rich), PlanLIF.write(Self.rich, at: Timestamp(microseconds: 0)),
        ]
        var bytes = forms[Int(seed % 3)].canonical
        for _ in 0..<Int.random(in: 1...6, using: &draw) {
            bytes[Int.random(in: 0..<bytes.count, using: &draw)] = UInt8.random(in: 32...126, using: &draw)
        }
        do throws(PlanFaults) {
            let plan = try PlanFile.read(bytes, site: "yard", name: Self.name)
            _ = faults(of: plan)
        } catch {
            #expect(!error.faults.isEmpty)
        }
    }
}
