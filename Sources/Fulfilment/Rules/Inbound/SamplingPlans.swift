import District
import Record

/// Which sample of a lot is looked at, and how many faults it may have: single sampling for normal inspection at general
/// level II of ISO 2859-1, as the handbook has its tables.
struct SamplingPlans: Sendable {
    /// What is to be done with one lot.
    struct Plan: Sendable, Hashable {
        /// The code letter, after arrows have been followed.
        let letter: String
        /// How many pieces are looked at; all where the lot is no larger.
        let sample: Int64
        /// At most so many faulty ones are accepted.
        let accept: Int64
        /// The acceptable quality limit, as the table names it.
        let limit: String

        /// So many faulty ones reject the lot.
        var reject: Int64 { accept + 1 }
    }

    private enum Entry: Sendable, Hashable { case accept(Int64), up, down }

    private let lots: [(most: Int64, letter: Int)]
    private let letters: [String]
    private let sizes: [Int64]
    private let tables: [String: [Entry]]
    /// The limit for most goods, and the one for what harms people where it is faulty.
    let usual: String, critical: String

    /// Reads the tables.
    /// - Throws: ``HandbookError`` naming what is missing.
    init(_ json: JSON, file: String) throws(HandbookError) {
        func broken(_ place: String) -> HandbookError { HandbookError(file: file, place: place, rule: "is no table") }
        letters = json["letters"]?.elements?.compactMap(\.text) ?? []
        sizes = json["sizes"]?.elements?.compactMap(\.integer) ?? []
        guard !letters.isEmpty, letters.count == sizes.count else { throw broken("sizes") }
        var lots: [(most: Int64, letter: Int)] = []
        for entry in json["lots"]?.elements ?? [] {
            guard let most = entry["most"]?.integer, let letter = entry["letter"]?.text,
                let index = letters.firstIndex(of: letter)
            else { throw broken("lots") }
            lots.append((most, index))
        }
        guard !lots.isEmpty else { throw broken("lots") }
        self.lots = lots
        var tables: [String: [Entry]] = [:]
        for (limit, row) in json["aql"]?.members ?? [:] {
            let entries = (row.elements ?? []).compactMap { cell -> Entry? in
                if let number = cell.integer, number >= 0 { return .accept(number) }
                return cell.text == "up" ? .up : cell.text == "down" ? .down : nil
            }
            guard entries.count == letters.count, Self.isSound(entries) else { throw broken("aql.\(limit)") }
            tables[limit] = entries
        }
        self.tables = tables
        usual = json["use"]?["usual"]?.text ?? ""
        critical = json["use"]?["critical"]?.text ?? ""
        guard tables[usual] != nil, tables[critical] != nil else { throw broken("use") }
    }

    /// Whether every arrow leads to a plan.
    private static func isSound(_ entries: [Entry]) -> Bool {
        for (index, entry) in entries.enumerated() {
            switch entry {
            case .accept: continue
            case .up: if index == 0 || entries[index - 1] == .down { return false }
            case .down: if index == entries.count - 1 || entries[index + 1] == .up { return false }
            }
        }
        return true
    }

    /// The limit for an item: strict for what is cold, hazardous or kept by serial numbers.
    func limit(for item: Item) -> String {
        item.hazard != nil || item.climate != .ambient || item.hasSerials ? critical : usual
    }

    /// The plan for a lot of so many; nil where the table has no such limit or there is nothing to look at.
    func plan(for quantity: Int64, limit: String) -> Plan? {
        guard quantity > 0, let entries = tables[limit], let found = lots.first(where: { quantity <= $0.most }) else {
            return nil
        }
        var index = found.letter
        while true {
            switch entries[index] {
            case .up: index -= 1
            case .down: index += 1
            case .accept(let number):
                // A sample as large as the lot, or larger, is every piece of it.
                return Plan(letter: letters[index], sample: min(sizes[index], quantity), accept: number, limit: limit)
            }
        }
    }
}
