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
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let view = GrantView(visit: visit)
        let context = try await visit.spine.district.store.read { reader -> JSON in
            let firm = try tenant.firm.flatMap { try Directory.firm($0, for: tenant, in: reader) }
            let all = try GrantTable.programmes(in: reader)
            let titles = Dictionary(all.map { ($0.id, $0.title) }, uniquingKeysWith: { $1 })
            let applications = try GrantTable.applications(for: tenant, in: reader)
            return [
                "programmes": .array(all.map { view.head($0, firm: firm, isFirm: tenant.firm != nil, today) }),
                "applications": .array(
                    try applications.map { found in
                        view.row(
                            found, title: titles[found.programme],
                            firm: tenant.firm == nil
                                ? try Directory.firm(found.firm, for: tenant, in: reader)?.name ?? found.firm.rawValue
                                : nil)
                    }),
                "is_zone": .bool(tenant.firm == nil),
            ]
        }
        return .page("grants", title: visit.word("grants_title"), context, live: true)
    }

    private func programme(_ visit: Visit) async throws -> Reply {
        let (tenant, id, today) = (try visit.tenant, visit.parameters["programme"] ?? "", KoreanDay(visit.now))
        let view = GrantView(visit: visit)
        let context = try await visit.spine.district.store.read { reader -> JSON? in
            guard let found = try GrantTable.programme(id, in: reader) else { return nil }
            let firm = try tenant.firm.flatMap { try Directory.firm($0, for: tenant, in: reader) }
            guard case .object(var members) = view.head(found, firm: firm, isFirm: tenant.firm != nil, today) else {
                return nil
            }
            func name(_ id: FirmID) throws -> String {
                try Directory.firm(id, for: tenant, in: reader)?.name ?? id.rawValue
            }
            members["is_zone"] = .bool(tenant.firm == nil)
            members["applications"] = .array(
                try GrantTable.applications(to: id, for: tenant, in: reader).map {
                    view.row($0, title: nil, firm: try name($0.firm))
                })
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
        let view = GrantView(visit: visit)
        let read = try await visit.spine.district.store.read { reader -> (GrantApplication, JSON)? in
            guard let found = try GrantTable.application(id, on: KoreanDay(now), for: tenant, in: reader),
                let programme = try GrantTable.programme(found.programme, in: reader)
            else { return nil }
            return (
                found,
                view.application(
                    found, programme, firm: try Directory.firm(found.firm, for: tenant, in: reader)?.name,
                    vouchers: try GrantTable.vouchers(of: id, for: tenant, in: reader),
                    payments: try GrantTable.payments(of: id, for: tenant, in: reader),
                    outcomes: try GrantTable.outcomes(of: .application(id), for: tenant, in: reader))
            )
        }
        guard let (found, context) = read else {
            throw Refusal(.notFound, "grant.application", Words("그런 신청이 없습니다.", "There is no such application."))
        }
        if tenant.firm == nil { try await visit.look(at: found.scope, "grant/\(id)") }
        return .page("grants-application", title: visit.word("grants_application"), context, live: true)
    }
}
