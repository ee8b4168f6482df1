import District
import Record

/// What is wrong with one member of a message.
struct VDAFault: Error, Sendable, Hashable, CustomStringConvertible {
    /// The member: `nodes/0/sequenceId`; empty for the message as a whole.
    let path: String
    let rule: Rule
    /// What is demanded: the kind, the words allowed, the bound.
    let demanded: String

    enum Rule: String, Sendable, Hashable, CaseIterable {
        /// It is no JSON.
        case json
        /// It is missing.
        case required
        /// It is of another kind.
        case kind
        /// It is none of the words allowed.
        case choice
        case minimum, maximum
        /// A list has too few or too many elements.
        case count
        /// It is no moment by RFC 3339 with a zone.
        case time
        /// It is not what the topic says: another's name or another version.
        case address
        /// Nodes and edges do not follow one another.
        case sequence
        /// The message is longer than is taken.
        case length
    }

    init(_ path: String, _ rule: Rule, _ demanded: String = "") {
        self.path = path
        self.rule = rule
        self.demanded = demanded
    }

    var description: String { "\(path.isEmpty ? "message" : path): \(rule.rawValue)" }

    /// What a person reads; holds nothing that the sender wrote but the member's name.
    var words: Words {
        let (ko, en) = path.isEmpty ? ("메시지", "the message") : ("‘\(path)’", path)
        return switch rule {
        case .json: Words("\(ko)을(를) JSON으로 읽을 수 없습니다.", "\(en) is no JSON (\(demanded)).")
        case .required: Words("\(ko) 항목이 없습니다.", "\(en) is missing.")
        case .kind: Words("\(ko)의 형식이 다릅니다(필요: \(demanded)).", "\(en) must be of the kind \(demanded).")
        case .choice: Words("\(ko)에 쓸 수 없는 값입니다(허용: \(demanded)).", "\(en) must be one of \(demanded).")
        case .minimum: Words("\(ko) 값이 \(demanded)보다 작습니다.", "\(en) is below \(demanded).")
        case .maximum: Words("\(ko) 값이 \(demanded)보다 큽니다.", "\(en) is above \(demanded).")
        case .count: Words("\(ko)의 개수가 맞지 않습니다(\(demanded)).", "\(en) must have \(demanded) elements.")
        case .time: Words("\(ko)은(는) 시간대가 있는 시각이 아닙니다(RFC 3339).", "\(en) is no moment with a zone (RFC 3339).")
        case .address:
            Words("\(ko) 값이 토픽과 다릅니다(토픽: \(demanded)).", "\(en) differs from the topic, which says \(demanded).")
        case .sequence: Words("\(ko)의 순서가 이어지지 않습니다.", "\(en) does not follow in sequence.")
        case .length: Words("\(ko)가 너무 깁니다(최대 \(demanded)바이트).", "\(en) is longer than \(demanded) bytes.")
        }
    }
}
