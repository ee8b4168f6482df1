import District
import Record
import Store

/// The ballots that are in the box: number, commitment and event. What they say is in the vault until they are counted.
enum CastTable {
    struct Cast: Sendable, Hashable {
        let number: String
        let vote: String
        let event: String
        let commitment: String
        let isPaper: Bool
        var receipt: Receipt { Receipt(vote: vote, number: number, commitment: commitment, event: event) }
    }

    static func find(_ number: String, in reader: any Reader) throws -> Cast? {
        try reader.first("SELECT * FROM commons_ballots_cast WHERE number = ?", [.text(number)]).map(cast)
    }

    /// How many ballots a vote has: entered by voters, and from paper.
    static func count(_ vote: String, in reader: any Reader) throws -> (online: Int, paper: Int) {
        let row = try reader.first(
            "SELECT COUNT(*) AS ballots, CAST(COALESCE(SUM(is_paper), 0) AS BIGINT) AS paper FROM commons_ballots_cast WHERE vote = ?",
            [.text(vote)])
        let (all, paper) = (try row?.integer("ballots") ?? 0, try row?.integer("paper") ?? 0)
        return (Int(all - paper), Int(paper))
    }

    /// A vote's ballots in the order of their numbers, which are drawn: so in no order of time.
    static func all(of vote: String, after number: String = "", limit: Int, in reader: any Reader) throws -> [Cast] {
        try reader.query(
            "SELECT * FROM commons_ballots_cast WHERE vote = ? AND number > ? ORDER BY number LIMIT ?",
            [.text(vote), .text(number), .integer(Int64(limit))]
        ).map(cast)
    }

    private static func cast(_ row: Row) throws -> Cast {
        Cast(
            number: try row.text("number"), vote: try row.text("vote"), event: try row.text("event"),
            commitment: try row.text("commitment"), isPaper: try row.flag("is_paper"))
    }

    /// What a ballot says, out of the vault.
    /// - Throws: ``BallotLost`` where the vault does not hold what the Record committed to.
    static func open(_ cast: Cast, _ district: District, in reader: any Reader) throws -> SealedBallot {
        guard let id = Identifier(cast.event), let event = try district.log.event(id, in: reader),
            event.type == BallotEvents.cast, event.payload["commitment"]?.text == cast.commitment,
            let sealed = SealedBallot(try district.log.disclosed(event, in: reader)["sealed"] ?? .null),
            sealed.commitment == cast.commitment, sealed.vote == cast.vote, sealed.number == cast.number
        else { throw BallotLost(number: cast.number) }
        return sealed
    }
}

/// A ballot that is on the Record and cannot be opened as it was cast: nothing is counted then.
struct BallotLost: Error, Sendable, Hashable { let number: String }

extension SealedBallot {
    /// The event by which it goes into the box.
    func draft(isPaper: Bool = false) -> Draft {
        Draft(
            BallotEvents.cast, stream: "ballot/\(number)", scope: .everyone,
            payload: [
                "vote": .string(vote), "ballot": .string(number), "commitment": .string(commitment),
                "paper": .bool(isPaper),
            ],
            personal: ["sealed": PersonalContent(of: BallotEvents.subject(vote), .object(opening))])
    }
}
