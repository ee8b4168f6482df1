import Access
import District
import Record
import Store

/// What references of training's forms may be, for whoever fills them in.
enum TrainingNames {
    static let all: [String: @Sendable (Caller, any Reader) throws -> [Named]] = [
        "training-programme": { caller, reader in
            try TrainingTable.programmes(for: caller, in: reader).map {
                Named($0.id, [$0.title.ko, $0.title.en], label: $0.title)
            }
        },
        "training-session": { caller, reader in
            try TrainingTable.programmes(for: caller, in: reader).flatMap { programme in
                try TrainingTable.sessions(of: programme.id, in: reader).filter { $0.cancelled == nil }.map { session in
                    let day = KoreanDay(session.starts)
                    let label = Words("\(programme.title.ko) \(day)", "\(programme.title.en) \(day)")
                    return Named(session.id, [label.ko, label.en], label: label)
                }
            }
        },
        "training-enrolment": { caller, reader in
            try enrolments(caller, in: reader).map { enrolment in
                let programme = try TrainingTable.programme(enrolment.programme, in: reader)
                let who = try Directory.caller(enrolment.person, in: reader)?.name ?? enrolment.person.rawValue
                return Named(
                    enrolment.id, [],
                    label: Words("\(programme?.title.ko ?? "") – \(who)", "\(programme?.title.en ?? "") – \(who)"))
            }
        },
        "badge": { caller, reader in
            let own = try caller.person.map { try BadgeTable.badges(of: $0, in: reader) } ?? []
            let others = TrainingRefusals.isRunner(caller) ? try BadgeTable.recent(in: reader) : []
            return try Dictionary((own + others).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }).values
                .sorted { $0.id < $1.id }.map { badge in
                    let programme = try TrainingTable.programme(badge.programme, in: reader)
                    let who = try Directory.caller(badge.person, in: reader)?.name ?? badge.person.rawValue
                    return Named(
                        badge.id, [],
                        label: Words("\(programme?.title.ko ?? "") – \(who)", "\(programme?.title.en ?? "") – \(who)"))
                }
        },
    ]

    /// One's own, those of one's firm where one is its head, all that are open where one runs the training.
    private static func enrolments(_ caller: Caller, in reader: any Reader) throws -> [TrainingEnrolment] {
        if TrainingRefusals.isRunner(caller) { return try EnrolmentTable.open(of: nil, in: reader) }
        if caller.roles.contains(.executive), let firm = caller.firm {
            return try EnrolmentTable.open(of: firm, in: reader)
        }
        return try caller.person.map { try EnrolmentTable.of($0, in: reader).filter(\.state.isOpen) } ?? []
    }
}
