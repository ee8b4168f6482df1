import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// Open311 GeoReport v2 in XML and JSON, by the same commands as everything else.
struct Open311Routes {
    let services: CityServices

    /// The beginning of every address.
    static let root = "/open311/v2"

    /// Methods that no document takes.
    private static let others: [HTTPRequest.Method] = [.put, .patch, .delete]

    var routes: [Route] {
        [
            .get("/open311/{document}", .anyone) { visit in
                await answer(visit) { visit, name in
                    guard name == "discovery" else { throw Self.nowhere }
                    return ("discovery", discovery(visit))
                }
            },
            .get("\(Self.root)/{document}", .anyone) { visit in await answer(visit) { try await read($0, $1) } },
            .post("\(Self.root)/{document}", .anyone) { visit in await answer(visit) { try await post($0, $1) } },
            .get("\(Self.root)/services/{document}", .anyone) { visit in
                await answer(visit) { visit, name in
                    guard let service = services.service(name), service.command != nil else {
                        throw GeoReport.Fault(404, "service_code was not found")
                    }
                    return ("service_definition", report(visit).definition(service))
                }
            },
            .get("\(Self.root)/requests/{document}", .anyone) { visit in
                await answer(visit) { try await one($0, $1) }
            },
            .get("\(Self.root)/tokens/{document}", .anyone) { visit in
                await answer(visit) { try await token($0, $1) }
            },
        ] + refusing
    }

    /// Whatever else is asked here is refused in the format it was asked in, as every answer is.
    private var refusing: [Route] {
        let deep = ["services", "requests", "tokens"].map { "\(Self.root)/\($0)/{document}" }
        let refused = [(HTTPRequest.Method.post, deep)] + Self.others.map { ($0, ["\(Self.root)/{document}"] + deep) }
        let methods = refused.flatMap { method, paths in
            paths.map { path in
                Route(method, path, .anyone) { visit in
                    await answer(visit) { _, _ in
                        throw GeoReport.Fault(405, "\(method.rawValue) is not offered here")
                    }
                }
            }
        }
        let places = ([.get, .post] + Self.others).flatMap { method in
            (["\(Self.root)/{document}"] + deep).map { path in
                Route(method, "\(path)/**", .anyone) { visit in
                    Self.failure(Self.nowhere, isXML: !visit.path.hasSuffix(".json"))
                }
            }
        }
        return methods + places
    }

    private static let nowhere = GeoReport.Fault(404, "there is no such document")

    private func discovery(_ visit: Visit) -> ReportNode {
        services.area.discovery(site: visit.site, root: Self.root, visit.language)
    }

    private typealias Document = (root: String, node: ReportNode)

    private func report(_ visit: Visit) -> GeoReport { GeoReport(services: services, language: visit.language) }

    /// Answers in the format that the address ends with; whatever goes wrong is an error document of that format.
    private func answer(_ visit: Visit, _ work: (Visit, String) async throws -> Document) async -> Reply {
        let asked = visit.parameters["document"] ?? ""
        let format = asked.split(separator: ".").last.map(String.init) ?? ""
        guard ["xml", "json"].contains(format), asked.count > format.count + 1 else {
            return Self.failure(
                GeoReport.Fault(404, "there is such a document as .xml and .json"), isXML: format != "json")
        }
        let (name, isXML) = (String(asked.dropLast(format.count + 1)), format == "xml")
        do {
            try checkJurisdiction(visit)
            let (root, node) = try await work(visit, name)
            return Self.reply(root, node, isXML: isXML, status: 200)
        } catch let fault as GeoReport.Fault {
            return Self.failure(fault, isXML: isXML)
        } catch let fault as GeoReportQuery.Fault {
            return Self.failure(GeoReport.Fault(400, fault.text), isXML: isXML)
        } catch let refusal as Refusal {
            // The standard speaks English, and so does every error here: none mixes two languages.
            let details = refusal.faults.map { "\($0.field): \($0.words.en)" }
            let status =
                [.forbidden, .unauthenticated].contains(refusal.kind) ? 403 : refusal.kind == .notFound ? 404 : 400
            return Self.failure(
                GeoReport.Fault(status, ([refusal.words.en] + details).joined(separator: " ")),
                isXML: isXML)
        } catch {
            visit.spine.district.report("an Open311 call failed", error)
            return Self.failure(GeoReport.Fault(500, "this failed; nothing was stored"), isXML: isXML)
        }
    }

    /// A client that names another jurisdiction is at the wrong door.
    private func checkJurisdiction(_ visit: Visit) throws(GeoReport.Fault) {
        let isSent = visit.method == .post
        let named = visit.query["jurisdiction_id"] ?? (isSent ? visit.form["jurisdiction_id"] : nil) ?? ""
        guard named.isEmpty || named == services.area.jurisdiction else {
            throw GeoReport.Fault(404, "jurisdiction_id was not found")
        }
    }

    private func read(_ visit: Visit, _ name: String) async throws -> Document {
        switch name {
        case "discovery": return ("discovery", discovery(visit))
        case "services": return ("services", report(visit).list)
        case "requests":
            let query = try GeoReportQuery(visit.query, now: visit.now)
            // A list is of what stands in public places; whatever else was asked for is found by its number alone.
            let reports = services.offered.filter(\.isPublic).map(\.code)
            let unknown = query.services.subtracting(services.offered.map(\.code))
            guard unknown.isEmpty else { throw GeoReport.Fault(404, "service_code was not found") }
            let found = try await visit.spine.district.store.read {
                try RequestTable.listed(query, services: reports, in: $0)
            }
            return ("service_requests", .list(of: "request", found.map(report(visit).request)))
        default: throw Self.nowhere
        }
    }

    private func one(_ visit: Visit, _ number: String) async throws -> Document {
        let found = try await visit.spine.district.store.read { try RequestTable.find(number: number, in: $0) }
        // The city's numbers follow one another: by one of those only what is listed anyway is found.
        guard let found,
            found.number == CityRequest.bare(number) || services.service(found.service)?.isPublic == true
        else { throw GeoReport.Fault(404, "service_request_id was not found") }
        return ("service_requests", .list(of: "request", [report(visit).request(found)]))
    }

    private func token(_ visit: Visit, _ token: String) async throws -> Document {
        let found = try await visit.spine.district.store.read { try RequestTable.find(code: token, in: $0) }
        guard let found else { throw GeoReport.Fault(404, "token was not found") }
        return (
            "service_requests",
            .list(
                of: "request",
                [.members([.init("service_request_id", .text(found.number)), .init("token", .text(token))])])
        )
    }

    private func post(_ visit: Visit, _ name: String) async throws -> Document {
        guard name == "requests" else { throw GeoReport.Fault(404, "nothing can be posted there") }
        let posted = visit.form
        let code = posted["service_code"] ?? ""
        guard !code.isEmpty else { throw GeoReport.Fault(400, "service_code is required") }
        let caller = try await caller(visit, posted["api_key"])
        guard let service = services.service(code), let command = service.command else {
            throw GeoReport.Fault(404, "service_code was not found")
        }
        let scopes: Set<String> = ["*", "command:*", "command:citizen.*", "command:\(command)"]
        guard !caller.tokenScopes.isDisjoint(with: scopes) else {
            throw GeoReport.Fault(403, "the api_key lacks the scope command:citizen.*")
        }
        let outcome = try await visit.spine.district.perform(
            command, try report(visit).values(posted, for: service), by: caller,
            key: HTTPField.Name("Idempotency-Key").flatMap { visit.headers[$0] }, confirmed: true)
        let id = CityRequest.id(outcome.events.first?.stream ?? "")
        let found = try await visit.spine.district.store.read { try RequestTable.find(id: id, in: $0) }
        guard let found, let token = try await RequestCode.find(found, in: visit.spine.district) else {
            throw GeoReport.Fault(404, "the request was not found")
        }
        return (
            "service_requests",
            .list(
                of: "request",
                [
                    .members([
                        .init("service_request_id", .text(found.number)), .init("token", .text(token)),
                        .init(
                            "service_notice",
                            .text(
                                Words(
                                    "처리 상태: \(visit.site)/citizen/requests/\(token)",
                                    "Its state: \(visit.site)/citizen/requests/\(token)")[visit.language])),
                        .init("account_id", .text(nil)),
                    ])
                ])
        )
    }

    /// Who posts: the bearer of an API token, in the header or as GeoReport's `api_key`.
    private func caller(_ visit: Visit, _ key: String?) async throws -> Caller {
        if case .token = visit.caller.identity { return visit.caller }
        let now = visit.now
        guard let key, !key.isEmpty,
            let token = try await visit.spine.district.store.read({ try APITokens.find(key: key, at: now, in: $0) })
        else { throw GeoReport.Fault(403, "api_key is missing or not valid") }
        if token.needsTouch(at: now) {
            try await visit.spine.district.store.write { try APITokens.touch(token, at: now, in: $0) }
        }
        return token.caller
    }

    private static func failure(_ fault: GeoReport.Fault, isXML: Bool) -> Reply {
        reply(
            "errors",
            .list(
                of: "error",
                [.members([.init("code", .number("\(fault.status)")), .init("description", .text(fault.text))])]),
            isXML: isXML, status: fault.status)
    }

    private static func reply(_ root: String, _ node: ReportNode, isXML: Bool, status: Int) -> Reply {
        let text = isXML ? ReportXML.document(root, node) : node.json.canonicalText
        return .bytes(
            Array(text.utf8), type: isXML ? "text/xml; charset=utf-8" : "application/json; charset=utf-8",
            status: HTTPResponse.Status(code: status))
    }
}
