import Record
import Testing

@testable import Fulfilment

@Suite struct SlottingTests {
    static func places(_ aisles: Int, _ positions: Int) -> [Place] {
        (0..<aisles).flatMap { aisle in
            (0..<positions).map { position in
                Place(
                    id: "p\(aisle)-\(position)", centre: "c", name: "A\(aisle)-\(position)", kind: .pick, aisle: aisle,
                    position: position, volume: 1_000, weight: 1_000)
            }
        }
    }

    static func item(_ code: String, _ place: String, volume: Int? = 500, hazard: String? = nil) -> SlotItem {
        SlotItem(code, at: place, volume: volume, weight: 500, hazard: hazard)
    }

    /// Tours in metres as they are after some moves, from the values alone.
    static func metres(
        _ items: [SlotItem], _ places: [Place], _ tours: [[String]], _ hall: PickHall, _ moves: [SlotMove]
    )
        -> Double
    {
        var at = Dictionary(uniqueKeysWithValues: items.map { ($0.code, $0.place) })
        for move in moves {
            at[move.item] = move.to
            if let other = move.exchanged { at[other] = move.from }
        }
        let stops = Dictionary(uniqueKeysWithValues: places.map { ($0.id, PickStop($0)) })
        return tours.reduce(0.0) { sum, tour in
            sum + Double(Tour.length(tour.compactMap { code in stops[at[code] ?? ""] ?? nil }, hall)) * hall.metres
        }
    }

    @Test func whatIsPickedOftenAndLiesFarAwayComesToTheFront() throws {
        let places = Self.places(2, 10)
        let hall = try #require(PickHall(places, metres: 1.2))
        let items = [Self.item("hot", "p1-9"), Self.item("cold", "p0-0")]
        let tours = Array(repeating: ["hot"], count: 20) + [["cold"]]
        let advice = Slotting.advice(items, places, tours: tours, days: 10, hall, most: 1)
        #expect(advice.moves.count == 1 && advice.moves[0].item == "hot" && advice.moves[0].exchanged == nil)
        #expect(advice.moves[0].to == "p0-1")
        let both = Slotting.advice(items, places, tours: tours, days: 10, hall, most: 2)
        #expect(both.moves.map(\.exchanged).contains("cold") || both.moves.map(\.to) == ["p0-1"])
    }

    @Test("gains are those of the exact tours, moves stay within their number, and none is for nothing")
    func honest() throws {
        var draw = PlanDraw(seed: 8)
        let places = Self.places(4, 8)
        let hall = try #require(PickHall(places))
        let order = draw.shuffled(Array(places.indices))
        let items = (0..<20).map { Self.item("i\($0)", places[order[$0]].id) }
        let tours = (0..<40).map { _ in (0..<(1 + draw.below(4))).map { _ in "i\(min(draw.below(20), draw.below(20)))" }
        }
        let advice = Slotting.advice(items, places, tours: tours, days: 5, hall, most: 6)
        #expect(advice.moves.reduce(0) { $0 + ($1.exchanged == nil ? 1 : 2) } <= 6)
        #expect(!advice.moves.isEmpty && advice.moves.allSatisfy { $0.gain > 0 })
        #expect(abs(advice.before - Self.metres(items, places, tours, hall, []) / 5) < 1e-9)
        #expect(abs(advice.after - Self.metres(items, places, tours, hall, advice.moves) / 5) < 1e-9)
        #expect(abs(advice.gain - advice.moves.reduce(0) { $0 + $1.gain }) < 1e-6)
        #expect(advice == Slotting.advice(items, places, tours: tours, days: 5, hall, most: 6))
    }

    @Test("nothing goes where it may not lie: hazard, temperature, room, closed places")
    func allowed() throws {
        var places = Self.places(2, 6)
        places[0].hazards = ["3"]
        places[1].isClosed = true
        places[2].climate = .chilled
        places[3].volume = 400
        let hall = try #require(PickHall(places))
        let tours = Array(repeating: ["hot"], count: 50)
        let hazardous = Slotting.advice(
            [Self.item("hot", "p1-5", hazard: "3")], places, tours: tours, days: 1, hall, most: 3)
        #expect(hazardous.moves.map(\.to) == ["p0-0"])
        for place in places { #expect(Self.item("acid", "x", hazard: "8").fits(place) == false) }
        let plain = Slotting.advice(
            [Self.item("hot", "p1-5")], Array(places.dropFirst()), tours: tours, days: 1, hall, most: 3)
        #expect(!plain.moves.isEmpty && Set(plain.moves.map(\.to)).isDisjoint(with: ["p0-1", "p0-2", "p0-3"]))
    }

    @Test("what is hazardous never changes places with what is not")
    func apart() throws {
        var places = Self.places(1, 9)
        for index in places.indices { places[index].hazards = ["3"] }
        let hall = try #require(PickHall(places))
        let tours = Array(repeating: ["hot"], count: 30)
        // Every other place is taken: it could only be an exchange.
        let plain = places.dropLast().map { Self.item("i\($0.id)", $0.id) }
        func moves(_ hazard: String?) -> [SlotMove] {
            let hot = Self.item("hot", places[8].id, hazard: hazard)
            return Slotting.advice([hot] + plain, places, tours: tours, days: 1, hall, most: 4).moves
        }
        #expect(moves(nil).contains { $0.exchanged != nil })
        #expect(moves("3").isEmpty)
    }

    @Test func whatIsNotRegisteredIsToBeLookedAtFirst() throws {
        let places = Self.places(1, 9)
        let hall = try #require(PickHall(places))
        let advice = Slotting.advice(
            [Self.item("hot", "p0-8", volume: nil)], places, tours: Array(repeating: ["hot"], count: 9), days: 1, hall,
            most: 1)
        #expect(advice.moves.count == 1 && advice.moves[0].isUnchecked && advice.moves[0].reason.ko.contains("확인"))
    }

    @Test func aWayThatIsNotSavedSoonIsNotWalked() throws {
        let places = Self.places(1, 9)
        let hall = try #require(PickHall(places))
        let items = [Self.item("rare", "p0-8")]
        #expect(Slotting.advice(items, places, tours: [["rare"]], days: 60, hall, most: 3).moves.isEmpty)
        #expect(!Slotting.advice(items, places, tours: [["rare"]], days: 60, hall, most: 3, within: 600).moves.isEmpty)
    }
}
