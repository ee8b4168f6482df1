import District
import Record
import Store

/// Counts a vote that was closed: opens each ballot, holds it against the Record, and records what it comes to.
struct VoteCounter: Sendable {
    let district: District
    static let part = "ballot-count"

    /// Counts once, however often it is asked.
    func count(_ id: String) async throws {
        guard let found = try await district.store.read({ try VoteTable.find(id, in: $0) }),
            found.vote.state == .closed,
            found.result == nil, let rule = found.vote.rule
        else { return }
        do {
            let count = VoteCount(vote: found.vote, ballots: try await ballots(of: id))
            var result = count.result(by: rule)
            guard result["digest"] == found.closed?["ballots"] else { throw BallotLost(number: "") }
            for key in ["online", "paper", "spoilt"] { result[key] = found.closed?[key] }
            let payload = result
            try await district.transact { transaction in
                guard try VoteTable.find(id, in: transaction.writer)?.result == nil else { return }
                try transaction.record(
                    [VoteAsk.draft(BallotEvents.counted, id, payload)], origin: Origin(author: .system(Self.part)))
            }
        } catch let lost as BallotLost {
            // The vote stays closed and its page says so: what was changed is for people to find out.
            district.report("a vote is not counted, for a ballot is not what the Record committed to", lost)
        }
    }

    /// All ballots of a vote, opened and held against what the Record committed to.
    /// - Throws: ``BallotLost``.
    func ballots(of vote: String) async throws -> [SealedBallot] {
        var (ballots, last) = ([SealedBallot](), "")
        while true {
            let after = last
            let page = try await district.store.read { [district] reader in
                try CastTable.all(of: vote, after: after, limit: 500, in: reader).map {
                    try CastTable.open($0, district, in: reader)
                }
            }
            ballots += page
            guard let end = page.last?.number else { return ballots }
            last = end
        }
    }
}
