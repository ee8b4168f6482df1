import Access
import District
import HTTPTypes
import Record
import Store
import Twin
import Web

/// The pages of permits: today's board, one permit as big as gloves need it, and the facts posted at the entrance.
struct PermitRoutes {
    let desk: PermitDesk

    static let everyone: Set<Role> = [.worker, .operator, .safetyManager, .executive, .zoneOfficer]

    var routes: [Route] {
        [
            .get("/safety/permits", .roles(Self.everyone)) { try await board($0) },
            .get("/safety/permits/{permit}", .roles(Self.everyone)) { try await one($0) },
            .get("/safety/permits/{permit}/facts", .roles(Self.everyone)) { try await facts($0) },
            .post("/safety/permits/{permit}/{verb}", .roles(Self.everyone)) { try await act($0) },
            .get("/api/v1/safety/permits", .roles(Self.everyone).orToken("read")) { try await list($0) },
            .get("/api/v1/safety/permits/{permit}", .roles(Self.everyone).orToken("read")) { try await json($0) },
        ]
    }

    private func board(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let today = KoreanDay(visit.now)
        let day = visit.query["day"].flatMap { KoreanDay($0) } ?? today
        let (permits, inside, names) = try await visit.spine.district.store.read { reader in
            let shown = try PermitTable.list(from: day.start, to: (day + 1).start, for: tenant, in: reader)
            let open = try PermitTable.open(for: tenant, in: reader)
            let inside = try PermitTable.inside(of: open.map(\.id), in: reader)
            // Whoever is still inside from yesterday belongs on today's board.
            let old = open.filter { permit in inside[permit.id] != nil && !shown.contains { $0.id == permit.id } }
            let permits = (day == today ? old : []) + shown
            return (permits, inside, try Self.names(of: permits, in: reader))
        }
        let view = PermitView(visit: visit, desk: desk)
        var context: [String: JSON] = [
            "day": .string(day.description), "before": .string("/safety/permits?day=\(day - 1)"),
            "after": .string("/safety/permits?day=\(day + 1)"), "places": view.board(permits, inside, names),
            "headline": view.headline(permits, inside),
        ]
        if visit.caller.firm != nil { context["requests"] = true }
        return .page("permits", title: visit.word("permits_title"), .object(context), live: true)
    }

    private func one(_ visit: Visit, refusal: Refusal? = nil) async throws -> Reply {
        let found = try await read(visit)
        try await visit.look(at: found.permit.scope, found.permit.stream)
        let page = PermitPage(visit: visit, desk: desk, found: found)
        return .page(
            "permit", title: page.title, page.context(refusal), status: refusal == nil ? .ok : .conflict, live: true)
    }

    private func facts(_ visit: Visit) async throws -> Reply {
        let found = try await read(visit)
        try await visit.look(at: found.permit.scope, "\(found.permit.stream)/facts")
        let page = PermitPage(visit: visit, desk: desk, found: found)
        return .page("permit-facts", title: page.title, try page.facts())
    }

    private func act(_ visit: Visit) async throws -> Reply {
        let (id, verb) = (visit.parameters["permit"] ?? "", visit.parameters["verb"] ?? "")
        guard let values = PermitForm.values(verb, permit: id, visit.form) else { throw PermitRefusals.unknown }
        do {
            // The button's own dialogue read the step back; without script the page itself says what it does.
            _ = try await visit.spine.district.perform(
                "safety.permit.\(verb)", values, by: visit.caller, key: visit.form["idempotency"], confirmed: true)
            return .redirect("/safety/permits/\(id)", flash: visit.word("permits_done_\(verb)"))
        } catch let refusal as Refusal where [.invalid, .conflict, .forbidden].contains(refusal.kind) {
            return try await one(visit, refusal: refusal)
        }
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, day) = (try visit.tenant, KoreanDay(visit.now))
        let (permits, inside) = try await visit.spine.district.store.read { reader in
            let permits = try PermitTable.list(from: day.start, to: (day + 1).start, for: tenant, in: reader)
            return (permits, try PermitTable.inside(of: permits.map(\.id), in: reader))
        }
        return .json([
            "day": .string(day.description),
            "permits": .array(permits.map { .object(PermitView.members($0, inside: inside[$0.id] ?? 0)) }),
        ])
    }

    private func json(_ visit: Visit) async throws -> Reply {
        let found = try await read(visit)
        try await visit.look(at: found.permit.scope, found.permit.stream)
        let inside = found.people.filter(\.isInside)
        var members = PermitView.members(found.permit, inside: Int64(inside.count))
        members["people_inside"] = .array(inside.map { .string($0.person.rawValue) })
        members["readings"] = found.gates.air?.json ?? []
        members["gates"] = .array(
            found.gates.all.map { gate in
                [
                    "gate": .string(gate.id), "open": .bool(gate.isOpen),
                    "faults": .array(
                        gate.faults.map { fault in
                            [
                                "field": .string(fault.field), "rule": .string(fault.rule),
                                "detail": .string(fault.words[visit.language]),
                            ]
                        }),
                ]
            })
        return .json(.object(members))
    }

    private func read(_ visit: Visit) async throws -> PermitPage.Found {
        let (tenant, id, desk, now) = (try visit.tenant, visit.parameters["permit"] ?? "", desk, visit.now)
        let district = visit.spine.district
        let found = try await district.store.read { reader -> PermitPage.Found? in
            guard let permit = try PermitTable.find(id, for: tenant, in: reader) else { return nil }
            let people = try PermitTable.people(of: id, in: reader)
            var names: [PersonID: String] = [:]
            for person in people.map(\.person) + [permit.supervisor, permit.watcher].compactMap({ $0 }) {
                names[person] = try permit.firms.person(person, in: reader)?.name
            }
            return PermitPage.Found(
                permit: permit, people: people, names: names,
                place: try Self.names(of: [permit], in: reader)[permit.thing]
                    ?? Words(permit.thing.rawValue, permit.thing.rawValue),
                gates: try desk.gates(permit, at: now, in: reader),
                story: try district.log.events(inStream: permit.stream, in: reader))
        }
        guard let found else { throw PermitRefusals.unknown }
        return found
    }

    private static func names(of permits: [Permit], in reader: any Reader) throws -> [ThingID: Words] {
        var names: [ThingID: Words] = [:]
        for permit in permits where names[permit.thing] == nil {
            names[permit.thing] = try Things.find(permit.thing, for: permit.firms.place, in: reader)?.name
        }
        return names
    }
}
