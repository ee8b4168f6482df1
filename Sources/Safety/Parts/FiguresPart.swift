import Access
import District
import Record
import Web

extension Part {
    /// Figures, lagging and leading, with their counts and intervals.
    static func figures(_ book: Handbook) throws(HandbookError) -> Part {
        var part = Part()
        part.migrations = [DrillTimes.migration]
        part.projections = [DrillTimes.projection]
        part.routes = FiguresPage().routes
        part.sample = { spine, _ in try await InsightSample.found(spine) }
        part.doors = [
            Door(
                "/safety/figures", Words("안전보건 지표", "Figures"),
                Words("재해율과 선행지표를 건수·구간과 함께 봅니다.", "Rates and leading figures with their counts and intervals."),
                roles: [.safetyManager, .executive, .zoneOfficer])
        ]
        return part
    }
}
