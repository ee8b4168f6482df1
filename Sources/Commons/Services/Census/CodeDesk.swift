import Access
import District
import Record
import Store

/// Makes codes for letters. A code is shown once, in the list that is printed; only its hash is kept, on the roll.
struct CodeDesk: Sendable {
    let district: District
    /// Codes made in one turn.
    static let most = 2000

    /// A letter's line.
    struct Letter: Sendable {
        let name: String
        let address: String
        let code: String
    }

    /// Codes for those on the list who have none, in the order of the list's hashes: so that the order of letters tells nothing.
    /// - Throws: ``Refusal`` where there is nobody without.
    func issue(_ vote: String, by caller: Caller) async throws -> [Letter] {
        try Self.allow(caller)
        return try await district.transact { transaction in
            let salt = try Self.ready(vote, in: transaction.writer)
            var generator = SystemRandomNumberGenerator()
            var letters: [Letter] = []
            for entry in try RollTable.without(vote, limit: Self.most, in: transaction.writer) {
                guard let person = try CensusTable.entry(vote, entry, in: transaction.writer) else { continue }
                let code = BallotCode(using: &generator)
                guard try RollTable.give(code.hash(salt: salt), to: entry, vote: vote, in: transaction.writer) else {
                    continue
                }
                letters.append(Letter(name: person.name, address: person.address, code: code.shown))
            }
            guard !letters.isEmpty else {
                throw Refusal(.conflict, "codes.none", Words("코드가 없는 사람이 없습니다.", "Everybody on the list has a code."))
            }
            try transaction.record(
                [
                    VoteAsk.draft(CensusTable.codesIssued, vote, ["codes": .number(Double(letters.count))])
                ], origin: Origin(author: caller.author))
            return letters
        }
    }

    /// A new code for somebody whose letter was lost; the old one ends. Refused where they have voted.
    func replace(_ vote: String, entry: String, reason: String, by caller: Caller) async throws -> Letter {
        try Self.allow(caller)
        guard !reason.allSatisfy(\.isWhitespace) else {
            let words = Words("이유를 적어 주세요.", "Please say why.")
            throw Refusal(.invalid, "codes.reason", of: "reason", "required", words)
        }
        return try await district.transact { transaction in
            let salt = try Self.ready(vote, in: transaction.writer)
            guard let person = try CensusTable.entry(vote, entry, in: transaction.writer) else { throw Self.nobody }
            var generator = SystemRandomNumberGenerator()
            let code = BallotCode(using: &generator)
            guard try RollTable.give(code.hash(salt: salt), to: entry, vote: vote, in: transaction.writer) else {
                throw BallotBox.voted
            }
            try transaction.record(
                [VoteAsk.draft(CensusTable.codeReplaced, vote, ["reason": .string(String(reason.prefix(300)))])],
                origin: Origin(author: caller.author))
            return Letter(name: person.name, address: person.address, code: code.shown)
        }
    }

    /// Marks that somebody at the counter was given a sheet of paper: they vote no other way.
    func givePaper(_ vote: String, entry: String, by caller: Caller) async throws {
        try Self.allow(caller)
        let now = district.clock()
        try await district.transact { transaction in
            _ = try BallotBox.open(vote, at: now, in: transaction.writer)
            guard try CensusTable.entry(vote, entry, in: transaction.writer) != nil else { throw Self.nobody }
            guard try RollTable.mark(entry, .paper, vote: vote, in: transaction.writer) else { throw BallotBox.voted }
            try transaction.record(
                [VoteAsk.draft(CensusTable.paperMarked, vote, [:])], origin: Origin(author: caller.author))
        }
    }

    private static let nobody = Refusal(
        .notFound, "census.unknown", Words("명부에 없는 사람입니다.", "Nobody on the list is meant by this."))

    private static func allow(_ caller: Caller) throws(Refusal) { try District.allow(VoteAsk.officers, caller) }

    private static func ready(_ vote: String, in reader: any Reader) throws -> String {
        guard let found = try VoteTable.find(vote, in: reader) else { throw VoteAsk.unknown }
        guard [.ruled, .open].contains(found.vote.state), let salt = try CensusTable.salt(vote, in: reader) else {
            throw Refusal(
                .conflict, "codes.state",
                Words("집계 방식을 정하고 명부를 가져온 뒤에 코드를 만듭니다.", "Codes are made once the rule is fixed and the list is there.")
            )
        }
        return salt
    }
}
