import Access
import District
import Record
import Web

extension Part {
    /// What a vote makes a rule for robots: adopted by the count, obeyed by the room that moves them, ended with a reason.
    static func rulings(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [RulingTable.migration]
        part.projections = [RulingTable.projection]
        part.commands = [EndRule.command]
        part.reactions = [EndRule.adopting]
        part.answers = RulingAnswers.all
        part.routes = RulingRoutes().routes
        part.names = [
            EndRule.kind: { _, reader in
                try RulingTable.all(in: reader).filter(\.holds).map { rule in
                    Named(
                        rule.id, [rule.effect.words.ko, rule.effect.words.en],
                        label: Ruling.title(rule.effect, of: rule.voteTitle))
                }
            }
        ]
        part.doors = [
            Door(
                RulingRoutes.path, Words("시민이 정한 로봇 규칙", "Rules for robots by citizens"),
                Words(
                    "투표로 정한 로봇 속도와 통행 금지가 지금 어디에 적용되는지 봅니다.",
                    "See which speed limits and closed places citizens voted for, and where they hold."),
                roles: nil)
        ]
        part.sample = { spine, seed in try await RulingSample(district: spine.district).found(seed: seed) }
        part.topics = [("commons.rule.", "commons-rules")]
        return part
    }
}
