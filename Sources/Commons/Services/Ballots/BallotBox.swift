import Access
import District
import Record
import Store

/// Takes ballots in.
///
/// This is no command: a command only yields events, and what marks a voter must not be one. In one transaction the voter
/// is marked on the roll, which holds no ballot, and the ballot goes on the Record, which holds no voter: both, or neither.
struct BallotBox: Sendable {
    let district: District
    let wrong: WrongCodes

    /// What a ballot sends, from a page or a program.
    static let form = Form(
        "commons.ballot.cast", title: Words("투표하기", "Cast a ballot"),
        help: Words("투표 코드나 명부와 이어진 계정으로 한 번 투표합니다.", "Once, by the code of a letter or an account on the list."),
        fields: [
            VoteAsk.field,
            Field(
                "code", Words("투표 코드", "Code"), .text(maximum: 60), required: false, isPersonal: true, isSecret: true),
            Field("choices", Words("고른 것", "Choices"), .text(maximum: 8000), required: false, isPersonal: true),
            Field(
                "ballot", Words("투표지 번호", "Ballot number"), .text(maximum: 30), required: false,
                help: Words("같은 번호로 다시 보내면 한 번만 접수됩니다.", "Sent again under the same number it is taken once.")),
        ], permission: .anyone, surfaces: [.web, .http], hasOwnBound: true)

    /// What became of a ballot.
    struct Taken: Sendable {
        let receipt: Receipt
        /// Whether it was in the box already.
        let repeated: Bool
    }

    /// Takes a ballot in, once.
    /// - Parameters:
    ///   - number: what the voter's page calls the ballot; the same number again gives the first receipt.
    ///   - address: where it comes from, so that wrong codes are bounded.
    /// - Throws: ``Refusal``.
    func cast(
        _ vote: String, _ choices: [(option: String, points: Int)], code: String, number: String?, by caller: Caller,
        from address: String
    ) async throws -> Taken {
        var generator = SystemRandomNumberGenerator()
        guard let number = number.map({ BallotNumber.typed($0) }) ?? BallotNumber.new(using: &generator) else {
            throw Refusal(.invalid, "ballot.number", Words("투표지 번호가 올바르지 않습니다.", "This is no number of a ballot."))
        }
        let salt = SealedBallot.newSalt(using: &generator)
        let now = district.clock()
        let typed = try Self.typed(code)
        do {
            if typed != nil { try wrong.check(address, at: now) }
            // What needs no lock is looked at before the transaction: ballots wait for one another as shortly as they can.
            let ready: Ready = try await district.store.read { reader in
                if let taken = try again(number, vote, choices, typed, caller, in: reader) { return .taken(taken) }
                let vote = try Self.open(vote, at: now, in: reader)
                let ballot = try Ballot(choices, in: vote)
                return .voter(try Self.voter(typed, caller, vote, in: reader), ballot)
            }
            guard case .voter(let voter, let ballot) = ready else {
                guard case .taken(let taken) = ready else { throw VoteAsk.unknown }
                return taken
            }
            let sealed = SealedBallot(vote: vote, number: number, ballot: ballot, salt: salt)
            return try await district.transact { transaction in
                let taken = try again(number, vote, choices, typed, caller, in: transaction.writer)
                if let taken { return taken }
                if try VoteTable.state(vote, in: transaction.writer) != .open {
                    _ = try Self.open(vote, at: now, in: transaction.writer)
                }
                guard
                    try RollTable.mark(
                        voter.entry, .online, code: voter.code, vote: vote, in: transaction.writer)
                else { throw Self.voted }
                let events = try transaction.record(
                    [sealed.draft()], origin: Origin(author: .system("ballot-box")))
                return Taken(
                    receipt: Receipt(
                        vote: vote, number: number, commitment: sealed.commitment,
                        event: events.first?.id.description ?? ""), repeated: false)
            }
        } catch let refusal as Refusal {
            // Whoever tries what a ballot may say is bounded by its number, from wherever they try.
            let key = refusal.code == Self.differs.code ? number : address
            throw wrong.refused(refusal, of: vote, key, at: now)
        }
    }

    /// Whoever votes, and the hash of the code by which they do; nil for an account.
    private typealias Voter = (entry: String, code: String?)

    private enum Ready: Sendable {
        case taken(Taken)
        case voter(Voter, Ballot)
    }

    /// The receipt of a ballot that is in the box already, for whoever has voted and sends the same again. Once ballots are
    /// published anybody knows their numbers: then the number gives no receipt any more.
    /// - Throws: ``Refusal`` where the number is another ballot's, or the ballot says something else.
    private func again(
        _ number: String, _ id: String, _ choices: [(option: String, points: Int)], _ code: BallotCode?,
        _ caller: Caller, in reader: any Reader
    ) throws -> Taken? {
        guard let cast = try CastTable.find(number, in: reader) else { return nil }
        guard cast.vote == id, !cast.isPaper, let vote = try VoteTable.find(id, in: reader)?.vote else {
            throw Self.foreign
        }
        guard vote.state != .counted else {
            throw Refusal(.conflict, "vote.not-open", Words("투표가 마감되었습니다.", "The vote has ended."))
        }
        // Nothing leads from a voter to a ballot; but whoever has not voted cannot have cast this one.
        let voter = try Self.voter(code, caller, vote, in: reader)
        guard try RollTable.mark(of: voter.entry, vote: id, in: reader) == .online else { throw Self.foreign }
        try wrong.check(number, for: Self.differs.code, at: district.clock())
        guard try CastTable.said(cast, district, in: reader) == Ballot(choices, in: vote) else { throw Self.differs }
        return Taken(receipt: cast.receipt, repeated: true)
    }

    private static let foreign = Refusal(
        .conflict, "ballot.taken",
        Words(
            "이미 쓰인 투표지 번호입니다. 아직 투표되지 않았습니다. 새 번호로 다시 투표해 주세요.",
            "This number is another ballot's. Yours is not cast: please cast it under a new number."))

    private static let differs = Refusal(
        .conflict, "ballot.differs",
        Words(
            "이 번호로는 이미 다른 내용으로 투표했습니다.",
            "Under this number a ballot that says something else was cast already."))

    /// Refuses what casting would refuse of a voter, before anything is read back.
    func foresee(_ vote: Vote, code: String, by caller: Caller, from address: String) async throws {
        let typed = try Self.typed(code)
        let now = district.clock()
        do {
            if typed != nil { try wrong.check(address, at: now) }
            try await district.store.read { reader in
                let entry = try Self.voter(typed, caller, vote, in: reader).entry
                guard try RollTable.mark(of: entry, vote: vote.id, in: reader) == .none else { throw Self.voted }
            }
        } catch let refusal as Refusal {
            throw wrong.refused(refusal, of: vote.id, address, at: now)
        }
    }

    /// A vote that takes ballots now.
    static func open(_ id: String, at now: Timestamp, in reader: any Reader) throws -> Vote {
        guard let vote = try VoteTable.find(id, in: reader)?.vote else { throw VoteAsk.unknown }
        guard vote.takesBallots(at: now) else {
            let words =
                now >= vote.ends || [.closed, .counted].contains(vote.state)
                ? Words("투표가 마감되었습니다.", "The vote has ended.")
                : vote.state == .withdrawn
                    ? Words("취소된 투표입니다.", "The vote was withdrawn.")
                    : Words("아직 투표를 시작하지 않았습니다.", "The vote has not begun.")
            throw Refusal(.conflict, "vote.not-open", words)
        }
        return vote
    }

    /// What was typed as a code; nil where nothing was.
    private static func typed(_ code: String) throws(Refusal) -> BallotCode? {
        guard !code.allSatisfy(\.isWhitespace) else { return nil }
        do throws(BallotCode.Mistyped) {
            return try BallotCode(typed: code)
        } catch {
            let words =
                switch error {
                case .letter(let letter):
                    Words(
                        "투표 코드에는 ‘\(letter)’ 글자가 없습니다. 편지를 다시 보아 주세요.",
                        "A code has no “\(letter)”. Please look at the letter again.")
                case .length(let count):
                    Words("투표 코드는 글자 16개인데 \(count)개를 입력했습니다.", "A code has 16 letters; there are \(count).")
                case .check:
                    Words(
                        "글자가 하나 이상 틀렸습니다. 편지와 한 글자씩 견주어 보세요.",
                        "At least one letter is wrong. Please compare it with the letter.")
                }
            throw Refusal(.invalid, "code.typed", of: "code", "typed", words)
        }
    }

    /// Who votes, as the list has them.
    private static func voter(
        _ code: BallotCode?, _ caller: Caller, _ vote: Vote, in reader: any Reader
    ) throws -> Voter {
        if let code {
            guard vote.isAccountless || caller.person != nil else {
                throw Refusal(
                    .unauthenticated, "vote.account", Words("이 투표는 로그인한 뒤에 할 수 있습니다.", "This vote asks you to sign in.")
                )
            }
            guard let hash = try CensusTable.salt(vote.id, in: reader).map({ code.hash(salt: $0) }),
                let entry = try RollTable.entry(code: hash, vote: vote.id, in: reader),
                // Whoever was taken off the list keeps a letter, and no vote.
                try CensusTable.entry(vote.id, entry, in: reader) != nil
            else { throw unknownCode }
            return (entry, hash)
        }
        guard let person = caller.person else {
            let words = Words("편지에 적힌 투표 코드를 입력해 주세요.", "Please type the code of your letter.")
            throw Refusal(.invalid, "code.required", of: "code", "required", words)
        }
        guard let entry = try CensusTable.entry(vote.id, account: person.rawValue, in: reader) else {
            throw Refusal(
                .forbidden, notListed,
                Words(
                    "이 계정은 선거인 명부와 이어져 있지 않습니다. 투표 코드가 있으면 입력해 주세요.",
                    "This account is not on the list of voters. If you have a code, please type it."),
                faults: [
                    .init(
                        field: "code", rule: "not-there",
                        words: Words("이 계정은 명부에 없습니다.", "This account is not on the list."))
                ])
        }
        return (entry.entry, nil)
    }

    static let notListed = "census.not-there"

    static let unknownCode = Refusal(
        .invalid, "code.unknown", Words("이 투표의 코드가 아닙니다.", "This is no code of this vote."),
        faults: [
            .init(field: "code", rule: "unknown", words: Words("이 투표의 코드가 아닙니다.", "This is no code of this vote."))
        ])

    static let voted = Refusal(
        .conflict, "vote.voted",
        Words("이미 투표하셨습니다. 한 사람이 한 번만 투표할 수 있습니다.", "You have voted already. Everybody votes once."))
}
