import Foundation
import Record

/// The headers by which gateways route a message; each must say what the body says.
struct MCPHeaders: Sendable {
    let version: String?
    let method: String?
    let name: String?
}

/// A message of a client, held against the revision.
struct MCPMessage: Sendable {
    /// The request's identifier; nil for a notification, which is not answered.
    let id: JSON?
    let method: String
    let params: [String: JSON]
    /// What the client can do, as it says with every request.
    let capabilities: [String: JSON]

    /// Reads a message.
    /// - Returns: the identifier to answer under (null where none could be read), and the message or why it is none.
    static func read(_ body: [UInt8], _ headers: MCPHeaders) -> (id: JSON, read: Result<MCPMessage, MCPFault>) {
        let json: JSON
        do {
            json = try JSON(parsing: body)
        } catch {
            return (.null, .failure(.parse))
        }
        guard let members = json.members else { return (.null, .failure(.invalid("One JSON object a request"))) }
        let id = members["id"] ?? .null
        guard members["id"] == nil || isIdentifier(id) else {
            return (.null, .failure(.invalid("An id is a text or a whole number")))
        }
        do throws(MCPFault) {
            return (id, .success(try read(members, headers)))
        } catch {
            return (id, .failure(error))
        }
    }

    private static func read(_ members: [String: JSON], _ headers: MCPHeaders) throws(MCPFault) -> MCPMessage {
        guard members["jsonrpc"] == "2.0", let method = members["method"]?.text else {
            throw .invalid("jsonrpc 2.0 with a method is needed")
        }
        guard let params = (members["params"] ?? [:]).members else { throw .invalid("params is an object") }
        if members["id"] == nil {
            guard headers.method == method else { throw .header("Mcp-Method") }
            return MCPMessage(id: nil, method: method, params: params, capabilities: [:])
        }
        guard let meta = params["_meta"]?.members, let version = meta[MCP.versionKey],
            let capabilities = meta[MCP.capabilitiesKey]?.members
        else {
            throw .parameters("_meta needs \(MCP.versionKey) and \(MCP.capabilitiesKey)")
        }
        guard let said = headers.version, version == .string(said) else { throw .header("MCP-Protocol-Version") }
        guard headers.method == method else { throw .header("Mcp-Method") }
        if method == "tools/call", let name = params["name"]?.text, decoded(headers.name) != name {
            throw .header("Mcp-Name")
        }
        guard said == MCP.revision else { throw .version(said) }
        return MCPMessage(id: members["id"], method: method, params: params, capabilities: capabilities)
    }

    /// A header's text, which a client may have wrapped in `=?base64?…?=` where it is no plain ASCII.
    private static func decoded(_ header: String?) -> String? {
        guard let header, header.hasPrefix("=?base64?"), header.hasSuffix("?="), header.utf8.count >= 11 else {
            return header
        }
        let payload = String(header.dropFirst(9).dropLast(2))
        guard let data = Data(base64Encoded: payload), data.base64EncodedString() == payload else { return nil }
        return String(data: data, encoding: .utf8)
    }

    private static func isIdentifier(_ id: JSON) -> Bool {
        switch id {
        case .string(let text): text.utf8.count <= 200
        case .number(let number): number == number.rounded()
        default: false
        }
    }

    /// Whether the client can show its user a form.
    var showsForms: Bool {
        guard let ways = capabilities["elicitation"]?.members else { return false }
        // One that names no way shows forms, the first way there was.
        return ways["form"] != nil || ways["url"] == nil
    }

    /// Whether the client can send its user to an address.
    var opensAddresses: Bool { capabilities["elicitation"]?["url"] != nil }
}
