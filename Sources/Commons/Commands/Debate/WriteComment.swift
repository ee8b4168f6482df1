import Access
import District
import Record
import Store

/// Somebody says something on a process or a proposal, or answers another comment.
enum WriteComment {
    static let name = "commons.comment.write"

    static let command = Command(
        Form(
            name, title: Words("의견 쓰기", "Comment"),
            help: Words("참여 과정이나 제안에 의견을 씁니다. 누구나 읽습니다.", "Comments on a process or a proposal. Everybody reads it."),
            fields: [
                Field(
                    "process", Words("참여 과정", "Process"), .reference(kind: "commons-process", source: nil),
                    required: false),
                Field(
                    "proposal", Words("제안", "Proposal"), .reference(kind: "commons-proposal", source: nil),
                    required: false),
                Field(
                    "parent", Words("답하는 의견", "Comment it answers"), .reference(kind: "commons-comment", source: nil),
                    required: false),
                Field(
                    "position", Words("입장", "Position"),
                    .choice(Comment.Position.allCases.map { Field.Choice($0.rawValue, $0.words) })),
                Field("body", Words("의견", "Comment"), .longText(maximum: 3000), isPersonal: true),
                ProposalAsk.shownAs,
            ],
            permission: .signedIn, surfaces: ProcessAsk.written)
    ) { ask, tables in
        let parent = try ask.values["parent"]?.text.map { try answered($0, tables) }
        // An answer belongs where the comment stands that it answers; what is said beside that must agree with it.
        let about = parent.map { $0.text.proposal } ?? named("proposal", ask)
        let proposal = try about.map { try ProposalAsk.open($0, in: tables) }
        let process =
            try proposal?.process
            ?? ProcessAsk.process(parent?.text.process ?? ask.values.text("process"), in: tables)
        for (field, its) in [("proposal", proposal?.proposal.id), ("process", process.id)] {
            guard named(field, ask).map({ $0 == its }) ?? true else {
                throw Refusal(
                    .invalid, of: field, "subject",
                    Words("답하는 의견이나 제안이 속한 곳과 다릅니다.", "The comment or proposal belongs elsewhere."))
            }
        }
        try ProcessAsk.check(.comment, process, ask, in: tables)
        let id = Identifier(at: ask.now).description
        // Below the deepest level an answer stands beside the one it answers.
        let above = parent.flatMap { $0.depth < Comment.deepest ? $0.id : $0.parent }
        var more: [String: JSON] = [
            "position": .string(ask.values.text("position")),
            "depth": .decimal(Int64(parent.map { min($0.depth + 1, Comment.deepest) } ?? 0)),
        ]
        if let above { more["parent"] = .string(above) }
        return [
            try ProposalAsk.draft(
                CommentEvents.written, stream: CommentEvents.stream(id), id: id, kind: .comment, process: process,
                proposal: proposal?.proposal.id, title: "", body: ask.values.text("body"), more: more, ask, in: tables)
        ]
    }

    /// What a field names; nil where it was left empty.
    private static func named(_ field: String, _ ask: Ask) -> String? {
        ask.values.text(field).isEmpty ? nil : ask.values.text(field)
    }

    private static func answered(_ id: String, _ tables: any Reader) throws -> Comment {
        guard let comment = try DebateTable.find(id, in: tables), comment.text.state == .shown else {
            throw Refusal(
                .invalid, of: "parent", "unknown",
                Words("답하려는 의견이 없거나 가려졌습니다.", "The comment does not exist or is hidden.")
            )
        }
        return comment
    }
}
