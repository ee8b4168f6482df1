import Access
import District
import Record
import Store

/// A closed place is opened: only when what closed it was mended, and only by a safety manager who was there.
enum OpenZone {
    static let command = Command(
        Form(
            "safety.zone.open", title: Words("닫힌 구역 열기", "Open a closed place"),
            help: Words(
                "모든 조치의 효과가 확인된 뒤, 현장을 직접 본 안전관리자만 열 수 있습니다.",
                "Only once every action was found effective, and by a safety manager who has looked on the spot."),
            fields: [
                Field("closure", Words("닫힌 구역", "Closure"), .reference(kind: "closure", source: nil)),
                Field("seen", Words("현장을 직접 확인했습니다", "I have looked on the spot"), .flag),
            ], permission: .roles([.safetyManager]).orToken("command:safety.zone.open"), confirmation: .readBack)
    ) { ask, tables in
        guard let closure = try ClosureTable.find(ask.values.text("closure"), for: ask.tenant, in: tables) else {
            throw Refusal(.notFound, "closure.unknown", Words("그런 구역이 없습니다.", "There is no such closure."))
        }
        guard closure.opened == nil else {
            throw Refusal(.conflict, "closure.open", Words("이미 열려 있습니다.", "It is open already."))
        }
        guard ask.values.flag("seen") else {
            let words = Words("현장을 확인해야 열 수 있습니다.", "Someone must look on the spot first.")
            throw Refusal(.invalid, "closure.not-seen", of: "seen", "true", words)
        }
        if let obstacle = try obstacle(closure, for: ask.tenant, in: tables) {
            throw Refusal(.conflict, "closure.\(obstacle.rawValue)", obstacle.words)
        }
        let actions = try ActionTable.of(closure.reason.actionKind, closure.source, for: ask.tenant, in: tables)
        return [
            closure.opening([
                "actions": .array(actions.filter { $0.state == .verified }.map { .string($0.id) })
            ])
        ]
    }

    /// What still stands against opening a place.
    static func obstacle(
        _ closure: Closure, for tenant: Tenant, in tables: any Reader
    ) throws -> OpeningRule.Obstacle? {
        let actions = try ActionTable.of(closure.reason.actionKind, closure.source, for: tenant, in: tables)
        let isOver =
            switch closure.reason {
            case .hazard: try HazardTable.find(closure.source, for: tenant, in: tables)?.state == .closed
            // A stop ends by its own command, which opens the place with it.
            case .stop: false
            case .incident: true
            case .emergency: try EmergencyTable.find(closure.source, for: tenant, in: tables)?.isRunning == false
            }
        return OpeningRule.obstacle(
            closure.reason, actions: actions.map(\.state).filter { $0 != .cancelled }, isCauseOver: isOver)
    }
}
