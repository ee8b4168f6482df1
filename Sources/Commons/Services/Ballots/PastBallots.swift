import Access
import District
import Record
import Store
import Synchronization

/// Past ballots by every rule, for a vote whose rule is to be fixed: those of the file set beside it, else the last vote on a
/// budget that was counted.
final class PastBallots: Sendable {
    /// Comparisons that were made, by what they are of: a few, since each takes about a second for a city's ballots.
    private let known = Mutex([String: RuleComparison]())
    private static let most = 8

    /// What they are called, and what each rule makes of them; nil where there are none.
    func comparison(for found: VoteTable.Found, _ district: District) async throws -> (String, RuleComparison)? {
        if let hash = found.past?["file"]?.text {
            let name = found.past?["name"]?.text ?? ""
            let made = try await comparison(of: hash) {
                try await Self.file(hash, district)?.election
            }
            return made.map { (name, $0) }
        }
        let last = try await district.store.read { reader in
            try VoteTable.list(in: reader).first {
                $0.vote.state == .counted && $0.vote.method.isBudget && !$0.vote.isReplay && $0.vote.id != found.vote.id
            }
        }
        guard let vote = last?.vote else { return nil }
        let made = try await comparison(of: vote.id) {
            VoteCount(vote: vote, ballots: try await VoteCounter(district: district).ballots(of: vote.id)).election
        }
        return made.map { (vote.title, $0) }
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

    private func comparison(
        of key: String, _ election: () async throws -> BudgetElection?
    ) async throws -> RuleComparison? {
        if let made = known.withLock({ $0[key] }) { return made }
        guard let election = try await election() else { return nil }
        let made = RuleComparison(election)
        known.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[key] = made
        }
        return made
    }
}
