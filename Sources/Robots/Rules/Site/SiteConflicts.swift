/// Which nodes two vehicles may not hold at once, found by their neighbourhood only.
enum SiteConflicts {
    /// For each node the others that conflict with it, ascending.
    /// - Parameters:
    ///   - spots: the nodes by number.
    ///   - ways: what is driven between them, each direction by itself or one for both.
    ///   - cabins: the nodes of each lift's cabin.
    ///   - footprint: the radius of a vehicle, in metres.
    static func sets(
        spots: [CompiledSite.Spot], ways: [CompiledSite.Way], cabins: [[Int32]], footprint: Double
    ) -> [[Int32]] {
        var found = Found(count: spots.count)
        for cabin in cabins {
            for one in cabin {
                for other in cabin { found.add(one, other) }
            }
        }
        let reach = footprint * 2
        let pieces = Set(ways.map { $0.from < $0.to ? $0 : CompiledSite.Way($0.to, $0.from) })
            .filter { spots[Int($0.from)].map == spots[Int($0.to)].map }
            .sorted { ($0.from, $0.to) < ($1.from, $1.to) }
        let longest = pieces.reduce(0) { max($0, SiteGeometry.distance(spots[$1.from], spots[$1.to])) }
        let field = SiteField(spots: spots, pieces: pieces, cell: max(reach, longest) + reach)
        for one in spots.indices {
            for other in field.nodes(near: spots[one]) where other > one {
                guard SiteGeometry.distance(spots[one].point, spots[other].point) < reach else { continue }
                found.add(Int32(one), Int32(other))
            }
        }
        // Each rule looks only at what the rules before it found, so that the order of nodes and edges decides nothing.
        var pairs: [(Int32, Int32)] = []
        for piece in pieces {
            let segment = field.segment(piece)
            for number in field.nodes(near: piece) {
                let node = Int32(number)
                guard node != piece.from, node != piece.to, !found.has(node, piece.from), !found.has(node, piece.to),
                    SiteGeometry.distance(spots[number].point, segment) < reach
                else { continue }
                pairs.append((node, nearer(to: node, of: piece, spots)))
            }
        }
        for (one, other) in pairs { found.add(one, other) }
        pairs = []
        for (index, piece) in pieces.enumerated() {
            for number in field.pieces(near: piece) where number > index {
                let other = pieces[number]
                guard Set([piece.from, piece.to, other.from, other.to]).count == 4,
                    SiteGeometry.cross(field.segment(piece), field.segment(other)), !found.joins(piece, other)
                else { continue }
                pairs.append(nearest(of: piece, other, spots))
            }
        }
        for (one, other) in pairs { found.add(one, other) }
        return found.sets.map { $0.sorted() }
    }

    /// The end of a way that is nearer to a node; of two as near the lower number.
    static func nearer(to node: Int32, of way: CompiledSite.Way, _ spots: [CompiledSite.Spot]) -> Int32 {
        let distance = { (end: Int32) in SiteGeometry.distance(spots[node], spots[end]) }
        return distance(way.to) < distance(way.from) ? way.to : way.from
    }

    /// The ends of two ways that are nearest to each other; of pairs as near the first in order.
    static func nearest(
        of one: CompiledSite.Way, _ other: CompiledSite.Way, _ spots: [CompiledSite.Spot]
    ) -> (Int32, Int32) {
        var best = (one.from, other.from)
        for pair in [(one.from, other.to), (one.to, other.from), (one.to, other.to)]
        where SiteGeometry.distance(spots[pair.0], spots[pair.1]) < SiteGeometry.distance(spots[best.0], spots[best.1])
        {
            best = pair
        }
        return best
    }

    private struct Found {
        var sets: [Set<Int32>]

        init(count: Int) { sets = [Set<Int32>](repeating: [], count: count) }

        func has(_ one: Int32, _ other: Int32) -> Bool { sets[Int(one)].contains(other) }

        mutating func add(_ one: Int32, _ other: Int32) {
            guard one != other else { return }
            sets[Int(one)].insert(other)
            sets[Int(other)].insert(one)
        }

        /// Whether some end of one way conflicts with one of the other already.
        func joins(_ one: CompiledSite.Way, _ other: CompiledSite.Way) -> Bool {
            has(one.from, other.from) || has(one.from, other.to) || has(one.to, other.from) || has(one.to, other.to)
        }
    }
}

extension SiteGeometry {
    static func distance(_ one: CompiledSite.Spot, _ other: CompiledSite.Spot) -> Double {
        distance(one.point, other.point)
    }
}

extension [CompiledSite.Spot] {
    subscript(_ number: Int32) -> CompiledSite.Spot { self[Int(number)] }
}

/// The nodes and ways of a site by squares of its floors, so that only neighbours are compared.
private struct SiteField {
    private struct Square: Hashable {
        let map: String
        let column: Int, row: Int
    }

    private let spots: [CompiledSite.Spot]
    private let cell: Double
    private var nodes: [Square: [Int]] = [:]
    private var ways: [Square: [Int]] = [:]

    /// - Parameter cell: the side of a square: no two things further apart than it touch, so the nine squares around the
    ///   start of a way hold all that is near it.
    init(spots: [CompiledSite.Spot], pieces: [CompiledSite.Way], cell: Double) {
        self.spots = spots
        self.cell = cell
        for (number, spot) in spots.enumerated() { nodes[square(spot), default: []].append(number) }
        for (number, piece) in pieces.enumerated() {
            ways[square(spots[piece.from]), default: []].append(number)
        }
    }

    func segment(_ way: CompiledSite.Way) -> SiteGeometry.Segment {
        SiteGeometry.Segment(from: spots[way.from].point, to: spots[way.to].point)
    }

    func nodes(near spot: CompiledSite.Spot) -> [Int] { around(spot).flatMap { nodes[$0] ?? [] } }
    func nodes(near way: CompiledSite.Way) -> [Int] { nodes(near: spots[way.from]) }
    /// Ways whose start is within twice a way's length, which covers two squares to each side.
    func pieces(near way: CompiledSite.Way) -> [Int] {
        around(spots[way.from], rings: 2).flatMap { ways[$0] ?? [] }
    }

    private func square(_ spot: CompiledSite.Spot) -> Square {
        Square(
            map: spot.map, column: Int((spot.x / cell).rounded(.down)), row: Int((spot.y / cell).rounded(.down)))
    }

    private func around(_ spot: CompiledSite.Spot, rings: Int = 1) -> [Square] {
        let middle = square(spot)
        return (-rings...rings).flatMap { column in
            (-rings...rings).map { row in
                Square(map: middle.map, column: middle.column + column, row: middle.row + row)
            }
        }
    }
}
