import Access
import District
import Record
import Web

extension Part {
    /// Accords between cities: what they lead to, with milestones and outcomes; exchanges with places and people.
    static func accords(_ book: Handbook) throws(HandbookError) -> Part {
        let (cited, sample) = (try CitedAccord.all(book), try AccordSample(book))
        var part = Part()
        part.migrations = [AccordTable.migration]
        part.projections = [AccordTable.projection]
        part.commands = [
            SignAccord.command, SignAccord.undertake, AccordMilestones.set, AccordMilestones.move,
            AccordMilestones.reach, AccordMilestones.drop, AccordResults.measure, AccordResults.send,
            AccordResults.bring, AccordResults.erase,
        ]
        part.routes = AccordRoutes(cited: cited).routes
        part.names = AccordNames.all
        part.home = { try await AccordTasks.home($0) }
        part.doors = [
            Door(
                "/transition/accords", Words("도시 간 협약", "Accords between cities"),
                Words(
                    "다른 도시와 함께하는 정책, 사업, 전시, 인재 교류와 그 성과를 봅니다.",
                    "Policies, projects, exhibitions and exchanges with other cities, and what came of them."),
                roles: nil)
        ]
        part.topics = [("transition.accord.", "accords")]
        part.sample = { spine, _ in try await sample.found(spine) }
        return part
    }
}
