import Access
import District
import Record
import Store
import Web

/// The programmes, one of them, and one application with all that was done with its money.
struct GrantRoutes {
    static let readers = GrowthAsk.readers.union(GrowthAsk.zone)

    var routes: [Route] {
        [
            .get("/alliance/grants", .roles(Self.readers)) { try await list($0) },
            .get("/alliance/grants/programme/{programme}", .roles(Self.readers)) { try await programme($0) },
            .get("/alliance/grants/application/{application}", .roles(Self.readers)) { try await application($0) },
        ] + GrantFormRoutes().routes
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let (view, log) = (GrantView(visit: visit), visit.spine.district.log)
        let waiting = Set(try await waiting(visit).keys)
        let context = try await visit.spine.district.store.read { reader -> JSON in
            let applicant = try Self.applicant(tenant, log, reader)
            let all = try GrantTable.programmes(in: reader)
            let titles = Dictionary(all.map { ($0.id, $0.title) }, uniquingKeysWith: { $1 })
            let applications = try GrantTable.applications(for: tenant, in: reader)
            return [
                "programmes": .array(all.map { view.head($0, applicant, today) }),
                "applications": .array(
                    try applications.map { found in
                        view.row(
                            found, title: titles[found.programme],
                            firm: tenant.firm == nil
                                ? try Directory.firm(found.firm, for: tenant, in: reader)?.name ?? found.firm.rawValue
                                : nil, waiting: waiting)
                    }),
                "is_zone": .bool(tenant.firm == nil),
            ]
        }
        return .page("grants", title: visit.word("grants_title"), context, live: true)
    }

    private func programme(_ visit: Visit) async throws -> Reply {
        let (tenant, id, today) = (try visit.tenant, visit.parameters["programme"] ?? "", KoreanDay(visit.now))
        let (view, log) = (GrantView(visit: visit), visit.spine.district.log)
        let waiting = Set(try await waiting(visit).keys)
        let context = try await visit.spine.district.store.read { reader -> JSON? in
            guard let found = try GrantTable.programme(id, in: reader) else { return nil }
            let applicant = try Self.applicant(tenant, log, reader)
            guard case .object(var members) = view.head(found, applicant, today) else { return nil }
            func name(_ id: FirmID) throws -> String {
                try Directory.firm(id, for: tenant, in: reader)?.name ?? id.rawValue
            }
            members["is_zone"] = .bool(tenant.firm == nil)
            let applications = try GrantTable.applications(to: id, for: tenant, in: reader)
            members["applications"] = .array(
                try applications.map { view.row($0, title: nil, firm: try name($0.firm), waiting: waiting) })
            if tenant.firm == nil, found.closed == nil {
                var acts: [String: JSON] = ["close": .string("/alliance/grants/programme/\(id)/close")]
                if applications.isEmpty { acts["change"] = .string("/alliance/grants/programme/\(id)/change") }
                members["acts"] = .object(acts)
            }
            members["seminars"] = .array(
                try GrantTable.seminars(of: id, in: reader).map { seminar in
                    let came = try GrantTable.attendance(of: seminar.id, for: tenant, in: reader)
                    return view.seminar(
                        seminar, try came.map { (try name($0.firm), $0.people) }, isZone: tenant.firm == nil)
                })
            let outcomes = try GrantTable.outcomes(of: .programme(id), for: tenant, in: reader)
            members["outcomes"] = .array(outcomes.map(view.outcome))
            return .object(members)
        }
        guard let context else {
            throw Refusal(.notFound, "grant.programme", Words("그런 지원사업이 없습니다.", "There is no such programme."))
        }
        return .page("grants-programme", title: visit.word("grants_programme"), context, live: true)
    }

    private func application(_ visit: Visit) async throws -> Reply {
        let (tenant, id, now) = (try visit.tenant, visit.parameters["application"] ?? "", visit.now)
        let (view, log) = (GrantView(visit: visit), visit.spine.district.log)
        let waiting = try await waiting(visit)[id]
        let read = try await visit.spine.district.store.read { reader -> (GrantApplication, JSON)? in
            guard let found = try GrantTable.application(id, on: KoreanDay(now), for: tenant, in: reader),
                let programme = try GrantTable.programme(found.programme, in: reader)
            else { return nil }
            let others = try GrantTable.applications(of: found.firm, for: tenant, in: reader).filter { $0.id != id }
            let sheet = GrantView.Sheet(
                found: found, programme: programme,
                firm: try Directory.firm(found.firm, for: tenant, in: reader)?.name,
                headcount: RegisteredHeadcount(try log.events(inStream: "firm/\(found.firm)", in: reader)),
                earlier: try others.map { ($0, try GrantTable.programme($0.programme, in: reader)?.title) },
                // Without the firm's consent there is nothing here for the zone to find.
                assessment: try found.assessment.flatMap { try MaturityTable.find($0, for: tenant, in: reader) },
                vouchers: try GrantTable.vouchers(of: id, for: tenant, in: reader),
                payments: try GrantTable.payments(of: id, for: tenant, in: reader),
                outcomes: try GrantTable.outcomes(of: .application(id), for: tenant, in: reader))
            return (found, view.application(sheet, waiting))
        }
        guard let (found, context) = read else {
            throw Refusal(.notFound, "grant.application", Words("그런 신청이 없습니다.", "There is no such application."))
        }
        if tenant.firm == nil { try await visit.look(at: found.scope, "grant/\(id)") }
        return .page("grants-application", title: visit.word("grants_application"), context, live: true)
    }

    /// What of a firm decides whether it may apply; nil for whoever is no firm.
    private static func applicant(
        _ tenant: Tenant, _ log: RecordLog, _ reader: any Reader
    ) throws -> GrantView.Applicant? {
        guard let firm = tenant.firm else { return nil }
        let live = try GrantTable.applications(of: firm, for: tenant, in: reader).filter(\.isLive)
        return GrantView.Applicant(
            headcount: RegisteredHeadcount(try log.events(inStream: "firm/\(firm)", in: reader)),
            live: Dictionary(live.map { ($0.programme, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    /// Grants that wait for a second officer's signature, by application: officers alone see them.
    private func waiting(_ visit: Visit) async throws -> [String: GrantView.Waiting] {
        guard let tenant = try? visit.tenant, tenant.firm == nil else { return [:] }
        let requests = try await visit.spine.district.requestsWaiting(seenBy: visit.caller).filter {
            $0.form.name == DecideGrant.grantLarge.form.name
        }
        guard !requests.isEmpty else { return [:] }
        return try await visit.spine.district.store.read { reader in
            var waiting: [String: GrantView.Waiting] = [:]
            for request in requests {
                guard let application = request.values["application"]?.text else { continue }
                var by = visit.authorName(request.author)
                if case .person(let id) = request.author,
                    let name = try Directory.person(id, for: tenant, in: reader)?.name
                {
                    by = name
                }
                waiting[application] = GrantView.Waiting(
                    by: by, amount: request.values["amount"]?.integer ?? 0, at: request.at)
            }
            return waiting
        }
    }
}
