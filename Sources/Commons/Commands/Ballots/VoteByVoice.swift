import District
import Record
import Store

/// Whether a vote that is set up may be cast by voice.
enum VoteByVoice {
    /// Whether a vote may be cast by voice: by its ballots, by what it asks of voters, and by its process.
    static func check(_ vote: Vote, in tables: any Reader) throws {
        guard vote.votesByVoice else { return }
        func refuse(_ rule: String, _ words: Words) -> Refusal {
            Refusal(.invalid, "voice.\(rule)", words, faults: [.init(field: "voice", rule: rule, words: words)])
        }
        guard vote.method != .ranked, vote.method != .points else {
            throw refuse("method", Words("순위 투표와 점수 투표는 말로 할 수 없습니다.", "Ranks and points cannot be cast by voice."))
        }
        guard vote.options.count <= mostSpoken else {
            throw refuse(
                "many",
                Words("말로 하는 투표는 선택지가 \(mostSpoken)개까지입니다.", "By voice there may be \(mostSpoken) options at most."))
        }
        guard vote.isAccountless else {
            throw refuse(
                "account",
                Words(
                    "말로 하는 투표는 투표 코드로만 합니다. ‘계정 없이 투표’도 허용해 주세요.",
                    "By voice people vote by their code alone. Please permit voting without an account, too."))
        }
        guard try ProcessTable.find(vote.process, in: tables)?.votesByVoice != false else {
            throw refuse(
                "process", Words("이 참여 과정은 음성 투표를 허용하지 않습니다.", "The process does not permit voting by voice."))
        }
    }

    /// As many options as somebody can follow who only hears them.
    static let mostSpoken = 24
}
