import District
import Record

/// Items, places or opening stock as a list of a spreadsheet: the rows that can be taken, and those that cannot, each
/// named by line, field and rule. A bad row never keeps its neighbours out.
struct GoodsListing: Sendable {
    /// What a list holds.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case items, places, stock

        /// The headings that are known; the first ones must be there.
        var columns: [String] {
            switch self {
            case .items:
                [
                    "code", "name", "gtin", "unit", "length", "width", "height", "weight", "hazard", "climate",
                    "shelf_life", "minimum_life", "lots", "serials", "velocity", "cost", "price", "reorder_point",
                    "reorder_quantity",
                ]
            case .places:
                [
                    "name", "kind", "aisle", "position", "level", "volume", "weight", "climate", "hazards", "sequence",
                    "node", "zone",
                ]
            case .stock: ["item", "place", "quantity", "lot", "expiry"]
            }
        }

        /// How many of the first columns a list must have.
        var needed: Int { self == .stock ? 3 : 2 }
    }

    /// A row as fields of a form.
    struct Row: Sendable, Hashable {
        let line: Int
        let values: [String: JSON]
    }

    let kind: Kind
    private(set) var rows: [Row] = []
    private(set) var faults: [Refusal.Fault] = []

    /// So many rows are taken at once.
    static let most = 2_000

    /// Reads a list.
    /// - Throws: ``Refusal`` where the file or its heading cannot be read: nothing is taken then.
    init(_ text: String, _ kind: Kind) throws(Refusal) {
        self.kind = kind
        let read = try CommaText(text).rows
        let headings = (read.first?.cells ?? []).map { $0.lowercased().replacing(" ", with: "_") }
        let missing = kind.columns.prefix(kind.needed).filter { !headings.contains($0) }
        guard missing.isEmpty else {
            throw Self.refused(
                "heading",
                Words(
                    "첫 줄에 제목이 있어야 합니다: \(missing.joined(separator: ", "))",
                    "The first row must have these headings: \(missing.joined(separator: ", "))"))
        }
        guard read.count - 1 <= Self.most else {
            throw Self.refused(
                "rows", Words("한 번에 \(Self.most)줄까지 올릴 수 있습니다.", "At most \(Self.most) rows are taken at once."))
        }
        for row in read.dropFirst() {
            guard row.cells.count == headings.count else {
                fault(row.line, "row", "columns", Words("칸 수가 제목과 다릅니다.", "It has not as many cells as headings."))
                continue
            }
            var values: [String: JSON] = [:]
            for (heading, cell) in zip(headings, row.cells) where !cell.isEmpty && kind.columns.contains(heading) {
                values[heading] = .string(cell)
            }
            rows.append(Row(line: row.line, values: values))
        }
    }

    /// A row that is not taken.
    mutating func fault(_ line: Int, _ field: String, _ rule: String, _ words: Words) {
        faults.append(.init(field: field, line: line, rule: rule, words: words))
    }

    private static func refused(_ rule: String, _ words: Words) -> Refusal {
        Refusal(.invalid, "list.\(rule)", of: "list", rule, words)
    }
}
