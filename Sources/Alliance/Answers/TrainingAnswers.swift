import Access
import District
import Record
import Store

/// What people ask of training: “when is mine?”, “what can I enrol in?”.
enum TrainingAnswers {
    static let all = [mine, open]

    /// As many as are told one after the other.
    private static let told = 3

    /// “When is my training?”
    private static let mine = Inquiry(
        "alliance.training.mine", title: Words("내 교육 날짜", "My training dates"),
        help: Words("신청한 교육의 날짜와 장소를 알려 드립니다.", "Says when and where your next sessions are."),
        permission: .signedIn
    ) { ask, spine in
        guard let person = ask.caller.person else { return nothing }
        let coming = try await spine.district.store.read { reader in
            try EnrolmentTable.of(person, in: reader).filter(\.state.isOpen).compactMap {
                enrolment -> (TrainingEnrolment, TrainingSession, TrainingProgramme)? in
                guard let session = try TrainingTable.session(enrolment.session, in: reader), session.ends > ask.now,
                    let programme = try TrainingTable.programme(session.programme, in: reader)
                else { return nil }
                return (enrolment, session, programme)
            }.sorted { ($0.1.starts.microseconds, $0.0.id) < ($1.1.starts.microseconds, $1.0.id) }
        }
        guard !coming.isEmpty else { return nothing }
        let said = coming.prefix(told).map { enrolment, session, programme in
            let when = TrainingShow.when(session)
            return Words(
                "\(programme.title.ko), \(when.ko), \(session.place), \(enrolment.state.words.ko)",
                "\(programme.title.en), \(when.en), \(session.place), \(enrolment.state.words.en.lowercased())")
        }
        return Words(
            said.map(\.ko).joined(separator: ". ") + "입니다.", said.map(\.en).joined(separator: ". ") + ".")
    }

    private static let nothing = Words("예정된 교육이 없습니다.", "You have no training ahead.")

    /// “Which training can I enrol in?”
    private static let open = Inquiry(
        "alliance.training.open", title: Words("수강할 수 있는 교육 과정", "Training courses to take"),
        help: Words("지금 신청할 수 있는 교육과 남은 자리를 알려 드립니다.", "Says which training is open, and how many places are left."),
        permission: .signedIn
    ) { ask, spine in
        let found = try await spine.district.store.read { reader in
            try TrainingTable.programmes(for: ask.caller, in: reader).filter {
                !$0.isClosed && $0.isMeant(for: ask.caller)
            }.flatMap { programme in
                try TrainingTable.sessions(of: programme.id, in: reader).filter {
                    $0.cancelled == nil && $0.starts > ask.now
                }.map { ($0, programme, try EnrolmentTable.seats(of: $0.id, in: reader)) }
            }.sorted { ($0.0.starts.microseconds, $0.0.id) < ($1.0.starts.microseconds, $1.0.id) }
        }
        guard !found.isEmpty else {
            return Words("지금 신청할 수 있는 교육이 없습니다.", "No training is open to you now.")
        }
        let said = found.prefix(told).map { session, programme, seats in
            let (when, left) = (TrainingShow.when(session), max(0, session.places - seats.taken))
            return Words(
                "\(programme.title.ko), \(when.ko), " + (left > 0 ? "\(left)자리 남음" : "대기 \(seats.waiting)명"),
                "\(programme.title.en), \(when.en), " + (left > 0 ? "\(left) places left" : "\(seats.waiting) waiting"))
        }
        return Words(
            said.map(\.ko).joined(separator: ". ") + "입니다.", said.map(\.en).joined(separator: ". ") + ".")
    }
}
