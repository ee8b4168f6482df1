import Access
import District
import Record
import Store
import Web

/// What is kept back: what, how much, where, since when, why and by whom; and who has asked to let it go.
struct QuarantineRoutes {
    static let readers: Set<Role> = [.worker, .operator, .safetyManager, .executive, .zoneOfficer]
    static let path = "/fulfilment/quarantine"

    var routes: [Route] {
        [
            .get(Self.path, .roles(Self.readers)) { try await page($0) },
            .get("\(Self.path)/free", FreeLot.form.permission) { try await asking($0) },
            .post("\(Self.path)/free", FreeLot.form.permission) { try await ask($0) },
        ]
    }

    private struct Found: Sendable {
        var requests: [FreeRequests.Waiting] = []
        var refused: [FreeRequests.Refused] = []
        var kept: [KeptTable.Kept] = []
        /// What was let go again where nobody picks.
        var freed: [Held] = []
        var items: [String: Item] = [:]
        var places: [String: String] = [:]
        var people: [String: String] = [:]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let (author, now) = (visit.caller.author, visit.now)
        let found = try await visit.spine.district.store.read { try Self.find(for: tenant, of: author, at: now, $0) }
        let toSign = Set(
            try await visit.spine.district.requestsToSign(by: visit.caller).map(\.id.description))
        let mayFree = FreeLot.form.permission.allows(visit.caller)
        let lots = Dictionary(grouping: found.kept) { [$0.held.item, $0.held.lot] }
        // As the list has them: what lies there longest, first.
        var (order, seen) = ([[String]](), Set<[String]>())
        for one in found.kept where seen.insert([one.held.item, one.held.lot]).inserted {
            order.append([one.held.item, one.held.lot])
        }
        var context: [String: JSON] = [
            "requests": .array(found.requests.map { request($0, found, visit, maySign: toSign.contains($0.id)) }),
            "refused": .array(found.refused.map { refused($0, found, visit) }),
            "lots": .array(
                order.map { key in
                    let asked = found.requests.contains { $0.item == key[0] && $0.lot == key[1] }
                    return lot(lots[key] ?? [], found, visit, mayFree: mayFree, isAsked: asked)
                }),
            "freed": .array(
                found.freed.map { held in
                    [
                        "item": .string(name(held.item, held.lot, found)),
                        "place": .string(found.places[held.spot.location] ?? held.spot.location),
                        "quantity": .string(Show.count(held.quantity)),
                        "href": .string(
                            Station.address(
                                "/fulfilment/putaway",
                                [
                                    ("from", held.spot.location), ("item", held.item), ("lot", held.lot),
                                    ("status", held.spot.status.rawValue),
                                ])),
                    ]
                }),
        ]
        if KeepLot.form.permission.allows(visit.caller) {
            context["keep_href"] = .string("/do/\(KeepLot.form.name)")
        }
        return .page("quarantine", title: visit.word("quarantine_title"), .object(context), live: true)
    }

    private static func find(
        for tenant: Tenant, of author: Author, at now: Timestamp, _ reader: any Reader
    ) throws -> Found {
        var found = Found()
        found.requests = try FreeRequests.list(for: tenant, in: reader)
        found.refused = try FreeRequests.refused(of: author, at: now, for: tenant, in: reader)
        for centre in try PlaceTable.centres(for: tenant, in: reader) {
            found.kept += try KeptTable.list(in: centre, for: tenant, in: reader)
            let apart = try PlaceTable.list(in: centre, kinds: [.quarantine], for: tenant, in: reader)
            found.freed += try FloorStock.waiting(in: centre, for: tenant, in: reader).filter { held in
                held.spot.status == .available && apart.contains { $0.id == held.spot.location }
            }
        }
        let codes = Set(
            found.kept.map(\.held.item) + found.freed.map(\.item) + found.requests.map(\.item)
                + found.refused.map(\.item))
        found.items = try ItemTable.byCode(codes, for: tenant, in: reader)
        let locations = Set((found.kept.map(\.held) + found.freed).map(\.spot.location))
        found.places = Dictionary(
            try PlaceTable.several(
                locations.filter { !$0.hasPrefix(Spot.container) }.sorted(), for: tenant, in: reader
            ).map { ($0.id, $0.name) }, uniquingKeysWith: { $1 })
        for location in locations where location.hasPrefix(Spot.container) {
            found.places[location] = try container(location, for: tenant, reader)
        }
        found.people = try PeopleNames.of(
            found.kept.map(\.author) + found.requests.map(\.author) + found.refused.map(\.refuser), for: tenant,
            in: reader)
        return found
    }

    /// A tote by its order's number, a parcel by its own.
    private static func container(_ location: String, for tenant: Tenant, _ reader: any Reader) throws -> String? {
        guard let order = Tote.order(of: location) else {
            return SSCC.shown(String(location.dropFirst(Spot.container.count)))
        }
        return try OrderTable.find(order, for: tenant, in: reader)?.number
    }

    private func name(_ item: String, _ lot: String, _ found: Found) -> String {
        (found.items[item]?.name ?? item) + (lot.isEmpty ? "" : " · \(lot)")
    }

    // MARK: - Lots

    private func lot(
        _ kept: [KeptTable.Kept], _ found: Found, _ visit: Visit, mayFree: Bool, isAsked: Bool
    ) -> JSON {
        guard let first = kept.first else { return .null }
        let (item, lot) = (first.held.item, first.held.lot)
        var members: [String: JSON] = [
            "name": .string(name(item, lot, found)), "code": .string(item),
            "trace_href": .string(LotRoutes.href(item, lot)),
            "quantity": .string(Show.count(kept.reduce(0) { $0 + $1.held.quantity })),
            "spots": .array(kept.map { spot($0, found, visit) }),
        ]
        if isAsked {
            members["asked"] = Show.badge("info", visit.word("quarantine_asked"))
        } else if mayFree, kept.contains(where: { ![.inspection, .short].contains($0.why) }) {
            members["free_href"] = .string(
                Station.address("\(Self.path)/free", [("item", item), ("lot", lot)]))
        }
        if kept.contains(where: { $0.why == .inspection }) {
            members["check_href"] = .string(Station.address("/fulfilment/check", [("scan", lot)]))
        }
        if kept.contains(where: { $0.why == .short }) { members["count_href"] = "/fulfilment/count" }
        return .object(members)
    }

    private func spot(_ kept: KeptTable.Kept, _ found: Found, _ visit: Visit) -> JSON {
        var members: [String: JSON] = [
            "place": .string(found.places[kept.held.spot.location] ?? kept.held.spot.location),
            "quantity": .string(Show.count(kept.held.quantity)), "why": .string(kept.why.words[visit.language]),
            "at": Show.time(kept.at, visit.language, now: visit.now),
        ]
        if !kept.note.isEmpty { members["note"] = .string(kept.note) }
        if !kept.author.isEmpty {
            members["who"] = .string(found.people[kept.author] ?? visit.word("quarantine_house"))
        }
        return .object(members)
    }

    // MARK: - Requests

    /// What somebody is told whose request was refused.
    private func refused(_ refused: FreeRequests.Refused, _ found: Found, _ visit: Visit) -> JSON {
        [
            "name": .string(name(refused.item, refused.lot, found)), "why": .string(refused.why),
            "who": .string(found.people[refused.refuser] ?? refused.refuser),
            "at": Show.time(refused.at, visit.language, now: visit.now),
            "href": .string(
                Station.address("\(Self.path)/free", [("item", refused.item), ("lot", refused.lot)])),
        ]
    }

    /// The frame's command that ends a request.
    private static let refuse = "district.request.refuse"

    private func request(
        _ request: FreeRequests.Waiting, _ found: Found, _ visit: Visit, maySign: Bool
    ) -> JSON {
        let isOwn = request.author == visit.caller.author.text
        let kept = found.kept.filter { $0.held.item == request.item && $0.held.lot == request.lot }
        var members: [String: JSON] = [
            "name": .string(name(request.item, request.lot, found)), "note": .string(request.note),
            "who": .string(found.people[request.author] ?? request.author),
            "at": Show.time(request.at, visit.language, now: visit.now),
            "trace_href": .string(LotRoutes.href(request.item, request.lot)),
            "spots": .array(kept.map { spot($0, found, visit) }),
            "quantity": .string(Show.count(kept.reduce(0) { $0 + $1.held.quantity })),
        ]
        if maySign, let id = Identifier(request.id) {
            // What is signed stands beside the button: it has been read.
            members["sign"] = ["hidden": visit.signature(of: id, next: Self.path)]
        } else {
            members["state"] = Show.badge("info", visit.word(isOwn ? "quarantine_own" : "quarantine_asked"))
        }
        if maySign || isOwn {
            members["refuse"] = [
                "href": .string(
                    Station.address("/do/\(Self.refuse)", [("request", request.id), ("next", Self.path)])),
                "label": .string(visit.word(maySign ? "quarantine_refuse" : "quarantine_take_back")),
            ]
        }
        return .object(members)
    }

    private func asking(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let tenant = try visit.tenant
        let (item, lot) = (
            visit.query["item"] ?? visit.form["item"] ?? "", visit.query["lot"] ?? visit.form["lot"] ?? ""
        )
        let (author, now) = (visit.caller.author, visit.now)
        let found = try await visit.spine.district.store.read { try Self.find(for: tenant, of: author, at: now, $0) }
        let kept = found.kept.filter { $0.held.item == item && $0.held.lot == lot }
        var station = Station(visit, "stock", error: error)
        station.lead(visit.word("quarantine_ask_lead"))
        station.card(
            name(item, lot, found), sub: item,
            [("floor_quantity", Show.count(kept.reduce(0) { $0 + $1.held.quantity }))]
                + kept.map { one in
                    (
                        "floor_why",
                        "\(one.why.words[visit.language]) · \(found.places[one.held.spot.location] ?? "") · \(Show.count(one.held.quantity))"
                    )
                })
        station.form(
            "\(Self.path)/free", hidden: [("item", item), ("lot", lot)],
            [
                .init(
                    name: "note", label: "quarantine_found", value: visit.form["note"] ?? "", isRequired: true,
                    hasFocus: true)
            ], submit: "quarantine_free")
        station.link(Self.path, "floor_back")
        return station.page("quarantine_request")
    }

    /// Asked by one: nothing is let go before another has signed, and the page says so.
    private func ask(_ visit: Visit) async throws -> Reply {
        if let refusal = try await Station.perform(FreeLot.form.name, ["item", "lot", "note"], visit) {
            return try await asking(visit, error: refusal)
        }
        let lot = [visit.form["item"] ?? "", visit.form["lot"] ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
        return .redirect(Self.path, flash: "\(lot) – \(visit.word("quarantine_waits"))")
    }
}

/// Requests of one's own that were refused, on the first page of whoever asked.
enum RefusedTasks {
    static func home(_ visit: Visit) async throws -> [String: JSON] {
        guard FreeLot.form.permission.allows(visit.caller) else { return [:] }
        let (tenant, author, now) = (try visit.tenant, visit.caller.author, visit.now)
        let count = try await visit.spine.district.store.read {
            try FreeRequests.refused(of: author, at: now, for: tenant, in: $0).count
        }
        guard count > 0 else { return [:] }
        return [
            "tasks": [
                [
                    "href": .string(QuarantineRoutes.path), "text": .string(visit.word("quarantine_refused_task")),
                    "count": .string(Show.count(count)), "kind": "warning",
                    "state": .string(visit.word("floor_task_state")),
                ]
            ]
        ]
    }
}
