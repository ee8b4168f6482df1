import District
import Record

/// What can be wrong with a use of AI.
enum WatchRule: String, Sendable, Hashable, CaseIterable {
    /// Something was done that nobody had asked for.
    case wrong
    /// One group is served worse than the others.
    case gap
    /// Less is kept than in the reference.
    case drift
    /// People decide otherwise too often.
    case overrides
    /// Too much is handed to people.
    case escalations

    var words: Words {
        switch self {
        case .wrong: Words("요청하지 않은 처리", "Something nobody asked for")
        case .gap: Words("집단 사이의 차이", "A gap between groups")
        case .drift: Words("예전보다 나빠짐", "Worse than before")
        case .overrides: Words("사람이 자주 뒤집음", "Overruled too often")
        case .escalations: Words("사람에게 자주 넘어감", "Handed over too often")
        }
    }

    /// What is to be done about it.
    var advice: Words {
        switch self {
        case .wrong:
            Words(
                "무엇이 처리되었는지 확인해 되돌리고, 사고로 등록하세요. 원인을 알 때까지 끄는 것이 안전합니다.",
                "Find what was done and undo it, and report an incident. Until the cause is known it is safer switched off."
            )
        case .gap:
            Words(
                "이 집단의 최근 기록을 읽고, 말씨나 나이에 따라 무엇이 어긋나는지 확인하세요. 고친 뒤 집단별 시험을 다시 하세요.",
                "Read this group's latest turns and find what goes wrong for them. Mend it and test by subgroup again.")
        case .drift:
            Words(
                "모델, 자료, 쓰는 사람 가운데 무엇이 바뀌었는지 확인하세요. 등록부의 재검토를 시작할 수 있습니다.",
                "Find what changed: the model, the data or the people. A review can be begun in the register.")
        case .overrides:
            Words(
                "사람이 뒤집은 사유를 모아 보세요. 제안이 도움이 되지 않으면 끄거나 다시 승인받으세요.",
                "Gather why people overruled it. Where it does not help, switch it off or have it approved anew.")
        case .escalations:
            Words(
                "어디에서 사람에게 넘어가는지 확인하고, 창구 인원이 감당하는지 살피세요.",
                "Find where it is handed over, and whether the desk can carry it.")
        }
    }
}

/// A use of AI that a person must look at.
struct WatchFlag: Sendable, Hashable {
    let id: String
    let use: String
    let rule: WatchRule
    /// The group that is served worse, where the rule is of groups.
    let dimension: String?, group: String?
    /// What was counted when it was raised: turns, and those of interest among them.
    let seen: Int64, times: Int64
    /// What they were held against: turns of the others or of the reference, and those of interest among them.
    let baseSeen: Int64, baseTimes: Int64
    /// Whether it came with the proposal to switch the use off.
    let proposesOff: Bool
    let raised: Timestamp
    let resolved: Timestamp?
    let outcome: Outcome?

    /// What a person found.
    enum Outcome: String, Sendable, Hashable, CaseIterable {
        case mended, stopped, chance, accepted

        var words: Words {
            switch self {
            case .mended: Words("원인을 찾아 고쳤음", "The cause was found and mended")
            case .stopped: Words("사용을 멈추었음", "The use was stopped")
            case .chance: Words("살펴보니 문제가 아니었음", "Looked into: nothing was wrong")
            case .accepted: Words("사유가 있어 받아들임", "Accepted, for a reason")
            }
        }
    }

    /// Its event, once until it is resolved.
    static let raised = "stewardship.watch.flagged"
    /// A person looked at it and said what they found.
    static let resolved = "stewardship.watch.resolved"
}
