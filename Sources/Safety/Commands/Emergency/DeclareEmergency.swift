import Access
import District
import Record
import Store
import Twin

/// Declares an emergency, or begins a drill: the roster of who is on site is frozen, and everyone on it is unknown.
struct DeclareEmergency {
    let scenarios: Scenarios

    var form: Form {
        Form(
            "safety.emergency.declare", title: Words("비상 선포", "Declare an emergency"),
            help: Words(
                "실제 상황이면 먼저 119에 신고하고 대피하세요. 훈련인지 실제인지 반드시 고릅니다.",
                "Where it is real, call 119 and leave first. Whether it is a drill must be said."),
            fields: [
                Field("thing", Words("대피할 장소", "Place to leave"), .reference(kind: "thing", source: nil)),
                Field("scenario", Words("상황", "Scenario"), .choice(scenarios.choices)),
                Field("drill", Words("훈련입니까?", "Is it a drill?"), .flag),
                Field("message", Words("알릴 말", "What people must know"), .text(maximum: 300), required: false),
            ],
            permission: .roles(EmergencyAsk.people).orToken("command:safety.emergency.declare"),
            surfaces: [.web, .http, .cli, .mcp, .voice, .offline])
    }

    var command: Command {
        Command(form) { [scenarios] ask, tables in
            let (thing, site, firm) = try EmergencyAsk.place(ask, field: "thing", tables)
            guard let scenario = scenarios[ask.values.text("scenario")] else { throw PublishManual.noScenario }
            let isDrill = ask.values.flag("drill")
            let running = try EmergencyTable.running(at: site, for: ask.tenant, in: tables)
            // Two people who call the same emergency make one; a drill while a real one runs is none.
            if let same = try Self.same(ask, site, isDrill, running, tables) {
                let seconded = EmergencyAsk.draft(
                    "safety.emergency.seconded", same,
                    ["thing": .string(thing.id.rawValue), "scenario": .string(scenario.id)],
                    observed: EmergencyAsk.seen(ask))
                // A second place of the site is closed like the first; the muster is the same one.
                let path = try Things.path(to: thing.id, for: ask.tenant, in: tables)
                guard !isDrill, same.isRunning, !path.contains(where: { $0.id == same.thing }),
                    try !ClosureTable.closed(for: ask.tenant, in: tables).contains(where: { $0.thing == thing.id })
                else { return [seconded] }
                let closed = Closure.closed(
                    at: thing.id, scope: .firm(firm), reason: .emergency, source: same.id, now: ask.now)
                return [seconded, closed]
            }
            guard !isDrill || running.isEmpty else {
                throw EmergencyAsk.refusal(
                    .conflict, "emergency.real-running", "drill", "conflict",
                    Words("실제 비상 상황이 진행 중입니다.", "A real emergency is running."))
            }
            let id = Identifier(at: ask.now).description
            var payload: [String: JSON] = [
                "emergency": .string(id), "thing": .string(thing.id.rawValue), "site": .string(site.rawValue),
                "firm": .string(firm.rawValue), "scenario": .string(scenario.id), "drill": .bool(isDrill),
                "roster": .array(try Self.roster(site, ask.tenant, tables)), "edition": .string(scenarios.edition),
            ]
            let duties = try ManualTable.duties(at: site, for: ask.tenant, in: tables)
            if let commander = duties.first(where: { $0.role == .commander })?.person {
                payload["commander"] = .string(commander.rawValue)
            }
            if let manual = try ManualTable.manual(of: site, scenario.id, for: ask.tenant, in: tables) {
                payload["manual_version"] = .number(Double(manual.version))
            }
            if !ask.values.text("message").isEmpty { payload["message"] = .string(ask.values.text("message")) }
            if let offline = ask.offline { payload["offline"] = offline.json }
            let scope = Scope.firm(firm)
            var drafts: [Draft] = []
            if !isDrill {
                // A real emergency breaks a drill off, so that nobody's mark in the drill counts for it.
                drafts += running.map {
                    EmergencyAsk.draft(
                        "safety.emergency.cleared", $0, ["reason": "real-emergency"], observed: EmergencyAsk.seen(ask))
                }
            }
            drafts.append(
                Draft(
                    EmergencyDeclared.type, stream: "emergency/\(id)", scope: scope,
                    observed: EmergencyAsk.seen(ask), payload: payload))
            // It is opened again like any other closed place: by a safety manager who was there, once this is over.
            if !isDrill {
                drafts.append(
                    Closure.closed(at: thing.id, scope: scope, reason: .emergency, source: id, now: ask.now))
            }
            return drafts
        }
    }

    /// The emergency that a call belongs to: one that runs, or, of a phone's call that arrives late, the one that ran when
    /// it was made.
    private static func same(
        _ ask: Ask, _ site: ThingID, _ isDrill: Bool, _ running: [Emergency], _ tables: any Reader
    ) throws -> Emergency? {
        if let same = running.first(where: { $0.isDrill == isDrill }) { return same }
        guard let offline = ask.offline else { return nil }
        return try EmergencyTable.held(at: site, offline.corrected, for: ask.tenant, in: tables)
            .flatMap { $0.isDrill == isDrill ? $0 : nil }
    }

    /// Who is on site: those checked in, and those inside under a permit whether or not they checked in.
    private static func roster(_ site: ThingID, _ tenant: Tenant, _ tables: any Reader) throws -> [JSON] {
        var entries: [String: JSON] = [:]
        func enter(_ entry: String, _ kind: Roster.Kind, _ person: PersonID?) {
            guard entries[entry] == nil else { return }
            var members: [String: JSON] = ["entry": .string(entry), "kind": .string(kind.rawValue)]
            if let person { members["person"] = .string(person.rawValue) }
            entries[entry] = .object(members)
        }
        for one in try PresenceTable.list(at: site, for: tenant, in: tables) { enter(one.entry, one.kind, one.person) }
        for permit in try PermitTable.open(for: tenant, in: tables) {
            guard try Things.path(to: permit.thing, for: tenant, in: tables).contains(where: { $0.id == site }) else {
                continue
            }
            for member in try PermitTable.people(of: permit.id, in: tables) where member.isInside {
                enter("p-\(member.person)", permit.contractor == nil ? .worker : .contractor, member.person)
            }
        }
        return entries.sorted { $0.key < $1.key }.map(\.value)
    }
}
