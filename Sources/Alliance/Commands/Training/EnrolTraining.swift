import Access
import District
import Record
import Store

/// Enrols somebody in a session, or in its waiting list; takes an enrolment back.
enum EnrolTraining {
    static let command = Command(
        Form(
            "alliance.training.enrol", title: Words("교육 신청", "Enrol"),
            help: Words(
                "자리가 있으면 바로 확정되고, 없으면 대기자로 등록됩니다. 기업 대표는 소속 직원을 대신 신청할 수 있습니다.",
                "You get a place where there is one, else you wait. The head of a firm may enrol its people."),
            fields: [
                Field("session", Words("교육 일정", "Session"), .reference(kind: "training-session", source: nil)),
                Field(
                    "person", Words("받을 사람", "For whom"), .reference(kind: "person", source: nil), required: false,
                    help: Words("비우면 본인입니다.", "Left empty: yourself.")),
                Field(
                    "email", Words("수료증에 연결할 전자우편", "E-mail for the credential"), .text(maximum: 120),
                    required: false,
                    help: Words(
                        "수료증에는 암호화된 값만 들어갑니다. 비워도 됩니다.", "Only a salted hash of it enters the credential. Optional."),
                    isPersonal: true),
            ],
            permission: .signedIn.orToken("command:alliance.training.enrol"))
    ) { ask, tables in
        let (session, programme) = try TrainingRefusals.session(ask, in: tables)
        guard !programme.isClosed, session.starts > ask.now else {
            throw TrainingRefusals.fault(
                "session", "begun", Words("신청 기간이 지났습니다.", "It has begun, or the programme is closed."), .conflict)
        }
        let person = try person(ask, in: tables)
        guard programme.isMeant(for: person), let id = person.person else {
            throw TrainingRefusals.fault(
                "person", "audience", Words("이 과정의 대상이 아닙니다.", "This programme is not meant for this person."),
                .forbidden)
        }
        guard
            try !EnrolmentTable.of(id, in: tables).contains(where: {
                try $0.programme == programme.id && stands($0, at: ask.now, in: tables)
            })
        else {
            throw TrainingRefusals.fault(
                "person", "enrolled", Words("이미 신청한 과정입니다.", "Enrolled in this programme already."), .conflict)
        }
        let today = KoreanDay(ask.now)
        let earned = try BadgeTable.badges(of: id, in: tables).filter {
            $0.programme == programme.id && $0.revoked == nil
        }
        guard !earned.contains(where: { $0.state(on: today) == .valid }) else {
            throw TrainingRefusals.fault(
                "person", "earned", Words("유효한 수료증이 있습니다.", "A credential of this programme still counts."), .conflict)
        }
        let email = ask.values.text("email")
        guard email.isEmpty || email.wholeMatch(of: /[^@\s]+@[^@\s]+\.[^@\s]+/) != nil else {
            throw TrainingRefusals.fault(
                "email", "email", Words("전자우편 주소를 확인해 주세요.", "Please check the e-mail address."))
        }
        let seats = try EnrolmentTable.seats(of: session.id, in: tables)
        let hasPlace = seats.taken < session.places && seats.waiting == 0
        let enrolment = Identifier(at: ask.now).description
        var payload: [String: JSON] = [
            "enrolment": .string(enrolment), "session": .string(session.id), "programme": .string(programme.id),
            "person": .string(id.rawValue), "state": .string(hasPlace ? "placed" : "waiting"),
            "renewal": .bool(!earned.isEmpty),
        ]
        if let firm = person.firm { payload["firm"] = .string(firm.rawValue) }
        return [
            Draft(
                TrainingEvents.enrolled, stream: "training-enrolment/\(enrolment)",
                scope: person.firm.map { .firm($0) } ?? .zone, payload: payload,
                personal: email.isEmpty
                    ? [:] : ["email": PersonalContent(of: TrainingEvents.learner(id), .string(email))])
        ]
    }

    /// Whether an enrolment still leads to something: a place until it is settled, a place in a waiting list until the
    /// session begins, for nobody comes in after that.
    private static func stands(_ enrolment: TrainingEnrolment, at now: Timestamp, in tables: any Reader) throws -> Bool
    {
        guard enrolment.state == .waiting else { return enrolment.state == .placed }
        return try TrainingTable.session(enrolment.session, in: tables).map { $0.starts > now } ?? false
    }

    /// Whom the form is about: whoever asks, one of the firm whose head asks, or anyone where the zone asks.
    private static func person(_ ask: Ask, in tables: any Reader) throws -> Caller {
        let named = ask.values.text("person")
        let id = named.isEmpty ? ask.caller.person : PersonID(named)
        guard let id, let person = try Directory.caller(id, in: tables) else {
            throw TrainingRefusals.fault(
                "person", "person", Words("그런 사람이 없습니다.", "There is no such person."), .notFound)
        }
        let isHead = ask.caller.roles.contains(.executive) && person.firm != nil && person.firm == ask.caller.firm
        guard id == ask.caller.person || isHead || TrainingRefusals.isRunner(ask.caller) else {
            throw TrainingRefusals.fault(
                "person", "person", Words("그런 사람이 없습니다.", "There is no such person."), .notFound)
        }
        return person
    }

    static let withdraw = Command(
        Form(
            "alliance.training.withdraw", title: Words("교육 신청 취소", "Withdraw"),
            help: Words("빈 자리는 다음 대기자에게 갑니다.", "The place goes to whoever waits next."),
            fields: [
                Field("enrolment", Words("교육 신청", "Enrolment"), .reference(kind: "training-enrolment", source: nil))
            ],
            permission: .signedIn.orToken("command:alliance.training.withdraw"), confirmation: .readBack)
    ) { ask, tables in
        guard let enrolment = try EnrolmentTable.enrolment(ask.values.text("enrolment"), in: tables),
            isIts(ask.caller, enrolment), let session = try TrainingTable.session(enrolment.session, in: tables)
        else { throw TrainingRefusals.enrolment }
        guard enrolment.state.isOpen, session.starts > ask.now else {
            throw TrainingRefusals.fault(
                "enrolment", "closed", Words("이미 시작했거나 끝난 신청입니다.", "It has begun, or is over."), .conflict)
        }
        let withdrawn = Draft(
            TrainingEvents.withdrawn, stream: "training-enrolment/\(enrolment.id)", scope: enrolment.scope,
            payload: ["enrolment": .string(enrolment.id), "session": .string(session.id)])
        guard enrolment.state == .placed else { return [withdrawn] }
        let seats = try EnrolmentTable.seats(of: session.id, in: tables)
        let free = Int(session.places - seats.taken + 1)
        return [withdrawn]
            + (try PlanSession.promote(free, of: session, without: enrolment.id, at: ask.now, in: tables))
    }

    /// Whether an enrolment is somebody's own, of their firm where they are its head, or theirs to run.
    private static func isIts(_ caller: Caller, _ enrolment: TrainingEnrolment) -> Bool {
        caller.person == enrolment.person || TrainingRefusals.isRunner(caller)
            || caller.roles.contains(.executive) && enrolment.firm != nil && enrolment.firm == caller.firm
    }
}
