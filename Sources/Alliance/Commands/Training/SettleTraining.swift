import Access
import District
import Record
import Store

/// Settles a session: who completed it, who did not, and the credentials of those who did.
enum SettleTraining {
    static let command = Command(
        Form(
            "alliance.training.settle", title: Words("교육 마감", "Settle a session"),
            help: Words(
                "수료 기준에 따라 수료와 미수료를 정하고 수료증을 발급합니다. 출석과 점수를 모두 적은 뒤에 할 수 있습니다.",
                "Decides by the rule who completed it, and issues their credentials. Everything must be marked before."),
            fields: [Field("session", Words("교육 일정", "Session"), .reference(kind: "training-session", source: nil))],
            permission: TrainingRefusals.runners.orToken("command:alliance.training.settle"), confirmation: .readBack)
    ) { ask, tables in
        let (session, programme) = try TrainingRefusals.session(ask, in: tables)
        guard session.ends <= ask.now else {
            throw TrainingRefusals.fault(
                "session", "early", Words("아직 끝나지 않은 교육입니다.", "It is not over yet."), .conflict)
        }
        let roster = try EnrolmentTable.roster(of: session.id, in: tables)
        let open = roster.filter { $0.state == .placed }
        guard !open.isEmpty else {
            throw TrainingRefusals.fault(
                "session", "settled", Words("마감할 사람이 없습니다.", "Nobody is left to settle."), .conflict)
        }
        let marks = try EnrolmentTable.marks(of: session.id, in: tables)
        let verdicts = open.map { ($0, programme.rule.verdict(programme.modules, marks[$0.id] ?? [:])) }
        let unknown = verdicts.count { if case .unknown = $0.1 { true } else { false } }
        guard unknown == 0 else {
            throw TrainingRefusals.fault(
                "session", "unmarked",
                Words("출석이나 점수를 적지 않은 사람이 \(unknown)명 있습니다.", "\(unknown) people are not fully marked yet."), .conflict)
        }
        var places = BadgePlaces(issued: try BadgeTable.count(in: tables))
        // Whoever still waits came to nothing: they are let go, and may enrol anew.
        var drafts = roster.filter { $0.state == .waiting }.map { waiting in
            Draft(
                TrainingEvents.withdrawn, stream: "training-enrolment/\(waiting.id)", scope: waiting.scope,
                payload: [
                    "enrolment": .string(waiting.id), "session": .string(session.id), "reason": "not-placed",
                ])
        }
        let maker = try ask.maker(in: tables)
        for (enrolment, verdict) in verdicts {
            try MarkTraining.refuseOwn(enrolment, maker, "session")
            switch verdict {
            case .unknown: continue
            case .failed(let share, let score):
                drafts.append(draft(TrainingEvents.failed, enrolment, share, score))
            case .passed(let share, let score):
                drafts.append(draft(TrainingEvents.completed, enrolment, share, score))
                let place = try places.next { try BadgeTable.isTaken($1, of: $0, in: tables) }
                drafts += issue(enrolment, programme, share, score, marks[enrolment.id] ?? [:], place, at: ask.now)
            }
        }
        return drafts
    }

    private static func draft(_ type: String, _ enrolment: TrainingEnrolment, _ share: Int64, _ score: Int64?) -> Draft
    {
        Draft(
            type, stream: "training-enrolment/\(enrolment.id)", scope: enrolment.scope,
            payload: [
                "enrolment": .string(enrolment.id), "session": .string(enrolment.session),
                "programme": .string(enrolment.programme),
            ], personal: TrainingEvents.result(of: enrolment.person, share, score))
    }

    /// The credential; for staff also the certificates of the register of AI that its modules are.
    private static func issue(
        _ enrolment: TrainingEnrolment, _ programme: TrainingProgramme, _ share: Int64, _ score: Int64?,
        _ marks: [String: CompletionRule.Mark], _ place: (list: Int64, index: Int64), at now: Timestamp
    ) -> [Draft] {
        let (badge, today) = (Secret.code(), KoreanDay(now))
        let through = programme.through(from: today)
        var certificates: [CertificateIssued] = []
        if enrolment.firm == nil, let through {
            for module in programme.modules {
                guard let certificate = module.certificate, let points = marks[module.id]?.score,
                    points >= programme.rule.pass
                else { continue }
                certificates.append(
                    CertificateIssued(
                        certificate: Identifier(at: now).description, person: enrolment.person,
                        module: certificate.module, version: certificate.version, score: points,
                        passed: today.description, expires: through.description))
            }
        }
        var payload: [String: JSON] = [
            "enrolment": .string(enrolment.id), "programme": .string(programme.id),
            "person": .string(enrolment.person.rawValue), "list": .decimal(place.list),
            "index": .decimal(place.index), "certificates": .array(certificates.map { .string($0.certificate) }),
        ]
        if let through { payload["through"] = .string(through.description) }
        let issued = Draft(
            TrainingEvents.issued, stream: TrainingEvents.stream(ofBadge: enrolment.id), scope: enrolment.scope,
            payload: payload, personal: TrainingEvents.badge(badge, of: enrolment.person, share, score))
        return [issued] + certificates.map(\.draft)
    }
}

/// Deals out the bits of status lists: a list at a time, within it by lot, so that a bit does not say who came when.
struct BadgePlaces {
    private var issued: Int64
    private var dealt: Set<Int64> = []
    private var random = SystemRandomNumberGenerator()

    /// - Parameter issued: how many credentials there are already.
    init(issued: Int64) { self.issued = issued }

    /// A bit that is free.
    mutating func next(isTaken: (Int64, Int64) throws -> Bool) rethrows -> (list: Int64, index: Int64) {
        let list = issued / StatusBits.used
        while true {
            let index = Int64.random(in: 0..<StatusBits.count, using: &random)
            let place = list * StatusBits.count + index
            guard try !dealt.contains(place) && !isTaken(list, index) else { continue }
            dealt.insert(place)
            issued += 1
            return (list, index)
        }
    }
}
