import District
import Record

/// How long evidence is kept: five years for SAPA's duties (Decree, article 13), three for risk assessments and the
/// other papers of the OSH Act; and never less while a hold is on it (OSH 56(5)).
enum Retention {
    /// The first day on which evidence may be forgotten: so many years after the half-year it is for, or after the day
    /// of what it proves, whichever is later.
    static func until(_ years: Int64, period: HalfYear, day: KoreanDay) -> KoreanDay {
        max(period.last, day).adding(months: years * 12) + 1
    }

    /// Why something may not be forgotten yet; nil where it may.
    static func refusal(keptUntil day: KoreanDay, holds: [String], now: Timestamp) -> Refusal? {
        if let hold = holds.first {
            return Refusal(
                .conflict, "evidence.held",
                Words(
                    "사고 조사를 위해 보존 중인 기록입니다. 보존이 풀리기 전에는 지울 수 없습니다.",
                    "This record is on hold for an accident and cannot be forgotten before the hold is released."),
                faults: [
                    .init(
                        field: "evidence", rule: "hold", words: Words("보존 조치 \(hold)", "Hold \(hold)"))
                ])
        }
        guard KoreanDay(now) < day else { return nil }
        return Refusal(
            .conflict, "evidence.retained",
            Words(
                "법정 보존 기간이 끝나지 않았습니다. \(day)부터 지울 수 있습니다.",
                "The law has this kept: it may be forgotten from \(day) on."),
            faults: [
                .init(
                    field: "evidence", rule: "retention",
                    words: Words("\(day)까지 보존", "Kept until \(day)"))
            ])
    }
}
