import Record

/// Where an alarm stands in its life (ANSI/ISA-18.2, figure "alarm state transition diagram").
enum AlarmState: String, Sendable, CaseIterable {
    /// The condition is gone and everyone who had to knows of it.
    case normal
    /// Raised, and nobody has taken it on.
    case unacknowledgedActive = "unacknowledged-active"
    /// Taken on, and the condition lasts.
    case acknowledgedActive = "acknowledged-active"
    /// The condition went before anyone took it on.
    case unacknowledgedCleared = "unacknowledged-cleared"

    /// Where a step leads.
    /// - Throws: ``AlarmRefusal`` where the step makes no sense from here.
    func after(_ step: AlarmStep) throws(AlarmRefusal) -> AlarmState {
        switch (self, step) {
        case (.unacknowledgedActive, .acknowledge): return .acknowledgedActive
        case (.unacknowledgedCleared, .acknowledge): return .normal
        case (.unacknowledgedActive, .clear): return .unacknowledgedCleared
        case (.acknowledgedActive, .clear): return .normal
        case (.normal, .raise): return .unacknowledgedActive
        case (.unacknowledgedCleared, .raise): return .unacknowledgedActive
        case (.acknowledgedActive, .acknowledge): throw .alreadyAcknowledged
        case (.normal, .acknowledge), (.normal, .clear): throw .over
        case (.unacknowledgedCleared, .clear): throw .alreadyCleared
        case (.unacknowledgedActive, .raise), (.acknowledgedActive, .raise): throw .alreadyActive
        }
    }

    /// Whether the condition lasts.
    var isActive: Bool { self == .unacknowledgedActive || self == .acknowledgedActive }

    /// Whether someone must still take it on.
    var wantsAcknowledgement: Bool { self == .unacknowledgedActive || self == .unacknowledgedCleared }
}

/// What can happen to an alarm.
enum AlarmStep: String, Sendable, CaseIterable {
    case raise, acknowledge, clear
}

/// Why a step makes no sense from a state.
enum AlarmRefusal: Error, Sendable {
    case alreadyAcknowledged, alreadyCleared, alreadyActive, over

    /// A stable code.
    var code: String {
        switch self {
        case .alreadyAcknowledged: "already-acknowledged"
        case .alreadyCleared: "already-cleared"
        case .alreadyActive: "already-active"
        case .over: "over"
        }
    }

    /// What a person reads.
    var words: Words {
        switch self {
        case .alreadyAcknowledged: Words("이미 확인한 경보입니다.", "This alarm has been acknowledged already.")
        case .alreadyCleared: Words("이미 정상으로 돌아온 경보입니다.", "This alarm has cleared already.")
        case .alreadyActive: Words("이미 진행 중인 경보입니다.", "This alarm is active already.")
        case .over: Words("이미 끝난 경보입니다.", "This alarm is over.")
        }
    }
}

/// How soon someone must act (ISA-18.2 priorities).
enum AlarmPriority: String, Sendable, CaseIterable {
    case critical, high, medium, low

    /// Larger is more urgent.
    var urgency: Int64 {
        switch self {
        case .critical: 4
        case .high: 3
        case .medium: 2
        case .low: 1
        }
    }

    /// As pages number it: 1 is the most urgent.
    var level: String { "\(5 - urgency)" }

    /// A hard limit is critical; a deviation is the more urgent the rarer chance would bring it about.
    static func of(_ reason: Reason?, p: Double) -> AlarmPriority {
        switch reason {
        case nil: .critical
        case .stuck: .medium
        default: p < 1e-9 ? .high : .medium
        }
    }
}
