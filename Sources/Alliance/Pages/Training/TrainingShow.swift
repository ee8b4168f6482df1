import District
import Record
import Web

/// How training is shown, on its pages and in what is said.
enum TrainingShow {
    /// `2026-12-03 09:00`: on pages, where also sessions of other years stand.
    static func date(_ session: TrainingSession) -> String {
        let civil = session.starts.civil(offsetSeconds: KoreanDay.offset).text
        return "\(civil.prefix(10)) \(civil.dropFirst(11).prefix(5))"
    }

    /// `12월 3일 09:00`, `3 Dec 09:00`: as it is said of what lies ahead.
    static func when(_ session: TrainingSession) -> Words {
        func text(_ language: Language) -> String {
            String((Show.time(session.starts, language)["text"]?.text ?? "").dropLast(3))
        }
        return Words(text(.ko), text(.en))
    }

    /// `6시간 30분`, `6 h 30 min`.
    static func length(_ minutes: Int64, _ language: Language) -> String {
        let (hours, rest) = (minutes / 60, minutes % 60)
        let parts: [String] =
            language == .ko
            ? [hours > 0 ? "\(hours)시간" : "", rest > 0 ? "\(rest)분" : ""]
            : [hours > 0 ? "\(hours) h" : "", rest > 0 ? "\(rest) min" : ""]
        return parts.filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// A session with what is left of it.
    static func session(
        _ session: TrainingSession, _ seats: TrainingSession.Seats, _ visit: Visit
    ) -> [String: JSON] {
        let left = max(0, session.places - seats.taken)
        let state: (String, String) =
            if session.cancelled != nil {
                ("off", visit.word("training_session_cancelled"))
            } else if session.ends <= visit.now {
                ("off", visit.word("training_session_over"))
            } else if session.starts <= visit.now {
                ("info", visit.word("training_session_running"))
            } else if left > 0 && seats.waiting == 0 {
                ("ok", visit.word("training_session_open"))
            } else {
                ("warn", visit.word("training_session_full"))
            }
        return [
            "id": .string(session.id), "when": .string(date(session)),
            "day": .string(KoreanDay(session.starts).description), "place": .string(session.place),
            "places": .string(Show.count(session.places)), "left": .string(Show.count(left)),
            "waiting": .string(Show.count(seats.waiting)), "badge": Show.badge(state.0, state.1),
            "reason": session.cancelled.map { .string($0) } ?? .null,
            "href": .string("/alliance/training/s/\(session.id)"),
        ]
    }

    static func link(_ command: String, _ fields: [(String, String)], next: String) -> JSON {
        let query = (fields + [("next", next)]).map { "\($0.0)=\(Table.encoded($0.1))" }.joined(separator: "&")
        return .string("/do/\(command)?\(query)")
    }
}
