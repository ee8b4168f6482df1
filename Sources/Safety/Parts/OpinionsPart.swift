import Access
import District
import Record
import Web

extension Part {
    /// Workers' opinions: given, decided, done, and seen by all of the firm (SAPA Decree 4(7)).
    static func opinions(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [OpinionTable.migration]
        part.commands = [GiveOpinion.command, DecideOpinion.command, FinishOpinion.command, KeepMinutes.command]
        part.projections = [OpinionTable.projection]
        part.routes = OpinionRoutes().routes
        part.doors = [
            Door(
                "/safety/opinions", Words("의견 내기", "Opinions"),
                Words(
                    "이름 없이도 말할 수 있고, 처리 결과를 모두 봅니다.", "Speak up, without a name if you wish, and see what became of it."
                ),
                roles: [.worker, .operator, .safetyManager, .executive])
        ]
        part.sample = { spine, _ in try await OpinionSample(spine: spine).found() }
        part.topics = [("safety.opinion.", "safety-opinions"), ("safety.committee.", "safety-opinions")]
        return part
    }
}
