import Record
import Testing

@testable import Access
@testable import Citizen

struct MCPMessageTests {
    private static let meta: JSON = [
        "io.modelcontextprotocol/protocolVersion": "2026-07-28",
        "io.modelcontextprotocol/clientCapabilities": ["elicitation": [:]],
    ]

    private func read(
        _ body: String, version: String? = "2026-07-28", method: String? = "tools/call", name: String? = "도구"
    ) -> (id: JSON, fault: MCPFault?) {
        let (id, read) = MCPMessage.read(
            Array(body.utf8), MCPHeaders(version: version, method: method, name: name))
        guard case .failure(let fault) = read else { return (id, nil) }
        return (id, fault)
    }

    private func body(_ method: String = "tools/call", meta: JSON = Self.meta, id: JSON = 1) -> String {
        JSON.object([
            "jsonrpc": "2.0", "id": id, "method": .string(method), "params": ["name": "도구", "_meta": meta],
        ]).canonicalText
    }

    @Test("each header must say what the body says; a name may come wrapped in base64")
    func headers() {
        #expect(read(body()).fault == nil)
        #expect(read(body(), name: "=?base64?64+E6rWs?=").fault == nil)
        for (version, method, name) in [
            (nil, "tools/call", "도구"), ("2025-06-18", "tools/call", "도구"), ("2026-07-28", nil, "도구"),
            ("2026-07-28", "tools/list", "도구"), ("2026-07-28", "tools/call", nil),
            ("2026-07-28", "tools/call", "다른"), ("2026-07-28", "tools/call", "=?base64?64+E6rWt?="),
            ("2026-07-28", "tools/call", "=?base64?%%?="),
        ] as [(String?, String?, String?)] {
            let (id, fault) = read(body(), version: version, method: method, name: name)
            #expect(fault?.code == -32020 && id == 1, "\(version ?? "-") \(method ?? "-") \(name ?? "-")")
        }
    }

    @Test("what is no request is told why, under its identifier where it has one")
    func broken() {
        for text in ["", "{", "\"x\"", "[1]"] { #expect([-32700, -32600].contains(read(text).fault?.code ?? 0)) }
        for id: JSON in [true, 1.5, [:], .null] { #expect(read(body(id: id)).fault?.code == -32600) }
        #expect(read(body(meta: [:])).fault?.code == -32602)
        #expect(read(body(meta: ["io.modelcontextprotocol/protocolVersion": "2026-07-28"])).fault?.code == -32602)
        let old: JSON = [
            "io.modelcontextprotocol/protocolVersion": "2025-11-25",
            "io.modelcontextprotocol/clientCapabilities": [:],
        ]
        let fault = read(body(meta: old), version: "2025-11-25").fault
        #expect(fault?.code == -32022 && fault?.data?["supported"] == ["2026-07-28"])
        #expect(MCPFault.unknown("x").status == 404 && MCPFault.parse.status == 400)
    }

    @Test("a client that names no way of asking shows forms")
    func capabilities() throws {
        func message(_ capabilities: JSON) throws -> MCPMessage {
            let meta: JSON = [
                "io.modelcontextprotocol/protocolVersion": "2026-07-28",
                "io.modelcontextprotocol/clientCapabilities": capabilities,
            ]
            return try MCPMessage.read(
                Array(body(meta: meta).utf8),
                MCPHeaders(version: "2026-07-28", method: "tools/call", name: "도구")
            ).read.get()
        }
        #expect(try message(["elicitation": [:]]).showsForms)
        #expect(try !message(["elicitation": ["url": [:]]]).showsForms)
        #expect(try message(["elicitation": ["url": [:]]]).opensAddresses)
        #expect(try !message([:]).showsForms && !message([:]).opensAddresses)
    }

    @Test("a state holds for one tool, one caller, one set of arguments, and ten minutes")
    func state() throws {
        let now = Timestamp(microseconds: 1_000_000_000)
        let state = MCPState(
            nonce: "n", tool: "t", token: "c", arguments: "a", expires: now.advanced(bySeconds: MCPState.life),
            consent: "p")
        let again = try #require(MCPState(state.json))
        #expect(again == state)
        try again.check(tool: "t", token: "c", arguments: "a", at: now.advanced(bySeconds: 599))
        for (tool, token, arguments, seconds) in [
            ("u", "c", "a", 1.0), ("t", "d", "a", 1), ("t", "c", "b", 1), ("t", "c", "a", 600),
        ] {
            #expect(throws: MCPState.broken) {
                try again.check(
                    tool: tool, token: token, arguments: arguments, at: now.advanced(bySeconds: seconds))
            }
        }
        #expect(MCPState(["v": 2]) == nil)
    }

    @Test("a seal opens what it sealed, and nothing that is one bit or one key away")
    func seal() {
        let (seal, other) = (Seal(key: Seal.newKey()), Seal(key: Seal.newKey()))
        let content = Array("하나".utf8)
        let text = seal.sealed(content)
        #expect(seal.opened(text) == content && other.opened(text) == nil)
        for index in text.indices {
            var changed = text
            changed.replaceSubrange(index...index, with: text[index] == "A" ? "B" : "A")
            #expect(seal.opened(changed) == nil, "\(changed)")
        }
        for broken in ["", ".", text + ".x", text + "=", "a.b"] { #expect(seal.opened(broken) == nil) }
    }
}
