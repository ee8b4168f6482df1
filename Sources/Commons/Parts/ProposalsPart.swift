import Access
import District
import Record
import Web

extension Part {
    /// Proposals: made, supported, merged, judged, amended, followed.
    static func proposals(_ book: Handbook) throws(HandbookError) -> Part {
        let rules = try DebateRules(book)
        var part = Part()
        part.migrations = [
            TextTable.migration, ProposalTable.migration, PeopleTable.migration, AmendmentTable.migration,
            ProposalTable.plain, PictureTable.migration, ForgottenTable.migration,
        ]
        part.commands =
            [MakeProposal.command, ReviseProposal.command] + SupportProposal.commands + [
                MergeProposals.command, JudgeProposal.command, AskAuthor.command, AnswerAuthor.command,
                AddPicture.command, MakeAmendment.command, ForgetPerson.command,
            ] + DecideAmendment.commands
        part.reactions = [DecideAmendment.accepting]
        part.aiUses = [AlikeUse.use]
        part.services = { [PictureService(district: $0.district)] }
        part.answers = ProposalAnswers.all
        // People are counted into the rows that the projections before theirs have made.
        part.projections = [
            TextTable.projection, ProposalTable.projection, AmendmentTable.projection, PeopleTable.projection,
        ]
        part.routes =
            ProposalRoutes(rules: rules).routes + ProposeRoutes(plain: try PlainCheck(book)).routes
            + AmendmentRoutes(rules: rules).routes
            + MineRoutes(rules: rules).routes
        part.doors = [
            Door(
                "/commons/mine", Words("내 제안", "My proposals"),
                Words("내가 한 제안과 소식 받는 제안이 어떻게 됐는지 봅니다.", "What became of what you proposed and follow."),
                roles: Set(Role.allCases))
        ]
        part.names = ["commons-proposal": CommonsNames.proposals, "commons-amendment": CommonsNames.amendments]
        part.topics = [
            ("commons.proposal.", "commons"), ("commons.amendment.", "commons"), ("commons.text.", "commons"),
            ("commons.person.", "commons"),
        ]
        return part
    }
}
