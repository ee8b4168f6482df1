public import Record

/// Whether a use of AI may run now, and why not.
public enum AIStanding: Sendable, Hashable {
    /// It may.
    case runs
    /// A person switched it off.
    case off
    /// The register has no permission for it.
    case unregistered
    /// Its permission came to its end.
    case expired
    /// What runs is not what was approved: model, prompt or data changed.
    case changed
    /// A pilot has had its acts for today.
    case capped
    /// No model is configured.
    case absent

    /// What a page says where the use would have helped: that a person now does it.
    public var words: Words {
        switch self {
        case .runs: Words("사용 중", "in use")
        case .off:
            Words("담당자가 이 인공지능을 껐습니다. 사람이 직접 처리합니다.", "This use of AI was switched off. People do this work now.")
        case .unregistered:
            Words("승인되지 않은 인공지능이라 쓰지 않습니다. 사람이 직접 처리합니다.", "This use of AI is not approved. People do this work now.")
        case .expired:
            Words("승인 기간이 끝나 멈췄습니다. 사람이 직접 처리합니다.", "The approval has expired. People do this work now.")
        case .changed:
            Words(
                "승인받은 뒤 내용이 바뀌어 멈췄습니다. 다시 승인받을 때까지 사람이 직접 처리합니다.",
                "It changed after its approval and has stopped. People do this work until it is approved again.")
        case .absent: Words("연결된 모델이 없어 쓰지 않습니다.", "No model is connected, so it is not in use.")
        case .capped:
            Words(
                "시범 운영의 하루 한도에 이르러 멈췄습니다. 오늘은 사람이 직접 처리합니다.",
                "The pilot has reached its limit for today. People do the rest.")
        }
    }

    /// Why an act of it is refused.
    var refusal: Refusal? {
        switch self {
        case .runs: nil
        case .off:
            Refusal(.forbidden, "ai.switched-off", Words("이 인공지능은 꺼져 있습니다.", "This use of AI is switched off."))
        case .unregistered:
            Refusal(
                .forbidden, "ai.unregistered",
                Words("등록되지 않은 인공지능은 사용할 수 없습니다.", "A use of AI that is not registered does not run."))
        case .expired: Refusal(.forbidden, "ai.expired", words)
        case .changed: Refusal(.forbidden, "ai.changed", words)
        case .capped: Refusal(.forbidden, "ai.capped", words)
        case .absent: Refusal(.forbidden, "ai.absent", words)
        }
    }
}
