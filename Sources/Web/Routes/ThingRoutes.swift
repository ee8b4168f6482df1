import Access
import District
import Record
import Series
import Store
import Twin

/// The Twin: what the district has, as a tree and as a table.
struct ThingRoutes {
    /// Above so many things a tree helps nobody; the table pages.
    private static let mostInTree = 500

    var routes: [Route] {
        [
            .get("/things", .member) { visit in
                visit.query["view"] == "table" ? try await table(visit) : try await tree(visit)
            },
            .get("/api/v1/things", .signedIn.orToken("read")) { visit in
                let tenant = try visit.tenant
                let query = TableQuery(visit.query, columns: ["id"], sortedBy: "id")
                let things = try await visit.spine.district.store.read {
                    try Things.list(
                        ThingFilter(words: query.filter, order: .id), for: tenant, limit: query.size,
                        offset: query.offset, in: $0)
                }
                return .json([
                    "total": .decimal(things.total),
                    "things": .array(
                        things.rows.map { thing in
                            [
                                "id": .string(thing.id.rawValue), "kind": .string(thing.kind.rawValue),
                                "name": .string(thing.name[visit.language]),
                                "parent": thing.parent.map { .string($0.rawValue) } ?? .null,
                            ]
                        }),
                ])
            },
        ]
    }

    private func tree(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let things = try await visit.spine.district.store.read { reader in
            var all: [Thing] = []
            while all.count < Self.mostInTree {
                let page = try Things.list(
                    ThingFilter(language: visit.language), for: tenant, limit: 500, offset: all.count, in: reader)
                all += page.rows
                if page.rows.isEmpty || all.count >= page.total { break }
            }
            return all
        }
        let states = ThingStates(visit)
        let known = Set(things.map(\.id))
        let inside = Dictionary(grouping: things) { thing in thing.parent.flatMap { known.contains($0) ? $0 : nil } }
        func node(_ thing: Thing, depth: Int) -> JSON {
            var members = states.node(thing)
            if let parts = inside[thing.id], depth < 12 {
                var group: [String: JSON] = [
                    "nodes": .array(parts.map { node($0, depth: depth + 1) }), "count": .string("\(parts.count)"),
                ]
                if depth < 2 { group["open"] = true }
                members["inside"] = .object(group)
            }
            return .object(members)
        }
        let roots: [JSON] = (inside[nil] ?? []).map { node($0, depth: 0) }
        return try await page(visit, things.count, current: "tree", ["tree": ["nodes": .array(roots)]])
    }

    private func table(_ visit: Visit) async throws -> Reply {
        let (tenant, language) = (try visit.tenant, visit.language)
        let query = TableQuery(visit.query, columns: ["name", "kind", "id"], sortedBy: "name")
        let order = ThingFilter.Order(rawValue: query.sort) ?? .name
        let things = try await visit.spine.district.store.read {
            try Things.list(
                ThingFilter(words: query.filter, order: order, descending: query.descending, language: language),
                for: tenant, limit: query.size, offset: query.offset, in: $0)
        }
        let states = ThingStates(visit)
        let table = Table(
            "things", caption: visit.word("things_title"), path: "/things", query,
            columns: [
                .init("name", visit.word("things_column_name")), .init("kind", visit.word("things_column_kind")),
                .init(nil, visit.word("things_column_parent")), .init(nil, visit.word("things_column_state")),
            ],
            rows: things.rows.map { thing in
                let state = states.badge(thing)
                return [
                    Table.Cell(thing.name[language], href: "/machines/\(thing.id)", isHead: true),
                    Table.Cell(thing.kind.words[language]), Table.Cell(thing.parent?.rawValue ?? "–", isCode: true),
                    Table.Cell(badge: state.kind, state.label),
                ]
            }, total: things.total, filter: .init(visit.word("things_filter")), empty: visit.word("things_empty"),
            kept: ["view": "table"])
        return try await page(visit, Int(things.total), current: "table", ["table": table.json])
    }

    private func page(_ visit: Visit, _ count: Int, current: String, _ own: JSON) async throws -> Reply {
        var context = own.members ?? [:]
        let (tenant, candidates) = (try visit.tenant, ThingStates(visit).reporting)
        // Readings know no firm; whose they are, their things say.
        let reporting = try await visit.spine.district.store.read { reader in
            try candidates.filter { try Things.find($0, for: tenant, in: reader) != nil }.count
        }
        context["lead"] = .string(
            visit.language == .ko
                ? "설비와 장소 \(Show.count(count))곳 가운데 \(Show.count(reporting))곳에서 값이 들어오고 있습니다."
                : "\(Show.count(count)) things and places, of which \(Show.count(reporting)) report values.")
        context["views"] = .array(
            [("tree", "things_tree"), ("table", "things_table")].map { view, word in
                var entry: [String: JSON] = [
                    "label": .string(visit.word(word)), "href": .string("/things?view=\(view)"),
                ]
                if view == current { entry["current"] = true }
                return .object(entry)
            })
        return .page("things", title: visit.word("things_title"), .object(context))
    }
}

/// Which things report, from the latest readings: reporting, silent, or never seen.
private struct ThingStates {
    private let ages: [ThingID: Double]
    private let visit: Visit

    init(_ visit: Visit) {
        self.visit = visit
        var ages: [ThingID: Double] = [:]
        for latest in visit.spine.series.latest() {
            let age = visit.now.seconds(since: latest.reading.time)
            ages[latest.key.thing] = min(ages[latest.key.thing] ?? .infinity, age)
        }
        self.ages = ages
    }

    /// Things with a reading of the last minute.
    var reporting: [ThingID] { ages.filter { $0.value < 60 }.map(\.key) }

    func badge(_ thing: Thing) -> (kind: String, label: String) {
        switch ages[thing.id] {
        case nil: ("neutral", visit.word("things_state_none"))
        case .some(..<60): ("ok", visit.word("things_state_reporting"))
        default: ("stale", visit.word("things_state_stale"))
        }
    }

    func node(_ thing: Thing) -> [String: JSON] {
        let state = badge(thing)
        return [
            "name": .string(thing.name[visit.language]), "kind": .string(thing.kind.words[visit.language]),
            "href": .string("/machines/\(thing.id)"), "badge": Show.badge(state.kind, state.label),
        ]
    }
}
