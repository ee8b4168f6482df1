import Access
import District
import Record
import Store
import Twin
import Web

/// The gate: coming and going, by the sign with the QR code or at reception.
struct PresencePage {
    func page(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (try visit.tenant, ThingID(visit.parameters["site"] ?? ""), visit.spine.district)
        let read = try await district.store.read { reader -> (Thing, [PresenceTable.Presence], RosterNames)? in
            guard let site = try Things.find(id, for: tenant, in: reader) else { return nil }
            let present = try PresenceTable.list(at: id, for: tenant, in: reader)
            return (
                site, present,
                try RosterNames(
                    present.map(\.entry), of: nil, at: site.scope, for: tenant, district: district, in: reader)
            )
        }
        guard let (site, present, names) = read else { throw MusterPage.unknown }
        try await visit.look(at: site.scope, "presence/\(id)")
        let own = visit.caller.person.map { "p-\($0)" }
        let today = KoreanDay(visit.now)
        return .page(
            "emergency-presence", title: "\(visit.word("emergency_presence")) – \(site.name[visit.language])",
            [
                "site": .string(id.rawValue), "here": .bool(present.contains { $0.entry == own }),
                "me": .bool(own != nil && visit.caller.firm != nil), "heads": .string("\(present.count)"),
                "visitors": .string("\(present.count { $0.kind == .visitor })"),
                "sign_href": .string("/safety/presence/\(id)/sign"),
                "people": .array(
                    present.map { one in
                        var row: [String: JSON] = [
                            "entry": .string(one.entry), "name": .string(names[one.entry].name),
                            "kind": .string(one.kind.words[visit.language]),
                            "since": Show.time(one.since, visit.language),
                        ]
                        if let company = names[one.entry].company { row["company"] = .string(company) }
                        // Nobody is taken off the list because a day went by: they may still be inside.
                        if KoreanDay(one.since) < today {
                            row["old"] = Show.badge("stale", visit.word("emergency_since_before"))
                        }
                        return .object(row)
                    }),
            ], live: true)
    }

    /// The sign at the gate, to print.
    func sign(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, ThingID(visit.parameters["site"] ?? ""))
        guard let site = try await visit.spine.district.store.read({ try Things.find(id, for: tenant, in: $0) }) else {
            throw MusterPage.unknown
        }
        let address = "\(visit.site)/safety/presence/\(id)"
        return .page(
            "emergency-sign", title: "\(visit.word("emergency_presence")) – \(site.name[visit.language])",
            ["address": .string(address), "qr": .string(try QR.svg(address, label: site.name[visit.language]))])
    }
}
