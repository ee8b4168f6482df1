import Record
import Testing

@testable import Twin

@Suite struct BoundsTests {
    static func press(_ change: (inout Thing) -> Void) -> Thing {
        var press = thing("press-1", .machine)
        change(&press)
        return press
    }

    @Test(
        "A thing out of bounds is refused by field and rule",
        arguments: [
            (thing("Press", .machine), "id", TwinError.Rule.characters), (thing("", .machine), "id", .characters),
            (thing("a/b", .machine), "id", .characters),
            (press { $0.name = Words("", "x") }, "name.ko", .bounds),
            (press { $0.name = Words("x", String(repeating: "y", count: 201)) }, "name.en", .bounds),
            (press { $0.name = Words("x\u{7}", "x") }, "name.ko", .bounds),
            (press { $0.firm = "f2" }, "scope", .scope),
            (press { $0.attributes = ["max power": 5] }, "attribute", .characters),
            (press { $0.attributes = ["power": .number(.nan)] }, "value", .bounds),
            (press { $0.attributes = ["note": .string(String(repeating: "z", count: 5000))] }, "value", .bounds),
            (
                press { thing in for number in 0...100 { thing.attributes["a\(number)"] = 1 } }, "attributes", .bounds
            ),
            (
                press { $0.geometry = Geometry(.point(Geometry.Position(129, 95)), frame: .wgs84) }, "geometry", .bounds
            ),
            (
                press { $0.geometry = Geometry(.point(Geometry.Position(.nan, 1)), frame: .local) }, "geometry", .bounds
            ),
            (
                press { $0.geometry = Geometry(.polygon([Geometry.Position(0, 0)]), frame: .local) }, "geometry",
                .bounds
            ),
            (
                press { $0.geometry = Geometry(.point(Geometry.Position(1, 1)), frame: .local, level: "") },
                "geometry.level", .bounds
            ),
        ])
    func refused(thing: Thing, field: String, rule: TwinError.Rule) {
        #expect {
            try Bounds.check(thing)
        } throws: { error in
            let error = error as? TwinError
            return error?.field == field && error?.rule == rule && error?.words.ko != error?.words.en
        }
    }

    @Test(
        "A shape survives its JSON",
        arguments: [
            Geometry(.point(Geometry.Position(129.05, 35.1)), frame: .wgs84),
            Geometry(.point(Geometry.Position(12.5, -3)), frame: .local, level: "B1"),
            Geometry(.lineString([Geometry.Position(0, 0), Geometry.Position(1, 2)]), frame: .local),
            Geometry(
                .polygon([Geometry.Position(0, 0), Geometry.Position(4, 0), Geometry.Position(4, 3)]), frame: .local,
                level: "2"),
        ])
    func roundTrip(geometry: Geometry) throws {
        #expect(Geometry(json: try JSON(parsing: geometry.json.canonicalText)) == geometry)
    }

    @Test(
        "What is no shape is refused, not guessed at",
        arguments: [
            #"{"type":"Circle","coordinates":[1,2]}"#, #"{"type":"Point"}"#, #"{"type":"Point","coordinates":[1]}"#,
            #"{"type":"Point","coordinates":[1,2,3]}"#, #"{"type":"Point","coordinates":[1,2],"frame":"mars"}"#,
            #"{"type":"LineString","coordinates":[[1,2],["a",3]]}"#,
            #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1]]]}"#,
            #"{"type":"Polygon","coordinates":[[[0,0],[1,0],[0,0]],[[0,0],[1,0],[0,0]]]}"#, "5",
        ])
    func noShape(text: String) throws {
        #expect(Geometry(json: try JSON(parsing: text)) == nil)
    }

    @Test("Plain GeoJSON is WGS 84")
    func plain() throws {
        let json = try JSON(parsing: #"{"type":"Point","coordinates":[129.05,35.1]}"#)
        #expect(Geometry(json: json) == Geometry(.point(Geometry.Position(129.05, 35.1)), frame: .wgs84))
    }

    @Test("Every kind has Korean and English words of its own, and the levels are six")
    func kinds() {
        #expect(Set(ThingKind.allCases.map(\.words)).count == ThingKind.allCases.count)
        #expect(ThingKind.allCases.compactMap(\.level) == [0, 1, 2, 3, 4, 5])
    }
}
