import Access
import District
import Record
import Store
import Twin
import Web

extension FloorSource {
    /// What Safety has closed and what is held, where it concerns a site: the site itself, what holds it, or what it holds.
    static let standing: @Sendable (String, Tenant, Spine) async throws -> [FloorMark] = { site, tenant, spine in
        try await spine.district.store.read { reader in
            guard let plan = try SiteTable.compiled(site, in: reader)?.plan,
                let own = try SiteTable.find(site, for: tenant, in: reader)
            else { return [] }
            let above = Set(try Things.path(to: ThingID(site), for: tenant, in: reader).map(\.id))
            let within = Set(plan.things)
            let target = { (thing: ThingID) -> String? in
                above.contains(thing) ? site : within.contains(thing.rawValue) ? thing.rawValue : nil
            }
            let closed = try HoldTable.closed(in: reader).compactMap { closure in
                target(closure.thing).map { FloorMark(isHold: false, words: Self.reason(closure.reason), target: $0) }
            }
            let held = try HoldTable.open(for: tenant, in: reader).compactMap { hold -> FloorMark? in
                let place: String?
                switch hold.reach {
                case .fleet: place = [.zone, own.scope].contains(hold.scope) ? site : nil
                case .thing(let thing): place = target(thing)
                case .zone(let other, let zone): place = other == site ? zone : nil
                }
                return place.map { FloorMark(isHold: true, words: Self.reason(hold), target: $0) }
            }
            return closed + held
        }
    }

    /// Why vehicles are held, as whoever held them said.
    private static func reason(_ hold: Hold) -> Words {
        switch (hold.cause, hold.reason) {
        case (.evacuation, "drill"): Words("비상 대피 훈련", "evacuation drill")
        case (.evacuation, _): Words("비상 대피", "evacuation")
        case (.person, ""): Words("사람이 멈춤", "held by a person")
        case (.person, let reason): Words(reason, reason)
        }
    }

    /// Why Safety closed something, in a word.
    private static func reason(_ reason: String) -> Words {
        switch reason {
        case "stop-work": Words("작업중지", "work stopped")
        case "incident": Words("사고", "incident")
        case "emergency": Words("비상 상황", "emergency")
        default: Words("위험", "hazard")
        }
    }
}
