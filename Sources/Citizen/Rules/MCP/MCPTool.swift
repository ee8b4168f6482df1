import Access
import District
import Record

/// Something a client of the Model Context Protocol may call: a command, or a question to a service.
struct MCPTool: Sendable {
    /// What it leads to.
    enum Kind: Sendable {
        case command(Form)
        case lookup(Lookup, Form)
    }

    let name: String
    let kind: Kind

    init(_ form: Form) {
        name = Self.plain(form.name)
        kind = .command(form)
    }

    init(_ lookup: Lookup) {
        name = Self.plain(lookup.intent.name)
        kind = .lookup(lookup, lookup.form)
    }

    /// What it asks.
    var form: Form {
        switch kind {
        case .command(let form), .lookup(_, let form): form
        }
    }

    /// A name in the characters that every client takes: letters, digits, `_` and `-`, at most 64.
    static func plain(_ name: String) -> String {
        String(
            name.map { character in
                character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
                    ? character : "_"
            }.prefix(64))
    }

    /// As the list shows it.
    func json(_ language: Language) -> JSON {
        let form = form
        var annotations: [String: JSON] = ["title": .string(form.title[language])]
        switch kind {
        case .command:
            annotations["readOnlyHint"] = false
            annotations["destructiveHint"] = .bool(form.confirmation != .none)
            annotations["idempotentHint"] = false
            // What a city service takes leaves this house.
            annotations["openWorldHint"] = .bool(form.name.hasPrefix("citizen."))
        case .lookup(let lookup, _):
            annotations["readOnlyHint"] = true
            // What a room answers is asked of nobody outside.
            annotations["openWorldHint"] = .bool(lookup.room == nil)
        }
        return [
            "name": .string(name), "title": .string(form.title[language]),
            "description": .string(form.help[language]), "inputSchema": form.schema(language),
            "annotations": .object(annotations),
        ]
    }
}

/// What must happen between a call and its commit.
enum MCPCheck: Sendable, Hashable {
    /// Nothing.
    case none
    /// The client shows what will be done, and its user says yes.
    case elicitation
    /// The person in whose name the program asks says yes on a page of this house: a client's model may answer an
    /// elicitation by itself.
    case consent

    /// The scope by which a firm's own program may confirm by elicitation alone.
    static let own = "consent:own"

    init(_ form: Form, _ caller: Caller) {
        switch form.confirmation {
        case .secondPerson: self = .consent
        case _ where form.name.hasPrefix("citizen."): self = .consent
        case .readBack: self = caller.tokenScopes.contains(Self.own) ? .elicitation : .consent
        case .none: self = .none
        }
    }
}

/// The tools of the house, by name.
struct MCPTools: Sendable {
    let tools: [MCPTool]

    init(forms: some Collection<Form>, lookups: [Lookup]) {
        tools = (forms.filter { $0.surfaces.contains(.mcp) }.map { MCPTool($0) } + lookups.map { MCPTool($0) })
            .sorted { $0.name < $1.name }
    }

    /// Those that a caller may use.
    func open(to caller: Caller) -> [MCPTool] { tools.filter { Self.isOpen($0, to: caller) } }

    /// The tool of a name, where the caller may use it.
    func named(_ name: String, for caller: Caller) -> MCPTool? {
        tools.first { $0.name == name && Self.isOpen($0, to: caller) }
    }

    private static func isOpen(_ tool: MCPTool, to caller: Caller) -> Bool {
        guard tool.form.permission.allows(caller) else { return false }
        // A consent stands on the Record with whose it is: what must not tell who asked cannot have one.
        return !(tool.form.isConfidential && MCPCheck(tool.form, caller) == .consent)
    }
}
