/// The events of proposals.
enum ProposalEvents {
    static let made = "commons.proposal.made"
    static let revised = "commons.proposal.revised"
    static let supported = "commons.proposal.supported"
    static let unsupported = "commons.proposal.support-taken-back"
    static let followed = "commons.proposal.followed"
    static let unfollowed = "commons.proposal.unfollowed"
    static let merged = "commons.proposal.merged"
    static let judged = "commons.proposal.judged"
    static let pictured = "commons.proposal.pictured"
    static let authorAsked = "commons.proposal.author-asked"
    static let authorAnswered = "commons.proposal.author-answered"

    static let marks = [supported, unsupported, followed, unfollowed, authorAsked, authorAnswered]

    static func stream(_ proposal: String) -> String { "commons-proposal/\(proposal)" }
}

/// The events of amendments.
enum AmendmentEvents {
    static let made = "commons.amendment.made"
    static let supported = "commons.amendment.supported"
    static let unsupported = "commons.amendment.support-taken-back"
    static let accepted = "commons.amendment.accepted"
    static let declined = "commons.amendment.declined"

    static func stream(_ amendment: String) -> String { "commons-amendment/\(amendment)" }
}

/// The events of comments, beside those of every text.
enum CommentEvents {
    static let written = "commons.comment.written"

    static func stream(_ comment: String) -> String { "commons-comment/\(comment)" }
}
