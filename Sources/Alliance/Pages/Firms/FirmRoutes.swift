import Access
import District
import Record
import Store
import Web

/// Who is there: profiles and offers for people of the zone, and for everyone those that firms show to everyone.
struct FirmRoutes {
    let lists: SolutionKinds

    var routes: [Web.Route] {
        [
            .get("/alliance/firms", .member) { try await list($0) },
            .get("/alliance/directory", .anyone) { try await directory($0) },
            .get("/alliance/firms/{firm}", .signedIn) { try await one($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, view) = (try visit.tenant, FirmView(visit: visit, lists: lists))
        let query = TableQuery(visit.query, columns: ["name"], sortedBy: "name", size: 25)
        let isOffers = visit.query["view"] == "offers"
        let kind = lists.kinds.contains { $0.id == visit.query["kind"] } ? visit.query["kind"] ?? "" : ""
        let table: Table
        if isOffers {
            let page = try await visit.spine.district.store.read {
                try OfferTable.page(kind: kind, limit: query.size, offset: query.offset, for: tenant, in: $0)
            }
            table = Table(
                "offers", caption: visit.word("firms_offers"), path: "/alliance/firms", query,
                columns: ["firms_offer", "firms_supplier", "firms_kinds", "firms_price", "firms_lead"].map {
                    .init(nil, visit.word($0))
                },
                rows: page.rows.map { offer in
                    [
                        .init(offer.title, href: "/alliance/firms/\(offer.firm)", isHead: true), .init(offer.supplier),
                        .init(view.kinds(offer.kinds)), .init(view.money(offer.price)),
                        .init("\(offer.leadDays)\(visit.word("firms_days"))"),
                    ]
                }, total: page.total, empty: visit.word("firms_no_offers"), kept: ["view": "offers", "kind": kind])
        } else {
            let page = try await visit.spine.district.store.read {
                try ProfileTable.page(
                    containing: query.filter, limit: query.size, offset: query.offset, for: tenant, in: $0)
            }
            table = profiles(page, query, "/alliance/firms", view, visit)
        }
        let firm = tenant.firm.map { "/alliance/firms/\($0)" }
        var context: [String: JSON] = [
            "table": table.json,
            "views": [
                tab("/alliance/firms", "firms_profiles", !isOffers, visit),
                tab("/alliance/firms?view=offers", "firms_offers", isOffers, visit),
            ],
        ]
        if let firm { context["own_href"] = .string(firm) }
        if !visit.caller.roles.isDisjoint(with: FirmAsk.keepers) {
            context["keep_href"] = .string("/do/\(KeepProfile.name)?next=/alliance/firms")
        }
        if isOffers {
            context["choose"] = [
                "options": .array(
                    lists.kinds.map { entry in
                        [
                            "value": .string(entry.id), "label": .string(entry.words[visit.language]),
                            "chosen": .bool(entry.id == kind),
                        ]
                    })
            ]
        }
        return .page("firms-list", title: visit.word("firms_title"), .object(context), live: true)
    }

    private func tab(_ href: String, _ word: String, _ current: Bool, _ visit: Visit) -> JSON {
        ["href": .string(href), "label": .string(visit.word(word)), "current": .bool(current)]
    }

    private func profiles(
        _ page: Listing<FirmProfile>, _ query: TableQuery, _ path: String, _ view: FirmView, _ visit: Visit
    ) -> Table {
        Table(
            "profiles", caption: visit.word("firms_profiles"), path: path, query,
            columns: ["firms_firm", "firms_makes", "firms_industry", "firms_region"].map { .init(nil, visit.word($0)) },
            rows: page.rows.map { profile in
                [
                    .init(
                        profile.name, href: visit.caller.isKnown ? "/alliance/firms/\(profile.firm)" : nil, isHead: true
                    ),
                    .init(profile.makes), .init(profile.industry.isEmpty ? "–" : profile.industry),
                    .init(lists.region(profile.region, visit.language)),
                ]
            }, total: page.total, filter: .init(visit.word("firms_find")), empty: visit.word("firms_none"))
    }

    /// What firms show to everyone; nobody needs to be known for it.
    private func directory(_ visit: Visit) async throws -> Reply {
        let query = TableQuery(visit.query, columns: ["name"], sortedBy: "name", size: 25)
        let page = try await visit.spine.district.store.read {
            try ProfileTable.publicPage(containing: query.filter, limit: query.size, offset: query.offset, in: $0)
        }
        let view = FirmView(visit: visit, lists: lists)
        return .page(
            "firms-directory", title: visit.word("firms_directory"),
            ["table": profiles(page, query, "/alliance/directory", view, visit).json])
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, FirmID(visit.parameters["firm"] ?? ""))
        let found = try await visit.spine.district.store.read { reader in
            (
                try ProfileTable.find(id, for: tenant, in: reader), try OfferTable.of(id, for: tenant, in: reader),
                try Directory.firm(id, for: tenant, in: reader), try ContactTable.own(for: tenant, in: reader)
            )
        }
        let isOwn = tenant.firm.map { $0 == id } ?? true
        // One's own firm has a page before it has a profile; of others nothing is known without one.
        guard found.0 != nil || isOwn && found.2 != nil else {
            throw Refusal(.notFound, "firm.unknown", Words("그런 기업이 없습니다.", "There is no such firm."))
        }
        let keeps = isOwn && !visit.caller.roles.isDisjoint(with: FirmAsk.keepers)
        let view = FirmView(visit: visit, lists: lists)
        var context: [String: JSON] = ["offers": .array(found.1.map { view.offer($0, isOwn: keeps) })]
        if let profile = found.0 { context["profile"] = .object(view.profile(profile)) }
        if keeps {
            let who = tenant.firm == nil ? "firm=\(id)&" : ""
            context["acts"] = [
                "keep": .string("/do/\(KeepProfile.name)?\(who)next=/alliance/firms/\(id)"),
                "publish": .string("/do/\(PublishOffer.name)?\(who)next=/alliance/firms/\(id)"),
            ]
        }
        // The firm's own head keeps whom the firms that it will meet may call.
        if tenant.firm == id, visit.caller.roles.contains(.executive) {
            var contact: [String: JSON] = ["keep": .string("/do/\(KeepContact.name)?next=/alliance/firms/\(id)")]
            if let own = found.3 {
                contact["said"] = .string(
                    [own.name, own.phone, own.mail].filter { !$0.isEmpty }.joined(separator: " · "))
                contact["erase"] = .string("/do/\(KeepContact.withdrawal)?next=/alliance/firms/\(id)")
            }
            context["contact"] = .object(contact)
        }
        return .page(
            "firms-one", title: found.0?.name ?? found.2?.name ?? id.rawValue, .object(context), live: true)
    }
}
