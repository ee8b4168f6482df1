import District
import Record

/// What citizens adopted, as zones of a plan. Nobody draws these: whoever publishes a plan publishes them with it.
extension SitePlan {
    /// How the ids of these zones begin; no other zone's may.
    static let civic = "civic-vote-"

    /// The plan with the zones of these rules, and of no other.
    func with(_ rules: [CivicRule]) -> SitePlan {
        var plan = self
        let drawn = zones.filter { !$0.isCivic }
        plan.zones = drawn + rules.sorted { $0.id < $1.id }.flatMap { zones(of: $0, among: drawn) }
        return plan
    }

    /// Whether a rule's area is not on it.
    func lacks(_ rule: CivicRule) -> Bool { zones(of: rule, among: zones.filter { !$0.isCivic }).isEmpty }

    /// Whether it draws a rule's area so that it no longer covers where the rule stands: corners that were moved would
    /// hollow out what citizens adopted.
    func uncovers(_ rule: CivicRule, of standing: SitePlan) -> Bool {
        guard let area = rule.area, let kept = standing.zones.first(where: { $0.id == rule.zone }),
            let drawn = zones.first(where: { $0.id == area })
        else { return false }
        return drawn.map != kept.map || !SiteGeometry.covers(drawn.corners, kept.corners)
    }

    private func zones(of rule: CivicRule, among drawn: [Zone]) -> [Zone] {
        func zone(_ id: String, _ place: Words, _ map: String, _ corners: [Point]) -> Zone {
            Zone(id: id, name: rule.name(at: place), map: map, corners: corners, rule: rule.zoneRule)
        }
        if let area = rule.area {
            return drawn.filter { $0.id == area }.map { zone(rule.zone, $0.name, $0.map, $0.corners) }
        }
        return maps.enumerated().compactMap { number, floor in
            box(of: floor.id).map { zone("\(rule.zone)-\(number + 1)", floor.name, floor.id, $0) }
        }
    }

    /// All of a floor where vehicles can be, with room for their bodies; nil where they cannot be there.
    private func box(of floor: String) -> [Point]? {
        let there = nodes.filter { $0.map == floor }
        guard let left = there.map(\.x).min(), let right = there.map(\.x).max(), let low = there.map(\.y).min(),
            let high = there.map(\.y).max()
        else { return nil }
        let room = footprint + 1
        return [
            Point(x: left - room, y: low - room), Point(x: right + room, y: low - room),
            Point(x: right + room, y: high + room), Point(x: left - room, y: high + room),
        ]
    }
}

extension SitePlan.Zone {
    /// Whether a vote put it there.
    var isCivic: Bool { id.hasPrefix(SitePlan.civic) }
}

extension CivicRule {
    /// The id of its zone: a vote's name is longer than vehicles take.
    var zone: String { "\(SitePlan.civic)\(ContentHash.sha256(id.utf8).prefix(16))" }

    /// What its zone is called: the place, cut where that is long, and that citizens decided it.
    func name(at place: Words) -> Words {
        let (ko, en) = (place.ko.prefix(30), place.en.prefix(30))
        return kind == .noDriving
            ? Words("\(ko): 시민 투표로 정한 통행 금지", "\(en): closed by citizens' vote")
            : Words("\(ko): 시민 투표로 정한 속도 제한", "\(en): limit by citizens' vote")
    }

    /// The rules that a plan can keep, beside those that it keeps already: each that leaves every place within reach.
    static func fitting(_ rules: [CivicRule], on plan: SitePlan) -> (kept: [CivicRule], newly: [CivicRule]) {
        var kept = rules.filter { $0.obstacle == nil && !plan.lacks($0) }
        var newly: [CivicRule] = []
        for rule in rules where rule.obstacle != nil && !plan.lacks(rule) {
            guard (try? SiteCompiler.compile(plan.with(kept + [rule]))) != nil else { continue }
            kept.append(rule)
            newly.append(rule)
        }
        return (kept, newly)
    }

    /// Refuses a step of a draft that would loosen what citizens adopted, with the vote's name.
    static func check(_ edit: PlanEdit, on plan: SitePlan, _ rules: [CivicRule]) throws(Refusal) {
        switch edit {
        case .zone(let zone) where zone.isCivic: throw refusal(rules.first { zone.id.hasPrefix($0.zone) }, "zone")
        case .zone(let zone):
            guard case .speed(let most) = zone.rule else { return }
            let earlier = plan.zones.first { $0.id == zone.id }?.rule.value ?? 0
            let over = rules.first { $0.kind == .speedLimit && $0.area == zone.id && most > $0.limit && most > earlier }
            if let over { throw refusal(over, "value") }
        case .removeZone(let id):
            if let rule = rules.first(where: { $0.area == id || id.hasPrefix($0.zone) }) { throw refusal(rule, "zone") }
        default: return
        }
    }

    private static func refusal(_ rule: CivicRule?, _ field: String) -> Refusal {
        guard let rule else {
            return Refusal(
                .invalid, "site.civic", of: field, "reserved",
                Words("투표로 정한 구역에만 쓰는 이름입니다.", "Only zones that a vote made are called so."))
        }
        return Refusal(
            .conflict, "site.civic", of: field, "civic",
            Words(
                "시민 투표로 정한 제한입니다: \(rule.title.ko). 지도에서 풀거나 높일 수 없습니다.",
                "Citizens adopted this limit: \(rule.title.en). It cannot be lifted or raised on the map."))
    }
}
