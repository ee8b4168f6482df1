import District
import Testing

@testable import Transition

@Suite("Pictures")
struct PictureTests {
    @Test(
        "a treemap's boxes are as large as their weights, within the picture, and overlap nowhere",
        arguments: [1, 4] as [UInt64])
    func treemap(seed: UInt64) {
        var draw = SeededDraw(seed: seed)
        let weights = (0..<30).map { _ in draw.uniform() + 0.01 }.sorted(by: >)
        let boxes = Treemap.boxes(weights, width: 900, height: 400)
        let all = weights.reduce(0, +)
        #expect(boxes.count == 30)
        for (box, weight) in zip(boxes, weights) {
            #expect(abs(box.width * box.height - weight / all * 360_000) < 1e-6)
            #expect(box.x >= -1e-9 && box.y >= -1e-9 && box.x + box.width <= 900 + 1e-6)
            #expect(box.y + box.height <= 400 + 1e-6)
        }
        for one in boxes.indices {
            for other in boxes.indices where other > one {
                let (a, b) = (boxes[one], boxes[other])
                let wide = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
                let high = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
                #expect(min(wide, high) < 1e-6)
            }
        }
    }

    @Test("industries lie in the same places every time, near ones nearer, none upon another")
    func network() {
        let links = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)].map {
            IndustrySpace.Link(one: $0.0, other: $0.1, proximity: 0.6)
        }
        let places = NetworkLayout.places(6, links)
        let again = NetworkLayout.places(6, links)
        #expect(places.elementsEqual(again) { $0 == $1 })
        func far(_ one: Int, _ other: Int) -> Double {
            let (x, y) = (places[one].x - places[other].x, places[one].y - places[other].y)
            return (x * x + y * y).squareRoot()
        }
        #expect(far(0, 1) < far(0, 4) && far(3, 4) < far(1, 5))
        for one in 0..<6 { for other in one + 1..<6 { #expect(far(one, other) > 0.01) } }
        #expect(places.allSatisfy { (0...1).contains($0.x) && (0...1).contains($0.y) })
    }
}
