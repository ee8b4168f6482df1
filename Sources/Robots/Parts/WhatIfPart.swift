import Access
import District
import Record
import Web

extension Part {
    /// What would be if: two robots more, a place closed, twice the missions, simulated on the site's own plan.
    static func whatIf(_ book: Handbook) throws(HandbookError) -> Part {
        let settings = try WhatIfSettings(book)
        var part = Part()
        part.migrations = [WhatIfTable.migration]
        part.routes = WhatIfRoutes(settings: settings).routes
        part.doors = [
            Door(
                "/robots/what-if", Words("만약에 (모의 계산)", "What if"),
                Words(
                    "로봇을 늘리거나 길을 막으면 어떻게 될지 모의로 계산합니다.",
                    "Simulate what more robots, a closed place or more missions would do."),
                roles: WhatIfRoutes.roles)
        ]
        part.services = { [WhatIfRunner(spine: $0, settings: settings)] }
        return part
    }
}
