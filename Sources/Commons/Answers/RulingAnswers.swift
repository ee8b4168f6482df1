import Access
import District
import Record
import Store

/// What people ask of rules that citizens adopted, by voice and text.
enum RulingAnswers {
    static let all = [standing]
    /// As many as are said one after the other.
    private static let told = 3

    /// “What have citizens set for robots?”
    static let standing = Inquiry(
        "commons.rules.standing", title: Words("시민이 정한 로봇 규칙", "Rules for robots by citizens"),
        help: Words(
            "투표로 정한 로봇 속도 제한과 통행 금지를 알려 드립니다.", "Says which speed limits and closed places citizens voted for."),
        permission: .anyone
    ) { _, spine in
        let rules = try await spine.district.store.read { try RulingTable.all(in: $0) }.filter(\.holds)
        guard !rules.isEmpty else {
            throw Refusal(
                .notFound, "answer.none",
                Words("투표로 정한 로봇 규칙이 아직 없습니다.", "No vote has made a rule for robots yet."))
        }
        let first = rules.prefix(told).map { said($0.effect) }
        let more = rules.count - first.count
        let (ko, en) = (first.map(\.ko).joined(separator: " "), first.map(\.en).joined(separator: " "))
        return more == 0
            ? Words(ko, en) : Words("\(ko) 이 밖에 \(more)개가 더 있습니다.", "\(en) There are \(more) more.")
    }

    private static func said(_ effect: RuleEffect) -> Words {
        switch effect.kind {
        case .noDriving: Words("\(effect.place)에는 로봇이 다닐 수 없습니다.", "No robot drives at \(effect.place).")
        case .speedLimit:
            Words(
                "\(effect.place)에서는 로봇이 \(RuleEffect.speed(effect.limit).ko)까지만 달립니다.",
                "At \(effect.place) robots drive at most \(RuleEffect.speed(effect.limit).en).")
        }
    }
}
