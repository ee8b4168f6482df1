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

    /// What the vault holds of a ballot; nil where event or vault are no longer what they were.
    private static func kept(
        _ cast: Cast, _ district: District, _ leaves: Leaves, in reader: any Reader
    ) throws -> SealedBallot? {
        do {
            guard let id = Identifier(cast.event), let opening = try district.log.opening(of: id, in: reader),
                try leaves.hold(opening), let event = try district.log.event(id, in: reader),
                event.type == BallotEvents.cast, event.payload["commitment"]?.text == cast.commitment
            else { return nil }
            return SealedBallot(try district.log.disclosed(event, in: reader)["sealed"] ?? .null)
        } catch let error as RecordError where error.code == .corrupt {
            return nil
        }
    }

    /// What a ballot says before it is counted, for whoever sends it again: its event may not stand in the tree yet. Nil where the
    /// vault no longer holds what the ballot was committed to.
    static func said(_ cast: Cast, _ district: District, in reader: any Reader) throws -> Ballot? {
        guard let id = Identifier(cast.event), let event = try district.log.event(id, in: reader),
            let sealed = SealedBallot(try district.log.disclosed(event, in: reader)["sealed"] ?? .null),
            sealed.commitment == cast.commitment
        else { return nil }
        return sealed.ballot
    }

    /// The proof of a ballot's event under the newest checkpoint; nil where none covers it yet, which takes some seconds.
    static func proof(
        of event: String, _ district: District, key: VerifierKey, in reader: any Reader
    ) throws -> ReceiptProof? {
        guard let id = Identifier(event), let opening = try district.log.opening(of: id, in: reader),
            let leaf = opening.leaf, let signed = try Signer.latest(in: reader), leaf < signed.checkpoint.size
        else { return nil }
        return ReceiptProof(
            opening: opening,
            proof: try TreeReader(in: reader).inclusionProof(ofLeaf: leaf, size: signed.checkpoint.size),
            checkpoint: signed, key: key)
    }

    private static func cast(_ row: Row) throws -> Cast {
        Cast(
            number: try row.text("number"), vote: try row.text("vote"), event: try row.text("event"),
            commitment: try row.text("commitment"), isPaper: try row.flag("is_paper"))
    }

    /// What a ballot says, out of the vault.
    /// - Parameter leaves: the tree's leaves, where many ballots are opened in one transaction.
    /// - Throws: ``BallotLost`` where the vault does not hold what the Record committed to, or the event is not its leaf's.
    static func open(
        _ cast: Cast, _ district: District, beside leaves: Leaves? = nil, in reader: any Reader
    ) throws -> SealedBallot {
        guard let sealed = try kept(cast, district, leaves ?? Leaves(in: reader), in: reader),
            sealed.commitment == cast.commitment, sealed.vote == cast.vote, sealed.number == cast.number
        else { throw BallotLost(number: cast.number) }
        return sealed
    }
}

/// The leaves of the Record's tree, a tile of them read once: what an event's row says counts only where its leaf says the same.
final class Leaves {
    private let tree: TreeReader
    private var tiles: [Int64: [UInt8]] = [:]

    init(in reader: any Reader) throws { tree = try TreeReader(in: reader) }

    /// Whether an event is the one that was put into the tree at its place.
    func hold(_ opening: Opening) throws -> Bool {
        guard let leaf = opening.leaf, leaf >= 0, leaf < tree.size else { return false }
        let (index, place) = (leaf / Int64(Tile.width), Int(leaf % Int64(Tile.width)))
        if tiles[index] == nil {
            tiles[index] = try tree.tile(
                level: 0, index: index, width: Tile.width(level: 0, index: index, size: tree.size))
        }
        guard let tile = tiles[index], tile.count >= (place + 1) * 32 else { return false }
        return Array(tile[place * 32..<(place + 1) * 32]) == opening.leafHash.bytes
    }
}

/// A ballot that is on the Record and cannot be opened as it was cast: nothing is counted then.
struct BallotLost: Error, Sendable, Hashable { let number: String }

extension SealedBallot {
    /// The event by which it goes into the box. It is nobody's to see, not the zone's either: number and time together would lead
    /// from the hour at which somebody voted to what they chose, once ballots are published. Its leaf is public, as every leaf is.
    func draft(isPaper: Bool = false) -> Draft {
        Draft(
            BallotEvents.cast, stream: "ballot/\(number)", scope: .person(BallotEvents.subject(vote)),
            payload: [
                "vote": .string(vote), "ballot": .string(number), "commitment": .string(commitment),
                "paper": .bool(isPaper),
            ],
            personal: ["sealed": PersonalContent(of: BallotEvents.subject(vote), .object(opening))])
    }
}
