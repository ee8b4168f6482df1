import District
import Record
import Testing

@testable import Fulfilment

@Suite struct PutawayTests {
    private func segregation() throws -> Segregation {
        let book = Handbook(shipped: Fulfilment.shippedData)
        return try Segregation(book.read("inbound-segregation.json").json, file: "inbound-segregation.json")
    }

    private func judge(
        _ item: Item, lot: String = "", _ quantity: Int64 = 10, _ status: StockStatus = .available,
        _ contents: [String: [Putaway.Content]] = [:], closed: Set<String> = []
    ) throws -> (names: [String], refused: [String: String]) {
        var places = try Yard.places.map { try RegisterPlace.place($0, in: Yard.centre) }
        for index in places.indices where closed.contains(places[index].name) { places[index].isClosed = true }
        let putaway = Putaway(
            item: item, lot: lot, quantity: quantity, status: status, contents: contents, places: places,
            segregation: try segregation())
        let (proposals, refused) = putaway.judged()
        #expect(
            proposals.allSatisfy { !$0.reasons.isEmpty && $0.reasons.allSatisfy { !$0.ko.isEmpty && !$0.en.isEmpty } })
        #expect(proposals.count + refused.count == places.count)
        return (
            proposals.map(\.place.name),
            Dictionary(refused.map { ($0.place.name, $0.code) }, uniquingKeysWith: { $1 })
        )
    }

    @Test("chilled goods that are kept back go where it is chilled, and are told where it is not")
    func quarantine() throws {
        var places = try Yard.places.map { try RegisterPlace.place($0, in: Yard.centre) }
        var cold = Place(id: "q-cold", centre: Yard.centre, name: "Q-COLD", kind: .quarantine)
        (cold.climate, cold.sequence) = (.chilled, 9_999)
        places.append(cold)
        let (proposals, _) = Putaway(
            item: try item("MILK"), lot: "M", quantity: 5, status: .quarantine, contents: [:], places: places,
            segregation: try segregation()
        ).judged()
        #expect(proposals.map(\.place.name) == ["Q-COLD", "Q-01"])
        #expect(proposals[0].reasons.contains { $0.ko == "보관 온도가 맞습니다." })
        #expect(proposals[1].reasons.contains { $0.ko.hasPrefix("보관 온도가 맞지 않습니다(상온)") })
    }

    @Test("a hall of 3,000 places is judged, with hazardous goods in it")
    func large() throws {
        var places: [Place] = []
        for number in 0..<3_000 {
            var place = Place(
                id: "p\(number)", centre: Yard.centre, name: "P-\(number)", kind: number % 3 == 0 ? .pick : .reserve)
            (place.aisle, place.position, place.sequence) = (number / 50, number % 50, number)
            place.hazards = number % 2 == 0 ? ["3", "5.1"] : []
            places.append(place)
        }
        let bleach = try item("BLEACH")
        let contents = ["p100": [Putaway.Content(item: bleach, lot: "B", quantity: 4)]]
        let putaway = Putaway(
            item: try item("THINNER"), lot: "T", quantity: 10, status: .available, contents: contents, places: places,
            segregation: try segregation())
        let (proposals, refused) = putaway.judged()
        #expect(proposals.count + refused.count == 3_000 && !proposals.isEmpty)
        #expect(refused.contains { $0.place.id == "p102" && $0.code == "segregation" })
    }

    private func item(_ code: String) throws -> Item {
        try RegisterItem.item(try #require(Yard.items.first { $0["code"]?.text == code }))
    }

    @Test("each place that may not take goods says why")
    func refusals() throws {
        let rice = try judge(try item("RICE"), closed: ["A-02-1"])
        #expect(rice.refused["A-02-1"] == "closed")
        #expect(rice.refused["C-01-1"] == "climate")
        #expect(rice.refused["PACK-1"] == "kind")
        #expect(rice.refused["Q-01"] == "kind")
        #expect(try judge(try item("MILK"), lot: "M1").names == ["C-01-1"])
        #expect(try judge(try item("THINNER"), lot: "T1").refused["A-01-1"] == "hazard")
        #expect(try judge(try item("RICE"), 10, .damaged).names == ["Q-01"])
    }

    @Test("what is picked often lies near the front, what is picked seldom further in")
    func velocity() throws {
        #expect(try judge(try item("RICE")).names.first == "A-01-1")
        #expect(try judge(try item("GLOVES")).names.first?.hasPrefix("A-01") == false)
    }

    @Test("the same lot together comes first, another lot of it does not share a place that is free elsewhere")
    func together() throws {
        let milk = try item("ICE")
        let place = Yard.place("F-01-1")
        let same = try judge(milk, lot: "L1", 10, .available, [place: [.init(item: milk, lot: "L1", quantity: 5)]])
        #expect(same.names == ["F-01-1"])
        let rice = try item("RICE")
        let beside = try judge(
            rice, 5, .available, [Yard.place("A-02-1"): [.init(item: rice, lot: "", quantity: 3)]])
        #expect(beside.names.first == "A-02-1")
    }

    @Test("a place takes no more than its volume and weight allow")
    func capacity() throws {
        let rice = try item("RICE")
        // 600 L hold 41 sacks of 14.4 L, and 400 kg bear 40 of 10 kg.
        let full = try judge(rice, 10, .available, [Yard.place("A-01-1"): [.init(item: rice, lot: "", quantity: 40)]])
        #expect(full.refused["A-01-1"] == "full")
        let places = try Yard.places.map { try RegisterPlace.place($0, in: Yard.centre) }
        let judged = Putaway(
            item: rice, lot: "", quantity: 50, status: .available,
            contents: [Yard.place("A-01-1"): [.init(item: rice, lot: "", quantity: 30)]], places: places,
            segregation: try segregation()
        ).judged()
        #expect(judged.proposals.first { $0.place.name == "A-01-1" }?.holds == 10)
        #expect(judged.proposals.first?.place.name == "A-02-2")
    }

    @Test("hazardous goods lie apart from those they react with, by bay or by aisle, and never among others")
    func hazards() throws {
        let (thinner, bleach, gloves) = (try item("THINNER"), try item("BLEACH"), try item("GLOVES"))
        // Flammable liquids and oxidisers are separated: no place of the same aisle will do.
        let separated = try judge(
            bleach, lot: "B1", 1, .available, [Yard.place("H-01-1"): [.init(item: thinner, lot: "T1", quantity: 1)]])
        #expect(separated.names.isEmpty)
        #expect(separated.refused["H-01-1"] == "segregation" && separated.refused["H-02-1"] == "segregation")
        let mixed = try judge(
            bleach, lot: "B1", 1, .available, [Yard.place("H-01-1"): [.init(item: gloves, lot: "", quantity: 1)]])
        #expect(mixed.refused["H-01-1"] == "mixed" && mixed.names.contains("H-02-1"))
        let other = try judge(
            gloves, 1, .available, [Yard.place("H-02-1"): [.init(item: thinner, lot: "", quantity: 1)]])
        #expect(other.refused["H-02-1"] == "mixed")
        let table = try segregation()
        #expect(table.distance("3", "5.1") == .aisle && table.distance("5.1", "3") == .aisle)
        #expect(table.distance("4.1", "8") == .bay && table.distance("3", "8") == .together)
    }
}
