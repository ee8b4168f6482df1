import Access
import District
import Record
import Store
import Web

/// The board of missions, one mission, and what a form's search box offers of this room.
struct MissionRoutes {
    let places: Places
    let settings: MissionSettings
    let floor: FloorSource

    /// Who sees missions.
    static let roles = MissionAsk.askers
    private static let kinds: Set<String> = ["robot-place", "robot-mission", "vehicle"]

    var routes: [Web.Route] {
        let staff = Permission.roles(Self.roles)
        return [
            .get("/robots/missions", staff) { try await board($0) },
            .get("/robots/missions/{mission}", staff) { try await MissionPage(routes: self).page($0) },
            .post("/robots/missions/{mission}/confirm", staff) { try await MissionPage(routes: self).confirm($0) },
            .post("/robots/missions/{mission}/load", staff) { try await MissionPage(routes: self).load($0) },
            .post("/robots/missions/{mission}/code", staff) { try await MissionPage(routes: self).showCode($0) },
            .get("/api/v1/robots/choices/{kind}", .signedIn) { try await choices($0) },
        ]
    }

    private func board(_ visit: Visit) async throws -> Reply {
        let (tenant, settings, places) = (try visit.tenant, settings, places)
        let now = visit.now
        let site = visit.query["site"].flatMap { $0.isEmpty ? nil : $0 }
        let found = try await visit.spine.district.store.read { reader in
            let open = try MissionTable.open(for: tenant, in: reader)
            let ended = try MissionTable.ended(
                since: now.advanced(bySeconds: -86_400), limit: 60, for: tenant, in: reader)
            var cold: [String: ColdChain.Verdict] = [:]
            for kept in open where kept.cold != nil {
                cold[kept.id] = try Self.cold(kept, settings, now, reader)
            }
            let names = try places.names(for: tenant, in: reader)
            let robots = try MissionView.named(for: tenant, in: reader)
            let laden = try MissionTable.laden(for: tenant, in: reader).map { laden in
                (laden, try laden.missions.compactMap { try MissionTable.find($0, for: tenant, in: reader) })
            }
            return (open: open, ended: ended, cold: cold, names: names, robots: robots, laden: laden)
        }
        let view = MissionView(
            visit: visit, names: found.names, robots: found.robots,
            held: try await floor.held(found.open, in: visit.spine))
        let shown = { (kept: MissionCase) in site == nil || kept.mission.site == site }
        let groups: [(id: String, rows: [MissionCase])] = [
            ("person", found.open.filter { $0.mission.state == .waiting || $0.called != nil }),
            ("asked", found.open.filter { $0.mission.state == .asked && $0.called == nil }),
            (
                "underway",
                found.open.filter { [.assigned, .underway].contains($0.mission.state) && $0.called == nil }
            ), ("done", found.ended),
        ]
        var context: [String: JSON] = [
            "laden": .array(
                found.laden.filter { site == nil || $0.0.site == site }.map { view.laden($0.0, $0.1) }),
            "tabs": sites(found.names, site, visit),
            "groups": .array(
                groups.map { group in
                    let rows = group.rows.filter(shown)
                    var members: [String: JSON] = [
                        "id": .string(group.id), "title": .string(visit.word("missions_\(group.id)")),
                        "many": .string(Show.count(rows.count)),
                        "rows": .array(rows.map { view.card($0, found.cold[$0.id] ?? .free) }),
                    ]
                    if rows.isEmpty { members["empty"] = .string(visit.word("missions_none_\(group.id)")) }
                    return .object(members)
                }),
        ]
        let standing = try await visit.spine.district.standing(of: DispatchUse.use)
        if standing != .runs {
            context["manual"] = [
                "text": .string(visit.word("missions_manual")), "why": .string(standing.words[visit.language]),
            ]
        } else {
            context["notice"] = .string(
                try await visit.spine.district.notice(of: DispatchUse.use)[visit.language])
        }
        if HoldRoutes.staff.allows(visit.caller) { context["may_hold"] = true }
        return .page("missions", title: visit.word("missions_title"), .object(context), live: true)
    }

    private func sites(_ names: [String: Place], _ chosen: String?, _ visit: Visit) -> JSON {
        let sites = Dictionary(names.values.map { ($0.site, $0.siteName) }, uniquingKeysWith: { first, _ in first })
        guard sites.count > 1 else { return .null }
        func tab(_ label: String, _ href: String, _ isCurrent: Bool) -> JSON {
            var tab: [String: JSON] = ["label": .string(label), "href": .string(href)]
            if isCurrent { tab["current"] = true }
            return .object(tab)
        }
        let tabs =
            [tab(visit.word("missions_all"), "/robots/missions", chosen == nil)]
            + sites.sorted { $0.key < $1.key }.map {
                tab($0.value[visit.language], "/robots/missions?site=\(Table.encoded($0.key))", $0.key == chosen)
            }
        return ["sites": .array(tabs)]
    }

    /// How cold what a mission carries is known to be.
    static func cold(
        _ kept: MissionCase, _ settings: MissionSettings, _ now: Timestamp, _ reader: any Reader
    ) throws -> ColdChain.Verdict {
        let (last, warmest) = try MissionTable.coldness(of: kept.id, in: reader)
        return ColdChain.verdict(kept.cold, last: last, warmest: warmest, stale: settings.stale, at: now)
    }

    private func choices(_ visit: Visit) async throws -> Reply {
        let kind = visit.parameters["kind"] ?? ""
        guard Self.kinds.contains(kind) else {
            throw Refusal(.notFound, "choices.kind", Words("그런 목록이 없습니다.", "There is no such list."))
        }
        let words = (visit.query["q"] ?? "").lowercased()
        let named = try await visit.spine.district.named(kind, for: visit.caller)
        let found = named.filter { one in
            words.isEmpty ? !one.names.isEmpty : one.names.contains { $0.lowercased().contains(words) }
        }.prefix(20)
        return .choices(found.map { ($0.id, $0.shown(visit.language)) })
    }

    /// For staff the missions that wait for somebody.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: Self.roles) else { return [:] }
        let tenant = try visit.tenant
        let (waiting, called, laden) = try await visit.spine.district.store.read { reader in
            let (waiting, called) = try MissionTable.calling(for: tenant, in: reader)
            return (waiting, called, Int64(try MissionTable.laden(for: tenant, in: reader).count))
        }
        let kinds = [
            ("laden", laden, "danger", "laden"), ("called", called, "danger", "person"),
            ("waiting", waiting, "warn", "person"),
        ].filter { $0.1 > 0 }
        return [
            "tasks": .array(
                kinds.map { name, many, kind, place in
                    [
                        "href": .string("/robots/missions#\(place)"),
                        "text": .string(visit.word("mission_task_\(name)")),
                        "count": .string(Show.count(many)), "kind": .string(kind),
                        "state": .string(visit.word("missions_person")),
                    ]
                })
        ]
    }
}
