import Record

/// A site's manual for one scenario, as it was published.
struct EmergencyManual: Sendable, Hashable {
    let site: ThingID
    let scenario: String
    let version: Int64
    let scope: Scope
    let steps: [Scenario.Step]
    /// Where everyone gathers: things of the Twin.
    let assembly: [ThingID]
    let published: Timestamp
    /// The event that published it; its contacts are in the vault.
    let event: Identifier?

    /// The phases that no step says anything about.
    static func missingPhases(_ steps: [Scenario.Step]) -> [Scenario.Phase] {
        let phases = Set(steps.map(\.phase))
        return Scenario.Phase.allCases.filter { !phases.contains($0) }
    }
}

/// A drill that is planned or was held.
struct Drill: Sendable, Hashable {
    let id: String
    let scope: Scope
    let site: ThingID
    let scenario: String
    let due: KoreanDay
    let held: KoreanDay?
}
