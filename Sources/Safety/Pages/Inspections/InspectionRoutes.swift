import Access
import District
import Record
import Store
import Web

/// The pages of inspections: what is due, taking one (also without a connection), and what was found.
struct InspectionRoutes {
    let library: InspectionLibrary

    /// Who sets rounds, writes templates and reviews.
    static let overseers: Set<Role> = [.safetyManager, .executive]
    /// Who may take one.
    static let inspectors: Set<Role> = [.worker, .operator, .safetyManager, .executive]

    var routes: [Route] {
        [
            .get("/safety/inspections", .signedIn) { try await due($0) },
            .get("/safety/inspections/take/{schedule}", .signedIn) { try await take($0) },
        ] + InspectionResultRoutes().routes + TemplateRoutes(library: library).routes
    }

    /// Whose rounds concern whoever looks: an overseer's all of the firm's, everyone else's their own.
    static func concerns(_ visit: Visit) -> PersonID? {
        visit.caller.roles.isDisjoint(with: overseers.union([.zoneOfficer])) ? visit.caller.person : nil
    }

    // MARK: what a device keeps

    /// The list, and a page for each round that whoever is signed in may have to take.
    func offline(_ visit: Visit) async throws -> [OfflinePage] {
        guard !visit.caller.roles.isDisjoint(with: Self.inspectors), let tenant = try? visit.caller.tenant,
            tenant.firm != nil
        else { return [] }
        let person = Self.concerns(visit)
        let names = try await visit.spine.district.store.read { reader in
            let rounds = try InspectionTables.rounds(person, for: tenant, limit: 200, in: reader).rows
            return try InspectionNames(rounds, for: tenant, in: reader)
        }
        let pages = names.rounds.compactMap { round -> OfflinePage? in
            guard let template = names.template(round.template, of: round.firm) else { return nil }
            let place = names.place(round.place, visit.language)
            let content = "\(template.form) \(template.edition) \(place) \(round.due) \(round.responsible)"
            return OfflinePage(
                "/safety/inspections/take/\(round.id)", title: "\(template.title[visit.language]) – \(place)",
                tag: String(ContentHash.sha256(content.utf8).prefix(16)))
        }
        guard !pages.isEmpty else { return [] }
        let all = ContentHash.sha256(pages.map(\.tag).joined(separator: " ").utf8).prefix(16)
        return [
            OfflinePage(
                "/safety/inspections", title: visit.word("inspections_title"), tag: "\(all) \(KoreanDay(visit.now))")
        ] + pages
    }

    /// What waits for whoever looks.
    func home(_ visit: Visit) async throws -> [String: JSON] {
        guard let tenant = try? visit.caller.tenant, tenant.firm != nil else { return [:] }
        let (day, person) = (KoreanDay(visit.now), Self.concerns(visit))
        let counts = try await visit.spine.district.store.read {
            try InspectionTables.dueCounts(on: day, person, for: tenant, in: $0)
        }
        guard counts.overdue + counts.today > 0 else { return [:] }
        let isLate = counts.overdue > 0
        return [
            "tasks": [
                [
                    "text": .string(visit.word("inspections_task")), "href": "/safety/inspections",
                    "count": .string(Show.count(counts.overdue + counts.today)), "kind": isLate ? "danger" : "info",
                    "state": .string(visit.word(isLate ? "inspections_overdue" : "inspections_today")),
                ]
            ]
        ]
    }

    // MARK: pages

    private func due(_ visit: Visit) async throws -> Reply {
        let (tenant, day) = (try visit.tenant, KoreanDay(visit.now))
        let query = TableQuery(visit.query, columns: ["due"], sortedBy: "due", size: 50)
        let isMine = visit.query["view"] == "mine"
        let person = isMine ? visit.caller.person : Self.concerns(visit)
        let (listing, names, counts) = try await visit.spine.district.store.read { reader in
            let listing = try InspectionTables.rounds(
                person, for: tenant, limit: query.size, offset: query.offset, in: reader)
            return (
                listing, try InspectionNames(listing.rows, for: tenant, in: reader),
                try InspectionTables.dueCounts(on: day, person, for: tenant, in: reader)
            )
        }
        let view = InspectionView(visit: visit, names: names)
        let oversees = !visit.caller.roles.isDisjoint(with: Self.overseers)
        var context: [String: JSON] = [
            "views": view.tabs("due"), "rounds": .array(listing.rows.map { view.round($0, on: day) }),
            "headline": view.headline(counts), "oversees": .bool(oversees),
            "pager": query.pager("/safety/inspections", shown: listing.rows.count, total: listing.total),
        ]
        if tenant.firm == nil { context["zone"] = true }
        return .page("inspections", title: visit.word("inspections_title"), .object(context), live: true)
    }

    private func take(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["schedule"] ?? "")
        let found = try await visit.spine.district.store.read { reader -> (InspectionSchedule, InspectionNames)? in
            guard let round = try InspectionTables.schedule(id, for: tenant, in: reader) else { return nil }
            return (round, try InspectionNames([round], for: tenant, in: reader))
        }
        guard let (round, names) = found, let template = names.template(round.template, of: round.firm) else {
            throw InspectionRefusals.noSchedule
        }
        guard !round.hasEnded else { throw InspectionRefusals.ended }
        let view = InspectionView(visit: visit, names: names)
        return .page(
            "inspections-take", title: template.title[visit.language],
            [
                "spec": .string(view.spec(round, template).canonicalText),
                "place": .string(names.place(round.place, visit.language)),
                "due": view.due(round, on: KoreanDay(visit.now)), "revision": .string("\(template.version)"),
                "mayTake": .bool(
                    tenant.firm != nil && !visit.caller.roles.isDisjoint(with: Self.inspectors)),
            ])
    }
}
