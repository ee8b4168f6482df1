import Access
import District
import Record
import Web

extension Part {
    /// What other cities did and what came of it, with sources and levels; the hubs; what must hold here.
    static func cases(_ shelf: CaseShelf, _ desk: EconomyDesk) -> Part {
        var part = Part()
        part.migrations = [CaseTable.migration]
        part.projections = [CaseTable.projection]
        part.commands = [
            AddCase(shelf: shelf).command, CorrectCase(shelf: shelf).command, AnswerCondition(shelf: shelf).command,
            ChooseHome.command,
        ]
        part.answers = [CaseAnswers(shelf: shelf).tell]
        part.routes = CaseRoutes(shelf: shelf, desk: desk).routes + CaseChoices(shelf: shelf).routes
        part.names = [
            "city-case": { _, reader in
                try shelf.all(in: reader).map {
                    Named($0.id, [$0.city.ko, $0.city.en, $0.id], label: $0.name)
                }
            },
            "case-condition": { _, reader in
                try shelf.all(in: reader).flatMap(CaseChoices.conditions).map {
                    Named($0.id, [$0.words.ko, $0.words.en], label: $0.words)
                }
            },
            "case-claim": { _, reader in
                try shelf.all(in: reader).flatMap(CaseChoices.claims).map {
                    Named($0.id, [$0.words.ko, $0.words.en], label: $0.words)
                }
            },
        ]
        part.doors = [
            Door(
                CaseRoutes.path, Words("도시 전환 사례", "Cases of other cities"),
                Words(
                    "다른 도시가 산업 위기에 무엇을 했고 어떻게 되었는지 출처·근거 수준과 함께 봅니다.",
                    "What other cities did and what came of it, with sources and how sure it is."), roles: nil),
            Door(
                "/transition/hubs", Words("제조혁신 허브 비교", "Hubs side by side"),
                Words(
                    "울산과 먼저 선정된 제조혁신 허브 여덟 곳을 비교합니다.", "Ulsan and the eight manufacturing hubs before it."), roles: nil),
        ]
        part.topics = [
            ("transition.case.", "cases"), ("transition.condition.", "cases"), ("transition.home.", "cases"),
        ]
        return part
    }
}
