import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The page of the questions “what if …?”: the form, what runs, and what came of it.
struct WhatIfRoutes {
    let settings: WhatIfSettings

    /// Who steers the fleet may ask what it would be like.
    static let roles: Set<Role> = [.operator, .zoneOfficer]

    var routes: [Web.Route] {
        let steering = Permission.roles(Self.roles)
        return [
            .get("/robots/what-if", steering) { try await form($0, fault: nil) },
            .post("/robots/what-if", steering) { try await ask($0) },
            .get("/robots/what-if/{id}", steering) { try await answer($0) },
            .post("/robots/what-if/{id}/stop", steering) { try await stop($0) },
        ]
    }

    /// All that the form of a site needs.
    private struct Desk: Sendable {
        var sites: [SiteTable.Site]
        var chosen: SiteTable.Site?
        var compiled: CompiledSite?
        var demand: WhatIfDemand?
        var robots = 0
        var rows: [WhatIfTable.Entry] = []
    }

    private func desk(_ visit: Visit, site asked: String?) async throws -> Desk {
        let (tenant, settings, now) = (try visit.tenant, settings, visit.now)
        return try await visit.spine.district.store.read { reader in
            let sites = try SiteTable.list(for: tenant, in: reader).filter { $0.withdrawn == nil }
            var desk = Desk(sites: sites, chosen: sites.first { $0.id == asked })
            if asked == nil { desk.chosen = sites.first }
            guard let site = desk.chosen, let compiled = try SiteTable.compiled(site.id, in: reader) else {
                return desk
            }
            desk.compiled = compiled
            let since = now.advanced(bySeconds: -Double(settings.days) * 86_400)
            let missions = try WhatIfTable.demand(site: site.id, since: since, of: Self.scope(tenant), in: reader)
            desk.demand = WhatIfDemand(missions, at: compiled)
            desk.robots = try WhatIfTable.robots(site: site.id, for: tenant, in: reader)
            desk.rows = try WhatIfTable.list(site: site.id, for: tenant, in: reader)
            return desk
        }
    }

    private static func scope(_ tenant: Tenant) -> Scope { tenant.firm.map { .firm($0) } ?? .zone }

    // MARK: - Asked

    private func form(_ visit: Visit, fault: Refusal?) async throws -> Reply {
        let asked = visit.form["site"] ?? visit.query["site"]
        let desk = try await desk(visit, site: asked.flatMap { $0.isEmpty ? nil : $0 })
        if let asked, !asked.isEmpty, desk.chosen == nil { throw SiteDesk.unknown }
        var context: [String: JSON] = [
            "sites": .array(
                desk.sites.map { site in
                    var tab: [String: JSON] = [
                        "label": .string(site.name[visit.language]),
                        "href": .string("/robots/what-if?site=\(Table.encoded(site.id))"),
                    ]
                    if site.id == desk.chosen?.id { tab["current"] = true }
                    return .object(tab)
                })
        ]
        if let site = desk.chosen, let compiled = desk.compiled, let demand = desk.demand {
            let view = WhatIfView(visit: visit, settings: settings)
            context["ask"] = view.form(site, compiled, demand, robots: desk.robots, fault: fault)
            context["runs"] = .array(desk.rows.map { view.card($0, compiled.plan) })
            context["has_runs"] = .bool(!desk.rows.isEmpty)
            if desk.rows.contains(where: \.state.isOpen) { context["live"] = true }
        }
        return .page(
            "what-if", title: visit.word("whatif_title"), .object(context),
            status: fault == nil ? .ok : .unprocessableContent)
    }

    private func ask(_ visit: Visit) async throws -> Reply {
        let desk = try await desk(visit, site: visit.form["site"] ?? "")
        guard let site = desk.chosen, let compiled = desk.compiled, let demand = desk.demand else {
            throw SiteDesk.unknown
        }
        do {
            let question = try Self.question(visit, site.id, robots: desk.robots)
            let simulation = try WhatIf(question, at: compiled, demand, settings)
            let scope = Self.scope(try visit.tenant)
            let row = WhatIfTable.Entry(
                id: Secret.code(), site: site.id, scope: scope, question: question, counted: demand.counted,
                state: .waiting, done: 0, days: simulation.days, asked: visit.now)
            let kept = settings.kept
            try await visit.spine.district.store.write { try WhatIfTable.ask(row, keeping: kept, in: $0) }
            return .redirect("/robots/what-if/\(row.id)")
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .tooOften {
            return try await form(visit, fault: refusal)
        }
    }

    /// Reads the form. - Throws: ``Refusal`` naming the field that holds no number.
    static func question(_ visit: Visit, _ site: String, robots: Int) throws(Refusal) -> WhatIfQuestion {
        func number(_ field: String) throws(Refusal) -> Double? {
            let text = (visit.form[field] ?? "").filter { !$0.isWhitespace && $0 != "," && $0 != "+" }
            guard !text.isEmpty else { return nil }
            guard text.utf8.count <= 12, let value = Double(text.replacing("−", with: "-")), value.isFinite else {
                throw WhatIfQuestion.fault(field, "number", Words("숫자로 적어 주세요.", "Please enter a number."))
            }
            return value
        }
        guard let rate = try number("rate") else {
            throw WhatIfQuestion.fault(
                "rate", "required", Words("한 시간 미션 수를 적어 주세요.", "Please enter the missions an hour."))
        }
        var question = WhatIfQuestion(site: site, robots: robots, rate: rate)
        let more = try number("more") ?? 0
        guard more == more.rounded(), abs(more) <= 1000 else {
            throw WhatIfQuestion.fault("more", "whole", Words("로봇 수는 정수입니다.", "Robots come whole."))
        }
        question.more = Int(more)
        question.demand = (try number("demand") ?? 100) / 100
        question.speed = try number("speed")
        question.closed = visit.form["closed"].flatMap { $0.isEmpty ? nil : $0 }
        let seed = try number("seed") ?? 1
        guard seed == seed.rounded(), (0...1e9).contains(seed) else {
            throw WhatIfQuestion.fault(
                "seed", "range",
                Words("씨앗 번호는 0~1,000,000,000의 정수입니다.", "The seed is a whole number from 0 to 1,000,000,000."))
        }
        question.seed = UInt64(seed)
        return question
    }

    // MARK: - Answered

    private func find(_ visit: Visit) async throws -> (WhatIfTable.Entry, SitePlan?) {
        let (tenant, id) = (try visit.tenant, visit.parameters["id"] ?? "")
        let found = try await visit.spine.district.store.read { reader in
            try WhatIfTable.find(id, for: tenant, in: reader).map { row in
                (row, try SiteTable.compiled(row.site, in: reader)?.plan)
            }
        }
        guard let found else {
            throw Refusal(
                .notFound, "what-if.unknown", Words("그런 모의 계산이 없습니다.", "There is no such simulation."))
        }
        return found
    }

    private func answer(_ visit: Visit) async throws -> Reply {
        let (row, plan) = try await find(visit)
        let view = WhatIfView(visit: visit, settings: settings)
        return .page(
            "what-if-answer", title: "\(visit.word("whatif_title")) – \(view.title(row.question, plan))",
            view.answer(row, plan))
    }

    private func stop(_ visit: Visit) async throws -> Reply {
        let (row, _) = try await find(visit)
        let (tenant, now) = (try visit.tenant, visit.now)
        try await visit.spine.district.store.write {
            try WhatIfTable.stop(row.id, for: tenant, at: now, in: $0)
        }
        return .redirect("/robots/what-if/\(row.id)")
    }
}
