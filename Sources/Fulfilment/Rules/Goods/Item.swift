import Record

/// Something that is stored and sold: what must be known of it to store, pick, pack and ship it rightly.
struct Item: Sendable, Hashable {
    /// Its code in its firm (SKU).
    var code: String
    /// What it is called.
    var name: String
    /// Its GTIN, 8, 12, 13 or 14 figures with a right check figure; nil where it has none.
    var gtin: String?
    /// In what it is counted: pieces, grams or millilitres.
    var unit = Unit.piece
    /// Length, width and height of one unit of handling, in millimetres; all zero where unknown.
    var size = Size()
    /// What one unit of handling weighs, in grams; nil where unknown.
    var weight: Int?
    /// Its hazard class (UN, `3`, `8`, `5.1` …); nil where it is none.
    var hazard: String?
    /// In what temperature it is kept.
    var climate = Climate.ambient
    /// For how many days after it was made it may be used; nil where it does not expire.
    var shelfLife: Int?
    /// How many days must be left when it reaches the customer.
    var minimumLife = 0
    /// Whether it is kept by lots.
    var hasLots = false
    /// Whether each piece has a serial number.
    var hasSerials = false
    /// How often it is picked: A, B or C.
    var velocity = Velocity.c
    /// What one unit costs, in won.
    var cost: Int64?
    /// What one unit sells for, in won.
    var price: Int64?
    /// How many are reordered at how few; nil where nobody said.
    var reorder: Reorder?

    /// In what an item is counted.
    enum Unit: String, Sendable, Hashable, CaseIterable {
        case piece, gram, millilitre
    }

    /// Millimetres.
    struct Size: Sendable, Hashable {
        var length = 0
        var width = 0
        var height = 0

        /// Cubic millimetres.
        var volume: Int { length * width * height }
        /// Whether anybody said how large it is.
        var isKnown: Bool { volume > 0 }
    }

    /// In what temperature something is kept, in degrees Celsius.
    enum Climate: String, Sendable, Hashable, CaseIterable {
        /// As the hall is.
        case ambient
        /// 2 to 8 °C.
        case chilled
        /// At most −18 °C.
        case frozen

        /// Within which temperatures goods stay good; nil where any does.
        var range: ClosedRange<Double>? {
            switch self {
            case .ambient: nil
            case .chilled: 2...8
            case .frozen: -60...(-18)
            }
        }
    }

    /// How often an item is picked (ABC).
    enum Velocity: String, Sendable, Hashable, CaseIterable {
        case a, b, c
    }

    /// When how many are brought again.
    struct Reorder: Sendable, Hashable {
        var point: Int64
        var quantity: Int64
    }
}
