import Record

/// Why a detector holds a reading to be anomalous.
enum Reason: String, Sendable, CaseIterable {
    case spike, level, drift, variance, stuck

    /// The reason as a maintenance engineer would say it.
    var words: Words {
        switch self {
        case .spike: Words("값이 갑자기 크게 튀었습니다.", "The value jumped out suddenly.")
        case .level: Words("값이 평소와 다른 수준으로 옮겨 갔습니다.", "The value moved to an unusual level.")
        case .drift: Words("값이 서서히 평소 범위를 벗어나고 있습니다.", "The value is slowly leaving its usual range.")
        case .variance: Words("값의 흔들림이 평소보다 커졌습니다.", "The value fluctuates more than usual.")
        case .stuck: Words("값이 한 숫자에 멈춰 있습니다. 센서를 확인하십시오.", "The value is stuck. Check the sensor.")
        }
    }
}
