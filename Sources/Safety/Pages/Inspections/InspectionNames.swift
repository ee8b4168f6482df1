import Access
import District
import Record
import Store
import Twin

/// The words for what rows name: places, people, templates; each looked up once.
struct InspectionNames: Sendable {
    let rounds: [InspectionSchedule]
    private var templates: [String: FirmTemplate] = [:]
    private var places: [ThingID: Words] = [:]
    private var people: [PersonID: String] = [:]
    private var firms: [FirmID: String] = [:]

    /// The names of rounds: newest templates, places and who is responsible.
    init(_ rounds: [InspectionSchedule], for tenant: Tenant, in reader: any Reader) throws {
        self.rounds = rounds
        for round in rounds {
            if templates[Self.key(round.firm, round.template)] == nil {
                templates[Self.key(round.firm, round.template)] = try InspectionTables.template(
                    round.template, of: round.firm, for: tenant, in: reader)
            }
            try look(round.place, for: tenant, in: reader)
            try look(round.responsible, for: tenant, in: reader)
            if firms[round.firm] == nil {
                firms[round.firm] = try Directory.firm(round.firm, for: tenant, in: reader)?.name
            }
        }
    }

    /// The names of results.
    init(_ rows: [InspectionRow], for tenant: Tenant, in reader: any Reader) throws {
        rounds = []
        for row in rows {
            if case .firm(let firm) = row.scope {
                let key = Self.key(firm, row.template)
                if templates[key] == nil {
                    templates[key] = try InspectionTables.template(row.template, of: firm, for: tenant, in: reader)
                }
            }
            try look(row.place, for: tenant, in: reader)
            try look(row.inspector, for: tenant, in: reader)
        }
    }

    private static func key(_ firm: FirmID, _ template: String) -> String { "\(firm) \(template)" }

    func template(_ id: String, of firm: FirmID) -> InspectionTemplate? { templates[Self.key(firm, id)]?.template }
    func place(_ id: ThingID, _ language: Language) -> String { places[id]?[language] ?? id.rawValue }
    func person(_ id: PersonID) -> String { people[id] ?? "–" }
    func firm(_ id: FirmID) -> String { firms[id] ?? id.rawValue }

    private mutating func look(_ place: ThingID, for tenant: Tenant, in reader: any Reader) throws {
        guard places[place] == nil else { return }
        places[place] = try Things.find(place, for: tenant, in: reader)?.name
    }

    private mutating func look(_ person: PersonID, for tenant: Tenant, in reader: any Reader) throws {
        guard people[person] == nil else { return }
        people[person] = try Directory.person(person, for: tenant, in: reader)?.name
    }
}
