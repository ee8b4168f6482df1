import Access
import District
import Record
import Store

/// What people ask of votes, by voice and text.
enum VoteAnswers {
    static let all = [open, became]
    /// As many as are said one after the other.
    private static let told = 3

    private static func nothing(_ ko: String, _ en: String) -> Refusal {
        Refusal(.notFound, "answer.none", Words(ko, en))
    }

    private static func day(_ moment: Timestamp) -> Words {
        let text = KoreanDay(moment).description
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? Words("\(parts[1])월 \(parts[2])일", text) : Words(text, text)
    }

    /// “Which votes are open?”
    static let open = Inquiry(
        "commons.votes.open", title: Words("지금 하는 투표", "Votes that are open"),
        help: Words("지금 하는 주민 투표와 마감을 알려 드립니다.", "Says which votes of citizens are open, and until when."),
        permission: .anyone
    ) { ask, spine in
        let open = try await spine.district.store.read { reader in
            try VoteTable.list(in: reader).map(\.vote).filter { $0.takesBallots(at: ask.now) }
        }
        guard !open.isEmpty else { throw nothing("지금 하는 투표가 없습니다.", "No vote is open now.") }
        let first = open.prefix(told)
        let ko = first.map { "‘\($0.title)’ 투표를 \(day($0.ends).ko)까지 합니다." }.joined(separator: " ")
        let en = first.map { "The vote “\($0.title)” is open until \(day($0.ends).en)." }.joined(separator: " ")
        return Words(
            "\(ko) 투표는 편지에 적힌 주소나 창구에서 합니다.", "\(en) You vote at the address in your letter, or at the counter.")
    }

    /// “What became of the projects we chose?”
    static let became = Inquiry(
        "commons.outcomes.state", title: Words("뽑힌 사업이 어떻게 되었는지", "What became of what was chosen"),
        help: Words("주민이 뽑은 사업이 얼마나 되었는지 알려 드립니다.", "Says how far the projects that citizens chose have come."),
        permission: .anyone
    ) { _, spine in
        let items = try await spine.district.store.read { try OutcomeTable.items(in: $0) }.filter {
            $0.state == "going"
        }
        guard !items.isEmpty else { throw nothing("진행 중인 사업이 없습니다.", "No project is going on.") }
        let first = items.prefix(told)
        let ko = first.map { item in
            "‘\(item.title)’은(는) " + (item.percent.map { "\($0)퍼센트 되었습니다." } ?? "얼마나 되었는지 아직 알리지 않았습니다.")
        }.joined(separator: " ")
        let en = first.map { item in
            "“\(item.title)” " + (item.percent.map { "is \($0) percent done." } ?? "has not told how far it is.")
        }.joined(separator: " ")
        let more = items.count - first.count
        return more == 0
            ? Words(ko, en) : Words("\(ko) 이 밖에 \(more)개가 더 있습니다.", "\(en) There are \(more) more.")
    }
}
