import Record

/// Everything the rooms declared, indexed and checked once at start.
struct Plan: Sendable {
    let commands: [String: Command]
    let inquiries: [String: Inquiry]
    let projections: [String: [Projection]]
    let projectedTables: [String]
    let reactions: [String: [Reaction]]
    let reactionsByName: [String: Reaction]
    let aiUses: [String: AIUse]
    let upcasts: [String: [Int: Upcast]]

    init(_ rooms: [any Capability]) throws(PlanError) {
        var commands: [String: Command] = [:]
        var inquiries: [String: Inquiry] = [:]
        var projections: [String: [Projection]] = [:]
        var tables: [String] = []
        var reactions: [String: [Reaction]] = [:]
        var named: [String: Reaction] = [:]
        var uses: [String: AIUse] = [:]
        var upcasts: [String: [Int: Upcast]] = [:]
        for room in rooms {
            for command in room.commands {
                guard commands.updateValue(command, forKey: command.form.name) == nil else {
                    throw PlanError.twice("command", command.form.name)
                }
                guard command.form.name.hasPrefix(room.name + ".") else {
                    throw PlanError.foreignName(command.form.name, room: room.name)
                }
            }
            for inquiry in room.answers {
                let name = inquiry.form.name
                guard inquiries.updateValue(inquiry, forKey: name) == nil else {
                    throw PlanError.twice("question", name)
                }
                guard name.hasPrefix(room.name + ".") else { throw PlanError.foreignName(name, room: room.name) }
            }
            for projection in room.projections {
                for type in projection.types { projections[type, default: []].append(projection) }
                for table in projection.tables where !tables.contains(table) { tables.append(table) }
            }
            for reaction in room.reactions {
                guard named.updateValue(reaction, forKey: reaction.name) == nil else {
                    throw PlanError.twice("reaction", reaction.name)
                }
                reactions[reaction.type, default: []].append(reaction)
            }
            for use in room.aiUses {
                guard uses.updateValue(use, forKey: use.id) == nil else { throw PlanError.twice("AI use", use.id) }
            }
            for upcast in room.upcasts { upcasts[upcast.type, default: [:]][upcast.version] = upcast }
        }
        if let both = inquiries.keys.sorted().first(where: { commands[$0] != nil }) {
            throw PlanError.twice("question or command", both)
        }
        self.commands = commands
        self.inquiries = inquiries
        self.projections = projections
        self.projectedTables = tables
        self.reactions = reactions
        self.reactionsByName = named
        self.aiUses = uses
        self.upcasts = upcasts
        if let cycle = Self.cycle(in: reactions) { throw PlanError.cycle(cycle) }
    }

    /// The payload as today's code reads it.
    func upcast(_ event: Event, _ payload: [String: JSON]) -> [String: JSON] {
        guard let steps = upcasts[event.type] else { return payload }
        var version = event.version
        var payload = payload
        while let step = steps[version] {
            payload = step.payload(payload)
            version += 1
        }
        return payload
    }

    /// A chain of reactions that comes back to where it began, found depth first.
    private static func cycle(in reactions: [String: [Reaction]]) -> [String]? {
        var done: Set<String> = []
        func visit(_ type: String, _ path: [String]) -> [String]? {
            if let start = path.firstIndex(of: type) { return Array(path[start...]) + [type] }
            guard !done.contains(type) else { return nil }
            for reaction in reactions[type] ?? [] {
                for next in reaction.yields {
                    if let cycle = visit(next, path + [type]) { return cycle }
                }
            }
            done.insert(type)
            return nil
        }
        for type in reactions.keys.sorted() {
            if let cycle = visit(type, []) { return cycle }
        }
        return nil
    }
}

/// Why the rooms as declared cannot make a house.
public enum PlanError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Two of a kind have the same name.
    case twice(String, String)
    /// A command or a question does not begin with its room's name.
    case foreignName(String, room: String)
    /// Reactions lead back to where they began: the types in order.
    case cycle([String])

    /// What is wrong, for the log at start.
    public var description: String {
        switch self {
        case .twice(let kind, let name): "the \(kind) \(name) is declared twice"
        case .foreignName(let name, let room): "\(name) must begin with \(room)."
        case .cycle(let types): "reactions lead in a circle: \(types.joined(separator: " → "))"
        }
    }
}
