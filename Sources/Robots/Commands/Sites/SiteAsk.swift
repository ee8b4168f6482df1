import Access
import District
import Record
import Store
import Twin

/// What all commands about sites share: who may, which site, and in whose name.
enum SiteAsk {
    /// Who draws and publishes.
    static let drawers: Set<Role> = [.operator, .executive, .zoneOfficer]
    /// Who looks.
    static let readers: Set<Role> = [.worker, .operator, .safetyManager, .executive, .zoneOfficer]

    static func permission(_ command: String) -> Permission { .roles(drawers).orToken("command:\(command)") }

    static let site = Field(
        "site", Words("현장", "Site"), .reference(kind: "robot-site", source: "/api/v1/robots/sites/choices"))

    /// The thing that a site is, seen by whoever asks and theirs to draw.
    /// - Throws: ``Refusal`` where there is none.
    static func thing(_ ask: Ask, _ tables: any Reader) throws -> Thing {
        let (id, tenant) = (ThingID(ask.values.text("site")), try ask.tenant)
        let words = Words("로봇 현장으로 쓸 수 있는 장소가 없습니다.", "There is no such place to make a site of.")
        guard let thing = try Things.find(id, for: tenant, in: tables), thing.retired == nil,
            kinds.contains(thing.kind), SiteCheck.isID(id.rawValue)
        else {
            throw Refusal(.notFound, "site.unknown", of: "site", "reference", words)
        }
        guard tenant.firm == nil || tenant.firm.map({ .firm($0) }) == thing.scope else {
            throw Refusal(
                .forbidden, "site.not-yours", Words("다른 기업의 현장입니다.", "This site is another firm's."))
        }
        return thing
    }

    /// What may be a site: a building, a plant, an area, a street.
    static let kinds: Set<ThingKind> = [.site, .area, .building, .zone]

    /// An event about a site.
    static func draft(_ type: String, _ thing: Thing, _ payload: [String: JSON]) -> Draft {
        Draft(
            type, stream: "robot-site/\(thing.id)", scope: thing.scope,
            payload: payload.merging(["site": .string(thing.id.rawValue)]) { $1 })
    }

    /// The plan being drawn: the draft, else the standing edition, else an empty floor; with what citizens adopted.
    static func base(
        _ thing: Thing, _ tables: any Reader
    ) throws -> (plan: SitePlan, revision: Int, isNew: Bool) {
        let site = thing.id.rawValue
        let rules = try CivicTable.applied(at: site, in: tables)
        if let draft = try SiteTable.draft(site, in: tables) { return (draft.plan.with(rules), draft.revision, false) }
        if let plan = try SiteTable.plan(site, in: tables) { return (plan.with(rules), 0, false) }
        return (.empty(id: site, name: thing.name), 0, true)
    }
}
