import Access
import District
import Record
import Store

/// Plans a run of a programme, gives it more places, calls it off.
enum PlanSession {
    private static let session = Field(
        "session", Words("교육 일정", "Session"), .reference(kind: "training-session", source: nil))
    private static let places = Field("places", Words("정원", "Places"), .integer(1...1000, unit: nil))

    static let plan = Command(
        Form(
            "alliance.training.session.plan", title: Words("교육 일정 잡기", "Plan a session"),
            help: Words("교육 과정의 날짜와 장소, 정원을 정합니다.", "When and where a programme is taught, and to how many."),
            fields: [
                Field("programme", Words("교육 과정", "Programme"), .reference(kind: "training-programme", source: nil)),
                Field("starts", Words("시작", "Begins"), .moment), Field("ends", Words("끝", "Ends"), .moment),
                Field("place", Words("장소", "Place"), .text(maximum: 120)), places,
            ],
            permission: TrainingRefusals.runners.orToken("command:alliance.training.session.plan"))
    ) { ask, tables in
        let programme = try TrainingRefusals.programme(ask, in: tables)
        guard !programme.isClosed else {
            throw TrainingRefusals.fault(
                "programme", "closed", Words("닫은 과정입니다.", "The programme is closed."), .conflict)
        }
        let (starts, ends) = (ask.values.moment("starts") ?? ask.now, ask.values.moment("ends") ?? ask.now)
        guard starts < ends else {
            throw TrainingRefusals.fault("ends", "order", Words("끝이 시작보다 늦어야 합니다.", "It ends before it begins."))
        }
        let id = Identifier(at: ask.now).description
        return [
            Draft(
                TrainingEvents.planned, stream: "training-session/\(id)", scope: scope(programme),
                payload: [
                    "session": .string(id), "programme": .string(programme.id), "starts": .string(starts.description),
                    "ends": .string(ends.description), "place": .string(ask.values.text("place")),
                    "places": .decimal(ask.values.integer("places") ?? 1),
                ])
        ]
    }

    static let resize = Command(
        Form(
            "alliance.training.session.resize", title: Words("교육 정원 바꾸기", "Change the places of a session"),
            help: Words("정원을 늘리면 대기자가 순서대로 들어옵니다.", "With more places those who wait come in, in their order."),
            fields: [session, places],
            permission: TrainingRefusals.runners.orToken("command:alliance.training.session.resize"))
    ) { ask, tables in
        let (session, programme) = try TrainingRefusals.session(ask, in: tables)
        let places = ask.values.integer("places") ?? session.places
        let seats = try EnrolmentTable.seats(of: session.id, in: tables)
        guard places >= seats.taken else {
            throw TrainingRefusals.fault(
                "places", "taken",
                Words("이미 \(seats.taken)명이 확정되어 있습니다.", "\(seats.taken) people have a place already."), .conflict)
        }
        let resized = Draft(
            TrainingEvents.resized, stream: "training-session/\(session.id)", scope: scope(programme),
            payload: ["session": .string(session.id), "places": .decimal(places)])
        return [resized] + (try promote(Int(places - seats.taken), of: session, at: ask.now, in: tables))
    }

    static let cancel = Command(
        Form(
            "alliance.training.session.cancel", title: Words("교육 일정 취소", "Call a session off"),
            help: Words("사유를 남기고 취소합니다. 신청한 사람 모두의 화면에 나타납니다.", "With a reason that everybody enrolled sees."),
            fields: [session, Field("reason", Words("사유", "Reason"), .text(maximum: 200))],
            permission: TrainingRefusals.runners.orToken("command:alliance.training.session.cancel"),
            confirmation: .readBack)
    ) { ask, tables in
        let (session, programme) = try TrainingRefusals.session(ask, in: tables)
        let settled = try EnrolmentTable.roster(of: session.id, in: tables).contains {
            $0.state == .completed || $0.state == .failed
        }
        guard !settled else {
            throw TrainingRefusals.fault(
                "session", "settled", Words("이미 마친 교육입니다.", "It was settled already."), .conflict)
        }
        return [
            Draft(
                TrainingEvents.cancelled, stream: "training-session/\(session.id)", scope: scope(programme),
                payload: ["session": .string(session.id), "reason": .string(ask.values.text("reason"))])
        ]
    }

    /// Gives free places to those who wait, in their order; nobody comes in once it has begun.
    static func promote(
        _ free: Int, of session: TrainingSession, without left: String? = nil, at now: Timestamp, in tables: any Reader
    ) throws -> [Draft] {
        guard free > 0, session.starts > now else { return [] }
        let waiting = try EnrolmentTable.roster(of: session.id, in: tables).filter { $0.id != left }
        return TrainingEnrolment.queue(waiting).prefix(free).map { next in
            Draft(
                TrainingEvents.placed, stream: "training-enrolment/\(next.id)", scope: next.scope,
                payload: ["enrolment": .string(next.id), "session": .string(session.id)])
        }
    }

    private static func scope(_ programme: TrainingProgramme) -> Scope {
        programme.audience == .staff ? .zone : .everyone
    }
}
