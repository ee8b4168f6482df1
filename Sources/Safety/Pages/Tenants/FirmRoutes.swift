import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The tenant firms as the zone's officer keeps them: the list that comes in, and who has come in themselves.
struct FirmRoutes {
    static let officers = Permission.roles([.zoneOfficer])
    /// The largest list taken, in bytes.
    static let largest = 8 << 20

    var routes: [Route] {
        [
            .get("/safety/firms", Self.officers) { try await list($0) },
            .post("/safety/firms/import", Self.officers, bodyLimit: Self.largest) { try await take($0) },
            .get("/safety/firms/imports/{id}", Self.officers) { try await report($0) },
            .get("/safety/firms/imports/{id}/errors", Self.officers) { try await errors($0) },
            .post("/safety/firms/invite", Self.officers) { try await invite($0) },
            .post(
                "/api/v1/safety/firms", .roles([.zoneOfficer]).orToken("command:\(ImportFirms.form.name)"),
                bodyLimit: Self.largest
            ) {
                try await call($0)
            },
        ]
    }

    // MARK: The list

    private func list(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let (tenant, now) = (try visit.tenant, visit.now)
        let query = TableQuery(visit.query, columns: ["name", "headcount", "industry"], sortedBy: "name")
        let filter = visit.query["view"].flatMap { FirmProfiles.Filter(rawValue: $0) } ?? .all
        let (firms, counts, imports) = try await visit.spine.district.store.read { reader in
            (
                try FirmProfiles.page(
                    filter, containing: query.filter, order: "\(query.sort)\(query.descending ? " DESC" : ""), firm",
                    limit: query.size, offset: query.offset, at: now, for: tenant, in: reader),
                try FirmProfiles.counts(at: now, for: tenant, in: reader),
                try FirmImports.latest(5, for: tenant, in: reader)
            )
        }
        try await visit.look(at: .zone, "firms")
        let page = FirmPage(visit: visit)
        let waiting = counts.all - counts.active - counts.invited
        var context: [String: JSON] = [
            "table": page.table(firms, query, filter).json,
            "views": page.views(
                filter, [.all: counts.all, .active: counts.active, .invited: counts.invited, .waiting: waiting]),
            "imports": .array(imports.map(page.summary)), "limit": "8 MB",
            "invite": [
                "days": .string("\(Invitations.usualDays)"), "waiting": .string(Show.count(waiting)),
                "inactive": .string(Show.count(counts.all - counts.active)),
            ],
        ]
        if let error { context["errors"] = page.errors(error) }
        return .page(
            "firms", title: visit.word("firms_title"), .object(context),
            status: error == nil ? .ok : .unprocessableContent,
            live: true)
    }

    // MARK: The import

    private func take(_ visit: Visit) async throws -> Reply {
        guard let form = visit.multipart, let file = form.files["file"], !file.bytes.isEmpty else {
            let words = Words("CSV 파일을 골라 주세요.", "Please choose a CSV file.")
            return try await list(
                visit,
                error: Refusal(
                    .invalid, "file.missing", of: "file", "required", words))
        }
        do {
            let id = try await perform(visit, file.bytes, updates: form.fields["update"] == "on")
            return .redirect("/safety/firms/imports/\(id)")
        } catch let refusal as Refusal where refusal.kind == .invalid {
            return try await list(visit, error: refusal)
        }
    }

    private func call(_ visit: Visit) async throws -> Reply {
        let id = try await perform(visit, visit.body, updates: visit.query["update"] == "true")
        let tenant = try visit.tenant
        guard let report = try await find(id, tenant, visit) else { throw Self.unknown }
        return .json(FirmPage(visit: visit).json(report), status: .created)
    }

    /// Gives the command for a file's bytes; the import's identifier.
    private func perform(_ visit: Visit, _ bytes: [UInt8], updates: Bool) async throws -> String {
        let text = try CommaText.text(bytes)
        let outcome = try await visit.spine.district.perform(
            ImportFirms.form.name, ["list": .string(text), "update": .bool(updates)], by: visit.caller,
            key: visit.headers[.idempotency])
        return String((outcome.events.first?.stream ?? "").dropFirst("firm-import/".count))
    }

    private func find(_ id: String, _ tenant: Tenant, _ visit: Visit) async throws -> FirmImports.Report? {
        try await visit.spine.district.store.read { try FirmImports.find(id, for: tenant, in: $0) }
    }

    private func report(_ visit: Visit) async throws -> Reply {
        guard let report = try await find(visit.parameters["id"] ?? "", try visit.tenant, visit) else {
            throw Self.unknown
        }
        return .page("firm-import", title: visit.word("firms_import_title"), FirmPage(visit: visit).report(report))
    }

    private func errors(_ visit: Visit) async throws -> Reply {
        guard let report = try await find(visit.parameters["id"] ?? "", try visit.tenant, visit) else {
            throw Self.unknown
        }
        let text = FirmPage(visit: visit).errorFile(report)
        return .bytes(Array(text.utf8), type: "text/csv; charset=utf-8", download: "firm-import-errors.csv")
    }

    // MARK: Invitations

    private func invite(_ visit: Visit) async throws -> Reply {
        let (tenant, now, form, caller) = (try visit.tenant, visit.now, visit.form, visit.caller)
        let choice: Invitations.Choice =
            switch form["which"] ?? "" {
            case "everyone": .everyone
            case "one": .one(FirmID(form["firm"] ?? ""))
            default: .waiting
            }
        guard let days = Int(form["days"] ?? "\(Invitations.usualDays)"), Invitations.days.contains(days) else {
            let words = Words("기한은 1일부터 30일까지입니다.", "A link works for 1 to 30 days.")
            return try await list(
                visit,
                error: Refusal(
                    .invalid, "invite.days", of: "days", "bounds", words))
        }
        let made = try await visit.spine.district.transact {
            try Invitations.issue(choice, days: days, by: caller, for: tenant, in: $0, at: now)
        }
        guard !made.isEmpty else {
            return .redirect("/safety/firms", flash: visit.word("firms_invited_none"))
        }
        let page = FirmPage(visit: visit)
        guard form["format"] == "csv" else {
            return .page("firm-invitations", title: visit.word("firms_invitations_title"), page.invitations(made))
        }
        return .bytes(
            Array(page.invitationFile(made).utf8), type: "text/csv; charset=utf-8", download: "firm-invitations.csv")
    }

    static let unknown = Refusal(.notFound, "import.unknown", Words("그런 가져오기가 없습니다.", "There is no such import."))
}

extension HTTPField.Name {
    /// The caller's own key of a request, by which a repeated one is done once.
    fileprivate static var idempotency: HTTPField.Name {
        guard let name = HTTPField.Name("Idempotency-Key") else { preconditionFailure("the header has a name") }
        return name
    }
}
