import Access
import District
import Record
import Store

/// Why something about training is not done.
enum TrainingRefusals {
    static let firmOnly = Refusal(
        .forbidden, "training.firm-only",
        Words("교육 기록은 소속 기업에서 남깁니다.", "Training is recorded by the firm whose people were trained."))

    static let noSession = Refusal(
        .notFound, "training.unknown", Words("그런 교육 기록이 없습니다.", "There is no such training session."))

    static func future(_ field: String) -> Refusal {
        let words = Words("아직 오지 않은 때는 기록할 수 없습니다.", "What has not happened yet cannot be recorded.")
        return Refusal(.invalid, "training.future", of: field, "future", words)
    }

    static func course(_ id: String, of courses: TrainingCourses) throws -> TrainingCourse {
        guard let course = courses[id] else {
            throw Refusal(.notFound, "training.course", Words("그런 교육 과정이 없습니다.", "There is no such course."))
        }
        return course
    }

    /// The person a form names, of the caller's own firm.
    static func person(_ ask: Ask, field: String = "person", in tables: any Reader) throws -> Person {
        guard let person = try Directory.person(PersonID(ask.values.text(field)), for: ask.tenant, in: tables),
            person.active, person.firm == (try ask.tenant.firm)
        else {
            let words = Words("소속 기업의 사람을 골라 주세요.", "Please choose a person of your firm.")
            throw Refusal(.notFound, "training.person", of: field, "reference", words)
        }
        return person
    }

    /// The file that was attached, where one was.
    static func file(_ ask: Ask, in tables: any Reader) throws -> String? {
        let hash = ask.values.text("file")
        guard !hash.isEmpty else { return nil }
        guard try Attachments.holds(hash, for: ask.tenant, in: tables) else {
            let words = Words("첨부 파일을 다시 올려 주세요.", "Please upload the attachment again.")
            throw Refusal(.invalid, "training.file", of: "file", "attachment", words)
        }
        return hash
    }
}
