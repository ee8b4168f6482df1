public import Record

/// What a table's address asks for: which rows, in which order, from where. All of a table's state is in its address.
public struct TableQuery: Sendable, Hashable {
    /// Words to look for; empty where none.
    public let filter: String
    /// The column to sort by, one of those offered.
    public let sort: String
    /// Whether from high to low.
    public let descending: Bool
    /// The page, from 1.
    public let page: Int
    /// Rows on a page.
    public let size: Int
    /// Rows on a page where the address does not say.
    private let usual: Int

    /// Reads `q`, `sort` (`-name` from high to low) and `page` from a query; anything unknown falls back.
    public init(_ query: [String: String], columns: [String], sortedBy first: String, size: Int = 50) {
        filter = String((query["q"] ?? "").prefix(200))
        let asked = query["sort"] ?? first
        let name = asked.hasPrefix("-") ? String(asked.dropFirst()) : asked
        let known = columns.contains(name)
        sort = known ? name : String(first.drop { $0 == "-" })
        descending = (known ? asked : first).hasPrefix("-")
        page = max(1, min(1_000_000, Int(query["page"] ?? "") ?? 1))
        usual = size
        self.size = max(1, min(500, Int(query["size"] ?? "") ?? size))
    }

    /// Rows before this page.
    public var offset: Int { (page - 1) * size }

    private var order: String { (descending ? "-" : "") + sort }

    /// The address of the same table, sorted otherwise or on another page.
    public func address(_ path: String, sort: String? = nil, page: Int = 1, kept: [String: String] = [:]) -> String {
        var parts = kept.sorted { $0.key < $1.key }.map { "\($0.key)=\(Table.encoded($0.value))" }
        if !filter.isEmpty { parts.append("q=\(Table.encoded(filter))") }
        parts.append("sort=\(sort ?? order)")
        if size != usual { parts.append("size=\(size)") }
        if page > 1 { parts.append("page=\(page)") }
        return path + "?" + parts.joined(separator: "&")
    }

    /// Which rows are shown, and where the others are.
    public func pager(_ path: String, shown: Int, total: Int64, kept: [String: String] = [:]) -> JSON {
        guard total > 0 else { return .null }
        let last = offset + shown
        var pager: [String: JSON] = [
            "from": .string(Show.count(min(offset + 1, last))), "to": .string(Show.count(last)),
            "total": .string(Show.count(total)),
        ]
        if page > 1 { pager["prev_href"] = .string(address(path, page: page - 1, kept: kept)) }
        if Int64(last) < total { pager["next_href"] = .string(address(path, page: page + 1, kept: kept)) }
        return .object(pager)
    }

    /// The box to look for words.
    public func filterBox(_ path: String, label: String, kept: [String: String] = [:]) -> JSON {
        var box: [String: JSON] = [
            "action": .string(path), "name": "q", "label": .string(label),
            "hidden": Show.hidden(kept.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } + [("sort", order)]),
        ]
        if !filter.isEmpty {
            box["value"] = .string(filter)
            let rest = kept.sorted { $0.key < $1.key }.map { "\($0.key)=\(Table.encoded($0.value))" }
            box["reset_href"] = .string(path + "?" + (rest + ["sort=\(order)"]).joined(separator: "&"))
        }
        return .object(box)
    }
}
