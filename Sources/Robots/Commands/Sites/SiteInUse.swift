import Access
import District
import Record
import Store

/// What of a site is in use: a new edition must not take it away from under those who drive by it, or who rely on a hold.
enum SiteInUse {
    /// Refuses a plan that lacks where open missions still go, or a zone that is held.
    static func check(_ plan: SitePlan, for tenant: some Tenancy, in reader: any Reader) throws {
        let (nodes, zones) = (Set(plan.nodes.map(\.id)), Set(plan.zones.map(\.id)))
        var faults: [Refusal.Fault] = []
        for kept in try MissionTable.open(site: plan.id, for: tenant, in: reader) {
            for stop in kept.mission.stops.dropFirst(kept.mission.leg) where !nodes.contains(stop.node) {
                faults.append(
                    .init(
                        field: "source", rule: "used",
                        words: Words(
                            "진행 중인 미션 \(kept.number)이(가) ‘\(stop.node)’에 갑니다. 미션이 끝난 뒤 펴내 주세요.",
                            "Mission \(kept.number) still goes to “\(stop.node)”: publish once it has ended.")))
            }
        }
        for hold in try HoldTable.open(for: tenant, in: reader) {
            guard case .zone(let site, let zone) = hold.reach, site == plan.id, !zones.contains(zone) else { continue }
            faults.append(
                .init(
                    field: "source", rule: "held",
                    words: Words(
                        "‘\(zone)’ 구역은 지금 멈춰 두었습니다. 멈춤을 푼 뒤 펴내 주세요.",
                        "The zone “\(zone)” is held: publish once the hold is lifted.")))
        }
        guard faults.isEmpty else {
            throw Refusal(
                .conflict, "site.used",
                Words("지금 쓰고 있는 장소가 이 도면에 없습니다.", "This plan lacks places that are in use."), faults: faults)
        }
    }

    /// Refuses to withdraw a site where missions are open.
    static func checkWithdrawal(of site: String, for tenant: some Tenancy, in reader: any Reader) throws {
        let open = try MissionTable.open(site: site, for: tenant, in: reader).count
        guard open == 0 else {
            throw Refusal(
                .conflict, "site.missions",
                Words(
                    "끝나지 않은 미션이 \(open)건 있습니다. 끝내거나 취소한 뒤 닫아 주세요.",
                    "\(open) missions are open: end or cancel them first."))
        }
    }
}
