import District
import Record

/// What can be done with an entry.
enum UseStep: String, Sendable, Hashable, CaseIterable {
    case describe, triage, assess, test, approve, pilot, golive, review, retire, reopen

    var words: Words {
        switch self {
        case .describe: Words("내용 고치기", "Describe")
        case .triage: Words("위험 등급 정하기", "Triage")
        case .assess: Words("평가 남기기", "Record an assessment")
        case .test: Words("집단별 시험 결과 남기기", "Record a test by subgroup")
        case .approve: Words("승인", "Approve")
        case .pilot: Words("시범 운영 시작", "Begin a pilot")
        case .golive: Words("정식 운영 시작", "Go live")
        case .review: Words("재검토 시작", "Begin a review")
        case .retire: Words("종료", "Retire")
        case .reopen: Words("다시 검토로 되돌리기", "Reopen")
        }
    }

    /// The states in which it may be done.
    var from: Set<UseState> {
        switch self {
        case .describe: Set(UseState.allCases).subtracting([.retired])
        case .triage: [.draft, .triaged, .assessed]
        case .assess: [.triaged, .assessed, .review]
        case .test: [.triaged, .assessed, .approved, .pilot, .live, .review]
        case .approve: [.assessed]
        case .pilot: [.approved, .pilot]
        case .golive: [.pilot, .review]
        case .review: [.live]
        case .retire: Set(UseState.allCases).subtracting([.retired])
        case .reopen: [.approved, .pilot, .live, .review, .retired]
        }
    }

    /// The command that does it.
    var command: String { "stewardship.use.\(rawValue)" }

    /// Holds it against where an entry stands.
    /// - Throws: ``Refusal`` naming the state, and what comes before.
    func check(_ state: UseState) throws(Refusal) {
        guard !from.contains(state) else { return }
        let before = UseState.allCases.filter(from.contains)
        throw Refusal(
            .conflict, "use.step",
            Words(
                "‘\(state.words.ko)’ 상태에서는 ‘\(words.ko)’을(를) 할 수 없습니다. 할 수 있는 상태: \(before.map(\.words.ko).joined(separator: ", ")).",
                "“\(words.en)” cannot be done in the state “\(state.words.en)”; it can in: \(before.map(\.words.en).joined(separator: ", "))."
            ))
    }
}
