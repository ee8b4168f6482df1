import District
import Record
import Store

extension ProposalTable {
    static let joinedRows = "commons_proposals p JOIN commons_texts t ON t.id = p.item"
    /// Those of a process that are shown and were not merged into another.
    private static let standing =
        "t.process = ? AND t.kind = 'proposal' AND t.state = 'shown' AND p.merged_into IS NULL"

    /// A proposal; nil where there is none.
    static func find(_ id: String, in reader: any Reader) throws -> Proposal? {
        try reader.first("SELECT * FROM \(joinedRows) WHERE p.item = ?", [.text(id)]).map(proposal)
    }

    /// The first one shown whose title has these words; nil where there is none.
    static func find(named title: String, in reader: any Reader) throws -> Proposal? {
        try reader.first(
            """
            SELECT * FROM \(joinedRows) WHERE t.kind = 'proposal' AND t.state = 'shown' AND t.title LIKE ? ESCAPE '!'
            ORDER BY t.written, t.id LIMIT 1
            """, [.pattern(containing: title)]
        ).map(proposal)
    }

    /// What is voted on in a process: shown, not merged into another, found feasible, with the supporters that the process asks
    /// for and, where it is a budget, a cost (``Proposal/assumedCost``). In the order in which they were made.
    static func admitted(of process: String, in reader: any Reader) throws -> [Proposal] {
        guard let rule = try ProcessTable.find(process, in: reader) else { return [] }
        // The same as ``Proposal/lacks(for:)``, said to the store: a test holds one against the other.
        return try reader.query(
            """
            SELECT * FROM \(joinedRows) WHERE \(standing) AND p.verdict = ? AND p.supports >= ?
            \(rule.kind == .budget ? "AND COALESCE(p.verdict_cost, p.cost) IS NOT NULL" : "") ORDER BY t.written, t.id
            """,
            [.text(process), .text(Proposal.Verdict.feasible.rawValue), .integer(rule.supportNeeded)]
        ).map(proposal)
    }

    /// All that stand in a process and were not merged into another, in the order in which they were made.
    static func open(of process: String, in reader: any Reader) throws -> [Proposal] {
        try reader.query(
            "SELECT * FROM \(joinedRows) WHERE \(standing) ORDER BY t.written, t.id", [.text(process)]
        ).map(proposal)
    }

    /// The latest that stand in a process, the latest first.
    static func latest(of process: String, limit: Int, in reader: any Reader) throws -> [Proposal] {
        try reader.query(
            "SELECT * FROM \(joinedRows) WHERE \(standing) ORDER BY t.written DESC, t.id DESC LIMIT ?",
            [.text(process), .integer(Int64(limit))]
        ).map(proposal)
    }

    /// Those that a new one is held against, in the order in which they were made: the latest, as many as are compared in time.
    static func compared(of process: String, most: Int = 2000, in reader: any Reader) throws -> [Proposal] {
        try latest(of: process, limit: most, in: reader).reversed()
    }

    /// The latest that say where they are about, by title and place alone.
    static func placed(of process: String, limit: Int, in reader: any Reader) throws -> Listing<PlacedProposal> {
        try reader.listing(
            "t.id, t.title, p.latitude, p.longitude",
            from: "\(joinedRows) WHERE \(standing) AND p.latitude IS NOT NULL AND p.longitude IS NOT NULL",
            [.text(process)], order: "t.written DESC, t.id DESC", limit: limit, offset: 0
        ) { row in
            PlacedProposal(
                id: try row.text("id"), title: try row.text("title"),
                place: Proposal.Place(latitude: try row.real("latitude"), longitude: try row.real("longitude")))
        }
    }

    /// What a proposal went into, step by step, to the one that remains; nothing where it was not merged.
    static func chain(from proposal: Proposal, in reader: any Reader) throws -> [Proposal] {
        var (chain, next): ([Proposal], String?) = ([], proposal.mergedInto)
        // The Record holds no circle of mergers; a page does not depend on that.
        while let id = next, chain.count < 50, let into = try find(id, in: reader) {
            chain.append(into)
            next = into.mergedInto
        }
        return chain
    }

    /// The latest proposals of all processes that stand.
    static func latest(limit: Int, in reader: any Reader) throws -> [Proposal] {
        try reader.query(
            """
            SELECT * FROM \(joinedRows) WHERE t.state = 'shown' AND t.kind = 'proposal' AND p.merged_into IS NULL
            ORDER BY t.written DESC, t.id LIMIT ?
            """, [.integer(Int64(limit))]
        ).map(proposal)
    }

    /// A page of a process's proposals, as its page lists them.
    static func page(
        of process: String, containing words: String, order: String, limit: Int, offset: Int, in reader: any Reader
    ) throws -> Listing<Proposal> {
        var sql = standing
        var arguments: [SQLValue] = [.text(process)]
        if !words.isEmpty {
            sql += " AND (LOWER(t.title) LIKE ? ESCAPE '!' OR LOWER(COALESCE(t.body, '')) LIKE ? ESCAPE '!')"
            arguments += [.pattern(containing: words), .pattern(containing: words)]
        }
        return try reader.listing(
            "*", from: "\(joinedRows) WHERE \(sql)", arguments, order: order, limit: limit, offset: offset, proposal)
    }

    /// The proposals in which somebody has a part, the latest first: `author`, `asked`, `follow` or `support`.
    static func proposals(of person: PersonID, as kinds: [ProposalMark], in reader: any Reader) throws -> [Proposal] {
        let marks = kinds.map { _ in "?" }.joined(separator: ", ")
        return try reader.query(
            """
            SELECT * FROM \(joinedRows) WHERE p.item IN (
                SELECT subject FROM commons_proposal_people WHERE person = ? AND kind IN (\(marks)))
            ORDER BY t.written DESC, t.id LIMIT 100
            """, [.text(person.rawValue)] + kinds.map { .text($0.rawValue) }
        ).map(proposal)
    }

    /// The proposals that were merged into one.
    static func merged(into id: String, in reader: any Reader) throws -> [Proposal] {
        try reader.query("SELECT * FROM \(joinedRows) WHERE p.merged_into = ? ORDER BY t.written, t.id", [.text(id)])
            .map(proposal)
    }

    /// The texts that a proposal has had before one, the first one first; at most so many, the latest ones.
    static func texts(
        of id: String, before version: Int64 = .max, limit: Int = 200, in reader: any Reader
    ) throws -> [ProposalVersion] {
        try reader.query(
            "SELECT * FROM commons_proposal_texts WHERE item = ? AND version < ? ORDER BY version DESC LIMIT ?",
            [.text(id), .integer(version), .integer(Int64(limit))]
        ).reversed().map { row in
            ProposalVersion(
                number: try row.integer("version"), title: try row.text("title"), body: try row.optionalText("body"),
                at: Timestamp(microseconds: try row.integer("at")), amendment: try row.optionalText("amendment"))
        }
    }

    /// The text that a proposal had in a version; nil where there is none.
    static func text(of id: String, version: Int64, in reader: any Reader) throws -> ProposalVersion? {
        try texts(of: id, before: version + 1, limit: 1, in: reader).first { $0.number == version }
    }

    static func pictures(of id: String, in reader: any Reader) throws -> [(hash: String, about: String)] {
        try reader.query("SELECT * FROM commons_proposal_pictures WHERE item = ? ORDER BY at, hash", [.text(id)])
            .map { (try $0.text("hash"), try $0.text("about")) }
    }

    /// Whether a picture stands on a proposal that everybody may read.
    static func isShown(picture hash: String, in reader: any Reader) throws -> Bool {
        try reader.first(
            """
            SELECT 1 AS one FROM commons_proposal_pictures f JOIN commons_texts t ON t.id = f.item
            WHERE f.hash = ? AND t.state = 'shown'
            """, [.text(hash)]) != nil
    }

    /// What became of a proposal, the latest first.
    static func changes(of id: String, limit: Int = 60, in reader: any Reader) throws -> [ProcessChange] {
        try reader.query(
            "SELECT * FROM commons_proposal_changes WHERE item = ? ORDER BY at DESC, id DESC LIMIT ?",
            [.text(id), .integer(Int64(limit))]
        ).map { row in
            ProcessChange(
                id: try row.text("id"), type: try row.text("type"), at: Timestamp(microseconds: try row.integer("at")),
                content: try JSON(parsing: try row.text("content")))
        }
    }

    static func proposal(_ row: Row) throws -> Proposal {
        var place: Proposal.Place?
        if let latitude = try row.optionalReal("latitude"), let longitude = try row.optionalReal("longitude") {
            place = Proposal.Place(latitude: latitude, longitude: longitude)
        }
        return Proposal(
            text: try TextTable.text(row), place: place, cost: try row.optionalInteger("cost"),
            verdict: try row.optionalText("verdict").flatMap(Proposal.Verdict.init),
            verdictReason: try row.optionalText("verdict_reason"), verdictCost: try row.optionalInteger("verdict_cost"),
            mergedInto: try row.optionalText("merged_into"), mergeReason: try row.optionalText("merge_reason"),
            plain: try row.optionalText("plain"),
            supports: try row.integer("supports"), version: try row.integer("version"))
    }
}

/// A text that a proposal had.
struct ProposalVersion: Sendable, Hashable {
    let number: Int64
    let title: String
    let body: String?
    let at: Timestamp
    /// The amendment that it came of, where it did.
    let amendment: String?
}

extension ProposalTable {
    /// How many proposals stand in a process, and how much support they have in all.
    static func counts(of process: String, in reader: any Reader) throws -> (proposals: Int64, supports: Int64) {
        let row = try reader.first(
            """
            SELECT COUNT(*) AS many, CAST(COALESCE(SUM(p.supports), 0) AS BIGINT) AS supports FROM \(joinedRows)
            WHERE \(standing)
            """, [.text(process)])
        return (try row?.integer("many") ?? 0, try row?.integer("supports") ?? 0)
    }
}
