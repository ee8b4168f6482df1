public import Store

/// On whose behalf a query asks, and so which rows it may return. Access makes the one that rooms use (`Tenant`);
/// the protocol stands here so that every module of the spine limits its queries by the same words.
public protocol Tenancy: Sendable {
    /// The firm that asks; nil for the zone's explicit authority.
    var firm: FirmID? { get }
}

extension Tenancy {
    /// Whether rows of a scope may be shown: a firm sees its own, its contracts and what is public;
    /// the zone sees all but what belongs to one person alone.
    public func sees(_ scope: Scope) -> Bool {
        guard let firm else {
            if case .person = scope { return false }
            return true
        }
        return switch scope {
        case .firm(let owner): owner == firm
        case .contract(let one, let other): one == firm || other == firm
        case .everyone: true
        case .zone, .person: false
        }
    }

    /// The same rule for a `WHERE` clause over a column that keeps ``Scope/text``.
    ///
    /// A firm's condition is two index searches: its own and public rows, and the contracts, of which those naming
    /// the firm stay. `contracu` bounds the second in every collation, because letters are ordered alike in all.
    /// Comparison is exact in case, which `LIKE` is not on SQLite.
    public func condition(column: String) -> (sql: String, arguments: [SQLValue]) {
        guard let firm else { return ("\(column) NOT LIKE 'person:%'", []) }
        let sql = """
            (\(column) IN (?, 'public') OR (\(column) >= 'contract' AND \(column) < 'contracu' \
            AND replace(\(column) || ':', ?, '') <> \(column) || ':'))
            """
        return (sql, [.text(Scope.firm(firm).text), .text(":\(firm):")])
    }
}
