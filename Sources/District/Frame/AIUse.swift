public import Record
public import Store

/// A use of AI that a room declares: nothing that proposes runs without one, and each can be switched off.
public struct AIUse: Sendable, Hashable {
    /// `room.use`: the name its acts carry as their author.
    public let id: String
    /// What people call it.
    public let title: Words
    /// What it is for, in plain words.
    public let purpose: Words
    /// Model or method, with its version.
    public let model: String
    /// What each of its acts shows as evidence.
    public let evidence: Words
    /// How a person overrules it.
    public let override: Words
    /// What it decides: it proposes, or it informs; it never disposes.
    public let role: DecisionRole
    /// Whether it asks a model outside the house: then it does not run before people have approved it.
    public let callsOutside: Bool
    /// Model or method as it is told in Korean; nil where it has no other name.
    public let modelInKorean: String?
    /// Whether there is a model to run: what is configured as none does not run.
    public let isConfigured: Bool

    /// How far an AI's word goes.
    public enum DecisionRole: String, Sendable, Hashable {
        case informs, proposes
    }

    /// A declared use of AI.
    public init(
        _ id: String, title: Words, purpose: Words, model: String, evidence: Words, override: Words,
        role: DecisionRole = .proposes, callsOutside: Bool = false, modelInKorean: String? = nil,
        isConfigured: Bool = true
    ) {
        self.id = id
        self.title = title
        self.purpose = purpose
        self.model = model
        self.evidence = evidence
        self.override = override
        self.role = role
        self.callsOutside = callsOutside
        self.modelInKorean = modelInKorean
        self.isConfigured = isConfigured
    }

    /// Model or method, as people read it.
    public var modelWords: Words { Words(modelInKorean ?? model, model) }
}

extension AIUse {
    /// SHA-256 of all that is declared, in hexadecimal: what an approval is for. A new model is a new hash.
    public var hash: String {
        ContentHash.sha256(
            JSON.object([
                "id": .string(id), "purpose": .string(purpose.ko), "model": .string(model),
                "evidence": .string(evidence.ko), "override": .string(override.ko), "role": .string(role.rawValue),
                "outside": .bool(callsOutside),
            ]).canonical)
    }

    /// Whether it may run now, and why not. For rules, which read in the transaction of what they answer.
    public func standing(in reader: any Reader, at now: Timestamp) throws -> AIStanding {
        let standing = try AIPermits.standing(id, hash: hash, at: now, in: reader)
        return standing == .runs && !isConfigured ? .absent : standing
    }

    /// How many acts it has had: on the Korean day of a moment, and ever.
    public func acts(in reader: any Reader, on now: Timestamp) throws -> (today: Int64, ever: Int64) {
        (try AIPermits.acts(of: id, on: now, in: reader), try AIPermits.acts(of: id, in: reader))
    }

    /// Whether it may run now.
    public func mayRun(in reader: any Reader, at now: Timestamp) throws -> Bool {
        try standing(in: reader, at: now) == .runs
    }
}
