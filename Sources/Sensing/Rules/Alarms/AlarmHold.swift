import Record

/// Why an alarm is kept from people for now (ANSI/ISA-18.2 §5.2.3, "suppressed" states).
enum AlarmHold: Sendable, Hashable {
    /// Put off by a person, for a reason, until a moment.
    case shelved(until: Timestamp)
    /// Kept down by design: the plant's state makes it meaningless (a machine that is switched off).
    case suppressed
    /// Taken out of service for maintenance, until a person returns it.
    case outOfService

    /// A stable name.
    var name: String {
        switch self {
        case .shelved: "shelved"
        case .suppressed: "suppressed"
        case .outOfService: "out-of-service"
        }
    }

    /// What people call it.
    var words: Words {
        switch self {
        case .shelved: Words("잠시 보류", "Shelved")
        case .suppressed: Words("설계상 억제", "Suppressed by design")
        case .outOfService: Words("점검 중 제외", "Out of service")
        }
    }
}
