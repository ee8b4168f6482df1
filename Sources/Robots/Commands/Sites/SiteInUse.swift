import Access
import District
import Record
import Store

/// What of a site is in use: a new edition must not take it away from under those who drive by it, or who rely on a hold.
enum SiteInUse {
    /// Refuses a plan that lacks where open missions still go, or a zone that is held.
    static func check(_ plan: SitePlan, for tenant: some Tenancy, in reader: any Reader) throws {
        let faults = try faults(of: plan, for: tenant, in: reader)
        guard faults.isEmpty else {
            throw Refusal(
                .conflict, "site.used",
                Words("지금 쓰고 있는 장소가 이 도면에 없습니다.", "This plan lacks places that are in use."), faults: faults)
        }
    }

    /// What a plan lacks that is in use, by its name.
    static func faults(
        of plan: SitePlan, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Refusal.Fault] {
        let standing = try SiteTable.plan(plan.id, in: reader)
        let place = { (id: String) in standing?.nodes.first { $0.id == id }?.name ?? Words(id, id) }
        let (nodes, zones) = (Set(plan.nodes.map(\.id)), Set(plan.zones.map(\.id)))
        var faults: [Refusal.Fault] = []
        for kept in try MissionTable.open(site: plan.id, for: tenant, in: reader) {
            let what =
                kept.mission.items.isEmpty ? kept.mission.kind.words : Words(kept.mission.items, kept.mission.items)
            for stop in kept.mission.stops.dropFirst(kept.mission.leg) where !nodes.contains(stop.node) {
                faults.append(
                    .init(
                        field: "source", rule: "used",
                        words: Words(
                            "진행 중인 미션(\(what.ko))이 ‘\(place(stop.node).ko)’에 갑니다. 미션이 끝난 뒤 펴내 주세요.",
                            "A mission (\(what.en)) still goes to “\(place(stop.node).en)”: publish once it has ended.")
                    )
                )
            }
        }
        for hold in try HoldTable.open(for: tenant, in: reader) {
            guard case .zone(let site, let zone) = hold.reach, site == plan.id, !zones.contains(zone) else { continue }
            let name = standing?.zones.first { $0.id == zone }?.name ?? Words(zone, zone)
            faults.append(
                .init(
                    field: "source", rule: "held",
                    words: Words(
                        "‘\(name.ko)’ 구역은 지금 멈춰 두었습니다. 멈춤을 푼 뒤 펴내 주세요.",
                        "The zone “\(name.en)” is held: publish once the hold is lifted.")))
        }
        for rule in try CivicTable.applied(at: plan.id, in: reader) where plan.lacks(rule) {
            faults.append(
                .init(
                    field: "source", rule: "civic",
                    words: Words(
                        "시민 투표로 정한 제한이 걸린 구역이 이 도면에 없습니다: \(rule.title.ko)",
                        "This plan lacks the area of a limit that citizens adopted: \(rule.title.en)")))
        }
        for rule in try CivicTable.applied(at: plan.id, in: reader) {
            guard let standing, plan.uncovers(rule, of: standing) else { continue }
            faults.append(
                .init(
                    field: "source", rule: "civic-shape",
                    words: Words(
                        "시민 투표로 제한한 구역이 이 도면에서는 더 작습니다: \(rule.title.ko). 넓힐 수는 있어도 줄일 수는 없습니다.",
                        "On this plan the area that citizens limited is smaller: \(rule.title.en). It may grow, not shrink."
                    )))
        }
        return faults
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
