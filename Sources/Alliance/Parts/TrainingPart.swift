import Access
import District
import Record
import Web

extension Part {
    /// Programmes, sessions, attendance and scores; credentials (Open Badges 3.0) and statements (xAPI).
    static func training(_ book: Handbook) throws(HandbookError) -> Part {
        let sample = try TrainingSample(book)
        var part = Part()
        part.migrations = [
            TrainingTable.migration, EnrolmentTable.migration, BadgeTable.migration, ErasureTable.migration,
        ]
        part.projections = [
            TrainingTable.projection, EnrolmentTable.projection, BadgeTable.projection, ErasureTable.projection,
        ]
        part.commands = [
            OpenProgramme.command, OpenProgramme.close, PlanSession.plan, PlanSession.resize, PlanSession.cancel,
            EnrolTraining.command, EnrolTraining.withdraw, MarkTraining.command, SettleTraining.command,
            BadgeCommands.revoke, BadgeCommands.show, BadgeCommands.name, ForgetLearner.command,
        ]
        part.answers = TrainingAnswers.all
        part.routes =
            TrainingRoutes().routes + SessionRoutes().routes + BadgeRoutes().routes + BadgeCheckRoutes().routes
            + StatementRoutes().routes
        part.names = TrainingNames.all
        part.home = { try await TrainingTasks.home($0) }
        part.doors = [
            Door(
                "/alliance/training", Words("교육과 수료증", "Training"),
                Words(
                    "교육 과정과 일정을 봅니다. 로그인하면 신청하고 수료증을 내려받습니다.",
                    "Programmes and sessions; signed in you enrol and download your credentials."),
                roles: nil),
            Door(
                BadgeCheckRoutes.path, Words("수료증 파일 확인", "Check a credential"),
                Words(
                    "받은 수료증 파일이 진짜인지, 지금 유효한지 누구나 확인합니다.",
                    "Anybody checks whether a credential's file is genuine, and whether it counts today."), roles: nil),
        ]
        part.topics = [("alliance.training.", "training")]
        part.services = { [TrainingErasure(district: $0.district)] }
        part.sample = { spine, _ in try await sample.found(spine) }
        return part
    }
}
