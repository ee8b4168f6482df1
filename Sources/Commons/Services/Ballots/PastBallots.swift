import Access
import District
import Record
import Store
import Synchronization

/// Past ballots by every rule, for a vote whose rule is to be fixed: those of the file set beside it, else the last vote on a
/// budget that was counted. They are counted once, in the background, one at a time: whoever asks never waits for it.
final class PastBallots: Sendable {
    enum Comparison: Sendable {
        /// There are no past ballots.
        case none
        /// They are being counted, or wait for others that are.
        case making
        /// What they are called, and what each rule makes of them.
        case made(String, RuleComparison)
    }

    private enum Made: Sendable {
        case unreadable
        case made(RuleComparison)
    }

    private struct State {
        /// What was made, by the digest of its ballots.
        var made: [String: Made] = [:]
        var isMaking = false
    }

    private let state = Mutex(State())
    private let aside = Aside("commons.compare")
    private static let most = 32

    func comparison(for found: VoteTable.Found, _ district: District) async throws -> Comparison {
        if let hash = found.past?["file"]?.text {
            return comparison(of: hash, found.past?["name"]?.text ?? "", district) {
                try await Self.file(hash, district)?.election
            }
        }
        let last = try await district.store.read { reader in
            try VoteTable.list(in: reader).first {
                $0.vote.state == .counted && $0.vote.method.isBudget && !$0.vote.isReplay && $0.vote.id != found.vote.id
            }
        }
        guard let last, let digest = last.result?["digest"]?.text else { return .none }
        let vote = last.vote
        return comparison(of: "\(vote.id) \(digest)", vote.title, district) {
            VoteCount(vote: vote, ballots: try await VoteCounter(district: district).ballots(of: vote.id)).election
        }
    }

    /// A file that was set beside a vote. Whoever did made it public by that; the zone's files are asked for as the zone.
    static func bytes(_ hash: String, _ district: District) async throws -> [UInt8]? {
        let zone = try Caller.system("commons").tenant
        return try await district.store.read { try Attachments.find(hash, for: zone, in: $0)?.bytes }
    }

    /// The same, read; nil where it is no such file.
    static func file(_ hash: String, _ district: District) async throws -> PabulibFile? {
        try await bytes(hash, district).flatMap { try? PabulibFile(parsing: String(decoding: $0, as: UTF8.self)) }
    }

    /// What is known of ballots; where nothing is and nothing else is being counted, counting them begins.
    private func comparison(
        of key: String, _ name: String, _ district: District,
        _ election: @escaping @Sendable () async throws -> BudgetElection?
    ) -> Comparison {
        let (made, begins) = state.withLock { state -> (Made?, Bool) in
            if let made = state.made[key] { return (made, false) }
            defer { state.isMaking = true }
            return (nil, !state.isMaking)
        }
        if begins { Task { await make(key, district, election) } }
        switch made {
        case .made(let comparison): return .made(name, comparison)
        case .unreadable: return .none
        case nil: return .making
        }
    }

    private func make(
        _ key: String, _ district: District, _ election: @Sendable () async throws -> BudgetElection?
    ) async {
        do {
            let election = try await election()
            let made = await aside.run { election.map { Made.made(RuleComparison($0)) } ?? .unreadable }
            state.withLock { state in
                if state.made.count >= Self.most { state.made = [:] }
                state.made[key] = made
                state.isMaking = false
            }
        } catch {
            state.withLock { $0.isMaking = false }
            district.report("past ballots are not compared", error)
        }
    }
}
