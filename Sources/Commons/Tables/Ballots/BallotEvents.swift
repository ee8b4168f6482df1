import Record

/// The types of the room's events about votes.
enum BallotEvents {
    static let setUp = "commons.vote.set-up"
    static let pastSet = "commons.vote.past-set"
    static let ruleFixed = "commons.vote.rule-fixed"
    static let opened = "commons.vote.opened"
    static let closed = "commons.vote.closed"
    static let counted = "commons.vote.counted"
    /// A file of past ballots was counted again; nothing follows from it.
    static let replayed = "commons.vote.replayed"
    static let withdrawn = "commons.vote.withdrawn"
    /// A ballot is in the box: its number and commitment, and no voter.
    static let cast = "commons.ballot.cast"
    static let paperEntered = "commons.paper.entered"
    /// What was entered of a sheet that is not settled is struck.
    static let paperStruck = "commons.paper.struck"

    /// The stream of a vote.
    static func stream(_ vote: String) -> String { "vote/\(vote)" }
    /// Whose content a vote's ballots are in the vault: the vote's own, so that nothing there leads to a person.
    static func subject(_ vote: String) -> PersonID { PersonID("vote-\(vote)") }
}
