import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// What became of a request: for whoever has its code, for a citizen signed in, and for the desk.
struct CityRequestRoutes {
    let services: CityServices

    private static let desk = Permission.roles([.zoneOfficer])

    var routes: [Route] {
        [
            .get("/citizen/requests", .anyone) { try await find($0) },
            .get("/citizen/requests/{code}", .anyone) { try await status($0) },
            .get("/citizen/desk/requests", Self.desk) { try await desk($0) },
            .get("/citizen/desk/requests/{number}", Self.desk) { try await deskOne($0) },
        ]
    }

    /// A box for a number or a code, and one's own list.
    private func find(_ visit: Visit) async throws -> Reply {
        let sought = String((visit.query["number"] ?? "").prefix(60)).trimmingBlanks
        let view = RequestView(services: services, visit: visit)
        let (byCode, byNumber, own) = try await visit.spine.district.store.read { reader in
            (
                sought.isEmpty ? nil : try RequestTable.find(code: sought, in: reader),
                sought.isEmpty ? nil : try RequestTable.find(number: sought, in: reader),
                try visit.caller.own.map { try RequestTable.own($0, limit: 100, in: reader) }
            )
        }
        if byCode != nil { return .redirect("/citizen/requests/\(sought)") }
        var context: [String: JSON] = ["sought": .string(sought)]
        if let byNumber {
            // Whoever has but a number is told where it stands; whose it is sees all of it.
            let isOwn = visit.caller.own.map { $0.scope == byNumber.scope } ?? false
            context[isOwn ? "found" : "stage"] = .object(
                isOwn ? view.outline(byNumber) : view.stage(byNumber))
        }
        if !sought.isEmpty, byNumber == nil { context["missing"] = true }
        if let own {
            context["own"] = [
                "requests": .array(
                    own.map { request in
                        .object(
                            view.outline(request).merging(["href": .string("/citizen/requests/\(request.id)")]) { $1 }
                        )
                    })
            ]
        }
        return .page("service-requests", title: visit.word("services_requests_title"), .object(context), live: true)
    }

    private func status(_ visit: Visit) async throws -> Reply {
        let code = visit.parameters["code"] ?? ""
        let district = visit.spine.district
        let (byCode, byName) = try await district.store.read { reader in
            (try RequestTable.find(code: code, in: reader), try RequestTable.find(id: code, in: reader))
        }
        if byCode == nil, let byName { return try await named(byName, visit) }
        guard let request = byCode else { throw Self.unknown }
        // Whoever has the code sees what is open and what was answered; what they told of themselves they know.
        let isOwn = visit.caller.own.map { $0.scope == request.scope } ?? false
        return .page(
            "service-request", title: visit.word("services_request_title"),
            [
                "request": RequestView(services: services, visit: visit).whole(request, withPersonal: isOwn),
                "address": .string("\(visit.site)/citizen/requests/\(code)"),
            ], live: true)
    }

    /// A request by its name: whose it is, and whoever has just asked for it, are led to its code; nobody else is told
    /// that there is one.
    private func named(_ request: CityRequest, _ visit: Visit) async throws -> Reply {
        let isOwn = visit.caller.own.map { $0.scope == request.scope } ?? false
        let isJustAsked =
            request.scope == .zone && visit.now.seconds(since: request.submitted) < CityRequest.handing
        guard isOwn || isJustAsked, let code = try await RequestCode.find(request, in: visit.spine.district) else {
            throw Self.unknown
        }
        return .redirect("/citizen/requests/\(code)")
    }

    private func desk(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let query = TableQuery(visit.query, columns: ["due"], sortedBy: "due", size: 50)
        let state = visit.query["state"].flatMap { CityRequest.State(rawValue: $0) }
        let service = visit.query["service"].flatMap { $0.isEmpty ? nil : $0 }
        let now = visit.now
        let (page, counts) = try await visit.spine.district.store.read { reader in
            (
                try RequestTable.desk(
                    state: state?.rawValue, service: service, limit: query.size, offset: query.offset, at: now,
                    for: tenant, in: reader), try RequestTable.counts(for: tenant, in: reader)
            )
        }
        try await visit.look(at: .zone, "citizen-requests")
        let view = RequestView(services: services, visit: visit)
        let rows = page.rows.map { request -> [Table.Cell] in
            let badge = view.badge(request)
            return [
                Table.Cell(request.number, href: "/citizen/desk/requests/\(request.number)", isHead: true),
                Table.Cell(badge: badge["kind"]?.text ?? "", badge["label"]?.text ?? ""),
                Table.Cell(services.service(request.service)?.name[visit.language] ?? request.service),
                Table.Cell(services.service(request.service)?.department[visit.language] ?? "–"),
                Table.Cell(Show.span(now.seconds(since: request.submitted), visit.language)),
                request.due.map { Table.Cell(time: Show.time($0, visit.language)) } ?? .none,
                Table.Cell(request.receipt ?? "–"),
            ]
        }
        let columns = ["number", "state", "service", "department", "age", "due", "receipt"]
        let table = Table(
            "desk-requests", caption: visit.word("services_desk_title"), path: "/citizen/desk/requests", query,
            columns: columns.map { Table.Column(nil, visit.word("services_column_\($0)")) }, rows: rows,
            total: page.total, empty: visit.word("services_desk_empty"),
            kept: ["state": state?.rawValue, "service": service].compactMapValues { $0 })
        return .page(
            "service-desk", title: visit.word("services_desk_title"),
            [
                "table": table.json,
                "states": .array(
                    CityRequest.State.allCases.map { one in
                        var members: [String: JSON] = [
                            "href": .string("/citizen/desk/requests?state=\(one.rawValue)"),
                            "label": .string(one.words[visit.language]), "many": .string(Show.count(counts[one] ?? 0)),
                        ]
                        if one == state { members["current"] = true }
                        return .object(members)
                    }),
            ], live: true)
    }

    private func deskOne(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let number = visit.parameters["number"] ?? ""
        let found = try await visit.spine.district.store.read {
            try RequestTable.find(number: number, for: tenant, in: $0)
        }
        guard let found else { throw Self.unknown }
        try await visit.look(at: found.scope, "citizen-request/\(number)")
        let next = Table.encoded("/citizen/desk/requests/\(number)")
        var context: [String: JSON] = [
            "request": RequestView(services: services, visit: visit).whole(found, withPersonal: true)
        ]
        if found.state.isOpen {
            context["answer_href"] = .string("/do/citizen.request.answer?request=\(number)&next=\(next)")
            context["close_href"] = .string("/do/citizen.request.close?request=\(number)&next=\(next)")
        }
        return .page("service-desk-request", title: found.number, .object(context), live: true)
    }

    private static let unknown = Refusal(
        .notFound, "request.unknown", Words("그런 접수가 없습니다.", "There is no such request."))
}
