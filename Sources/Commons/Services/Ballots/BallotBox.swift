import Access
import District
import Record
import Store
import Synchronization

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
        let (now, wrong) = (district.clock(), wrong)
        let typed = try Self.typed(code)
        if typed != nil { try wrong.check(address, at: now) }
        do {
            return try await district.transact { transaction in
                if let cast = try CastTable.find(number, in: transaction.writer), cast.vote == vote, !cast.isPaper {
                    return Taken(receipt: cast.receipt, repeated: true)
                }
                let vote = try Self.open(vote, at: now, in: transaction.writer)
                let ballot = try Ballot(choices, in: vote)
                let entry = try Self.voter(typed, caller, vote, in: transaction.writer)
                guard try RollTable.mark(entry, .online, vote: vote.id, in: transaction.writer) else {
                    throw Self.voted
                }
                let sealed = SealedBallot(vote: vote.id, number: number, ballot: ballot, salt: salt)
                let events = try transaction.record(
                    [sealed.draft()], origin: Origin(author: .system("ballot-box")))
                return Taken(
                    receipt: Receipt(
                        vote: vote.id, number: number, commitment: sealed.commitment,
                        event: events.first?.id.description ?? ""), repeated: false)
            }
        } catch let refusal as Refusal {
            if refusal.code == Self.unknownCode.code { wrong.count(address, at: now) }
            throw refusal
        }
    }

    /// Refuses what casting would refuse of a voter, before anything is read back.
    func foresee(_ vote: Vote, code: String, by caller: Caller, from address: String) async throws {
        let typed = try Self.typed(code)
        let now = district.clock()
        if typed != nil { try wrong.check(address, at: now) }
        do {
            try await district.store.read { reader in
                let entry = try Self.voter(typed, caller, vote, in: reader)
                guard try RollTable.mark(of: entry, vote: vote.id, in: reader) == .none else { throw Self.voted }
            }
        } catch let refusal as Refusal {
            if refusal.code == Self.unknownCode.code { wrong.count(address, at: now) }
            throw refusal
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
    ) throws -> String {
        if let code {
            guard vote.isAccountless || caller.person != nil else {
                throw Refusal(
                    .unauthenticated, "vote.account", Words("이 투표는 로그인한 뒤에 할 수 있습니다.", "This vote asks you to sign in.")
                )
            }
            guard let salt = try CensusTable.salt(vote.id, in: reader),
                let entry = try RollTable.entry(code: code.hash(salt: salt), vote: vote.id, in: reader)
            else { throw unknownCode }
            return entry
        }
        guard let person = caller.person else {
            let words = Words("편지에 적힌 투표 코드를 입력해 주세요.", "Please type the code of your letter.")
            throw Refusal(.invalid, "code.required", of: "code", "required", words)
        }
        guard let entry = try CensusTable.entry(vote.id, account: person.rawValue, in: reader) else {
            throw Refusal(
                .forbidden, "census.not-there",
                Words(
                    "이 계정은 선거인 명부와 이어져 있지 않습니다. 투표 코드가 있으면 입력해 주세요.",
                    "This account is not on the list of voters. If you have a code, please type it."),
                faults: [
                    .init(
                        field: "code", rule: "not-there",
                        words: Words("이 계정은 명부에 없습니다.", "This account is not on the list."))
                ])
        }
        return entry.entry
    }

    static let unknownCode = Refusal(
        .invalid, "code.unknown", Words("이 투표의 코드가 아닙니다.", "This is no code of this vote."),
        faults: [
            .init(field: "code", rule: "unknown", words: Words("이 투표의 코드가 아닙니다.", "This is no code of this vote."))
        ])

    static let voted = Refusal(
        .conflict, "vote.voted",
        Words("이미 투표하셨습니다. 한 사람이 한 번만 투표할 수 있습니다.", "You have voted already. Everybody votes once."))
}

/// How often wrong codes may be sent from one address. A mistyped code is found by its check letter and does not count; kept in
/// memory alone.
final class WrongCodes: Sendable {
    private static let most = 30
    private static let window = 3600.0
    private static let addresses = 20_000
    private let seen = Mutex([String: (count: Int, since: Timestamp)]())

    init() {}

    /// - Throws: ``Refusal`` that says when to come again.
    func check(_ address: String, at now: Timestamp) throws(Refusal) {
        let wait = seen.withLock { seen -> Double in
            guard let (count, since) = seen[address] else { return 0 }
            let left = Self.window - now.seconds(since: since)
            return count < Self.most || left <= 0 ? 0 : left
        }
        guard wait > 0 else { return }
        let minutes = Int(wait / 60) + 1
        throw Refusal(
            .tooOften, "code.too-often",
            Words(
                "없는 코드를 너무 많이 보냈습니다. \(minutes)분 뒤에 다시 하거나 안내 전화로 물어봐 주세요.",
                "Too many unknown codes were sent. Please come again in \(minutes) min, or call."),
            retryAfter: Int(wait.rounded(.up)))
    }

    func count(_ address: String, at now: Timestamp) {
        seen.withLock { seen in
            if seen.count >= Self.addresses { seen = seen.filter { now.seconds(since: $0.value.since) < Self.window } }
            let key = seen[address] != nil || seen.count < Self.addresses ? address : ""
            let (count, since) = seen[key] ?? (0, now)
            seen[key] = now.seconds(since: since) < Self.window ? (count + 1, since) : (1, now)
        }
    }
}
