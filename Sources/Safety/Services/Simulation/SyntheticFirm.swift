import District
import Record

/// A firm that does not exist: how large it is, and how carefully it keeps its due dates. All that happens in the
/// synthetic year follows from these two and from chance.
struct SyntheticFirm: Sendable, Hashable {
    let number: Int
    let people: Int
    /// From 0 (careless) to 1 (careful): the planted cause behind everything that is late.
    let care: Double
    let industry: String

    var id: FirmID { FirmID("synthetic-\(Self.padded(number, 4))") }
    var site: ThingID { ThingID("synthetic-\(Self.padded(number, 4))-site") }
    var scope: Scope { .firm(id) }
    var name: Words { Words("합성기업 \(number)", "Synthetic firm \(number)") }
    func person(_ place: Int) -> PersonID { PersonID("synthetic-\(Self.padded(number, 4))-\(place)") }

    private static let industries = ["C25", "C29", "C22", "C24", "C10", "C20", "C26", "H52", "F42", "C30"]

    /// So many firms with so many people in all: many small ones and a few large, as districts have them.
    static func district(firms: Int, people: Int, seed: UInt64) -> [SyntheticFirm] {
        var draw = SeededDraw(seed: seed)
        let weights = (0..<firms).map { _ -> Double in
            // A product of even draws falls off like the sizes of firms do.
            1 / (0.02 + draw.uniform() * (0.2 + draw.uniform()))
        }
        let total = weights.reduce(0, +)
        let spare = max(0, people - firms)
        var sizes = weights.map { 1 + Int(Double(spare) * $0 / total) }
        var rest = people - sizes.reduce(0, +)
        var at = 0
        while rest > 0 {
            sizes[at % firms] += 1
            (rest, at) = (rest - 1, at + 1)
        }
        return sizes.enumerated().map { index, size in
            SyntheticFirm(
                number: index + 1, people: size, care: draw.uniform(), industry: draw.pick(industries) ?? "C25")
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }
}
