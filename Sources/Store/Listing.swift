/// One page of a list, with the number of rows on all its pages.
public struct Listing<Element: Sendable>: Sendable {
    /// The rows of this page.
    public let rows: [Element]
    /// How many rows there are on all pages.
    public let total: Int64

    /// One page of a list.
    public init(rows: [Element], total: Int64) {
        self.rows = rows
        self.total = total
    }

    /// The largest page that is handed out at once.
    public static var largestPage: Int { 500 }
}

extension Reader {
    /// One page of a list: counts what a condition leaves, and reads the page's rows.
    /// - Parameters:
    ///   - columns: what to select.
    ///   - source: what stands between `FROM` and `ORDER BY`, the condition included.
    ///   - arguments: of the source's placeholders.
    ///   - order: the order, ending in a unique column so that pages never overlap.
    ///   - limit: rows a page, brought within 1…``Listing/largestPage``.
    ///   - offset: rows to skip.
    public func listing<Element>(
        _ columns: String, from source: String, _ arguments: [SQLValue], order: String, limit: Int, offset: Int,
        _ element: (Row) throws -> Element
    ) throws -> Listing<Element> {
        let total = try first("SELECT COUNT(*) AS total FROM \(source)", arguments)?.integer("total") ?? 0
        let rows = try query(
            "SELECT \(columns) FROM \(source) ORDER BY \(order) LIMIT ? OFFSET ?",
            arguments + [
                .integer(Int64(min(max(limit, 1), Listing<Element>.largestPage))), .integer(Int64(max(offset, 0))),
            ])
        return Listing(rows: try rows.map(element), total: total)
    }
}

extension SQLValue {
    /// The pattern of `column LIKE ? ESCAPE '!'` for texts that contain these words, whatever signs stand in them.
    public static func pattern(containing words: String) -> SQLValue {
        let escaped = words.lowercased().map { "!%_".contains($0) ? "!\($0)" : String($0) }.joined()
        return .text("%\(escaped)%")
    }
}
