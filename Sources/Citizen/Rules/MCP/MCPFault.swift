import Record

/// Why a message of the Model Context Protocol is not answered: a JSON-RPC error with its code.
struct MCPFault: Error, Sendable, Hashable {
    let code: Int
    let message: String
    let data: JSON?

    init(_ code: Int, _ message: String, data: JSON? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    /// The body is no JSON.
    static let parse = MCPFault(-32700, "The body is not valid JSON")

    /// The body is no request.
    static func invalid(_ what: String) -> MCPFault { MCPFault(-32600, what) }

    /// There is no such method: HTTP 404.
    static func unknown(_ method: String) -> MCPFault { MCPFault(-32601, "Method not found: \(method.prefix(100))") }

    /// The parameters are not what the method takes.
    static func parameters(_ what: String) -> MCPFault { MCPFault(-32602, what) }

    /// A header does not say what the body says.
    static func header(_ name: String) -> MCPFault {
        MCPFault(-32020, "The header \(name) is missing or does not match the body")
    }

    /// The client did not declare what this needs.
    static func capability(_ needed: JSON) -> MCPFault {
        MCPFault(
            -32021, "The client lacks a capability that this needs", data: ["requiredCapabilities": needed])
    }

    /// The client speaks another revision.
    static func version(_ requested: String) -> MCPFault {
        MCPFault(
            -32022, "Unsupported protocol version",
            data: ["requested": .string(String(requested.prefix(100))), "supported": [.string(MCP.revision)]])
    }

    /// The HTTP status that goes with it.
    var status: Int { code == -32601 ? 404 : 400 }

    /// As a JSON-RPC error.
    func json(id: JSON) -> JSON {
        var error: [String: JSON] = ["code": .number(Double(code)), "message": .string(message)]
        if let data { error["data"] = data }
        return ["jsonrpc": "2.0", "id": id, "error": .object(error)]
    }
}

/// What the revision calls things.
enum MCP {
    /// The one revision that is spoken here.
    static let revision = "2026-07-28"
    /// Where each request says its revision.
    static let versionKey = "io.modelcontextprotocol/protocolVersion"
    /// Where each request says what its client can do.
    static let capabilitiesKey = "io.modelcontextprotocol/clientCapabilities"
    /// Where each answer says who gave it.
    static let serverKey = "io.modelcontextprotocol/serverInfo"
    /// The largest message, in bytes.
    static let largest = 256 << 10
    /// How many tools a page of the list has.
    static let page = 50
}
