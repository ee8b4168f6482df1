import Access
import District
import Record
import Web

extension Part {
    /// Statements that people agree with or not, and the map of where they stand.
    static func opinions(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [OpinionTable.migration, OpinionTable.byProcess]
        // Forgetting a person touches the rows of proposals, debate and opinions: it comes after all of them.
        part.projections = [OpinionTable.projection, ForgottenTable.projection]
        part.commands = OpinionCommands.all
        part.routes = OpinionRoutes().routes
        part.names = [
            "opinion-topic": { _, reader in try OpinionTable.topics(in: reader).map { Named($0.id, [$0.title]) } },
            "opinion-statement": { _, reader in
                try OpinionTable.topics(in: reader).prefix(5).flatMap { topic in
                    try OpinionTable.statements(topic.id, in: reader).filter { $0.removed == nil }.map {
                        Named($0.id, [$0.said])
                    }
                }
            },
        ]
        part.doors = [
            Door(
                "/commons/opinions", Words("의견 지도", "Opinion map"),
                Words("짧은 의견에 답하고, 무엇이 모두를 잇고 나누는지 봅니다.", "Answer short statements; see what unites and what divides."),
                roles: nil)
        ]
        part.sample = { spine, seed in
            try await OpinionSample(district: spine.district).found(seed: seed)
            try await ProcessPartsSample(district: spine.district).foundTopic(seed: seed)
        }
        part.topics = [("commons.opinion.", "commons-opinions")]
        return part
    }
}
