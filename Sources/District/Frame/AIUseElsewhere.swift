public import Record
import Store

/// A use of AI that a room knows of and this house does not run: a department's own tool, as the register has it.
public struct AIUseElsewhere: Sendable, Hashable {
    /// The name it was entered under.
    public let id: String
    /// What people call it.
    public let title: Words
    /// What it is for, in plain words.
    public let purpose: Words
    /// Model or method, with its version.
    public let model: Words
    /// What it shows as evidence.
    public let evidence: Words
    /// How a person overrules it.
    public let override: Words
    /// Who uses it.
    public let place: Words
    /// Whether it may run now, and why not.
    public let standing: AIStanding
    /// Whether there is something to switch: it was let run.
    public let isSwitchable: Bool

    /// A use that runs elsewhere.
    public init(
        _ id: String, title: Words, purpose: Words, model: Words, evidence: Words, override: Words, place: Words,
        standing: AIStanding, isSwitchable: Bool
    ) {
        self.id = id
        self.title = title
        self.purpose = purpose
        self.model = model
        self.evidence = evidence
        self.override = override
        self.place = place
        self.standing = standing
        self.isSwitchable = isSwitchable
    }
}

extension District {
    /// The uses of AI that rooms know of and this house does not run.
    public func usesElsewhere() async throws -> [AIUseElsewhere] {
        let (rooms, now) = (rooms, clock())
        return try await store.read { reader in
            try rooms.flatMap { try $0.usesElsewhere(in: reader, at: now) }.sorted { $0.id < $1.id }
        }
    }

    /// A command's form as it is offered now: of the switch, with what runs elsewhere among its choices.
    public func offered(_ name: String) async throws -> Form? {
        guard let form = plan.commands[name]?.form, name == SwitchAIUse.name else { return plan.commands[name]?.form }
        let more = try await usesElsewhere().filter(\.isSwitchable).map { Field.Choice($0.id, $0.title) }
        return more.isEmpty ? form : SwitchAIUse.form(SwitchAIUse.known(rooms) + more)
    }
}
