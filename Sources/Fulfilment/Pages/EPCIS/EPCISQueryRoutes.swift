import Access
import District
import Foundation
import HTTPTypes
import Record
import Store
import Web

/// Named queries and subscriptions of the standard's REST binding.
struct EPCISQueryRoutes {
    let settings: EPCISSettings
    private typealias Calls = EPCISCalls

    /// How many a firm may have.
    private static let mostQueries = 100
    private static let mostSubscriptions = 50

    private static let path = "\(EPCISCalls.root)/queries"

    var routes: [Web.Route] {
        let (one, all) = ("\(Self.path)/{query}", "\(Self.path)/{query}/subscriptions")
        return [
            on(.get, Self.path, list), on(.post, Self.path, name), on(.get, one, show), on(.delete, one, drop),
            on(.get, "\(one)/events") { visit, tenant in
                let named = try await find(visit, tenant)
                let query = try EPCISEventRoutes.query { () throws(EPCISQuery.Fault) in try EPCISQuery(named.content) }
                return try await EPCISEventRoutes.answer(visit, tenant, query, named: named.name)
            },
            on(.get, all) { visit, tenant in
                let named = try await find(visit, tenant)
                let found = try await visit.spine.district.store.read {
                    try EPCISDesk.subscriptions(of: named.name, for: tenant, in: $0)
                }
                return Calls.reply(.array(found.map(Self.json)))
            },
            on(.post, all, subscribe),
            on(.get, "\(all)/{subscription}") { visit, tenant in
                Calls.reply(Self.json(try await subscription(visit, tenant)))
            },
            on(.delete, "\(all)/{subscription}") { visit, tenant in
                let found = try await subscription(visit, tenant)
                try await visit.spine.district.record(
                    [EPCISDelivery.end(found, why: "asked")], origin: Origin(author: visit.caller.author))
                return Calls.reply(nil, 204)
            },
            Calls.options(Self.path, [.get, .post]), Calls.options(one, [.get, .delete]),
            Calls.options("\(one)/events", [.get]), Calls.options(all, [.get, .post]),
            Calls.options("\(all)/{subscription}", [.get, .delete]),
        ]
    }

    private func on(
        _ method: HTTPRequest.Method, _ path: String,
        _ answer: @escaping @Sendable (Visit, Tenant) async throws -> Reply
    ) -> Web.Route {
        Route(method, path, .anyone) { visit in await Calls.answer(visit, .read, answer) }
    }

    // MARK: - Queries

    private func list(_ visit: Visit, _ tenant: Tenant) async throws -> Reply {
        let size = try Calls.size(visit)
        let found = try await visit.spine.district.store.read {
            try EPCISDesk.queries(after: visit.query["nextPageToken"], limit: size + 1, for: tenant, in: $0)
        }
        let page = found.prefix(size)
        return Calls.reply(
            .array(page.map(Self.json)), 200, Calls.link(visit, found.count > size ? page.last?.name : nil))
    }

    private func show(_ visit: Visit, _ tenant: Tenant) async throws -> Reply {
        Calls.reply(Self.json(try await find(visit, tenant)))
    }

    private func find(_ visit: Visit, _ tenant: Tenant) async throws -> EPCISDesk.Named {
        let name = visit.parameters["query"] ?? ""
        let found = try await visit.spine.district.store.read { try EPCISDesk.query(name, for: tenant, in: $0) }
        guard let found else { throw Calls.Problem.nowhere }
        return found
    }

    private func name(_ visit: Visit, _ tenant: Tenant) async throws -> Reply {
        let body = try visit.json()
        let name = body["name"]?.text ?? ""
        let isName =
            (1...64).contains(name.utf8.count) && name != EPCISEventRoutes.simple
            && name.utf8.allSatisfy {
                (48...57).contains($0) || (97...122).contains($0 | 0x20) || [45, 46, 95].contains($0)
            }
        guard isName else {
            throw Calls.Problem(
                .validation, 400,
                Words(
                    "질의 이름은 영문, 숫자, -, _, .으로 64자까지입니다.", "A query's name has letters, digits, -, _ and ., 64 at most.")
            )
        }
        guard let query = body["query"] else {
            throw Calls.Problem(.validation, 400, Words("query가 없습니다.", "There is no query."))
        }
        _ = try EPCISEventRoutes.query { () throws(EPCISQuery.Fault) in try EPCISQuery(query) }
        let (scope, author) = (EPCISEventRoutes.scope(tenant), visit.caller.author)
        try await visit.spine.district.transact { transaction in
            guard try EPCISDesk.query(name, for: tenant, in: transaction.writer) == nil else {
                throw Calls.Problem(.exists, 409, Words("같은 이름의 질의가 있습니다.", "There is a query of this name."))
            }
            let all = try EPCISDesk.queries(after: nil, limit: Self.mostQueries, for: tenant, in: transaction.writer)
            guard all.count < Self.mostQueries else {
                throw Calls.Problem(.validation, 400, Words("질의가 너무 많습니다.", "There are too many queries."))
            }
            _ = try transaction.record(
                [
                    Draft(
                        EPCISDesk.named, stream: "epcis-query/\(name)", scope: scope,
                        payload: ["name": .string(name), "query": query])
                ], origin: Origin(author: author))
        }
        return Calls.reply(
            ["name": .string(name), "query": query], 201, [("Location", "\(visit.site)\(Self.path)/\(name)")])
    }

    private func drop(_ visit: Visit, _ tenant: Tenant) async throws -> Reply {
        let named = try await find(visit, tenant)
        try await visit.spine.district.record(
            [
                Draft(
                    EPCISDesk.dropped, stream: "epcis-query/\(named.name)", scope: named.scope,
                    payload: ["name": .string(named.name)])
            ], origin: Origin(author: visit.caller.author))
        return Calls.reply(nil, 204)
    }

    private static func json(_ named: EPCISDesk.Named) -> JSON {
        ["name": .string(named.name), "query": named.content]
    }

    // MARK: - Subscriptions

    private func subscription(_ visit: Visit, _ tenant: Tenant) async throws -> EPCISDesk.Subscription {
        let (query, id) = (visit.parameters["query"] ?? "", visit.parameters["subscription"] ?? "")
        let found = try await visit.spine.district.store.read {
            try EPCISDesk.subscriptions(of: query, id: id, for: tenant, in: $0)
        }
        guard let one = found.first else { throw Calls.Problem.nowhere }
        return one
    }

    private func subscribe(_ visit: Visit, _ tenant: Tenant) async throws -> Reply {
        let named = try await find(visit, tenant)
        let body = try visit.json()
        let dest = try destination(body["dest"]?.text ?? "")
        @Sendable func wrong(_ words: Words) -> Calls.Problem { Calls.Problem(.subscription, 400, words) }
        let isStream = body["stream"]?.bool == true
        guard isStream != (body["schedule"] != nil) else {
            throw wrong(Words("stream이나 schedule 중 하나를 정해 주십시오.", "Please give either stream or a schedule."))
        }
        if let schedule = body["schedule"], EPCISSchedule(schedule) == nil {
            throw wrong(Words("schedule을 읽을 수 없습니다.", "This schedule cannot be read."))
        }
        var initial: Timestamp?
        if let text = body["initialRecordTime"]?.text {
            guard let moment = EPCISWriting.moment(text) else {
                throw wrong(Words("initialRecordTime은 시간대가 있는 일시입니다.", "initialRecordTime is a moment with a zone."))
            }
            initial = moment
        }
        let token = body["signatureToken"]?.text ?? ""
        guard token.utf8.count <= 500 else {
            throw wrong(Words("signatureToken이 너무 깁니다.", "This signatureToken is too long."))
        }
        let id = Identifier(at: visit.now).description
        var payload: [String: JSON] = ["query": .string(named.name), "dest": .string(dest)]
        payload["schedule"] = body["schedule"]
        if body["reportIfEmpty"]?.bool == true { payload["empty"] = true }
        if let initial { payload["initial"] = .string(initial.description) }
        // The token is a secret: it goes to the vault, and the Record keeps a commitment.
        let secret =
            token.isEmpty
            ? [:] : ["token": PersonalContent(of: PersonID("epcis-subscription-\(id)"), .string(token))]
        let draft = Draft(
            EPCISDesk.subscribed, stream: EPCISDesk.subscriptionStream + id, scope: named.scope, payload: payload,
            personal: secret)
        let author = visit.caller.author
        try await visit.spine.district.transact { transaction in
            let all = try EPCISDesk.subscriptions(for: tenant, in: transaction.writer)
            guard all.count < Self.mostSubscriptions else {
                throw wrong(Words("구독이 너무 많습니다.", "There are too many subscriptions."))
            }
            _ = try transaction.record([draft], origin: Origin(author: author))
        }
        let found = try await visit.spine.district.store.read {
            try EPCISDesk.subscriptions(of: named.name, id: id, for: tenant, in: $0)
        }
        guard let one = found.first else { throw Calls.Problem.nowhere }
        let place = "\(visit.site)\(Self.path)/\(named.name)/subscriptions/\(id)"
        return Calls.reply(Self.json(one), 201, [("Location", place)])
    }

    /// An address to which the district lets events go.
    private func destination(_ text: String) throws -> String {
        guard text.utf8.count <= 500, let url = URL(string: text), ["http", "https"].contains(url.scheme ?? ""),
            let host = url.host(), url.user() == nil
        else {
            throw Calls.Problem(.subscription, 400, Words("dest는 http(s) 주소입니다.", "dest is an http(s) address."))
        }
        guard settings.hosts.contains(host.lowercased()) else {
            throw Calls.Problem(
                .subscription, 400,
                Words(
                    "\(host)(으)로는 보낼 수 없습니다. 지구가 epcis.json의 hosts에 올린 곳만 됩니다.",
                    "Nothing is sent to \(host): only hosts that the district lists in epcis.json."))
        }
        return text
    }

    private static func json(_ one: EPCISDesk.Subscription) -> JSON {
        var members: [String: JSON] = [
            "subscriptionID": .string(one.id), "dest": .string(one.dest),
            "createdAt": .string(one.created.description), "initialRecordTime": .string(one.initial.description),
        ]
        if let schedule = one.schedule {
            members["schedule"] = schedule
            members["reportIfEmpty"] = .bool(one.toldIfEmpty)
        } else {
            members["stream"] = true
        }
        if let notified = one.notified { members["lastNotifiedAt"] = .string(notified.description) }
        return .object(members)
    }
}
