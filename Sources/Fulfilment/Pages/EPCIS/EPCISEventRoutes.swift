import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// Events of the standard's REST binding: taken in, found, and by what they are about.
struct EPCISEventRoutes {
    private typealias Calls = EPCISCalls

    var routes: [Web.Route] { entry + capture + events + resources }

    private func get(
        _ path: String, _ answer: @escaping @Sendable (Visit, Tenant) async throws -> Reply
    ) -> Web.Route {
        .get(Calls.root + path, .anyone) { visit in await Calls.answer(visit, .read, answer) }
    }

    private var entry: [Web.Route] {
        [
            get("") { _, _ in
                Calls.reply(
                    Self.collection([
                        "bizLocations", "bizSteps", "capture", "dispositions", "epcs", "eventTypes", "events",
                        "queries", "readPoints",
                    ]))
            },
            Calls.options(Calls.root, [.get]),
            Route(.delete, "\(Calls.root)/nextPageToken/{token}", .anyone) { visit in
                await Calls.answer(visit, .read) { _, _ in
                    throw Calls.Problem(
                        .notImplemented, 501,
                        Words(
                            "페이지 토큰은 자원을 차지하지 않아 지울 것이 없습니다.", "A page token holds no resource that could be released.")
                    )
                }
            },
        ]
    }

    static func collection(_ members: [String]) -> JSON {
        [
            "@context": .string(EPCISDocument.context), "type": "Collection",
            "member": .array(members.map { .string($0) }),
        ]
    }

    // MARK: - Capture

    private var capture: [Web.Route] {
        let path = "\(Calls.root)/capture"
        return [
            // A little more than is taken, so that too much is refused in the standard's words.
            .post(path, .anyone, bodyLimit: EPCISDocument.largest + 1) { visit in
                await Calls.answer(visit, .capture, Self.take)
            },
            .get(path, .anyone) { visit in await Calls.answer(visit, .capture, Self.captures) },
            .get("\(path)/{capture}", .anyone) { visit in
                await Calls.answer(visit, .capture) { visit, tenant in
                    let id = visit.parameters["capture"] ?? ""
                    let found = try await visit.spine.district.store.read {
                        try EPCISDesk.capture(id, for: tenant, in: $0)
                    }
                    guard let found else { throw Calls.Problem.nowhere }
                    return Calls.reply(Self.job(found, visit.language))
                }
            },
            Calls.options(path, [.get, .post]), Calls.options("\(path)/{capture}", [.get]),
        ]
    }

    private static func take(_ visit: Visit, _ tenant: Tenant) async throws -> Reply {
        let asked = Calls.header("GS1-Capture-Error-Behaviour", visit) ?? "rollback"
        guard let behaviour = CaptureEvents.Behaviour(rawValue: asked == "all" ? "rollback" : asked) else {
            throw Calls.Problem(
                .validation, 400,
                Words(
                    "GS1-Capture-Error-Behaviour는 rollback이나 proceed입니다.",
                    "GS1-Capture-Error-Behaviour is rollback or proceed."))
        }
        let outcome = try await CaptureEvents(district: visit.spine.district).take(
            try document(visit), behaviour, by: visit.caller, scope: scope(tenant))
        return Calls.reply(nil, 202, [("Location", "\(visit.site)\(Calls.root)/capture/\(outcome.id)")])
    }

    static func scope(_ tenant: Tenant) -> Scope { tenant.firm.map { .firm($0) } ?? .zone }

    /// The document that was sent.
    private static func document(_ visit: Visit) throws -> EPCISDocument {
        let type = (visit.headers[.contentType] ?? "application/json").lowercased().prefix { $0 != ";" }
        guard ["application/json", "application/ld+json", "application/xml", "text/xml"].contains(String(type)) else {
            throw Calls.Problem(
                .mediaType, 415, Words("JSON(JSON-LD)이나 XML만 받습니다.", "JSON (JSON-LD) or XML is taken."))
        }
        do throws(EPCISFaults) {
            return try EPCISDocument(visit.body)
        } catch {
            let isLarge = error.faults.contains { $0.rule == .limit }
            throw Calls.Problem(
                isLarge ? .captureLimit : .validation, isLarge ? 413 : 400,
                isLarge
                    ? Words("한 번에 받을 수 있는 크기를 넘습니다.", "This is more than is taken at once.")
                    : Words("EPCIS 2.0 문서가 아닙니다.", "This is no document of EPCIS 2.0."), faults: error.faults)
        }
    }

    private static func captures(_ visit: Visit, _ tenant: Tenant) async throws -> Reply {
        let size = try Calls.size(visit)
        let found = try await visit.spine.district.store.read {
            try EPCISDesk.captures(before: visit.query["nextPageToken"], limit: size + 1, for: tenant, in: $0)
        }
        let page = found.prefix(size)
        return Calls.reply(
            .array(page.map { job($0, visit.language) }), 200,
            Calls.link(visit, found.count > size ? page.last?.id : nil))
    }

    /// A capture job; it is done by the time it is told of.
    static func job(_ capture: EPCISDesk.Capture, _ language: Language) -> JSON {
        [
            "captureID": .string(capture.id), "createdAt": .string(capture.created.description),
            "finishedAt": .string(capture.created.description), "running": false,
            "success": .bool(capture.errors.isEmpty), "captureErrorBehaviour": .string(capture.behaviour),
            "errors": .array(
                capture.errors.map { error in
                    var members = error.members ?? [:]
                    members["type"] = "epcisException:ValidationException"
                    members["title"] = error[language.rawValue] ?? ""
                    return .object(members)
                }),
        ]
    }

    // MARK: - Events

    private var events: [Web.Route] {
        let path = "\(Calls.root)/events"
        return [
            get("/events") { visit, tenant in try await Self.answer(visit, tenant) },
            .post(path, .anyone, bodyLimit: EPCISDocument.largest + 1) { visit in
                await Calls.answer(visit, .capture, Self.post)
            },
            get("/events/{event}") { visit, tenant in
                let id = visit.parameters["event"] ?? ""
                let found = try await visit.spine.district.store.read {
                    try EPCISTable.all(eventID: id, for: tenant, in: $0)
                }
                guard !found.isEmpty else { throw Calls.Problem.nowhere }
                return Calls.reply(EPCISDocument.answer(found.map(\.json), to: Self.simple, created: visit.now))
            },
            Calls.options(path, [.get, .post]), Calls.options("\(path)/{event}", [.get]),
        ]
    }

    /// The standard's name of a question without a name.
    static let simple = "SimpleEventQuery"

    private static func post(_ visit: Visit, _ tenant: Tenant) async throws -> Reply {
        let document = try document(visit)
        guard document.events.count == 1 else {
            throw Calls.Problem(.validation, 400, Words("이벤트 하나만 보내 주십시오.", "Please send one event."))
        }
        let outcome = try await CaptureEvents(district: visit.spine.district).take(
            document, .rollback, by: visit.caller, scope: scope(tenant))
        guard let event = outcome.events.first else {
            let isThere = outcome.faults.contains { $0.rule == .exists }
            throw Calls.Problem(
                isThere ? .exists : .validation, isThere ? 409 : 400,
                isThere
                    ? Words("이미 있는 이벤트입니다.", "This event is there already.")
                    : Words("이벤트가 표준에 맞지 않습니다.", "The event does not follow the standard."), faults: outcome.faults)
        }
        let place = "\(visit.site)\(Calls.root)/events/\(GS1.encoded(event.eventID ?? ""))"
        return Calls.reply(event.json, 201, [("Location", place)])
    }

    /// The events that an address asks for.
    static func answer(_ visit: Visit, _ tenant: Tenant, more: EPCISQuery.Condition? = nil) async throws -> Reply {
        var query = try query { () throws(EPCISQuery.Fault) in try EPCISQuery(Calls.pairs(visit)) }
        if let more { query = query.and(more) }
        return try await answer(visit, tenant, query, named: simple)
    }

    /// Reads a question; what is wrong with it is the standard's QueryParameterException.
    static func query(_ read: () throws(EPCISQuery.Fault) -> EPCISQuery) throws -> EPCISQuery {
        do throws(EPCISQuery.Fault) {
            return try read()
        } catch {
            throw Calls.Problem(
                .parameter, 400, Words("\(error.parameter): \(error.words.ko)", "\(error.parameter): \(error.words.en)")
            )
        }
    }

    /// A page of what a question asks for.
    static func answer(_ visit: Visit, _ tenant: Tenant, _ query: EPCISQuery, named name: String) async throws -> Reply
    {
        let size = try Calls.size(visit)
        let place = try visit.query["nextPageToken"].map { token in
            guard let place = EPCISPlace(token) else {
                throw Calls.Problem(
                    .parameter, 400, Words("nextPageToken이 올바르지 않습니다.", "This nextPageToken is none of ours."))
            }
            return place
        }
        let (page, isTooMany) = try await visit.spine.district.store.read { reader in
            let isTooMany =
                try query.most.map {
                    try EPCISTable.count(query, upTo: $0 + 1, for: tenant, in: reader) > $0
                } ?? false
            return (try EPCISTable.page(query, size: size, after: place, for: tenant, in: reader), isTooMany)
        }
        guard !isTooMany else {
            throw Calls.Problem(
                .tooLarge, 413, Words("결과가 maxEventCount보다 많습니다.", "There are more events than maxEventCount."))
        }
        return Calls.reply(
            EPCISDocument.answer(page.events.map(\.json), to: name, created: visit.now), 200,
            Calls.link(visit, page.next?.token))
    }

    // MARK: - Resources

    private var resources: [Web.Route] {
        EPCISResource.allCases.flatMap { resource -> [Web.Route] in
            let path = "/\(resource.rawValue)"
            return [
                get(path) { visit, tenant in
                    let size = try Calls.size(visit)
                    let found = try await visit.spine.district.store.read {
                        try EPCISTable.values(
                            resource, after: visit.query["nextPageToken"], limit: size + 1, for: tenant, in: $0)
                    }
                    let page = Array(found.prefix(size))
                    return Calls.reply(
                        Self.collection(page), 200, Calls.link(visit, found.count > size ? page.last : nil))
                },
                get("\(path)/{value}") { visit, tenant in
                    let query = EPCISQuery().and(resource.query(visit.parameters["value"] ?? ""))
                    let count = try await visit.spine.district.store.read {
                        try EPCISTable.count(query, upTo: 1, for: tenant, in: $0)
                    }
                    guard count > 0 else { throw Calls.Problem.nowhere }
                    return Calls.reply(Self.collection(["events"]))
                },
                get("\(path)/{value}/events") { visit, tenant in
                    try await Self.answer(visit, tenant, more: resource.query(visit.parameters["value"] ?? ""))
                },
                Calls.options(Calls.root + path, [.get]), Calls.options("\(Calls.root)\(path)/{value}", [.get]),
                Calls.options("\(Calls.root)\(path)/{value}/events", [.get]),
            ]
        }
    }
}
