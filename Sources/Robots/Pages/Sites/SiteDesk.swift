import Access
import District
import Record
import Store
import Twin
import Web

/// What all pages of a site begin with: that it is there, and for whoever asks.
enum SiteDesk {
    static let readers = Permission.roles(SiteAsk.readers).orToken("read:robots")
    static let drawers = Permission.roles(SiteAsk.drawers)

    static let unknown = Refusal(
        .notFound, "site.unknown", Words("그런 로봇 현장이 없습니다.", "There is no such site."))

    /// The site of the address.
    static func site(_ visit: Visit, _ reader: any Reader) throws -> SiteTable.Site {
        guard let site = try SiteTable.find(visit.parameters["site"] ?? "", for: visit.tenant, in: reader) else {
            throw unknown
        }
        return site
    }

    /// The thing of the address, whether or not a site stands there yet.
    static func thing(_ visit: Visit, _ reader: any Reader) throws -> Thing {
        let id = ThingID(visit.parameters["site"] ?? "")
        guard let thing = try Things.find(id, for: visit.tenant, in: reader), thing.retired == nil,
            SiteAsk.kinds.contains(thing.kind)
        else { throw unknown }
        return thing
    }

    /// The ways from one page of a site to the others.
    static func tabs(_ site: String, at current: String, _ visit: Visit) -> JSON {
        let mayDraw = drawers.allows(visit.caller)
        let pages =
            [("", "sites_live")] + (mayDraw ? [("/edit", "sites_edit")] : []) + [
                ("/heat", "sites_heat"), ("/replay", "sites_replay"),
            ]
        return .array(
            pages.map { path, key in
                var tab: [String: JSON] = [
                    "href": .string("/robots/sites/\(site)\(path)"), "label": .string(visit.word(key)),
                ]
                if path == current { tab["current"] = true }
                return .object(tab)
            }
                + (visit.caller.roles.isDisjoint(with: WhatIfRoutes.roles)
                    ? []
                    : [
                        [
                            "href": .string("/robots/what-if?site=\(site)"),
                            "label": .string(visit.word("sites_what_if")),
                        ]
                    ]))
    }

    /// The floors of a plan, as buttons above the drawing.
    static func floors(_ plan: SitePlan, _ visit: Visit) -> JSON {
        .array(plan.maps.map { ["id": .string($0.id), "label": .string($0.name[visit.language])] })
    }
}
