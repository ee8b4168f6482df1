/// Points that lie together, without chance.
enum Grouping {
    /// k-means. The first centre is the point furthest from the middle, each next one the point furthest from the centres so far;
    /// ties go to the earlier point. Groups are numbered from the largest.
    static func kMeans(_ points: [OpinionMap.Point], _ count: Int) -> [Int] {
        var centres = beginnings(points, count)
        var groups = [Int](repeating: 0, count: points.count)
        for _ in 0..<100 {
            let next = points.map { point in nearest(point, centres) }
            let isSettled = next == groups
            groups = next
            for group in 0..<count {
                var (x, y, size) = (0.0, 0.0, 0.0)
                for (point, member) in zip(points, groups) where member == group {
                    (x, y, size) = (x + point.x, y + point.y, size + 1)
                }
                if size > 0 { centres[group] = OpinionMap.Point(x: x / size, y: y / size) }
            }
            if isSettled { break }
        }
        return numbered(groups, count)
    }

    private static func beginnings(_ points: [OpinionMap.Point], _ count: Int) -> [OpinionMap.Point] {
        var (x, y) = (0.0, 0.0)
        for point in points { (x, y) = (x + point.x, y + point.y) }
        let middle = OpinionMap.Point(x: x / Double(points.count), y: y / Double(points.count))
        var (centres, nearest) = ([OpinionMap.Point](), points.map { distance($0, middle) })
        for _ in 0..<count {
            var furthest = 0
            for place in points.indices where nearest[place] > nearest[furthest] { furthest = place }
            let centre = points[furthest]
            let isFirst = centres.isEmpty
            centres.append(centre)
            for place in points.indices {
                let far = distance(points[place], centre)
                nearest[place] = isFirst ? far : min(nearest[place], far)
            }
        }
        return centres
    }

    private static func nearest(_ point: OpinionMap.Point, _ centres: [OpinionMap.Point]) -> Int {
        var best = 0
        for group in centres.indices where distance(point, centres[group]) < distance(point, centres[best]) {
            best = group
        }
        return best
    }

    /// The largest group is 0; of equal ones the one whose first member comes first.
    private static func numbered(_ groups: [Int], _ count: Int) -> [Int] {
        var (sizes, first) = ([Int](repeating: 0, count: count), [Int](repeating: .max, count: count))
        for (place, group) in groups.enumerated() {
            sizes[group] += 1
            first[group] = min(first[group], place)
        }
        let order = (0..<count).sorted { (-sizes[$0], first[$0]) < (-sizes[$1], first[$1]) }
        var numbers = [Int](repeating: 0, count: count)
        for (number, group) in order.enumerated() { numbers[group] = number }
        return groups.map { numbers[$0] }
    }

    /// The mean silhouette (Rousseeuw 1987), against group centres rather than all pairs, so that ten thousand participants take no
    /// longer than a page may: (b − a) / max(a, b), a to one's own centre, b to the nearest other.
    static func silhouette(_ points: [OpinionMap.Point], _ groups: [Int], _ count: Int) -> Double {
        var sums = [(x: Double, y: Double, size: Double)](repeating: (0, 0, 0), count: count)
        for (point, group) in zip(points, groups) {
            sums[group] = (sums[group].x + point.x, sums[group].y + point.y, sums[group].size + 1)
        }
        guard sums.allSatisfy({ $0.size > 0 }), count > 1 else { return 0 }
        let centres = sums.map { OpinionMap.Point(x: $0.x / $0.size, y: $0.y / $0.size) }
        var total = 0.0
        for (point, group) in zip(points, groups) {
            let own = distance(point, centres[group]).squareRoot()
            var other = Double.infinity
            for place in centres.indices where place != group {
                other = min(other, distance(point, centres[place]).squareRoot())
            }
            total += max(own, other) > 0 ? (other - own) / max(own, other) : 0
        }
        return total / Double(points.count)
    }

    /// The square of the distance.
    private static func distance(_ one: OpinionMap.Point, _ other: OpinionMap.Point) -> Double {
        let (x, y) = (one.x - other.x, one.y - other.y)
        return x * x + y * y
    }
}
