import District
import Record

/// Why something is kept back, as the list of quarantine says it.
enum KeptWhy: String, Sendable, Hashable, CaseIterable {
    /// People's reasons (``Quarantine/Reason``).
    case check, temperature, recall, papers, other
    /// It waits for its check.
    case inspection
    /// More came than was announced, or nobody announced it.
    case over
    /// A picker did not find it where it should lie; somebody has to count.
    case short

    /// Out of the event that kept it back.
    init(_ type: String, _ payload: [String: JSON]) {
        switch type {
        case StockEvent.received:
            // What was announced among it still waits for its check.
            let (over, good) = (payload["receipt"]?["over"]?.integer ?? 0, payload["receipt"]?["good"]?.integer ?? 0)
            self = over > 0 && over >= good ? .over : .inspection
        case StockEvent.checked: self = .check
        case StockEvent.quarantined where payload["short"]?.bool == true: self = .short
        default: self = payload["reason"]?.text.flatMap { KeptWhy(rawValue: $0) } ?? .other
        }
    }

    var words: Words {
        switch self {
        case .check: Words("검사 불합격", "a check failed")
        case .temperature: Words("보관 온도를 벗어남", "outside its temperature")
        case .recall: Words("회수", "recall")
        case .papers: Words("서류나 표시가 다름", "papers or label are wrong")
        case .other: Words("그 밖", "something else")
        case .inspection: Words("입고 검사 대기", "waits for its check")
        case .over: Words("예정보다 많이 들어옴", "more than was announced")
        case .short: Words("피킹할 때 없었음 – 실사 대기", "not found at a pick – to be counted")
        }
    }
}
