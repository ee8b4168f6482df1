import Access
import District
import Record
import Web

extension Part {
    /// Votes: rules fixed beforehand, ballots, receipts, counts that explain themselves, recount.
    static func ballots(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [VoteTable.migration, PaperTable.migration, VoteTable.byProcess, PaperTable.striking]
        part.projections = [VoteTable.projection, PaperTable.projection]
        part.commands = [
            SetUpVote.command, FixRule.past, FixRule.fix, ReplayVote.command, RunVote.open, RunVote.close,
            RunVote.withdraw,
            EnterPaper.command, StrikePaper.command,
        ]
        part.answers = VoteAnswers.all + VoiceAnswers().all
        part.names = [
            "vote": { _, reader in
                try VoteTable.list(limit: Named.most, in: reader).map { Named($0.vote.id, [$0.vote.title]) }
            }
        ]
        part.services = { spine in
            let counter = VoteCounter(district: spine.district)
            return [
                Follower(
                    "commons.count", types: [BallotEvents.closed, BallotEvents.ruleFixed], district: spine.district
                ) { event, _ in
                    try await counter.count(String(event.stream.dropFirst("vote/".count)))
                }
            ]
        }
        let (assets, wrong, contact) = (BallotAssets(), WrongCodes(), try VoteContact(book))
        part.routes =
            VoteRoutes(wrong: wrong, contact: contact).routes
            + BallotRoutes(wrong: wrong, book: assets, contact: contact).routes + ReceiptRoutes().routes
            + OpenDataRoutes(book: assets).routes + PaperRoutes().routes + RunRoutes().routes
        part.doors = [
            Door(
                "/commons/votes", Words("투표", "Votes"),
                Words("무엇을 정하는지 보고, 투표하고, 결과를 확인합니다.", "See what is decided, vote, and check the result."), roles: nil)
        ]
        part.sample = { spine, seed in
            try await BallotSample(district: spine.district).found(seed: seed)
            try await ProcessPartsSample(district: spine.district).foundVote()
        }
        part.topics = [("commons.vote.", "commons-votes")]
        return part
    }
}
