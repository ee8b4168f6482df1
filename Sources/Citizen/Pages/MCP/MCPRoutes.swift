import Access
import District
import HTTPTypes
import Record
import Web

/// The door for programs that speak the Model Context Protocol, revision 2026-07-28: one address, POST alone, no
/// session. Every message says by itself who asks, in which revision, and what its client can do.
struct MCPRoutes {
    let desk: MCPDesk

    var routes: [Route] {
        [
            Route(.post, "/mcp", .anyone, bodyLimit: MCP.largest) { try await post($0) },
            .get("/mcp", .anyone) { _ in Self.postOnly },
            Route(.delete, "/mcp", .anyone) { _ in Self.postOnly },
        ]
    }

    private static let postOnly = Reply.answer(nil, status: .methodNotAllowed, headers: [.allow: "POST"])

    private func post(_ visit: Visit) async throws -> Reply {
        if let origin = visit.headers[.origin], origin != visit.site {
            // A page of another site, in the browser of somebody who can reach this house.
            return Self.answer(MCPFault.invalid("This origin is not allowed").json(id: .null), .forbidden)
        }
        guard visit.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            return Self.answer(
                MCPFault.invalid("The body is application/json").json(id: .null), .unsupportedMediaType)
        }
        let accept = visit.headers[.accept] ?? "*/*"
        guard accept.contains("application/json") || accept.contains("*/*") else {
            return Self.answer(MCPFault.invalid("The answer is application/json").json(id: .null), .notAcceptable)
        }
        guard case .token = visit.caller.identity else {
            throw Refusal(
                .unauthenticated, "token.needed",
                Words("프로그램의 토큰이 필요합니다.", "A program's token is needed: Authorization: Bearer …"))
        }
        let headers = MCPHeaders(
            version: visit.headers[Self.version], method: visit.headers[Self.method], name: visit.headers[Self.name])
        let (id, read) = MCPMessage.read(visit.body, headers)
        switch read {
        case .failure(let fault): return Self.refuse(fault, id)
        case .success(let message):
            guard message.id != nil else { return .answer(nil, status: .accepted) }
            do {
                guard case .object(var result) = try await desk.answer(message, visit) else {
                    return Self.refuse(MCPFault.parse, id)
                }
                var meta = result["_meta"]?.members ?? [:]
                meta[MCP.serverKey] = ["name": "slipway", "title": "Slipway", "version": .string(visit.version)]
                result["_meta"] = .object(meta)
                return Self.answer(["jsonrpc": "2.0", "id": id, "result": .object(result)], .ok)
            } catch let fault as MCPFault {
                return Self.refuse(fault, id)
            }
        }
    }

    private static func refuse(_ fault: MCPFault, _ id: JSON) -> Reply {
        answer(fault.json(id: id), HTTPResponse.Status(code: fault.status))
    }

    private static func answer(_ json: JSON, _ status: HTTPResponse.Status) -> Reply {
        .answer(json, status: status)
    }

    private static let version = header("MCP-Protocol-Version")
    private static let method = header("Mcp-Method")
    private static let name = header("Mcp-Name")

    private static func header(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }
}
