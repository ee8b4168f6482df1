/// Shares as rectangles that are as square as can be (squarified treemap: Bruls, Huizing, van Wijk 2000).
struct Treemap {
    /// A rectangle, in the units of the picture.
    struct Box: Hashable {
        var x: Double, y: Double, width: Double, height: Double
    }

    /// A box for each weight, in the order given; weights are more than zero and fall.
    static func boxes(_ weights: [Double], width: Double, height: Double) -> [Box] {
        let all = weights.reduce(0, +)
        guard all > 0 else { return [] }
        let areas = weights.map { $0 / all * width * height }
        var boxes: [Box] = []
        var free = Box(x: 0, y: 0, width: width, height: height)
        var at = 0
        while at < areas.count {
            let side = min(free.width, free.height)
            var row = [areas[at]]
            // A row takes more as long as that makes its worst box squarer.
            while at + row.count < areas.count, worst(row + [areas[at + row.count]], side) <= worst(row, side) {
                row.append(areas[at + row.count])
            }
            let thick = side > 0 ? row.reduce(0, +) / side : 0
            var along = 0.0
            for area in row {
                let long = thick > 0 ? area / thick : 0
                boxes.append(
                    free.width >= free.height
                        ? Box(x: free.x, y: free.y + along, width: thick, height: long)
                        : Box(x: free.x + along, y: free.y, width: long, height: thick))
                along += long
            }
            if free.width >= free.height {
                free.x += thick
                free.width = max(0, free.width - thick)
            } else {
                free.y += thick
                free.height = max(0, free.height - thick)
            }
            at += row.count
        }
        return boxes
    }

    /// The worst ratio of sides in a row along a side.
    private static func worst(_ row: [Double], _ side: Double) -> Double {
        let sum = row.reduce(0, +)
        guard let most = row.max(), let least = row.min(), sum > 0, least > 0 else { return .infinity }
        let square = side * side
        return max(square * most / (sum * sum), sum * sum / (square * least))
    }
}
