import District
import HouseKit
import Record
import Testing

@testable import Robots

/// What places may be called by whoever speaks.
struct PlaceNameTests {
    private func place(_ node: String, _ ko: String) -> Place {
        Place(site: "s", node: node, name: Words(ko, node), siteName: Words("본관", "Main"), owner: nil)
    }

    @Test("a ward's name is where its goods are received, unless another place is called so")
    func short() throws {
        let settings = try MissionSettings(ShippedBook.handbook)
        let named = settings.named([
            place("nurses-3b", "3B병동 간호사실"), place("room-3b-1", "3B병동 1호실"), place("er", "응급실"),
            place("er-front", "응급실 앞"), place("home-12", "솔마루길 12 가정집"), place("centre-front", "주민센터 앞"),
            place("hall-front", "회관 앞"), place("hall-nurses", "회관 간호사실"),
        ])
        func called(_ name: String) -> [String] { named.filter { $0.names.contains(name) }.map(\.id) }
        #expect(called("3B병동") == ["s/nurses-3b"] && called("본관 3B병동 간호사실") == ["s/nurses-3b"])
        #expect(called("응급실") == ["s/er"] && called("응급실 앞") == ["s/er-front"])
        #expect(called("솔마루길 12") == ["s/home-12"] && called("주민센터") == ["s/centre-front"])
        // Two might be meant: neither is.
        #expect(called("회관").isEmpty)
    }
}
