import District
import Record
import Store

/// What somebody is to a proposal or an amendment.
enum ProposalMark: String, Sendable, CaseIterable {
    case author, asked, support, follow
}

/// Who wrote, supports and follows what: one row a person and kind, so that nobody counts twice.
enum PeopleTable {
    static let migration = Migration(
        "commons.proposals.003",
        [
            """
            CREATE TABLE commons_proposal_people (
                subject TEXT NOT NULL, person TEXT NOT NULL, kind TEXT NOT NULL, name TEXT, at BIGINT NOT NULL,
                PRIMARY KEY (subject, person, kind))
            """,
            "CREATE INDEX commons_proposal_people_person ON commons_proposal_people (person, kind)",
        ])

    /// Runs after the proposals' own projection, whose rows it counts in.
    static let projection = Projection(
        tables: ["commons_proposal_people"],
        types: ProposalEvents.marks + [
            ProposalEvents.made, ProposalEvents.merged, AmendmentEvents.made, AmendmentEvents.supported,
            AmendmentEvents.unsupported,
        ]
    ) { event, payload, writer in
        let (person, at) = (payload["person"]?.text ?? "", event.observed)
        let proposal = payload["proposal"]?.text ?? ""
        func mark(_ subject: String, _ kind: ProposalMark, name: String? = nil) throws {
            try writer.execute(
                """
                INSERT INTO commons_proposal_people (subject, person, kind, name, at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (subject, person, kind) DO NOTHING
                """,
                [
                    .text(subject), .text(person.isEmpty ? payload["author"]?.text ?? "" : person),
                    .text(kind.rawValue),
                    .optional(name), .integer(at.microseconds),
                ])
        }
        func unmark(_ subject: String, _ kind: ProposalMark) throws {
            try writer.execute(
                "DELETE FROM commons_proposal_people WHERE subject = ? AND person = ? AND kind = ?",
                [.text(subject), .text(person), .text(kind.rawValue)])
        }
        switch event.type {
        case ProposalEvents.made:
            try mark(proposal, .author, name: payload["content"]?["name"]?.text)
        case ProposalEvents.supported: try mark(proposal, .support)
        case ProposalEvents.unsupported: try unmark(proposal, .support)
        case ProposalEvents.followed: try mark(proposal, .follow)
        case ProposalEvents.unfollowed: try unmark(proposal, .follow)
        case ProposalEvents.authorAsked: try mark(proposal, .asked)
        case ProposalEvents.authorAnswered:
            try unmark(proposal, .asked)
            if payload["accepts"] == true { try mark(proposal, .author, name: payload["name"]?.text) }
        case ProposalEvents.merged: try merge(proposal, into: payload["into"]?.text ?? "", writer)
        case AmendmentEvents.made: try mark(payload["text"]?.text ?? "", .author)
        case AmendmentEvents.supported: try mark(payload["amendment"]?.text ?? "", .support)
        case AmendmentEvents.unsupported: try unmark(payload["amendment"]?.text ?? "", .support)
        default: break
        }
        let counted = payload["amendment"]?.text
        try count(
            counted ?? payload["into"]?.text ?? proposal,
            in: counted == nil ? "commons_proposals" : "commons_amendments",
            writer)
    }

    /// Whoever supports one or both counts once in what remains; whoever wrote or followed follows on.
    private static func merge(_ proposal: String, into: String, _ writer: any Writer) throws {
        for (from, to) in [(ProposalMark.support, ProposalMark.support), (.follow, .follow), (.author, .follow)] {
            let rows = try writer.query(
                "SELECT person, at FROM commons_proposal_people WHERE subject = ? AND kind = ?",
                [.text(proposal), .text(from.rawValue)])
            for row in rows {
                try writer.execute(
                    """
                    INSERT INTO commons_proposal_people (subject, person, kind, at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (subject, person, kind) DO NOTHING
                    """,
                    [
                        .text(into), .text(try row.text("person")), .text(to.rawValue), .integer(try row.integer("at")),
                    ])
            }
        }
    }

    private static func count(_ subject: String, in table: String, _ writer: any Writer) throws {
        let many =
            try writer.first(
                "SELECT COUNT(*) AS many FROM commons_proposal_people WHERE subject = ? AND kind = 'support'",
                [.text(subject)])?.integer("many") ?? 0
        try writer.execute("UPDATE \(table) SET supports = ? WHERE item = ?", [.integer(many), .text(subject)])
    }

    /// What somebody is to a proposal or an amendment.
    static func marks(_ person: PersonID?, on subject: String, in reader: any Reader) throws -> Set<ProposalMark> {
        guard let person else { return [] }
        return Set(
            try reader.query(
                "SELECT kind FROM commons_proposal_people WHERE subject = ? AND person = ?",
                [.text(subject), .text(person.rawValue)]
            ).compactMap { ProposalMark(rawValue: try $0.text("kind")) })
    }

    /// The authors of a proposal, the first one first: what each is called here; nil where that was erased.
    static func authors(of subject: String, in reader: any Reader) throws -> [(person: PersonID, name: String?)] {
        try reader.query(
            """
            SELECT person, name FROM commons_proposal_people WHERE subject = ? AND kind = 'author'
            ORDER BY at, person LIMIT 100
            """, [.text(subject)]
        ).map { (PersonID(try $0.text("person")), try $0.optionalText("name")) }
    }
}

extension PeopleTable {
    /// How many people are something to a proposal.
    static func many(_ kind: ProposalMark, on subject: String, in reader: any Reader) throws -> Int64 {
        try reader.first(
            "SELECT COUNT(*) AS many FROM commons_proposal_people WHERE subject = ? AND kind = ?",
            [.text(subject), .text(kind.rawValue)])?.integer("many") ?? 0
    }
}

extension PeopleTable {
    /// How many people support at least one of some proposals: what a merged one would have.
    static func together(_ subjects: [String], in reader: any Reader) throws -> Int64 {
        let marks = subjects.map { _ in "?" }.joined(separator: ", ")
        return try reader.first(
            """
            SELECT COUNT(DISTINCT person) AS many FROM commons_proposal_people
            WHERE subject IN (\(marks)) AND kind = 'support'
            """, subjects.map { .text($0) })?.integer("many") ?? 0
    }
}
