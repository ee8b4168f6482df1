import Access
import District
import Record
import Store
import Web

extension Part {
    /// Brokerage days: who meets whom, matched stably and within capacity, and what came of each introduction.
    static func brokerage(_ book: Handbook) throws(HandbookError) -> Part {
        let lists = try SolutionKinds(book)
        let weights = try MatchScore.Weights(book)
        let introductions = IntroductionRoutes(lists: lists)
        var part = Part()
        part.migrations = [
            DayTable.migration, IntroductionTable.migration, IntroductionTable.needMigration, DayTable.hoursMigration,
            IntroductionTable.meetingMigration, IntroductionTable.toldMigration,
        ]
        part.projections = [DayTable.projection, IntroductionTable.projection]
        part.commands = [
            OpenDay(lists: lists).command, ProposeDay(weights: weights).command, MarkPair.pin, MarkPair.forbid,
            MarkPair.release, PublishDay.command, MoveDay.move, MoveDay.cancel, AnswerIntroduction.command,
            NoteOutcome.command,
        ]
        part.answers = [IntroductionAnswers.mine]
        part.routes = DayRoutes(lists: lists).routes + introductions.routes
        part.home = { try await introductions.home($0) }
        part.names = [
            "alliance-day": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try DayTable.days(limit: 100, offset: 0, for: tenant, in: reader).rows.map {
                    Named($0.id, ["\($0.title) \($0.day)", $0.title])
                }
            },
            "alliance-introduction": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                let page = try IntroductionTable.page(
                    .all, on: KoreanDay(number: 0), limit: 500, offset: 0, for: tenant, in: reader)
                let names = try IntroductionTable.names(of: page.rows, in: reader)
                return page.rows.map { Named($0.id, ["\($0.needTitle) – \(names[$0.supplier] ?? "")"]) }
            },
        ]
        part.doors = [
            Door(
                "/alliance/brokerage", Words("상담회", "Brokerage days"),
                Words("기업과 공급기업을 연결해 소개합니다.", "Match firms and suppliers, and introduce them."),
                roles: DayAsk.officers),
            Door(
                "/alliance/introductions", Words("소개", "Introductions"),
                Words("소개받은 기업에 답하고, 이어진 일을 적습니다.", "Answer introductions, and note what came of them."),
                roles: IntroductionRoutes.readers),
        ]
        part.topics = [("alliance.brokerage.", "brokerage"), ("alliance.introduction.", "brokerage")]
        part.sample = { spine, _ in try await FirmSample.found(spine) }
        return part
    }
}
