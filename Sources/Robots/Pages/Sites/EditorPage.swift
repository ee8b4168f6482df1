import Access
import District
import Record
import Store
import Twin
import Web

/// The map editor: the draft of a site's next edition.
struct EditorPage {
    func page(_ visit: Visit) async throws -> Reply {
        let (thing, site, plan) = try await visit.spine.district.store.read { reader in
            let thing = try SiteDesk.thing(visit, reader)
            return (
                thing, try SiteTable.find(thing.id.rawValue, for: visit.tenant, in: reader),
                try Self.base(thing, reader)
            )
        }
        let id = thing.id.rawValue
        let choices = { (all: [(String, Words)]) -> JSON in
            .array(all.map { ["value": .string($0.0), "label": .string($0.1[visit.language])] })
        }
        return .page(
            "site-edit", title: "\(thing.name[visit.language]) – \(visit.word("sites_edit"))",
            [
                "site": .string(id), "tabs": site == nil ? [] : SiteDesk.tabs(id, at: "/edit", visit),
                "floors": SiteDesk.floors(plan.plan, visit), "edition": .string("\(site?.number ?? 0)"),
                "kinds": choices(SitePlan.Kind.allCases.map { ($0.rawValue, $0.words) }),
                "rules": choices(SitePlan.Zone.Rule.names.map { ($0, SitePlan.Zone.Rule.words($0)) }),
                "draft_href": .string("/api/v1/robots/sites/\(id)/draft"),
                "import_href": .string(
                    "/do/robots.site-draft.load?site=\(id)&source=file&next=/robots/sites/\(id)/edit"),
            ])
    }

    /// The draft as the editor draws it, with what would be refused.
    func draft(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let (plan, revision, used) = try await visit.spine.district.store.read { reader in
            let base = try Self.base(try SiteDesk.thing(visit, reader), reader)
            return (base.plan, base.revision, try SiteInUse.faults(of: base.plan, for: tenant, in: reader))
        }
        var faults: [SiteFault] = []
        do throws(SiteFaults) {
            _ = try SiteCompiler.compile(plan)
        } catch {
            faults = error.faults
        }
        return .json([
            "revision": .number(Double(revision)), "plan": plan.json,
            "faults": .array(
                faults.prefix(200).map {
                    [
                        "field": .string($0.place.field), "rule": .string($0.rule.rawValue),
                        "detail": .string($0.words[visit.language]),
                    ]
                } + used.map { ["field": "", "rule": .string($0.rule), "detail": .string($0.words[visit.language])] }),
            "hints": .array(plan.hints.map { .string($0[visit.language]) }),
        ])
    }

    private static func base(_ thing: Thing, _ reader: any Reader) throws -> (plan: SitePlan, revision: Int) {
        let base = try SiteAsk.base(thing, reader)
        return (base.plan, base.revision)
    }
}
