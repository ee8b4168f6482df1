/// Fills one carton piece by piece at the corners that earlier pieces leave ("extreme points": Crainic, Perboli and Tadei 2008),
/// lowest first. A piece stands on the floor or mostly on others, and never on a fragile one.
struct CartonFill {
    let carton: Carton
    private(set) var contents: [Parcel.Placement] = []
    private var fragile: [Bool] = []
    private var corners: [Corner] = [Corner(x: 0, y: 0, z: 0)]
    private(set) var load = 0

    private struct Corner: Hashable {
        var x: Int
        var y: Int
        var z: Int
    }

    /// How much of a piece's ground has to be carried.
    static let carried = 0.75

    init(_ carton: Carton) { self.carton = carton }

    /// What the carton weighs with its contents.
    var parcel: Parcel { Parcel(carton: carton, contents: contents, weight: carton.tare + load) }

    /// Puts a piece in where it lies lowest, then furthest back and left.
    /// - Returns: whether it fits.
    mutating func put(_ piece: PackPiece, number: Int) -> Bool {
        guard let weight = piece.weight, load + weight <= carton.most else { return false }
        var best: (score: (Int, Int, Int), placement: Parcel.Placement)?
        for size in piece.turns {
            let inside = carton.inside
            guard size.length <= inside.length, size.width <= inside.width, size.height <= inside.height else {
                continue
            }
            for corner in corners {
                guard corner.x + size.length <= inside.length, corner.y + size.width <= inside.width,
                    corner.z + size.height <= inside.height
                else { continue }
                // What tops out lowest leaves most room above; then what stays near the corner.
                let score = (corner.z + size.height, corner.y + size.width, corner.x + size.length)
                if let best, best.score <= score { continue }
                let placement = Parcel.Placement(piece: number, x: corner.x, y: corner.y, z: corner.z, size: size)
                if stands(placement, isFragile: piece.isFragile) { best = (score, placement) }
            }
        }
        guard let best else { return false }
        add(best.placement, piece, weight)
        return true
    }

    private func stands(_ placement: Parcel.Placement, isFragile: Bool) -> Bool {
        var ground = 0
        let (bottom, top) = (placement.z, placement.z + placement.size.height)
        for (index, other) in contents.enumerated() {
            if placement.overlaps(other) { return false }
            let shared = placement.shared(other)
            guard shared > 0 else { continue }
            if other.z + other.size.height == bottom {
                if fragile[index] { return false }
                ground += shared
            }
            // What already stands above may not come to rest on a fragile piece.
            if isFragile, other.z >= top { return false }
            if fragile[index], bottom >= other.z + other.size.height { return false }
        }
        let whole = placement.size.length * placement.size.width
        return bottom == 0 || Double(ground) >= Self.carried * Double(whole)
    }

    private mutating func add(_ placement: Parcel.Placement, _ piece: PackPiece, _ weight: Int) {
        let size = placement.size
        let (x, y, z) = (placement.x, placement.y, placement.z)
        let found = [
            Corner(x: x + size.length, y: y, z: drop(x + size.length, y, z)),
            Corner(x: x + size.length, y: slide(x + size.length, y, z), z: z),
            Corner(x: x, y: y + size.width, z: drop(x, y + size.width, z)),
            Corner(x: push(x, y + size.width, z), y: y + size.width, z: z),
            Corner(x: push(x, y, z + size.height), y: y, z: z + size.height),
            Corner(x: x, y: slide(x, y, z + size.height), z: z + size.height),
            Corner(x: x, y: y, z: z + size.height),
        ]
        contents.append(placement)
        fragile.append(piece.isFragile)
        load += weight
        let known = Set(corners)
        var fresh: Set<Corner> = []
        corners += found.filter { !known.contains($0) && fresh.insert($0).inserted }
        corners.removeAll { corner in
            corner.x >= carton.inside.length || corner.y >= carton.inside.width || corner.z >= carton.inside.height
                || corner.x >= x && corner.x < x + size.length && corner.y >= y && corner.y < y + size.width
                    && corner.z >= z && corner.z < z + size.height
        }
    }

    /// How low a corner falls.
    private func drop(_ x: Int, _ y: Int, _ z: Int) -> Int {
        contents.filter {
            $0.x <= x && x < $0.x + $0.size.length && $0.y <= y && y < $0.y + $0.size.width
                && $0.z + $0.size.height <= z
        }.map { $0.z + $0.size.height }.max() ?? 0
    }

    /// How far a corner slides to the front.
    private func slide(_ x: Int, _ y: Int, _ z: Int) -> Int {
        contents.filter {
            $0.x <= x && x < $0.x + $0.size.length && $0.z <= z && z < $0.z + $0.size.height
                && $0.y + $0.size.width <= y
        }.map { $0.y + $0.size.width }.max() ?? 0
    }

    /// How far a corner is pushed to the left.
    private func push(_ x: Int, _ y: Int, _ z: Int) -> Int {
        contents.filter {
            $0.y <= y && y < $0.y + $0.size.width && $0.z <= z && z < $0.z + $0.size.height
                && $0.x + $0.size.length <= x
        }.map { $0.x + $0.size.length }.max() ?? 0
    }
}
