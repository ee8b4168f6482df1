import Access
import District
import Record
import Store
import Web

/// The register for staff: the list, and an entry with what is missing and what can be done.
struct UseRoutes {
    let gaps: UseGaps
    let shapes: [String: ExportShape]

    var routes: [Route] {
        [
            .get("/stewardship/uses", .roles(UseAsk.roles)) { try await list($0) },
            .get("/stewardship/uses/{use}", .roles(UseAsk.roles)) { try await one($0) },
            .get("/stewardship/uses/{use}/approve", .roles(UseAsk.roles)) {
                try await ApprovePage(gaps: gaps).show($0)
            },
            .get("/stewardship/uses/{use}/edit", .roles(UseAsk.roles)) { try await edit($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (language, all) = (visit.language, try await UseNow.all(visit.spine.district))
        let query = TableQuery(visit.query, columns: ["name"], sortedBy: "name", size: 50)
        let words = query.filter.lowercased()
        let found = all.filter {
            words.isEmpty || "\($0.entry.id) \($0.entry.text("name", language))".lowercased().contains(words)
        }.sorted { ($0.entry.text("name", language), $0.entry.id) < ($1.entry.text("name", language), $1.entry.id) }
        let shown = (query.descending ? found.reversed() : found).dropFirst(query.offset).prefix(query.size)
        let table = Table(
            "uses", caption: visit.word("register_title"), path: "/stewardship/uses", query,
            columns: [
                .init("name", visit.word("register_name")), .init(nil, visit.word("register_state")),
                .init(nil, visit.word("register_tier")), .init(nil, visit.word("register_standing")),
                .init(nil, visit.word("register_until")), .init(nil, visit.word("register_today"), isNumber: true),
                .init(nil, visit.word("register_missing"), isNumber: true),
            ],
            rows: shown.map { use in
                [
                    Table.Cell(
                        use.entry.text("name", language), href: "/stewardship/uses/\(use.entry.id)", isHead: true),
                    Table.Cell(badge: use.entry.state.badge, use.entry.state.words[language]),
                    use.entry.tier.map { Table.Cell(badge: $0.badge, $0.words[language]) }
                        ?? Table.Cell(badge: "unknown", visit.word("register_no_tier")),
                    Table.Cell(badge: use.badge, use.word(visit)),
                    use.entry.permit.map { Table.Cell(UseNow.day($0.until)) } ?? .none,
                    use.acts.map { Table.Cell(Show.count($0.today)) } ?? .none,
                    Table.Cell(Show.count(gaps.before(.approve, use.entry).count)),
                ]
            }, total: Int64(found.count), filter: .init(visit.word("register_find")),
            empty: visit.word("register_empty"))
        return .page(
            "register-uses", title: visit.word("register_title"),
            [
                "table": table.json, "shapes": exports(nil, visit), "law": .string(gaps.rules.law[language]),
                "note": .string(gaps.rules.note[language]), "checked": .string(gaps.rules.checked),
            ], live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (district, id) = (visit.spine.district, visit.parameters["use"] ?? "")
        guard let use = try await UseNow.find(id, district) else { throw UseAsk.unknown }
        let stream = UseEvents.stream(id)
        let (events, names) = try await district.store.read { reader in
            let events = try district.log.events(inStream: stream, in: reader)
            let signers = (use.entry.approval + [use.entry.first].compactMap { $0 }).map(\.person)
            // Who did what in a use's history is no secret among those who answer for it.
            let people = [use.entry.fields["owner"]] + signers + Set(events.compactMap(\.author.person)).sorted()
            var names: [String: String] = [:]
            for person in people.compactMap({ $0 }) {
                names[person] = try Directory.caller(PersonID(person), in: reader)?.name
            }
            return (events, names)
        }
        try await visit.look(at: .zone, stream)
        let page = UsePage(visit: visit, use: use, gaps: gaps, names: names, exports: exports(id, visit))
        return .page("register-use", title: use.entry.text("name", visit.language), page.context(events), live: true)
    }

    private func edit(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["use"] ?? ""
        guard let use = try await UseNow.find(id, visit.spine.district) else { throw UseAsk.unknown }
        try UseStep.describe.check(use.entry.state)
        // What a person is known by stays out of the form: left empty it does not change.
        var entered = use.entry.fields.filter { RegisterField.named($0.key) != nil && $0.key != "owner" }
        entered["use"] = id
        entered["next"] = "/stewardship/uses/\(id)"
        return try visit.form(UseStep.describe.command, entered: entered)
    }

    private func exports(_ use: String?, _ visit: Visit) -> JSON {
        let one = use.map { "&use=\(Table.encoded($0))" } ?? ""
        return .array(
            shapes.sorted { $0.key < $1.key }.map { key, shape in
                [
                    "title": .string("\(shape.title) (\(shape.version))"),
                    "json": .string("/api/v1/stewardship/register?shape=\(key)&format=json\(one)"),
                    "csv": .string("/api/v1/stewardship/register?shape=\(key)&format=csv\(one)"),
                ]
            })
    }
}

extension UseNow {
    var badge: String {
        switch standing {
        case .runs: isProvisional ? "warn" : "ok"
        case .off, .unregistered, .absent: "off"
        case .expired, .changed, .capped: "warn"
        }
    }

    /// One word for how it stands.
    func word(_ visit: Visit) -> String {
        if isWaiting { return visit.word("register_waiting") }
        return isProvisional && standing == .runs
            ? PermitBasis.provisional.words[visit.language] : visit.word("register_standing_\(standing)")
    }
}

extension Author {
    /// The identifier of the person; nil for whoever is none.
    var person: String? {
        if case .person(let id) = self { id.rawValue } else { nil }
    }
}
