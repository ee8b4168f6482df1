import Access
import District
import Record
import Store
import Web

/// The recipient's page: where it is, when it comes, what to do. Whoever holds the link may see it; it names nobody.
struct TrackRoutes {
    let places: Places
    let settings: MissionSettings
    let floor: FloorSource

    var routes: [Web.Route] {
        [
            .get("/robots/track/{code}", .anyone) { try await page($0) },
            .get("/robots/track/{code}/live", .anyone) { try await live($0) },
        ]
    }

    /// The mission of the link, until a day after its end.
    private func find(_ visit: Visit) async throws -> (MissionCase, [String: Place], ColdChain.Verdict) {
        let (code, places, settings, now) = (visit.parameters["code"] ?? "", places, settings, visit.now)
        let found = try await visit.spine.district.store.read { reader in
            try MissionTable.find(track: code, in: reader).map {
                ($0, try places.names(in: reader), try MissionRoutes.cold($0, settings, now, reader))
            }
        }
        guard let found, found.0.ended.map({ now.seconds(since: $0) < settings.linkLasts }) ?? true else {
            throw Refusal(
                .notFound, "track.unknown",
                Words("이 주소의 배달은 끝났거나 없습니다.", "The delivery of this link is over, or there is none."))
        }
        return found
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (kept, names, cold) = try await find(visit)
        let view = MissionView(visit: visit, names: names)
        let mission = kept.mission
        let goal = mission.stops.last.map { view.place(mission.site, $0.node) } ?? ""
        // Once it was taken it is done for the recipient; where nothing is confirmed, the robot itself knows when.
        let isTaken = mission.isServed && mission.stop?.needsSomebody == true
        let isHere = mission.isOpen && mission.isAtGoal && !isTaken
        let stage = Self.stage(mission, isHere: isHere)
        let isLocked = isHere && mission.stop?.proof == .code && kept.mistakes >= settings.tries
        let isHeld = try await !floor.held([kept], in: visit.spine).isEmpty
        let from = mission.stops.first.map { view.place(mission.site, $0.node) } ?? ""
        func fill(_ key: String) -> String {
            Particle.settled(visit.word(key).replacing("{from}", with: from).replacing("{to}", with: goal))
        }
        var context: [String: JSON] = [
            "what": .string(view.what(mission)), "goal": .string(goal), "code_path": .string(visit.path),
            "headline": .string(fill(isHeld ? "track_held" : "track_\(stage)")),
            "kind": .string(isHeld ? "warn" : Self.kind(stage)),
            "steps": .array(Self.course(mission, stage, visit)),
            "todo": .array(
                fill(isHeld ? "track_todo_held" : isLocked ? "track_todo_locked" : Self.todo(stage, mission))
                    .split(separator: "|").map { .string(String($0)) }),
        ]
        if isHeld { context["held"] = .string(visit.word("track_held_when")) }
        if !isHeld, let why = kept.waitWords { context["held"] = .string(why[visit.language]) }
        if let desk = settings.desk(of: mission.site) {
            context["desk"] = ["name": .string(desk.name[visit.language]), "phone": .string(desk.phone)]
        }
        if mission.isOpen, !mission.isAtGoal, !isHeld, let promise = kept.promise {
            context["due"] = .string(MissionView.clock(promise.due, visit.language))
            // Past its time nothing is promised for a time that is over.
            let isCalled = kept.lateCalled != nil || kept.callReason == MissionReason.vehicle.rawValue
            context["late"] = .string(
                promise.late < visit.now
                    ? visit.word(isCalled ? "track_delayed_called" : "track_delayed")
                    : visit.word("track_late").replacing(
                        "{late}", with: MissionView.clock(promise.late, visit.language)))
        }
        if mission.isOpen, !isLocked, !(mission.isAtGoal && isTaken), let digits = kept.secret.digits,
            mission.stops.last?.proof == .code
        {
            // Figure by figure, so that it is read aloud as figures.
            context["digits"] = .array(digits.map { .string(String($0)) })
            context["digits_text"] = .string(digits.map { String($0) }.joined(separator: " "))
        }
        if mission.isOpen, let badge = view.badge(of: cold) {
            context["cold"] = badge
            if cold.reason != nil { context["cold_warn"] = true }
        }
        if mission.state == .failed, let reason = kept.reason {
            context["reason"] = .string(MissionReason.words(reason)[visit.language])
        }
        if mission.isOpen {
            context["open"] = true
            if let track = kept.secret.track {
                let number = TrackNumber.shown(TrackNumber.of(track))
                context["number"] = .string(number)
                context["number_text"] = .string(
                    number.map { $0 == "-" ? "," : String($0) }.joined(separator: " "))
            }
        }
        return .page("track", title: visit.word("track_title"), .object(context))
    }

    /// Where a mission is for whoever waits for it.
    static func stage(_ mission: Mission, isHere: Bool) -> String {
        switch mission.state {
        case .asked: "asked"
        case .assigned: "assigned"
        case .underway, .waiting:
            isHere
                ? "here"
                : mission.isLoading
                    ? "loading"
                    : mission.isAtGoal ? "done" : mission.isLoaded || mission.leg > 0 ? "coming" : "fetching"
        case .completed: "done"
        case .cancelled: "cancelled"
        case .failed: "failed"
        }
    }

    /// What to do then: where a badge is held to the robot, or nothing is confirmed, no code is spoken of.
    private static func todo(_ stage: String, _ mission: Mission) -> String {
        let proof = mission.stops.last?.proof ?? .none
        guard stage == "coming" || stage == "here", proof != .code else { return "track_todo_\(stage)" }
        return "track_todo_\(stage)_\(proof.rawValue)"
    }

    private static func kind(_ stage: String) -> String {
        switch stage {
        case "here": "warn"
        case "done": "ok"
        case "failed": "danger"
        case "cancelled": "off"
        default: "info"
        }
    }

    /// The four steps that people know from parcels, with the one that it stands at.
    private static func course(_ mission: Mission, _ stage: String, _ visit: Visit) -> [JSON] {
        guard stage != "cancelled", stage != "failed" else { return [] }
        let names = ["asked", "fetching", "coming", "here"]
        let at =
            stage == "assigned"
            ? 0 : stage == "loading" ? 1 : stage == "done" ? names.count : names.firstIndex(of: stage) ?? 0
        return names.enumerated().map { index, name in
            var step: [String: JSON] = ["label": .string(visit.word("track_step_\(name)"))]
            if index < at { step["over"] = .string(visit.word("track_step_over")) }
            if index == at { step["now"] = .string(visit.word("track_step_now")) }
            return .object(step)
        }
    }

    /// Tells the page of this one mission that it changed, and nothing of any other.
    private func live(_ visit: Visit) async throws -> Reply {
        let (kept, _, _) = try await find(visit)
        let (id, district) = (kept.id, visit.spine.district)
        return .events { writer in
            writer.send("hello", "{}")
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await events in district.committed.listen() where events.contains(where: { $0.stream == id }) {
                        writer.send("mission", "{}")
                    }
                }
                group.addTask {
                    // A sign of life, and an end: a phone in a pocket comes back by itself.
                    for _ in 0..<120 {
                        do { try await Task.sleep(for: .seconds(15)) } catch { return }
                        writer.ping()
                    }
                }
                await group.next()
                group.cancelAll()
            }
        }
    }
}
