import Access
import District
import Record
import Store

/// What the commands about votes ask in the same way.
enum VoteAsk {
    static let field = Field("vote", Words("투표", "Vote"), .reference(kind: "vote", source: nil))
    /// Who sets votes up and counts them.
    static let officers: Permission = .roles([.zoneOfficer])

    /// - Throws: ``Refusal`` where there is none, or it has come further than what is asked for allows.
    static func find(
        _ ask: Ask, _ states: Set<Vote.State>, in tables: any Reader
    ) throws -> VoteTable.Found {
        guard let found = try VoteTable.find(ask.values.text("vote"), in: tables) else { throw unknown }
        guard !found.vote.isReplay else {
            throw Refusal(
                .conflict, "vote.replay",
                Words("지난 투표를 다시 센 것이어서 투표를 받지 않습니다.", "This counts a past vote again; nobody votes in it."))
        }
        guard states.contains(found.vote.state) else { throw state(found.vote.state) }
        return found
    }

    static let unknown = Refusal(.notFound, "vote.unknown", Words("그런 투표가 없습니다.", "There is no such vote."))

    private static func state(_ state: Vote.State) -> Refusal {
        let words =
            switch state {
            case .setUp: Words("아직 집계 방식을 정하지 않은 투표입니다.", "The counting rule has not been fixed yet.")
            case .ruled:
                Words(
                    "집계 방식이 이미 정해져 바꿀 수 없습니다. 아직 열리지 않았습니다.",
                    "The rule is fixed and cannot be changed; the vote is not open yet.")
            case .open: Words("이미 열린 투표입니다.", "The vote is open already.")
            case .closed, .counted: Words("이미 끝난 투표입니다.", "The vote is over already.")
            case .withdrawn: Words("취소된 투표입니다.", "The vote was withdrawn.")
            }
        return Refusal(.conflict, "vote.state", words)
    }

    /// A draft on a vote's stream, which everybody may see.
    static func draft(_ type: String, _ vote: String, _ payload: [String: JSON]) -> Draft {
        Draft(type, stream: BallotEvents.stream(vote), scope: .everyone, payload: payload)
    }
}
