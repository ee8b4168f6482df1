import Record
import Store

/// A named node of a site, where missions begin or end.
struct Place: Sendable, Hashable {
    /// The site, and the node in it.
    var site: String
    var node: String
    /// What people call it.
    var name: Words
    /// What the site is called.
    var siteName: Words
    /// Whose the site is; nil for the zone's.
    var owner: FirmID?
    /// Who puts goods aboard there.
    var loading: Mission.Stop.Loading = .person

    /// What it is called with its site's name, which many addresses begin with already.
    var full: Words {
        func joined(_ site: String, _ name: String) -> String {
            name == site || name.hasPrefix("\(site) ") ? name : "\(site) \(name)"
        }
        return Words(joined(siteName.ko, name.ko), joined(siteName.en, name.en))
    }

    /// How forms and facts refer to it: `site/node`.
    var id: String { "\(site)/\(node)" }
}

/// Where missions may go.
struct Places: Sendable {
    /// All places of the sites that a tenant may use.
    let all: @Sendable (any Tenancy, any Reader) throws -> [Place]
    /// All places of all sites, for rules that act for the house; their owners are not told.
    let every: @Sendable (any Reader) throws -> [Place]

    /// These places, for whoever their owners' rows may be shown to.
    static func fixed(_ places: [Place]) -> Places {
        Places { tenant, _ in
            places.filter { tenant.sees($0.owner.map { .firm($0) } ?? .zone) }
        } every: { _ in
            places
        }
    }

    /// What places are called, by their references, for whoever asks.
    func names(for tenant: any Tenancy, in reader: any Reader) throws -> [String: Place] {
        Self.byID(try all(tenant, reader))
    }

    /// The same of all sites.
    func names(in reader: any Reader) throws -> [String: Place] { Self.byID(try every(reader)) }

    private static func byID(_ places: [Place]) -> [String: Place] {
        Dictionary(places.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
