import Access
import Record
import Store
import Web

extension Visit {
    /// On whose behalf a page that is open to everybody reads; nil for somebody who belongs to no firm and not to the zone.
    var onlooker: Tenant? { try? tenant }
}

extension Tenant? {
    /// The condition by which rows may be shown: to a tenant what theirs allows, to a stranger what is public.
    func condition(column: String) -> (sql: String, arguments: [SQLValue]) {
        self?.condition(column: column) ?? ("\(column) = 'public'", [])
    }

    /// The condition by which forecasts may be shown on pages: whoever is of the district reads those of closed statistics
    /// too, though the Record shows them to the zone alone; a stranger what is public.
    func forecasts(column: String) -> (sql: String, arguments: [SQLValue]) {
        (self == nil ? "\(column) = 'public'" : "\(column) IN ('public', 'zone')", [])
    }
}
