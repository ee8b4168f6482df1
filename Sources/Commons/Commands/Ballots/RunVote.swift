import Access
import District
import Record
import Store

/// Opens a vote, closes it, withdraws it.
enum RunVote {
    /// The list of who may vote is fixed by this: what is missing from it has been decided.
    static let open = Command(
        Form(
            "commons.vote.open", title: Words("투표 개시", "Open the vote"),
            help: Words(
                "선거인 명부가 이대로 확정됩니다. 시작 시각이 되면 투표할 수 있습니다.",
                "The list of who may vote is fixed. Ballots are taken from the beginning on."),
            fields: [VoteAsk.field], permission: VoteAsk.officers, confirmation: .readBack,
            after: "/commons/votes/{vote}")
    ) { ask, tables in
        let vote = try VoteAsk.find(ask, [.ruled], in: tables).vote
        guard ask.now < vote.ends else {
            throw Refusal(.conflict, "vote.late", Words("마감 시각이 지났습니다.", "The vote's end has passed."))
        }
        let people = try CensusTable.count(vote.id, in: tables)
        guard people > 0 else {
            throw Refusal(
                .conflict, "census.empty", Words("선거인 명부가 비어 있습니다.", "Nobody is on the list of who may vote."))
        }
        let waiting = try CensusTable.gaps(vote.id, state: "open", in: tables).count
        guard waiting == 0 else {
            throw Refusal(
                .conflict, "census.gaps",
                Words(
                    "명부 이의 \(waiting)건을 먼저 결정해 주세요.", "\(waiting) requests about the list wait to be decided first."))
        }
        let entries = try CensusTable.entries(vote.id, limit: 1_000_000, in: tables).map(\.entry)
        return [
            VoteAsk.draft(
                BallotEvents.opened, vote.id,
                ["people": .number(Double(people)), "census": .string(VoteCount.digest(entries))])
        ]
    }

    /// How many voted and how many ballots there are must agree; then nothing more is taken.
    static let close = Command(
        Form(
            "commons.vote.close", title: Words("투표 종료 및 개표", "Close and count"),
            help: Words(
                "마감 시각이 지나고 종이 투표가 모두 입력된 뒤에 닫습니다. 닫으면 정해 둔 규칙으로 바로 셉니다.",
                "After the end, when all paper ballots are entered. It is counted at once by the fixed rule."),
            fields: [VoteAsk.field], permission: VoteAsk.officers, confirmation: .readBack,
            after: "/commons/votes/{vote}")
    ) { ask, tables in
        let vote = try VoteAsk.find(ask, [.open], in: tables).vote
        guard ask.now >= vote.ends else {
            throw Refusal(.conflict, "vote.early", Words("아직 마감 시각이 아닙니다.", "The vote has not ended yet."))
        }
        let sheets = try PaperTable.sheets(vote.id, in: tables)
        let unsettled = sheets.count { !$0.last.isSettled }
        guard unsettled == 0 else {
            throw Refusal(
                .conflict, "paper.unsettled",
                Words("종이 투표 \(unsettled)장이 아직 확정되지 않았습니다.", "\(unsettled) paper ballots are not settled yet."))
        }
        let (cast, roll) = (try CastTable.count(vote.id, in: tables), try RollTable.counts(vote.id, in: tables))
        let spoilt = sheets.count { $0.last.ballot == nil }
        guard roll.online == cast.online, cast.paper + spoilt <= roll.paper else {
            throw Refusal(
                .conflict, "vote.roll",
                Words(
                    "투표한 사람 수와 투표지 수가 다릅니다: 온라인 \(roll.online)명·\(cast.online)장, "
                        + "종이 \(roll.paper)명·\(cast.paper + spoilt)장. 원인을 밝히기 전에는 셀 수 없습니다.",
                    "Voters and ballots do not agree: online \(roll.online) and \(cast.online), paper \(roll.paper) "
                        + "and \(cast.paper + spoilt). Nothing is counted before this is explained."))
        }
        let all = try CastTable.all(of: vote.id, limit: 1_000_000, in: tables)
        return [
            VoteAsk.draft(
                BallotEvents.closed, vote.id,
                [
                    "online": .number(Double(cast.online)), "paper": .number(Double(cast.paper)),
                    "spoilt": .number(Double(spoilt)), "voted_online": .number(Double(roll.online)),
                    "took_paper": .number(Double(roll.paper)),
                    "ballots": .string(VoteCount.digest(all.map(\.commitment))),
                    "voters": .string(try RollTable.digest(vote.id, in: tables)),
                ])
        ]
    }

    static let withdraw = Command(
        Form(
            "commons.vote.withdraw", title: Words("투표 취소하기", "Withdraw the vote"),
            help: Words(
                "이유가 공개됩니다. 이미 낸 투표지는 세지 않습니다.", "The reason is public. Ballots that were cast are not counted."),
            fields: [VoteAsk.field, Field("reason", Words("이유", "Reason"), .longText(maximum: 600))],
            permission: VoteAsk.officers, confirmation: .secondPerson([.zoneOfficer]), after: "/commons/votes/{vote}")
    ) { ask, tables in
        let vote = try VoteAsk.find(ask, [.setUp, .ruled, .open], in: tables).vote
        return [VoteAsk.draft(BallotEvents.withdrawn, vote.id, ["reason": .string(ask.values.text("reason"))])]
    }
}
