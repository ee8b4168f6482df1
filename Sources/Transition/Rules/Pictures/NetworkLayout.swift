import Foundation

/// Where the nodes of a network are drawn: near ones near to each other (Fruchterman and Reingold 1991), from a fixed
/// beginning, so that the same industries lie in the same places every time.
struct NetworkLayout {
    /// A place between 0 and 1 for each node.
    static func places(_ count: Int, _ links: [IndustrySpace.Link], steps: Int = 150) -> [(x: Double, y: Double)] {
        guard count > 1 else { return count == 1 ? [(0.5, 0.5)] : [] }
        // A sunflower's seeds: evenly, and no two in one place.
        var places = (0..<count).map { index -> SIMD2<Double> in
            let (far, angle) = ((Double(index) / Double(count)).squareRoot() / 2, Double(index) * 2.399_963_229_728_653)
            return SIMD2(0.5 + far * cos(angle), 0.5 + far * sin(angle))
        }
        let ideal = (1 / Double(count)).squareRoot() * 0.9
        for step in 0..<steps {
            var moves = [SIMD2<Double>](repeating: .zero, count: count)
            for one in 0..<count {
                for other in one + 1..<count {
                    let gap = places[one] - places[other]
                    let square = max((gap * gap).sum(), 1e-9)
                    let push = gap * (ideal * ideal / square)
                    moves[one] += push
                    moves[other] -= push
                }
            }
            for link in links {
                let gap = places[link.one] - places[link.other]
                let far = (gap * gap).sum().squareRoot()
                let pull = gap * (far / ideal) * (0.5 + link.proximity)
                moves[link.one] -= pull
                moves[link.other] += pull
            }
            let heat = 0.1 * (1 - Double(step) / Double(steps)) + 0.001
            for node in 0..<count {
                // A little towards the middle, so that parts without a link do not drift away.
                let move = moves[node] + (SIMD2(0.5, 0.5) - places[node]) * 0.05
                let length = max((move * move).sum().squareRoot(), 1e-12)
                places[node] += move / length * min(length, heat)
            }
        }
        return fitted(places)
    }

    private static func fitted(_ places: [SIMD2<Double>]) -> [(x: Double, y: Double)] {
        let (low, high) = places.reduce((SIMD2(repeating: Double.infinity), SIMD2(repeating: -Double.infinity))) {
            (pointwiseMin($0.0, $1), pointwiseMax($0.1, $1))
        }
        let size = pointwiseMax(high - low, SIMD2(repeating: 1e-9))
        return places.map { place in
            let scaled = (place - low) / size
            return (scaled.x, scaled.y)
        }
    }
}
