import Access
import District
import Record
import Store
import Web

/// What those on a roster are called: people of the district by the directory, visitors by what reception wrote, which
/// may have been forgotten since.
struct RosterNames: Sendable {
    /// A name, and whose people they are where that was said.
    struct Entry: Sendable {
        let name: String
        let company: String?
    }

    private var names: [String: Entry] = [:]

    /// The name of an entry; its identifier where it has none any more.
    subscript(_ entry: String) -> Entry { names[entry] ?? Entry(name: entry, company: nil) }

    /// Reads the names of some entries.
    /// - Parameter scope: whose site it is: the zone, too, looks for its people only among the firm's.
    init(
        _ entries: [String], of emergency: String?, at scope: Scope, for asking: Tenant, district: District,
        in reader: any Reader
    ) throws {
        var tenant = asking
        if asking.firm == nil, case .firm(let firm) = scope { tenant = .firm(firm) }
        var known: [PersonID: Person] = [:]
        var offset = 0
        // The directory hands out 500 at a time; a plant of 300 is one page.
        while entries.count > 20, offset < 5000 {
            let page = try Directory.people(for: tenant, limit: 500, offset: offset, in: reader)
            for person in page.rows { known[person.id] = person }
            offset += 500
            guard page.total > Int64(offset) else { break }
        }
        var found: [String: String] = [:]
        if let emergency, entries.contains(where: { $0.hasPrefix("x-") }) {
            for event in try district.log.events(inStream: "muster/\(emergency)", in: reader)
            where event.type == "safety.muster.added" {
                let told = try district.log.disclosed(event, in: reader)
                if let entry = told["entry"]?.text { found[entry] = told["name"]?.text }
            }
        }
        for entry in entries {
            if entry.hasPrefix("p-") {
                let id = PersonID(String(entry.dropFirst(2)))
                let person = try known[id] ?? Directory.person(id, for: tenant, in: reader)
                names[entry] = Entry(name: person?.name ?? id.rawValue, company: nil)
            } else if entry.hasPrefix("v-") {
                guard
                    let event = try district.log.events(inStream: "presence/\(entry)", limit: 1, in: reader).first
                else { continue }
                let told = try district.log.disclosed(event, in: reader)
                names[entry] = Entry(name: told["name"]?.text ?? entry, company: told["company"]?.text)
            } else if let name = found[entry] {
                names[entry] = Entry(name: name, company: nil)
            }
        }
    }
}
