import Access
import District
import Record
import Web

extension Part {
    /// Training: what people learnt, what they lack, and who signed for it (OSH 29, SAPA Decree 5(2)3–4).
    static func training(_ book: Handbook) throws(HandbookError) -> Part {
        let courses = try TrainingCourses(book)
        var part = Part()
        part.migrations = [TrainingTable.migration]
        part.commands = [
            HoldTraining.command(courses), SignTraining.command, CertifyTraining.command(courses),
            RequireTraining.command(courses), ReviewTraining.command(courses),
        ]
        part.projections = [TrainingTable.projection]
        part.routes = TrainingRoutes(courses: courses).routes
        part.doors = [
            Door(
                "/safety/training", Words("교육", "Training"),
                Words("받은 교육과 남은 교육, 이수증을 확인하고 서명합니다.", "What was learnt, what is missing, and signing for it."),
                roles: [.worker, .operator, .safetyManager, .executive, .zoneOfficer])
        ]
        part.home = { try await TrainingRoutes(courses: courses).home($0) }
        part.topics = [("safety.training.", "safety-training")]
        part.sample = { spine, _ in try await TrainingSample(spine: spine, courses: courses).found() }
        return part
    }
}
