import Access
import District
import HTTPTypes
import Record
import Web

/// Answers the messages of MCP clients.
struct MCPDesk: Sendable {
    /// The questions to services that may be asked.
    let lookups: [Lookup]
    /// What becomes of what is asked of the city.
    let services: CityServices

    init(_ services: CityServices) {
        self.services = services
        lookups = services.lookups
    }

    /// The result of a request.
    /// - Throws: ``MCPFault`` where it is no request that can be answered.
    func answer(_ message: MCPMessage, _ visit: Visit) async throws -> JSON {
        switch message.method {
        case "server/discover": return Self.discover(visit.language)
        case "tools/list": return try list(message, visit)
        case "tools/call": return try await call(message, visit)
        default: throw MCPFault.unknown(message.method)
        }
    }

    private static func discover(_ language: Language) -> JSON {
        let instructions = Words(
            "구역의 업무와 민원을 처리합니다. 사람의 확인이 필요한 일은 안내한 주소에서 본인이 '네'라고 답한 뒤에만 처리됩니다.",
            "Work and public services of the district. What needs a person's yes is done only after that person gave "
                + "it at the address that is shown; call again with the same arguments then.")
        return [
            "resultType": "complete", "supportedVersions": [.string(MCP.revision)],
            "capabilities": ["tools": .object([:])], "instructions": .string(instructions[language]),
            "ttlMs": 3_600_000, "cacheScope": "public",
        ]
    }

    /// The tools that the caller may use, a page at a time. It depends on the caller, so only they may keep it.
    private func list(_ message: MCPMessage, _ visit: Visit) throws(MCPFault) -> JSON {
        let tools = tools(visit).open(to: visit.caller)
        var rest = tools[...]
        if let cursor = message.params["cursor"] {
            guard let last = cursor.text, let place = tools.firstIndex(where: { $0.name == last }) else {
                throw .parameters("The cursor is unknown")
            }
            rest = tools[(place + 1)...]
        }
        let page = rest.prefix(MCP.page)
        var result: [String: JSON] = [
            "resultType": "complete", "tools": .array(page.map { $0.json(visit.language) }), "ttlMs": 60_000,
            "cacheScope": "private",
        ]
        if page.count < rest.count, let last = page.last { result["nextCursor"] = .string(last.name) }
        return .object(result)
    }

    private func tools(_ visit: Visit) -> MCPTools {
        let district = visit.spine.district
        return MCPTools(
            forms: district.forms.values, lookups: lookups + district.inquiries.values.compactMap { Lookup($0) })
    }

    private func call(_ message: MCPMessage, _ visit: Visit) async throws -> JSON {
        guard let name = message.params["name"]?.text else { throw MCPFault.parameters("name is needed") }
        guard let arguments = (message.params["arguments"] ?? [:]).members else {
            throw MCPFault.parameters("arguments is an object")
        }
        guard let tool = tools(visit).named(name, for: visit.caller) else {
            throw MCPFault.parameters("Unknown tool: \(name.prefix(100))")
        }
        let result: JSON
        do {
            switch tool.kind {
            case .lookup(let lookup, let form): result = try await Self.look(lookup, form, arguments, visit)
            case .command(let form):
                result = try await MCPCommit(
                    tool: name, form: form, message: message, visit: visit, services: services
                ).answer(arguments)
            }
        } catch let refusal as Refusal {
            result = MCPResult.refused(refusal, visit.language)
        }
        let state = result["resultType"] == "input_required" ? "asks" : result["isError"] == true ? "error" : "done"
        visit.spine.gauges.add("slipway_mcp_calls_total", labels: "tool=\"\(name)\",state=\"\(state)\"")
        return result
    }

    private static func look(
        _ lookup: Lookup, _ form: Form, _ arguments: [String: JSON], _ visit: Visit
    ) async throws -> JSON {
        let values = try form.check(arguments)
        switch await lookup.answer(values.members, visit.caller, visit.spine, visit.language) {
        case .said(let text, let fields): return MCPResult.said(text, fields)
        case .unknown(let text): return MCPResult.said(text, ["code": "lookup.unknown"], isError: true)
        case .lacks(let field, let text):
            return MCPResult.said(
                text, ["code": "lookup.lacks", "field": .string(field)], isError: true)
        case .refused(let text): return MCPResult.said(text, ["code": "lookup.refused"], isError: true)
        case .unavailable:
            return MCPResult.refused(
                Refusal(
                    .unavailable, "lookup.unavailable",
                    Words("지금은 조회할 수 없습니다.", "This cannot be looked up at the moment.")), visit.language)
        }
    }
}
