import Access
import District
import Record
import Store
import Twin
import Web

/// The sites: their list, their plans as data, and what can be taken away of them.
struct SiteRoutes {
    let floor: FloorSource

    var routes: [Web.Route] {
        let live = FloorPage(source: floor)
        let history = HistoryPages(source: floor)
        return [
            .get("/robots/sites", SiteDesk.readers) { try await list($0) },
            .get("/robots/sites/{site}", SiteDesk.readers) { try await live.page($0) },
            .get("/api/v1/robots/sites/{site}/floor", SiteDesk.readers) { try await live.now($0) },
            .get("/api/v1/robots/sites/{site}/plan", SiteDesk.readers) { try await plan($0) },
            .get("/robots/sites/{site}/export/{form}", SiteDesk.readers) { try await export($0) },
            .get("/robots/sites/{site}/edit", SiteDesk.drawers) { try await EditorPage().page($0) },
            .get("/api/v1/robots/sites/{site}/draft", SiteDesk.drawers) { try await EditorPage().draft($0) },
            .get("/api/v1/robots/sites/choices", SiteDesk.readers) { try await choices($0) },
            .get("/robots/sites/{site}/heat", SiteDesk.readers) { try await history.heat($0) },
            .get("/robots/sites/{site}/replay", SiteDesk.readers) { try await history.replay($0) },
            .get("/api/v1/robots/sites/{site}/history", SiteDesk.readers) { try await history.track($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let mayDraw = SiteDesk.drawers.allows(visit.caller)
        let (sites, others, drafts, unapplied) = try await visit.spine.district.store.read { reader in
            let sites = try SiteTable.list(for: tenant, in: reader)
            let drawn = Set(sites.map(\.id))
            let others = try SiteNames.candidates(for: tenant, in: reader).filter {
                // What a drawn site holds is part of it, and no site of its own.
                !drawn.contains($0.id.rawValue) && !drawn.contains($0.parent?.rawValue ?? "")
            }
            let drafts = try (sites.map(\.id) + others.map(\.id.rawValue)).filter {
                try SiteTable.revision($0, in: reader) > 0
            }
            return (sites, others, Set(drafts), try CivicView.unapplied(for: tenant, in: reader))
        }
        var rows: [JSON] = []
        for site in sites {
            let vehicles = try await floor.vehicles(site.id, tenant, visit.spine)
            let troubled = vehicles.count { $0.state == .fault || $0.state == .lost }
            rows.append([
                "href": .string("/robots/sites/\(site.id)"), "name": .string(site.name[visit.language]),
                "edition": .string("\(site.number)"), "published": Show.time(site.published, visit.language),
                "vehicles": .string("\(vehicles.count)"),
                "badge": site.withdrawn != nil
                    ? ["kind": "off", "label": .string(visit.word("sites_withdrawn"))]
                    : troubled > 0
                        ? ["kind": "danger", "label": .string("\(visit.word("sites_troubled")) \(troubled)")]
                        : ["kind": "ok", "label": .string(visit.word("sites_standing"))],
                "draft": .bool(mayDraw && drafts.contains(site.id)),
                "edit_href": mayDraw ? .string("/robots/sites/\(site.id)/edit") : .null,
            ])
        }
        let begin: [JSON] = others.map {
            [
                "href": .string("/robots/sites/\($0.id)/edit"), "name": .string($0.name[visit.language]),
                "kind": .string($0.kind.words[visit.language]), "draft": .bool(drafts.contains($0.id.rawValue)),
            ]
        }
        return .page(
            "sites", title: visit.word("sites_title"),
            [
                "sites": .array(rows), "may_draw": .bool(mayDraw), "others": mayDraw ? .array(begin) : [],
                "civic": unapplied.isEmpty ? false : ["rules": CivicView.notices(unapplied, visit)],
            ], live: true)
    }

    /// The plan of a site's edition, as the drawing reads it.
    private func plan(_ visit: Visit) async throws -> Reply {
        let number = visit.query["edition"].flatMap { Int($0) }
        let plan = try await visit.spine.district.store.read { reader in
            let site = try SiteDesk.site(visit, reader)
            return try SiteTable.plan(site.id, number: number, in: reader)
        }
        guard let plan else { throw SiteDesk.unknown }
        return .json(plan.json)
    }

    private func export(_ visit: Visit) async throws -> Reply {
        let plan = try await visit.spine.district.store.read { reader in
            try SiteTable.plan(try SiteDesk.site(visit, reader).id, in: reader)
        }
        guard let plan else { throw SiteDesk.unknown }
        let (json, suffix): (JSON, String)
        switch visit.parameters["form"] {
        case "geojson": (json, suffix) = (PlanGeoJSON.write(plan), "geojson")
        case "lif": (json, suffix) = (PlanLIF.write(plan, at: visit.now), "lif.json")
        case "json": (json, suffix) = (plan.json, "json")
        default: throw SiteDesk.unknown
        }
        return .bytes(
            json.canonical, type: suffix == "geojson" ? "application/geo+json" : "application/json",
            download: "\(plan.id).\(suffix)")
    }

    private func choices(_ visit: Visit) async throws -> Reply {
        let (tenant, words) = (try visit.tenant, visit.query["q"] ?? "")
        let things = try await visit.spine.district.store.read {
            try SiteNames.candidates(for: tenant, in: $0)
        }
        let found = things.filter {
            words.isEmpty || $0.name.ko.contains(words) || $0.name.en.lowercased().contains(words.lowercased())
        }
        return .choices(found.prefix(20).map { ($0.id.rawValue, $0.name[visit.language]) })
    }
}
