/// One piece that is packed, as it is handled.
struct PackPiece: Sendable, Hashable {
    /// The item's code.
    let item: String
    /// Its sides in millimetres; not known where one is zero.
    let size: Item.Size
    /// What it weighs, in grams; nil where nobody said.
    let weight: Int?
    /// What temperature it needs.
    let climate: Item.Climate
    /// Its hazard class; nil where it is none.
    let hazard: String?
    /// Whether its top stays on top: it is turned round but never laid down.
    let isUpright: Bool
    /// Whether nothing may stand on it.
    let isFragile: Bool

    init(
        _ item: String, size: Item.Size, weight: Int?, climate: Item.Climate = .ambient, hazard: String? = nil,
        isUpright: Bool = false, isFragile: Bool = false
    ) {
        self.item = item
        self.size = size
        self.weight = weight
        self.climate = climate
        self.hazard = hazard
        self.isUpright = isUpright
        self.isFragile = isFragile
    }

    /// A piece of an item.
    init(_ item: Item, isUpright: Bool = false, isFragile: Bool = false) {
        self.init(
            item.code, size: item.size, weight: item.weight, climate: item.climate, hazard: item.hazard,
            isUpright: isUpright, isFragile: isFragile)
    }

    /// Whether enough is known of it to say which carton it fits.
    var isKnown: Bool { size.isKnown && size.length > 0 && size.width > 0 && weight.map { $0 >= 0 } ?? false }

    /// How it may lie, each once.
    var turns: [Item.Size] {
        let (l, w, h) = (size.length, size.width, size.height)
        var turns = [Item.Size(length: l, width: w, height: h), Item.Size(length: w, width: l, height: h)]
        if !isUpright {
            turns += [
                Item.Size(length: l, width: h, height: w), Item.Size(length: h, width: l, height: w),
                Item.Size(length: w, width: h, height: l), Item.Size(length: h, width: w, height: l),
            ]
        }
        var seen: Set<Item.Size> = []
        return turns.filter { seen.insert($0).inserted }
    }
}

/// A kind of carton.
struct Carton: Sendable, Hashable {
    /// What people call it.
    let code: String
    /// Its inside, in millimetres.
    let inside: Item.Size
    /// What it weighs empty, in grams.
    let tare: Int
    /// What its contents may weigh, in grams.
    let most: Int
    /// Which temperatures it keeps; a plain carton that of the hall.
    let climates: Set<Item.Climate>

    init(_ code: String, inside: Item.Size, tare: Int, most: Int, climates: Set<Item.Climate> = [.ambient]) {
        self.code = code
        self.inside = inside
        self.tare = tare
        self.most = most
        self.climates = climates
    }
}

/// A filled carton.
struct Parcel: Sendable, Hashable {
    let carton: Carton
    /// Where each piece lies.
    let contents: [Placement]
    /// What it weighs with its contents, in grams.
    let weight: Int

    /// A piece in a carton: its corner at the left, front and bottom, and its sides as it lies there; millimetres.
    struct Placement: Sendable, Hashable {
        /// Its place in the list that was given.
        let piece: Int
        let x: Int
        let y: Int
        let z: Int
        let size: Item.Size

        /// Whether both take up some of the same room.
        func overlaps(_ other: Placement) -> Bool {
            x < other.x + other.size.length && other.x < x + size.length && y < other.y + other.size.width
                && other.y < y + size.width && z < other.z + other.size.height && other.z < z + size.height
        }

        /// How much of its ground lies above the other's, in square millimetres.
        func shared(_ other: Placement) -> Int {
            let along = min(x + size.length, other.x + other.size.length) - max(x, other.x)
            let across = min(y + size.width, other.y + other.size.width) - max(y, other.y)
            return max(0, along) * max(0, across)
        }
    }

    /// How much of its room is filled, 0 to 1.
    var fill: Double {
        Double(contents.reduce(0) { $0 + $1.size.volume }) / Double(max(1, carton.inside.volume))
    }
}
