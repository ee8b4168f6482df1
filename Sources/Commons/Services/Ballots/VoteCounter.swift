import District
import Record
import Store

/// Counts a vote that was closed: opens each ballot, holds it against the Record, and records what it comes to.
struct VoteCounter: Sendable {
    let district: District
    static let part = "ballot-count"
    private static let aside = Aside("commons.count")

    /// Counts once, however often it is asked.
    func count(_ id: String) async throws {
        guard let found = try await district.store.read({ try VoteTable.find(id, in: $0) }), found.result == nil,
            let rule = found.vote.rule
        else { return }
        if found.vote.isReplay { return try await replay(found, by: rule) }
        guard found.vote.state == .closed else { return }
        do {
            // Who voted when is nobody's to find out any more.
            try await district.transact { try RollTable.settle(id, in: $0.writer) }
            let count = VoteCount(vote: found.vote, ballots: try await ballots(of: id))
            // A ballot that the vote would not take is none that it took: nothing is reckoned with it.
            if let poison = count.ballots.first(where: { !$0.ballot.isWithin(found.vote) }) {
                throw BallotLost(number: poison.number)
            }
            var result = await Self.aside.run { count.result(by: rule) }
            guard result["digest"] == found.closed?["ballots"] else { throw BallotLost(number: "") }
            for key in ["online", "paper", "spoilt"] { result[key] = found.closed?[key] }
            try await record(BallotEvents.counted, id, result)
        } catch let lost as BallotLost {
            // The vote stays closed and its page says so: what was changed is for people to find out.
            district.report("a vote is not counted, for a ballot is not what the Record committed to", lost)
        }
    }

    /// Counts a file of past ballots.
    private func replay(_ found: VoteTable.Found, by rule: CountingRule) async throws {
        guard let hash = found.past?["file"]?.text else { return }
        guard let file = try await PastBallots.file(hash, district) else {
            return district.report("a past vote is not counted again, for its file is gone", BallotLost(number: hash))
        }
        let result = await Self.aside.run { ReplayVote.result(file, hash: hash, by: rule) }
        try await record(BallotEvents.replayed, found.vote.id, result)
    }

    private func record(_ type: String, _ id: String, _ payload: [String: JSON]) async throws {
        try await district.transact { transaction in
            guard try VoteTable.find(id, in: transaction.writer)?.result == nil else { return }
            try transaction.record(
                [VoteAsk.draft(type, id, payload)], origin: Origin(author: .system(Self.part)))
        }
    }

    /// All ballots of a vote, opened and held against what the Record committed to.
    /// - Throws: ``BallotLost``.
    func ballots(of vote: String) async throws -> [SealedBallot] {
        var (ballots, last) = ([SealedBallot](), "")
        while true {
            let after = last
            let page = try await district.store.read { [district] reader in
                let leaves = try Leaves(in: reader)
                return try CastTable.all(of: vote, after: after, limit: 500, in: reader).map {
                    try CastTable.open($0, district, beside: leaves, in: reader)
                }
            }
            ballots += page
            guard let end = page.last?.number else { return ballots }
            last = end
        }
    }
}
