import Access
import District
import Record
import Store

/// Keeps a certificate that someone brought, with its last day.
enum CertifyTraining {
    static func form(_ courses: TrainingCourses) -> Form {
        Form(
            "safety.training.certify", title: Words("이수증·자격 등록", "Register a certificate"),
            help: Words(
                "외부 교육 이수증이나 자격을 등록합니다. 만료일을 비우면 과정의 유효기간으로 계산합니다.",
                "Registers a certificate from outside. Without a last day it holds for as long as the course says."),
            fields: [
                Field("person", Words("사람", "Person"), .reference(kind: "person", source: nil)),
                Field("course", Words("교육 과정", "Course"), .choice(courses.choices)),
                Field("issuer", Words("발급 기관", "Issued by"), .text(maximum: 120)),
                Field(
                    "number", Words("이수증 번호", "Number"), .text(maximum: 60), required: false, isPersonal: true),
                Field("issued", Words("발급일", "Issued"), .moment),
                Field("through", Words("만료일", "Valid through"), .moment, required: false),
                Field(
                    "file", Words("이수증 파일", "File"), .attachment(maximumBytes: Attachments.largest), required: false),
            ],
            permission: .roles([.safetyManager, .executive]).orToken("command:safety.training.certify"))
    }

    static func command(_ courses: TrainingCourses) -> Command {
        Command(form(courses)) { ask, tables in
            guard let firm = try ask.tenant.firm else { throw TrainingRefusals.firmOnly }
            let person = try TrainingRefusals.person(ask, in: tables)
            let course = try TrainingRefusals.course(ask.values.text("course"), of: courses)
            let issued = ask.values.moment("issued") ?? ask.now
            guard issued <= ask.now else { throw TrainingRefusals.future("issued") }
            let day = KoreanDay(issued)
            let through = ask.values.moment("through").map { KoreanDay($0) } ?? course.through(from: day)
            if let through, through < day {
                let words = Words("만료일이 발급일보다 빠릅니다.", "It ends before it was issued.")
                throw Refusal(.invalid, "training.through", of: "through", "order", words)
            }
            var payload: [String: JSON] = [
                "person": .string(person.id.rawValue), "course": .string(course.id),
                "issuer": .string(ask.values.text("issuer")), "issued": .string(day.description),
                "edition": .string(courses.edition),
            ]
            if let through { payload["through"] = .string(through.description) }
            if let file = try TrainingRefusals.file(ask, in: tables) { payload["file"] = .string(file) }
            let number = ask.values.text("number")
            return [
                Draft(
                    "safety.training.certified", stream: "certificate/\(Identifier(at: ask.now))", scope: .firm(firm),
                    payload: payload,
                    personal: number.isEmpty ? [:] : ["number": PersonalContent(of: person.id, .string(number))])
            ]
        }
    }
}

extension TrainingCourse {
    /// The last day of what was earned on a day; nil where it does not end.
    func through(from day: KoreanDay) -> KoreanDay? {
        switch rule {
        case .renewed(_, let months): day.adding(months: months)
        case .periodic(_, let length): TrainingPeriod(length, of: day).next.last
        case .once: nil
        }
    }
}
