import Record

/// What the house gives a client to carry between the first call and the retry. It is sealed, so it comes back as it
/// was; it holds for one caller, one tool, one set of arguments, for ten minutes, and commits once.
struct MCPState: Sendable, Hashable {
    /// Names the one commit it may lead to.
    let nonce: String
    /// The tool.
    let tool: String
    /// The token that asked.
    let token: String
    /// SHA-256 of the arguments as the form keeps them.
    let arguments: String
    /// When it ends.
    let expires: Timestamp
    /// The consent that a person must give; nil where an elicitation is enough.
    let consent: String?

    /// How long a person has to say yes, in seconds.
    static let life = 600.0

    /// The key of the commit: the same for every retry, whatever the client sends with it.
    var key: String { "mcp:\(nonce)" }

    var json: JSON {
        var members: [String: JSON] = [
            "v": 1, "n": .string(nonce), "t": .string(tool), "c": .string(token), "a": .string(arguments),
            "e": .decimal(expires.microseconds),
        ]
        if let consent { members["p"] = .string(consent) }
        return .object(members)
    }

    init(nonce: String, tool: String, token: String, arguments: String, expires: Timestamp, consent: String?) {
        self.nonce = nonce
        self.tool = tool
        self.token = token
        self.arguments = arguments
        self.expires = expires
        self.consent = consent
    }

    /// From what was sealed.
    init?(_ json: JSON) {
        guard json["v"] == 1, let nonce = json["n"]?.text, let tool = json["t"]?.text, let token = json["c"]?.text,
            let arguments = json["a"]?.text, let expires = json["e"]?.integer
        else { return nil }
        self.init(
            nonce: nonce, tool: tool, token: token, arguments: arguments, expires: Timestamp(microseconds: expires),
            consent: json["p"]?.text)
    }

    /// Whether a retry may go on with it.
    /// - Throws: ``MCPFault``; the words do not tell a forger which part was wrong.
    func check(tool: String, token: String, arguments: String, at now: Timestamp) throws(MCPFault) {
        guard self.tool == tool, self.token == token, self.arguments == arguments, now < expires else {
            throw Self.broken
        }
    }

    /// It is not what was given out, not for this, or too old.
    static let broken = MCPFault.parameters("requestState is unknown, expired, or was given for another request")
}
