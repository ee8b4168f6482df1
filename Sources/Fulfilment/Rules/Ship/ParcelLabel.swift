import Record

/// A label of a parcel, as printers and people read it.
struct ParcelLabel: Sendable, Hashable {
    var sscc: String
    var order: String
    var from: String
    var carrier: String
    var name: String
    var phone: String
    var address: String
    var note: String
    /// Which of how many parcels.
    var part: (Int, Int)
    var weight: Int64?
    /// What it says of its contents: in a column of its own, so that no name pushes it off.
    var marks: [ParcelMark] = []

    static func == (one: ParcelLabel, other: ParcelLabel) -> Bool { one.zpl == other.zpl }
    func hash(into hasher: inout Hasher) { hasher.combine(zpl) }

    /// What is scanned: the application identifier and the code.
    var figures: String { "00\(sscc)" }

    /// So many marks have room; a parcel with more says so in the last one's place.
    static let mostMarks = 3

    /// The lines under each other, the largest first.
    var lines: [(text: String, size: Int)] {
        var lines = [(name, 22), (address, 16)]
        if !phone.isEmpty { lines.append((phone, 16)) }
        if !note.isEmpty { lines.append((note, 12)) }
        lines.append((carrier, 16))
        lines.append(("\(order)  \(part.0)/\(part.1)", 14))
        if let weight { lines.append(("\(weight) g", 12)) }
        lines.append((from, 12))
        return lines.filter { !$0.0.isEmpty }.map { ($0.0, $0.1) }
    }

    /// The marks that are drawn, and how many more there are.
    var drawn: (marks: [ParcelMark], more: Int) {
        (Array(marks.prefix(Self.mostMarks)), max(0, marks.count - Self.mostMarks))
    }
}
