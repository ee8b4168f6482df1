import Access
import District
import Record
import Store
import Twin
import Web

/// What the pages of emergencies say alike.
enum EmergencyView {
    /// A standing as a badge: only who was seen safe is green.
    static func badge(_ standing: Muster.Standing, _ visit: Visit) -> JSON {
        let kind =
            switch standing {
            case .safe: "ok"
            case .injured, .missing: "danger"
            case .conflict: "warn"
            case .unknown, .selfReported: "unknown"
            }
        var label = visit.word("emergency_standing_\(standing.name.replacing("-", with: "_"))")
        if case .conflict(let said) = standing {
            label +=
                ": "
                + said.sorted { $0.rawValue < $1.rawValue }.map { $0.words[visit.language] }.joined(separator: " / ")
        }
        return Show.badge(kind, label)
    }

    /// Whether it is a drill, in a word nobody can miss.
    static func kind(_ emergency: Emergency, _ visit: Visit) -> JSON {
        emergency.isDrill
            ? Show.badge("info", visit.word("emergency_drill")) : Show.badge("danger", visit.word("emergency_real"))
    }

    /// What everyone must know before anything else: what it is, where, whose, what was said, and where to go.
    static func detail(
        _ emergency: Emergency, _ scenarios: Scenarios, _ visit: Visit, manual: EmergencyManual? = nil
    ) async throws -> String {
        let (tenant, log) = (try visit.tenant, visit.spine.district.log)
        let language = visit.language
        return try await visit.spine.district.store.read { reader in
            func name(_ thing: ThingID) throws -> String {
                try Things.find(thing, for: tenant, in: reader)?.name[language] ?? thing.rawValue
            }
            var parts = [scenarios[emergency.scenario]?.words[language] ?? emergency.scenario]
            if tenant.firm == nil, let firm = try Directory.firm(emergency.firm, for: tenant, in: reader) {
                parts.append(firm.name)
            }
            parts.append(try name(emergency.thing))
            if let event = try emergency.event.flatMap({ try log.event($0, in: reader) }),
                let message = event.payload["message"]?.text
            {
                parts.append(message)
            }
            let published =
                try manual ?? ManualTable.manual(of: emergency.site, emergency.scenario, for: tenant, in: reader)
            if let points = published?.assembly, !points.isEmpty {
                let places = try points.map { try name($0) }.joined(separator: ", ")
                parts.append("\(visit.word("emergency_assembly_at")): \(places)")
            }
            return parts.joined(separator: " · ")
        }
    }

    /// The counts over a roster.
    static func counts(_ roster: Roster) -> [String: JSON] {
        [
            "heads": .string("\(roster.entries.count)"), "safe": .string("\(roster.count("safe"))"),
            "open": .string("\(roster.unaccounted.count)"), "injured": .string("\(roster.count("injured"))"),
            "conflicts": .string("\(roster.count("conflict"))"),
        ]
    }

    /// Those not seen safe, the most pressing first.
    static func pressing(_ entries: [Roster.Entry]) -> [Roster.Entry] {
        func rank(_ standing: Muster.Standing) -> Int {
            switch standing {
            case .injured: 0
            case .missing: 1
            case .conflict: 2
            case .unknown: 3
            case .selfReported: 4
            case .safe: 5
            }
        }
        return entries.sorted { (rank($0.standing), $0.id) < (rank($1.standing), $1.id) }
    }
}
