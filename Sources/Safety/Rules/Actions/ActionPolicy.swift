import District
import Record

/// How long actions may take, whom they escalate to, and when their effect is checked: read from `actions.json`.
struct ActionPolicy: Sendable {
    /// Days a new action has, by band.
    let dueDays: [RiskBand: Int64]
    /// Days overdue from which each level hears of it, by band.
    let escalationDays: [RiskBand: [EscalationLevel: Int64]]
    /// What a day overdue weighs, by band.
    let weights: [RiskBand: Int64]
    /// Days after completion when the effect is checked.
    let effectCheckDays: Int64
    /// From so many extensions on an action is flagged.
    let flagExtensions: Int64
    /// SHA-256 of the file it was read from.
    let edition: String

    /// - Throws: ``HandbookError`` naming the band or level that is missing.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "actions.json"
        let (json, edition) = try book.read(file)
        func number(_ value: JSON?, _ place: String) throws(HandbookError) -> Int64 {
            guard let number = value?.integer, (0...3650).contains(number) else {
                throw HandbookError(file: file, place: place, rule: "whole number, 0…3650")
            }
            return number
        }
        var (due, weights): ([RiskBand: Int64], [RiskBand: Int64]) = ([:], [:])
        var escalation: [RiskBand: [EscalationLevel: Int64]] = [:]
        for band in RiskBand.allCases {
            due[band] = try number(json["due_days"]?[band.rawValue], "due_days.\(band)")
            weights[band] = try number(json["weights"]?[band.rawValue], "weights.\(band)")
            var last: Int64 = -1
            for level in EscalationLevel.allCases {
                let place = "escalation_days.\(band).\(level)"
                let days = try number(json["escalation_days"]?[band.rawValue]?[level.rawValue], place)
                guard days > last else {
                    throw HandbookError(file: file, place: place, rule: "later than the level before")
                }
                escalation[band, default: [:]][level] = days
                last = days
            }
        }
        dueDays = due
        escalationDays = escalation
        self.weights = weights
        effectCheckDays = try number(json["effect_check_days"], "effect_check_days")
        flagExtensions = try number(json["flag_extensions"], "flag_extensions")
        self.edition = edition
    }

    /// The day a new action of a band is due.
    func due(_ band: RiskBand, from day: KoreanDay) -> KoreanDay { day + (dueDays[band] ?? 0) }

    /// The highest level that should have heard of an action by now; nil where none yet.
    func level(_ action: SafetyAction, on day: KoreanDay) -> EscalationLevel? {
        guard let overdue = action.overdueDays(on: day) else { return nil }
        return EscalationLevel.allCases.last { overdue >= escalationDays[action.band]?[$0] ?? .max }
    }

    /// Days overdue weighed by the band.
    func weight(_ action: SafetyAction, on day: KoreanDay) -> Int64 {
        (action.overdueDays(on: day) ?? 0) * (weights[action.band] ?? 1)
    }
}

/// Who hears of an action that is late, in this order.
enum EscalationLevel: String, Sendable, CaseIterable, Comparable {
    case supervisor, manager, executive, zoneOfficer

    /// 1 for the supervisor to 4 for the zone officer; as columns keep it.
    var rank: Int64 { Int64((Self.allCases.firstIndex(of: self) ?? 0) + 1) }

    init?(rank: Int64) {
        guard (1...Int64(Self.allCases.count)).contains(rank) else { return nil }
        self = Self.allCases[Int(rank) - 1]
    }

    /// What people call it.
    var words: Words {
        switch self {
        case .supervisor: Words("관리감독자", "Supervisor")
        case .manager: Words("안전관리자", "Safety manager")
        case .executive: Words("경영책임자", "Executive")
        case .zoneOfficer: Words("관리기관", "Zone officer")
        }
    }

    static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
