import Access
import District
import Record
import Store
import Web

/// Missions as pages show them.
struct MissionView: Sendable {
    let visit: Visit
    /// What places are called, by `site/node`.
    let names: [String: Place]
    /// What vehicles are called, by their things.
    var robots: [String: Words] = [:]
    /// The missions that a hold or a closure keeps: of them no time is told.
    var held: Set<String> = []

    private var language: Language { visit.language }

    /// What a node is called; its id where it has no name.
    func place(_ site: String, _ node: String) -> String { names["\(site)/\(node)"]?.name[language] ?? node }

    /// What a vehicle is called; its id where it has no name, or was taken away.
    func robot(_ thing: String) -> String { robots[thing]?[language] ?? thing }

    /// What the vehicles are called that a tenant may see.
    static func named(for tenant: some Tenancy, in reader: any Reader) throws -> [String: Words] {
        Dictionary(
            try VehicleTable.all(for: tenant, in: reader).map { ($0.thing.rawValue, $0.name) },
            uniquingKeysWith: { first, _ in first })
    }

    /// A vehicle that a person must unload, with the missions that left goods aboard.
    func laden(_ laden: LadenVehicle, _ missions: [MissionCase]) -> JSON {
        let thing = laden.vehicle.thing.rawValue
        return [
            "robot": .string(robot(thing)), "since": Show.time(laden.since, language, now: visit.now),
            "goods": .array(
                missions.map {
                    [
                        "what": .string(what($0.mission)), "way": .string(way($0.mission)),
                        "href": .string("/robots/missions/\($0.number)"),
                    ]
                }),
            "unload_href": .string(
                "/do/robots.vehicle.unload?vehicle=\(Table.encoded(thing))&next=\(Table.encoded("/robots/missions"))"),
        ]
    }

    /// `혈액`, or what kind of mission it is.
    func what(_ mission: Mission) -> String {
        mission.items.isEmpty ? mission.kind.words[language] : mission.items
    }

    /// `약제실 → 3A병동`, or how many places.
    func way(_ mission: Mission) -> String {
        guard let first = mission.stops.first, let last = mission.stops.last else { return "" }
        if mission.stops.count == 1 { return place(mission.site, first.node) }
        let ends = "\(place(mission.site, first.node)) → \(place(mission.site, last.node))"
        return mission.stops.count == 2
            ? ends : ends + visit.word("mission_stops").replacing("{n}", with: "\(mission.stops.count)")
    }

    /// `오후 2:20`, as people say times.
    static func clock(_ moment: Timestamp, _ language: Language) -> String {
        let civil = moment.civil(offsetSeconds: 32_400)
        let parts = civil.text.dropFirst(11).split(separator: ":")
        let (hour, minute) = (Int(parts[0]) ?? 0, parts.count > 1 ? String(parts[1]) : "00")
        let twelve = hour % 12 == 0 ? 12 : hour % 12
        return language == .ko
            ? "\(hour < 12 ? "오전" : "오후") \(twelve)시 \(Int(minute) ?? 0)분"
            : "\(twelve):\(minute) \(hour < 12 ? "am" : "pm")"
    }

    /// When it is expected, as a sentence, or since when it waits; nil where nothing was promised, it is over, or it is held.
    func promise(_ kept: MissionCase) -> String? {
        if kept.mission.isOpen, kept.mission.isAtGoal {
            guard let arrived = kept.arrived, !kept.mission.isServed else { return nil }
            let minutes = max(0, Int(visit.now.seconds(since: arrived) / 60))
            return visit.word("mission_arrived").replacing("{at}", with: Self.clock(arrived, language))
                .replacing("{n}", with: "\(minutes)")
        }
        guard kept.mission.isOpen, !held.contains(kept.id), let promise = kept.promise else { return nil }
        return visit.word("mission_due").replacing("{due}", with: Self.clock(promise.due, language))
            .replacing("{late}", with: Self.clock(promise.late, language))
    }

    /// One mission of the board.
    func card(_ kept: MissionCase, _ cold: ColdChain.Verdict) -> JSON {
        let mission = kept.mission
        var members: [String: JSON] = [
            "href": .string("/robots/missions/\(kept.number)"), "what": .string(what(mission)),
            "way": .string(way(mission)), "state": Show.badge(mission.state.badge, mission.state.words[language]),
            "priority": Show.badge(mission.priority.badge, mission.priority.words[language]),
            "asked": Show.time(mission.asked, language, now: visit.now), "acts": .array(acts(kept)),
        ]
        if let due = promise(kept) { members["due"] = .string(due) }
        if let why = kept.waitWords { members["held"] = .string(why[language]) }
        if mission.isLoading {
            members["state"] = Show.badge("warn", visit.word("mission_state_loading"))
            let place = mission.stop.map { self.place(mission.site, $0.node) } ?? ""
            members["loading"] = .string(
                Particle.settled(visit.word("mission_loading").replacing("{place}", with: place)))
            if LoadMission.may(kept, visit.caller, names) {
                members["load"] = ["number": .string(kept.number), "key": .string(Secret.code())]
            }
        }
        if held.contains(kept.id) {
            members["held"] = .string(visit.word("mission_held"))
            members["state"] = Show.badge("warn", visit.word("mission_state_held"))
        }
        if let vehicle = mission.vehicle { members["vehicle"] = .string(robot(vehicle.thing.rawValue)) }
        if let deadline = mission.deadline, mission.isOpen {
            members["deadline"] = .string(
                visit.word("mission_wanted").replacing("{at}", with: Self.clock(deadline, language)))
            let expected = mission.isAtGoal ? kept.arrived : kept.promise?.due
            if (expected ?? visit.now) > deadline {
                members["late"] = Show.badge("danger", visit.word("mission_late"))
            }
        }
        if let reason = kept.callReason { members["call"] = .string(MissionReason.words(reason)[language]) }
        if !mission.isOpen {
            if let ended = kept.ended { members["ended"] = Show.time(ended, language, now: visit.now) }
            if mission.state == .failed, let reason = kept.reason {
                members["call"] = .string(MissionReason.words(reason)[language])
            }
        }
        if let badge = badge(of: cold), mission.isOpen { members["cold"] = badge }
        return .object(members)
    }

    /// How cold it is, in a badge.
    func badge(of cold: ColdChain.Verdict) -> JSON? {
        switch cold {
        case .free: nil
        case .cold(let celsius): Show.badge("ok", "\(Show.number(celsius)) °C")
        case .warm(let celsius):
            Show.badge("danger", "\(Show.number(celsius)) °C · \(visit.word("mission_too_warm"))")
        case .unknown: Show.badge("unknown", visit.word("mission_cold_unknown"))
        }
    }

    /// What whoever looks may do with it, as large buttons.
    func acts(_ kept: MissionCase) -> [JSON] {
        let (mission, roles) = (kept.mission, visit.caller.roles)
        let isOperator = !roles.isDisjoint(with: MissionFound.operators)
        let isMine = kept.author == visit.caller.author.text
        var acts: [JSON] = []
        func act(_ key: String, _ href: String, _ kind: String = "") {
            acts.append(["label": .string(visit.word(key)), "href": .string(href), "kind": .string(kind)])
        }
        let back = "next=\(Table.encoded("/robots/missions/\(kept.number)"))"
        let about = "?mission=\(kept.number)&\(back)"
        if mission.isAtStop, !mission.isServed, mission.isOpen, !mission.isLoading {
            if mission.stop?.task == .visit {
                act("mission_act_answer", "/do/robots.mission.answer\(about)", "button-primary")
            } else {
                act("mission_act_confirm", "/robots/missions/\(kept.number)#confirm", "button-primary")
            }
        }
        if isOperator, mission.isOpen, mission.isAtStop, mission.stop?.proof == .code, !mission.isServed {
            act("mission_act_recode", "/do/robots.mission.recode\(about)")
        }
        let isIdle = mission.state == .asked || mission.state == .assigned
        if isOperator, isIdle || (mission.isOpen && kept.called != nil && !mission.isLoaded) {
            act("mission_act_assign", "/do/robots.mission.assign\(about)")
        }
        if isOperator || isMine {
            if mission.isOpen { act("mission_act_cancel", "/do/robots.mission.cancel\(about)", "button-danger") }
            if mission.state == .failed { act("mission_act_retry", "/do/robots.mission.retry\(about)") }
        }
        return acts
    }
}
