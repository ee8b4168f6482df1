import Access
import District
import Record
import Store

/// What people ask of votes, by voice and text.
enum VoteAnswers {
    static let all = [open, who, became]
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
        guard open.contains(where: \.votesByVoice) else {
            return Words(
                "\(ko) 투표는 편지에 적힌 주소나 창구에서 합니다.", "\(en) You vote at the address in your letter, or at the counter.")
        }
        return Words(
            "\(ko) 투표는 편지에 적힌 주소나 창구에서, 또는 여기서 ‘투표할게’라고 말해서 합니다.",
            "\(en) You vote at the address in your letter, at the counter, or here by saying “I want to vote”.")
    }

    /// “Who may vote?”
    static let who = Inquiry(
        "commons.votes.who", title: Words("누가 투표할 수 있는지", "Who may vote"),
        help: Words("지금 하거나 곧 할 투표에 누가 투표할 수 있는지 알려 드립니다.", "Says who may vote in votes that are open or come soon."),
        permission: .anyone
    ) { ask, spine in
        let person = ask.caller.person?.rawValue
        let found = try await spine.district.store.read { reader in
            try VoteTable.list(in: reader).filter { $0.vote.state == .open && ask.now < $0.vote.ends }.prefix(told).map
            {
                found in
                let isListed = try person.map { try CensusTable.entry(found.vote.id, account: $0, in: reader) != nil }
                return (found, isListed)
            }
        }
        guard !found.isEmpty else { throw nothing("지금 하거나 곧 할 투표가 없습니다.", "No vote is open or comes soon.") }
        func said(_ found: VoteTable.Found, _ isListed: Bool?) -> Words {
            let people = found.opened?["people"]?.integer ?? 0
            let own: Words =
                switch isListed {
                case true?: Words(" 고객님 계정은 명부에 있습니다.", " Your account is on the list.")
                case false?: Words(" 고객님 계정은 명부와 이어져 있지 않습니다.", " Your account is not on the list.")
                case nil: Words("", "")
                }
            return Words(
                "‘\(found.vote.title)’ 투표는 선거인 명부에 있는 \(people)명이 편지의 투표 코드로 합니다.\(own.ko)",
                "In “\(found.vote.title)” the \(people) people on the list vote, by the code of their letter.\(own.en)")
        }
        let all = found.map { said($0, $1) }
        return Words(all.map(\.ko).joined(separator: " "), all.map(\.en).joined(separator: " "))
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
