import District
import Record
import Store

/// An entry with what the house knows of it beside the register: whether it runs, how often it acted, how that turned
/// out.
struct UseNow: Sendable {
    let entry: RegisterEntry
    let standing: AIStanding
    /// Acts on this Korean day and ever; nil for what this house does not run.
    let acts: (today: Int64, ever: Int64)?
    let verdicts: [AIUseJudged.Verdict: Int64]
    /// Harm or near harm that was recorded, and how much of it is open.
    let incidents: (all: Int64, open: Int64)
    let now: Timestamp

    /// Whether it is running because the district has not decided yet.
    var isProvisional: Bool { entry.permit?.basis == .provisional }

    /// Whether it is approved, and nobody has begun to run it.
    var isWaiting: Bool { entry.state == .approved && standing == .unregistered }

    /// Why it does not run.
    var standingWords: Words {
        guard isWaiting else { return standing.words }
        return Words(
            "승인되었지만 아직 운영을 시작하지 않았습니다. 시작할 때까지 사람이 직접 처리합니다.",
            "It is approved, and nobody has begun to run it. People do this work until then.")
    }

    /// Whether the public register shows it: what runs, what ran, and what was approved.
    var isPublic: Bool { entry.isPublic }

    /// All entries as they stand.
    static func all(_ district: District) async throws -> [UseNow] {
        let (uses, now) = (uses(district), district.clock())
        return try await district.store.read { reader in
            try RegisterTable.all(in: reader).map { try of($0, uses[$0.id], now, in: reader) }
        }
    }

    /// One entry as it stands.
    static func find(_ use: String, _ district: District) async throws -> UseNow? {
        let (uses, now) = (uses(district), district.clock())
        return try await district.store.read { reader in
            try RegisterTable.find(use, in: reader).map { try of($0, uses[use], now, in: reader) }
        }
    }

    private static func uses(_ district: District) -> [String: AIUse] {
        Dictionary(district.aiUses.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private static func of(
        _ entry: RegisterEntry, _ use: AIUse?, _ now: Timestamp, in reader: any Reader
    ) throws -> UseNow {
        UseNow(
            entry: entry, standing: try use?.standing(in: reader, at: now) ?? entry.standing(at: now),
            acts: try use?.acts(in: reader, on: now), verdicts: try RegisterTable.verdicts(of: entry.id, in: reader),
            incidents: try AIIncidentTable.counts(of: entry.id, in: reader),
            now: now)
    }
}

extension RegisterEntry {
    /// Whether the public register shows it: what runs, what ran, and what was approved.
    var isPublic: Bool { permit != nil || !approval.isEmpty || retired != nil || reopened != nil }

    /// How something stands that this house does not run, as far as the register goes.
    func standing(at now: Timestamp) -> AIStanding {
        guard let permit else { return .unregistered }
        if toggle?.isOn == false { return .off }
        if permit.hash != running { return .changed }
        return permit.until > now ? .runs : .expired
    }
}
