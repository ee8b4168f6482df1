import Access
import District
import Record
import Store
import Web

/// How ready each site is for robots: what is needed, what was found out, and what nobody knows.
struct ReadinessRoutes {
    let readiness: Readiness
    let places: Places

    static let roles = MissionAsk.askers.union(CheckReadiness.roles)

    var routes: [Web.Route] { [.get("/robots/readiness", .roles(Self.roles).ofMembers) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, places) = (try visit.tenant, places)
        let asked = visit.query["site"]
        let (sites, chosen, checks, hasLifts) = try await visit.spine.district.store.read { reader in
            let all = try places.all(tenant, reader)
            var sites: [(id: String, words: Words)] = []
            for place in all where !sites.contains(where: { $0.id == place.site }) {
                sites.append((place.site, place.siteName))
            }
            let chosen = sites.first { $0.id == asked } ?? sites.first
            let checks = try chosen.map { try ReadinessTable.checks(of: $0.id, for: tenant, in: reader) } ?? [:]
            // A street or a hall on one floor is not asked for lifts; of what is not drawn yet nobody knows.
            let plan = try chosen.flatMap { try SiteTable.compiled($0.id, in: reader)?.plan }
            return (sites, chosen, checks, plan.map { !$0.lifts.isEmpty || $0.maps.count > 1 } ?? true)
        }
        let items = readiness.items.filter { hasLifts || $0.subject != "lift" }
        let verdicts = items.map { readiness.verdict($0, checks[$0.id]?.check, at: visit.now) }
        let mayCheck = !visit.caller.roles.isDisjoint(with: CheckReadiness.roles)
        var context: [String: JSON] = [
            "sites": .array(
                sites.map { site in
                    var tab: [String: JSON] = [
                        "label": .string(site.words[visit.language]),
                        "href": .string("/robots/readiness?site=\(Table.encoded(site.id))"),
                    ]
                    if site.id == chosen?.id { tab["current"] = true }
                    return .object(tab)
                }),
            "counts": .array(
                Readiness.Verdict.allCases.map { verdict in
                    [
                        "badge": Show.badge(verdict.badge, verdict.words[visit.language]),
                        "many": .string(Show.count(verdicts.filter { $0 == verdict }.count)),
                    ]
                }),
        ]
        let isReady = chosen != nil && verdicts.allSatisfy { $0 == .met }
        context["headline"] = [
            "kind": .string(isReady ? "ok" : verdicts.contains(.notMet) ? "danger" : "unknown"),
            "text": .string(
                visit.word(
                    isReady
                        ? "readiness_ready" : verdicts.contains(.notMet) ? "readiness_not" : "readiness_unknown")),
        ]
        if let chosen {
            context["groups"] = .array(
                readiness.subjects.filter { subject in items.contains { $0.subject == subject.id } }.map { subject in
                    [
                        "id": .string(subject.id), "title": .string(subject.words[visit.language]),
                        "items": .array(
                            items.filter { $0.subject == subject.id }.map {
                                row($0, checks[$0.id], chosen.id, mayCheck: mayCheck, visit)
                            }),
                    ]
                })
        }
        return .page("readiness", title: visit.word("readiness_title"), .object(context), live: true)
    }

    private func row(
        _ item: Readiness.Item, _ entry: ReadinessTable.Entry?, _ site: String, mayCheck: Bool, _ visit: Visit
    ) -> JSON {
        let verdict = readiness.verdict(item, entry?.check, at: visit.now)
        var row: [String: JSON] = [
            "words": .string(item.words[visit.language]),
            "demand": .string(item.demand(Show.number(item.value))[visit.language]),
            "badge": Show.badge(verdict.badge, verdict.words[visit.language]),
            "how": .string(item.how[visit.language]),
        ]
        if let entry {
            row["checked"] = Show.time(entry.check.checked, visit.language)
            // Who did as the instruction says is told so in the reader's language.
            row["method"] = .string(entry.how == item.how.ko ? item.how[visit.language] : entry.how)
            if let value = entry.check.value {
                let unit = item.unit.map { $0 == "1" ? "" : " \($0)" } ?? ""
                row["value"] = .string(
                    item.rule == .yes
                        ? visit.word(value >= 1 ? "readiness_yes" : "readiness_no") : Show.number(value) + unit)
                if verdict == .unknown { row["old"] = true }
            }
            if let evidence = entry.evidence { row["evidence_href"] = .string("/attachments/\(evidence)") }
        }
        if mayCheck {
            let next = Table.encoded("/robots/readiness?site=\(site)")
            row["check_href"] = .string("/do/robots.readiness.check?site=\(site)&item=\(item.id)&next=\(next)")
        }
        return .object(row)
    }
}
