import Access
import District
import HTTPTypes
import Record
import Store
import Twin
import Web

/// One mission: how it stands, its course with times, and what can be done.
struct MissionPage {
    let routes: MissionRoutes

    private struct Found: Sendable {
        var kept: MissionCase
        var steps: [MissionTable.Step]
        var cold: ColdChain.Verdict
        var names: [String: Place]
        var robots: [String: Words]
        /// What the sensor is called that watches the cold.
        var sensor: Words?
    }

    private func find(_ visit: Visit) async throws -> Found {
        let (tenant, id, now) = (try visit.tenant, visit.parameters["mission"] ?? "", visit.now)
        let (settings, places) = (routes.settings, routes.places)
        let found = try await visit.spine.district.store.read { reader -> Found? in
            guard let kept = try MissionTable.find(id, for: tenant, in: reader) else { return nil }
            return Found(
                kept: kept, steps: try MissionTable.steps(of: kept.id, for: tenant, in: reader),
                cold: try MissionRoutes.cold(kept, settings, now, reader),
                names: try places.names(for: tenant, in: reader),
                robots: try MissionView.named(for: tenant, in: reader),
                sensor: try kept.cold.flatMap { try Things.find($0.thing, for: tenant, in: reader)?.name })
        }
        guard let found else { throw MissionFound.unknown }
        return found
    }

    func page(_ visit: Visit, error: String? = nil, digits: String? = nil) async throws -> Reply {
        let found = try await find(visit)
        let (kept, mission) = (found.kept, found.kept.mission)
        let view = MissionView(
            visit: visit, names: found.names, robots: found.robots,
            held: try await routes.floor.held([kept], in: visit.spine))
        // Whom it is for is theirs: who read it is written down.
        if kept.secret.recipient != nil || kept.secret.note != nil { try await visit.look(at: mission.scope, kept.id) }
        var context: [String: JSON] = [
            "card": view.card(kept, found.cold), "kind": .string(mission.kind.words[visit.language]),
            "stops": .array(stops(kept, view, visit)), "steps": .array(found.steps.map { step($0, kept, view, visit) }),
            "number": .string(kept.number), "key": .string(Secret.code()),
        ]
        if let load = mission.load { context["load"] = .string(Show.number(load)) }
        if let cold = kept.cold {
            context["limit"] = .string(
                "\(Show.number(cold.celsius)) °C · \(found.sensor?[visit.language] ?? cold.thing.rawValue)")
        }
        if let recipient = kept.secret.recipient { context["recipient"] = .string(recipient) }
        if let note = kept.secret.note { context["note"] = .string(note) }
        if let step = found.steps.first { context["trace_href"] = .string("/trace/\(step.event)") }
        let isMine = kept.author == visit.caller.author.text
        let isOperator = !visit.caller.roles.isDisjoint(with: MissionFound.operators)
        if let track = kept.secret.track, isMine || isOperator {
            context["track"] = .string("\(visit.site)/robots/track/\(track)")
            context["track_number"] = .string(TrackNumber.shown(TrackNumber.of(track)))
        }
        if isMine, kept.secret.digits != nil, mission.isOpen {
            if let digits {
                context["digits"] = .string(digits)
            } else {
                context[kept.secret.isShown ? "code_shown" : "code_waits"] = true
            }
        }
        if mission.isOpen, mission.isAtStop, !mission.isServed, !mission.isLoading, let stop = mission.stop,
            stop.task != .visit
        {
            var confirm: [String: JSON] = [
                "place": .string(view.place(mission.site, stop.node)), "key": .string(Secret.code()),
            ]
            confirm[stop.proof.rawValue] = true
            if isOperator, stop.proof == .code {
                confirm["checked"] = true
                confirm["other"] = .string(Secret.code())
            }
            if let error {
                confirm["error"] = .string(error)
                confirm["why"] = .string(visit.form["why"] ?? "")
            }
            if let reason = found.cold.reason, stop.task == .drop {
                confirm["cold"] = .string(reason.words[visit.language])
            }
            context["confirm"] = .object(confirm)
        }
        return .page(
            "mission", title: "\(view.what(mission)) · \(view.way(mission))", .object(context),
            status: error == nil ? .ok : .unprocessableContent, live: error == nil && digits == nil)
    }

    /// The hand-over by code or badge; a wrong code is told with the tries that are left.
    func confirm(_ visit: Visit) async throws -> Reply {
        let number = visit.parameters["mission"] ?? ""
        var values: [String: JSON] = ["mission": .string(number)]
        for name in ["code", "badge", "why"] {
            if let text = visit.form[name], !text.isEmpty { values[name] = .string(text) }
        }
        do {
            let outcome = try await visit.spine.district.perform(
                "robots.mission.confirm", values, by: visit.caller, key: visit.form["key"], confirmed: true)
            guard outcome.events.contains(where: { $0.type == MissionEvents.mistaken }) else {
                return .redirect("/robots/missions/\(number)", flash: visit.word("mission_confirmed"))
            }
            let found = try await find(visit)
            let left = max(0, routes.settings.tries - found.kept.mistakes)
            return try await page(
                visit, error: visit.word("mission_wrong").replacing("{n}", with: "\(left)"))
        } catch let refusal as Refusal where refusal.kind != .notFound && refusal.kind != .unauthenticated {
            return try await page(visit, error: refusal.words[visit.language])
        }
    }

    /// Goods are aboard: one press, where the robot stands.
    func load(_ visit: Visit) async throws -> Reply {
        let number = visit.parameters["mission"] ?? ""
        do {
            _ = try await visit.spine.district.perform(
                "robots.mission.load", ["mission": .string(number)], by: visit.caller, key: visit.form["key"],
                confirmed: true)
            return .redirect("/robots/missions/\(number)", flash: visit.word("mission_loaded"))
        } catch let refusal as Refusal where refusal.kind == .conflict || refusal.kind == .forbidden {
            return .redirect("/robots/missions/\(number)", flash: refusal.words[visit.language])
        }
    }

    /// Shows the digits to whoever asked, once; the recipient's link goes on showing them.
    func showCode(_ visit: Visit) async throws -> Reply {
        let found = try await find(visit)
        guard found.kept.author == visit.caller.author.text, found.kept.mission.isOpen,
            let digits = found.kept.secret.digits
        else { throw MissionFound.unknown }
        let id = found.kept.id
        let shown = try await MissionJournal(district: visit.spine.district).record(id, by: visit.caller.author) {
            $0.secret.isShown ? [] : [MissionEvents.shown($0)]
        }
        guard shown != nil else {
            throw Refusal(
                .conflict, "mission.shown",
                Words(
                    "인수 번호는 한 번만 보여 드립니다. 받는 분의 확인 주소에서 볼 수 있습니다.",
                    "The code is shown once. The recipient's link has it."))
        }
        return try await page(visit, digits: digits)
    }

    private func stops(_ kept: MissionCase, _ view: MissionView, _ visit: Visit) -> [JSON] {
        kept.mission.stops.enumerated().map { index, stop in
            let (isOver, isHere) = (
                index < kept.mission.leg || kept.mission.state == .completed,
                index == kept.mission.leg && kept.mission.state != .asked && kept.mission.isOpen
            )
            var members: [String: JSON] = [
                "place": .string(view.place(kept.mission.site, stop.node)),
                "task": .string(stop.task.words[visit.language]),
                "proof": .string(
                    visit.word("mission_proof_\(stop.isLoadedByHand ? "loader" : stop.proof.rawValue)")),
                "badge": Show.badge(
                    isOver ? "ok" : isHere ? "info" : "neutral",
                    visit.word(isOver ? "mission_stop_over" : isHere ? "mission_stop_now" : "mission_stop_next")),
            ]
            if let says = kept.secret.says[index] { members["says"] = .string(says) }
            return .object(members)
        }
    }

    /// What a step is called: goods that change hands where they are loaded are not handed over.
    private func label(_ step: MissionTable.Step, _ kept: MissionCase, _ visit: Visit) -> String {
        let stops = kept.mission.stops
        if step.type == MissionEvents.handed, let leg = step.leg, stops.indices.contains(leg), stops[leg].task == .pick
        {
            return visit.word("mission_step_loaded")
        }
        return visit.eventName(step.type)
    }

    private func step(
        _ step: MissionTable.Step, _ kept: MissionCase, _ view: MissionView, _ visit: Visit
    ) -> JSON {
        var members: [String: JSON] = [
            "label": .string(label(step, kept, visit)), "time": Show.time(step.at, visit.language),
            "href": .string("/trace/\(step.event)"),
            "by": .string(step.author.map { visit.authorName($0) } ?? ""),
        ]
        if let node = step.detail["node"]?.text {
            members["text"] = .string(view.place(kept.mission.site, node))
        } else if let thing = step.detail["thing"]?.text {
            members["text"] = .string(view.robot(thing))
        } else if let reason = step.detail["reason"]?.text {
            let wait = step.type == MissionEvents.queued ? DispatchDecision.Wait(rawValue: reason)?.words : nil
            members["text"] = .string((wait ?? MissionReason.words(reason))[visit.language])
        } else if let left = step.detail["left"]?.integer {
            members["text"] = .string(visit.word("mission_tries_left").replacing("{n}", with: "\(left)"))
        }
        if step.type == MissionEvents.handed, let by = step.detail["by"]?.text {
            let why = step.detail["why"]?.text.map { " – \($0)" } ?? ""
            members["due"] = .string(visit.word("mission_by_\(by)") + why)
        }
        if let due = Promise(step.detail.members ?? [:])?.due {
            members["due"] = .string(
                visit.word("mission_due_short").replacing("{due}", with: MissionView.clock(due, visit.language)))
        }
        return .object(members)
    }
}
