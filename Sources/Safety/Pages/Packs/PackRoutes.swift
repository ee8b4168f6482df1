import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// Inspector's packs: made with one click, handed out by a link that ends.
struct PackRoutes {
    var routes: [Route] {
        [
            .get("/safety/packs", .roles(MakePack.roles)) { try await list($0) },
            .get("/safety/packs/{pack}", .roles(MakePack.roles)) { try await one($0) },
            .get("/safety/packs/{pack}/file", .roles(MakePack.roles).orToken("read")) { try await file($0) },
            .post("/safety/packs/{pack}/share", .roles(MakePack.roles)) { try await share($0) },
            .get("/api/v1/safety/packs", .roles(MakePack.roles).orToken("read")) { try await call($0) },
            // Whoever holds the link's code may look and fetch: an inspector needs no account.
            .get("/packs/{code}", .anyone) { try await door($0) },
            .get("/packs/{code}/file", .anyone) { try await fetch($0) },
        ]
    }

    static let unknown = Refusal(
        .notFound, "pack.unknown", Words("그런 묶음이 없거나 링크가 끝났습니다.", "There is no such pack, or the link has ended."))

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let query = TableQuery(visit.query, columns: ["asked"], sortedBy: "-asked", size: 20)
        let (packs, names) = try await visit.spine.district.store.read { reader in
            let packs = try PackTable.list(for: tenant, limit: query.size, offset: query.offset, in: reader)
            return (packs, try PackView.names(packs.rows.map(\.firm), for: tenant, in: reader))
        }
        try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "packs")
        let view = PackView(visit: visit, names: names)
        let period = HalfYear(visit.now)
        var context: [String: JSON] = [
            "packs": .array(packs.rows.map(view.row)), "zone": .bool(tenant.firm == nil),
            "pager": query.pager("/safety/packs", shown: packs.rows.count, total: packs.total),
            "periods": .array(
                [period, period.previous, period.previous.previous].map { shown in
                    [
                        "value": .string(shown.description), "label": .string(shown.words[visit.language]),
                        "present": .bool(shown == period),
                    ]
                }),
            "recipients": .array(
                InspectorPack.Recipient.allCases.map {
                    ["value": .string($0.rawValue), "label": .string($0.words[visit.language])]
                }),
            "key": .string(Identifier(at: visit.now).description),
        ]
        if tenant.firm == nil { context["make_href"] = "/do/safety.pack.make?next=/safety/packs" }
        return .page("packs", title: visit.word("packs_title"), .object(context), live: true)
    }

    private func call(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let packs = try await visit.spine.district.store.read {
            try PackTable.list(for: tenant, limit: 200, in: $0)
        }
        try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "packs")
        return .json(["packs": .array(packs.rows.map(\.json))])
    }

    private func one(_ visit: Visit) async throws -> Reply { try await one(visit, made: nil) }

    private func one(_ visit: Visit, made link: String?) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["pack"] ?? "")
        let found = try await visit.spine.district.store.read { reader -> PackView.One? in
            guard let pack = try PackTable.find(id, for: tenant, in: reader) else { return nil }
            return PackView.One(
                pack: pack, links: try PackTable.links(to: id, for: tenant, in: reader),
                isKept: try PackPieces.isKept(id, in: reader),
                names: try PackView.names([pack.firm], for: tenant, in: reader))
        }
        guard let found else { throw Self.unknown }
        try await visit.look(at: .firm(found.pack.firm), "pack/\(id)")
        let view = PackView(visit: visit, names: found.names)
        return .page("packs-one", title: visit.word("packs_title"), view.page(found, made: link), live: true)
    }

    private func file(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["pack"] ?? "")
        let pack = try await visit.spine.district.store.read { try PackTable.find(id, for: tenant, in: $0) }
        guard let pack else { throw Self.unknown }
        try await visit.look(at: .firm(pack.firm), "pack/\(id)/file")
        return try await Self.file(pack, visit)
    }

    /// Makes a link. Its code is made here, shown once, and known to the house by its hash alone.
    private func share(_ visit: Visit) async throws -> Reply {
        let code = Secret.code()
        let values: [String: JSON] = [
            "pack": .string(visit.parameters["pack"] ?? ""), "days": .string(visit.form["days"] ?? ""),
            "key": .string(ContentHash.sha256(code.utf8)),
        ]
        _ = try await visit.spine.district.perform(SharePack.name, values, by: visit.caller)
        return try await one(visit, made: "\(visit.site)/packs/\(code)")
    }

    /// The pack that the visitor's code opens.
    private func opened(_ visit: Visit) async throws -> (InspectorPack, PackLink, String) {
        let key = ContentHash.sha256((visit.parameters["code"] ?? "").utf8)
        let now = visit.now
        let found = try await visit.spine.district.store.read { reader -> (InspectorPack, PackLink, String)? in
            guard let link = try PackTable.link(ofKey: key, in: reader), link.standing(at: now) == .open,
                let pack = try PackTable.opened(by: link, in: reader), try PackPieces.isKept(pack.id, in: reader)
            else { return nil }
            let name = try PackView.names([pack.firm], for: Tenant.firm(pack.firm), in: reader)[pack.firm]
            return (pack, link, name ?? pack.firm.rawValue)
        }
        guard let found else { throw Self.unknown }
        return found
    }

    private func door(_ visit: Visit) async throws -> Reply {
        let (pack, link, name) = try await opened(visit)
        try await visit.look(at: .firm(pack.firm), "pack/\(pack.id) link/\(link.id)")
        let view = PackView(visit: visit, names: [pack.firm: name])
        return .page("packs-door", title: visit.word("packs_title"), view.door(pack, link))
    }

    private func fetch(_ visit: Visit) async throws -> Reply {
        let (pack, link, _) = try await opened(visit)
        if visit.method == .get {
            try await visit.look(at: .firm(pack.firm), "pack/\(pack.id)/file link/\(link.id)")
            try await visit.spine.district.record(
                [
                    Draft(
                        "safety.pack.fetched", stream: "pack/\(pack.id)", scope: .firm(pack.firm),
                        payload: ["link": .string(link.id)])
                ], origin: Origin(author: visit.caller.author))
        }
        return try await Self.file(pack, visit)
    }

    private static func file(_ pack: InspectorPack, _ visit: Visit) async throws -> Reply {
        let (store, id) = (visit.spine.district.store, pack.id)
        guard let made = pack.made, try await store.read({ try PackPieces.isKept(id, in: $0) }) else { throw unknown }
        return .file(made.fileName(pack), type: "application/zip", size: made.size) { number in
            try await store.read { try PackPieces.piece(id, number, in: $0) }
        }
    }
}
