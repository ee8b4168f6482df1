import District
import Record
import Store

/// What the room does when citizens adopt a rule, and when it ends: the site's map gets a new edition with it, or without it.
enum CivicReactions {
    static let all = [adopted, ended]

    /// An adopted rule stands on the map at once; where it cannot, the Record and the room's pages say why.
    static let adopted = Reaction(
        "robots.keep-civic-rule", to: RuleAdopted.type,
        yields: [SiteTable.Events.ruled, CivicTable.applied, CivicTable.unapplied]
    ) { event, reader in
        guard let fact = RuleAdopted(event) else { return [] }
        let rule = CivicRule(fact)
        let standing = try standing(rule.site, reader)
        do throws(CivicRule.Obstacle) {
            guard let site = standing else { throw .noSite }
            guard !site.plan.lacks(rule) else { throw .noArea }
            let plan = site.plan.with(site.rules + [rule])
            guard (try? SiteCompiler.compile(plan)) != nil else { throw .plan }
            guard plan.json.canonicalText.utf8.count <= PublishSite.largest else { throw .size }
            return [edition(plan, of: site.site, rule), CivicTable.draft(CivicTable.applied, rule)]
        } catch {
            var rule = rule
            rule.obstacle = error
            return [CivicTable.draft(CivicTable.unapplied, rule)]
        }
    }

    /// A rule that has ended leaves the map.
    static let ended = Reaction(
        "robots.lift-civic-rule", to: RuleEnded.type, yields: [SiteTable.Events.ruled, CivicTable.lifted]
    ) { event, reader in
        guard let fact = RuleEnded(event), let rule = try CivicTable.find(fact.rule, in: reader) else { return [] }
        let lifted = CivicTable.draft(CivicTable.lifted, rule)
        guard rule.obstacle == nil, let site = try standing(rule.site, reader) else { return [lifted] }
        let plan = site.plan.with(site.rules.filter { $0.id != rule.id })
        return plan == site.plan ? [lifted] : [edition(plan, of: site.site, rule), lifted]
    }

    /// A site that is driven by, its plan, and the rules on it; nil where there is none.
    private static func standing(
        _ id: String, _ reader: any Reader
    ) throws -> (site: SiteTable.Site, plan: SitePlan, rules: [CivicRule])? {
        // Whose the site is does not matter here: the zone's citizens decided, and the edition keeps the site's scope.
        guard let site = try SiteTable.standing(in: reader).first(where: { $0.id == id }),
            let plan = try SiteTable.plan(id, in: reader)
        else { return nil }
        return (site, plan, try CivicTable.applied(at: id, in: reader))
    }

    private static func edition(_ plan: SitePlan, of site: SiteTable.Site, _ rule: CivicRule) -> Draft {
        Draft(
            SiteTable.Events.ruled, stream: "robot-site/\(site.id)", scope: site.scope,
            payload: [
                "site": .string(site.id), "number": .number(Double(site.number + 1)),
                "edition": .string(plan.edition), "plan": plan.json, "rule": .string(rule.id),
                "vote": .string(rule.vote), "title": rule.title.json,
                "nodes": .number(Double(plan.nodes.count)), "edges": .number(Double(plan.edges.count)),
            ])
    }
}
