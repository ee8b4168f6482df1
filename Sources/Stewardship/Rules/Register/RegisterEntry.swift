import Record

/// One use of AI as the register has it: what its events come to.
struct RegisterEntry: Sendable, Hashable {
    /// `room.use` where a room declared it; else the name it was entered under.
    let id: String
    /// Whether a room of this house declares it: then the frame lets it run or not.
    var isDeclared = false
    /// Whether it asks a model outside the house.
    var isOutside = false
    var state = UseState.draft
    /// What is said of it, by ``RegisterField/key``.
    var fields: [String: String] = [:]
    /// The hash of the declaration, as the frame counts it; nil for what this house does not run.
    var declared: String?
    var triage: Triage?
    var assessments: [AssessmentKind: Assessment] = [:]
    var tests: [SubgroupTest] = []
    /// Everybody who was its owner since it was entered or last reopened: none of them approves it.
    var owners: Set<String> = []
    /// Who approved first, while the second signature is awaited.
    var first: Approval?
    /// Both approvals.
    var approval: [Approval] = []
    var permit: Permit?
    /// When the first pilot under this approval began: all of them together have an end.
    var piloted: Timestamp?
    /// When it is to be reviewed next.
    var review: Timestamp?
    /// Whether the end of its permit was told.
    var isExpired = false
    /// Why it was reopened, until it is approved again.
    var reopened: String?
    /// The switch, where somebody used it.
    var toggle: Toggle?
    var entered: Timestamp
    var changed: Timestamp
    var retired: Timestamp?

    struct Triage: Sendable, Hashable {
        let tier: RiskTier
        /// The questions that were answered with yes, and the rules that held.
        let reasons: [String]
        /// Edition of the rules (SHA-256) and the date of the text they follow.
        let edition: String, text: String
        let at: Timestamp
    }

    struct Assessment: Sendable, Hashable {
        let outcome: AssessmentOutcome
        let summary: String, measures: String
        let at: Timestamp
    }

    struct SubgroupTest: Sendable, Hashable {
        let dimension: String, group: String
        let cases: Int64, right: Int64
        let note: String
        /// What it was tested as; a test of something else no longer counts.
        let material: String
        let at: Timestamp
    }

    struct Approval: Sendable, Hashable {
        let person: String
        /// The ``RegisterEntry/material`` that was approved.
        let material: String
        /// The ``RegisterEntry/signed`` that was approved; empty in approvals of before.
        var signed = ""
        let at: Timestamp
    }

    struct Permit: Sendable, Hashable {
        let hash: String
        let until: Timestamp
        let cap: Int64?
        let basis: PermitBasis
    }

    struct Toggle: Sendable, Hashable {
        let isOn: Bool
        let reason: String
        let at: Timestamp
    }

    /// SHA-256 over all that an approval is for.
    var material: String {
        var members: [String: JSON] = ["id": .string(id), "declared": .string(declared ?? "")]
        for key in RegisterField.material { members[key] = .string(fields[key] ?? "") }
        return ContentHash.sha256(JSON.object(members).canonical)
    }

    /// SHA-256 over all that somebody has before them who signs: what it is and who owns it, its tier with the
    /// reasons, what the assessments came to, and the tests of what it is.
    var signed: String {
        var members: [String: JSON] = [
            "material": .string(material), "owner": .string(fields["owner"] ?? ""),
        ]
        if let triage {
            members["triage"] = [
                "tier": .string(triage.tier.rawValue), "reasons": .array(triage.reasons.map { .string($0) }),
                "edition": .string(triage.edition),
            ]
        }
        for (kind, done) in assessments {
            members["assessment-\(kind.rawValue)"] = [
                "outcome": .string(done.outcome.rawValue), "summary": .string(done.summary),
                "measures": .string(done.measures),
            ]
        }
        members["tests"] = .array(
            currentTests.map {
                [.string($0.dimension), .string($0.group), .decimal($0.cases), .decimal($0.right)]
            })
        return ContentHash.sha256(JSON.object(members).canonical)
    }

    /// What the frame's permit must name: the declaration's hash, else the entry's own.
    var running: String { declared ?? material }

    /// The tests of what it is now.
    var currentTests: [SubgroupTest] { tests.filter { $0.material == material } }

    /// Whether it may run now as far as the register is concerned; the switch and a pilot's cap come on top.
    func isPermitted(at now: Timestamp) -> Bool {
        permit.map { $0.hash == running && $0.until > now } ?? false
    }

    /// A name in a language; Korean where there is no other.
    func text(_ key: String, _ language: Language) -> String {
        if language == .en, let english = fields["\(key)_en"], !english.isEmpty { return english }
        return fields[key] ?? ""
    }

    var tier: RiskTier? { triage?.tier }
}
