import Access
import District
import Record
import Store
import Synchronization

/// Ballots that are being filled in by voice: in the memory of this machine alone, and never written anywhere before they are
/// cast. A ballot that is cast says nothing of how it came.
final class VoiceBooth: Sendable {
    /// A line, and the number that its ballot has, so that a yes that is sent twice is cast once.
    private struct Line {
        var ballot: VoiceBallot
        let number: String
        var last: Timestamp
    }

    private static let silence = 1200.0
    private static let most = 5000
    private let lines = Mutex([String: Line]())
    private let wrong = WrongCodes()

    /// One turn of a line.
    /// - Returns: the last word.
    /// - Throws: ``Refusal`` of the kind `.invalid` in the field `said` with what is said next.
    func hear(_ text: String, line name: String, wanted: String, by caller: Caller, in district: District) async throws
        -> Words
    {
        let now = district.clock()
        guard !name.isEmpty else { throw Self.elsewhere }
        guard var line = lines.withLock({ $0[name] }) else {
            guard text.isEmpty else {
                throw Refusal(
                    .conflict, "voice.line",
                    Words(
                        "연결이 끊겨 처음부터 다시 해야 합니다. 투표된 것은 없습니다.", "The line was cut; nothing was cast. Please begin anew.")
                )
            }
            let ballot = try await Self.begin(wanted, at: now, in: district)
            var generator = SystemRandomNumberGenerator()
            keep(Line(ballot: ballot, number: BallotNumber.new(using: &generator), last: now), name, now)
            throw Self.next(ballot.opening.words)
        }
        line.last = now
        var said = line.ballot.hear(text)
        let box = BallotBox(district: district, wrong: wrong)
        switch said.act {
        case .check(let code):
            do {
                guard let vote = line.ballot.vote else { throw VoteAsk.unknown }
                try await box.foresee(vote, code: code, by: caller, from: "voice \(name)")
                said = line.ballot.admitted()
            } catch let refusal as Refusal {
                said = line.ballot.turnedAway(refusal)
            }
        case .cast:
            do {
                let taken = try await box.cast(
                    line.ballot.vote?.id ?? "", line.ballot.chosen.map { ($0, 1) }, code: line.ballot.code,
                    number: line.number, by: caller, from: "voice \(name)")
                said = line.ballot.taken(taken.receipt)
            } catch let refusal as Refusal {
                said = line.ballot.refused(refusal)
            }
        case .end, nil: break
        }
        guard said.act != .end else {
            keep(nil, name, now)
            return said.words
        }
        keep(line, name, now)
        throw Self.next(said.words)
    }

    private func keep(_ line: Line?, _ name: String, _ now: Timestamp) {
        lines.withLock { lines in
            if lines.count >= Self.most { lines = lines.filter { now.seconds(since: $0.value.last) < Self.silence } }
            if lines.count < Self.most || lines[name] != nil { lines[name] = line }
        }
    }

    /// A ballot of the votes that are open by voice, or of the one that is wanted.
    private static func begin(_ wanted: String, at now: Timestamp, in district: District) async throws -> VoiceBallot {
        let open = try await district.store.read { reader in
            try VoteTable.list(in: reader).map(\.vote).filter { $0.takesBallots(at: now) }
        }
        let meant = open.filter { wanted.isEmpty || $0.id == wanted }
        guard !meant.isEmpty else {
            throw Refusal(.notFound, "voice.none", Words("지금 하는 투표가 없습니다.", "No vote is open now."))
        }
        let spoken = meant.filter(\.votesByVoice)
        guard !spoken.isEmpty else {
            let titles = meant.prefix(3).map { "‘\($0.title)’" }.joined(separator: ", ")
            throw Refusal(
                .conflict, "voice.not-permitted",
                Words(
                    "\(titles) 투표는 말로 할 수 없게 정해져 있습니다. 편지에 적힌 인터넷 주소에서 하거나, 창구에서 종이 투표지를 받아 투표해 주세요.",
                    "By their rules no ballot may be cast by voice: \(titles). Please vote at the address in your letter, "
                        + "or on paper at the counter."))
        }
        return VoiceBallot(among: spoken)
    }

    private static func next(_ words: Words) -> Refusal {
        Refusal(.invalid, "voice.next", words, faults: [.init(field: "said", rule: "next", words: words)])
    }

    private static let elsewhere = Refusal(
        .conflict, "voice.line",
        Words("투표는 말로 안내하는 창구나 투표 화면에서 해 주세요.", "Please vote by speaking to the house, or on the vote's page."))
}
