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
enum AlarmRefusal: Error, Sendable, CaseIterable {
    case alreadyAcknowledged, alreadyCleared, alreadyActive, over
    /// It is shelved, suppressed or out of service, or is not, or is for another reason, or must never be.
    case held, notHeld, heldOtherwise, neverHeld
    /// It would be put off until a moment that is past, or for longer than allowed.
    case shelfTime

    /// A stable code.
    var code: String {
        switch self {
        case .alreadyAcknowledged: "already-acknowledged"
        case .alreadyCleared: "already-cleared"
        case .alreadyActive: "already-active"
        case .over: "over"
        case .held: "held"
        case .notHeld: "not-held"
        case .heldOtherwise: "held-otherwise"
        case .neverHeld: "never-held"
        case .shelfTime: "shelf-time"
        }
    }

    /// What a person reads.
    var words: Words {
        switch self {
        case .alreadyAcknowledged: Words("이미 확인한 경보입니다.", "This alarm has been acknowledged already.")
        case .alreadyCleared: Words("이미 정상으로 돌아온 경보입니다.", "This alarm has cleared already.")
        case .alreadyActive: Words("이미 진행 중인 경보입니다.", "This alarm is active already.")
        case .over: Words("이미 끝난 경보입니다.", "This alarm is over.")
        case .held: Words("보류되었거나 제외된 경보입니다.", "This alarm is shelved, suppressed or out of service.")
        case .notHeld: Words("보류하거나 제외한 적이 없는 경보입니다.", "This alarm is not held back.")
        case .heldOtherwise: Words("다른 이유로 보류된 경보입니다.", "This alarm is held back for another reason.")
        case .neverHeld: Words("한계값 경보는 보류할 수 없습니다.", "Alarms of a hard limit cannot be held back.")
        case .shelfTime: Words("보류는 지금부터 8시간 안에 끝나야 합니다.", "A shelf must end within the next eight hours.")
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
