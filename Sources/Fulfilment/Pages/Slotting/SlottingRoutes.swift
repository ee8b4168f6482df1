import Access
import District
import Record
import Store
import Web

/// Which goods should change places, what it saves and why; and the tasks that came of it, leg by leg with a scan each.
struct SlottingRoutes {
    let segregation: Segregation

    static let path = "/fulfilment/slotting"

    var routes: [Web.Route] {
        [
            .get(Self.path, .roles(GoodsAsk.readers)) { try await page($0) },
            .post(Self.path, .roles(GoodsAsk.floor)) { try await carry($0) },
        ]
    }

    /// A task with what is to be carried next.
    private struct Task: Sendable {
        let slot: SlotTable.Slot
        let leg: SlotLeg
        /// How many of it a picker is on the way to: they stay.
        let picks: Int64
        var quantity: Int64 { max(0, leg.quantity - picks) }
    }

    private struct Found: Sendable {
        var look: SlotTable.Look?
        var open: [SlotTable.Slot] = []
        var tasks: [Task] = []
        var places: [String: Place] = [:]
        var items: [String: Item] = [:]

        func place(_ id: String) -> String { places[id]?.name ?? id }
        func item(_ code: String) -> String { items[code]?.name ?? code }
    }

    private func find(_ visit: Visit) async throws -> Found {
        let (tenant, segregation) = (try visit.tenant, segregation)
        return try await visit.spine.district.store.read { reader in
            var found = Found()
            guard let centre = try Station.centre(visit, reader) else { return found }
            found.look = try SlotTable.look(in: centre, for: tenant, in: reader)
            found.open = try SlotTable.list(.open, in: centre, for: tenant, in: reader)
            for slot in try SlotTable.list(.accepted, in: centre, for: tenant, in: reader) {
                let leg = try slot.leg(for: tenant, in: reader) { item, quantity, place in
                    try StoreGoods.refusal(
                        of: place, item, lot: "", quantity, .available, segregation, for: tenant, reader) == nil
                }
                guard let leg else { continue }
                let picks = try TourTable.openTasks(
                    in: centre, item: leg.item, place: leg.from, for: tenant, in: reader
                ).filter { $0.lot == leg.lot }.reduce(0) { $0 + $1.left }
                found.tasks.append(Task(slot: slot, leg: leg, picks: picks))
            }
            let slots = found.open + found.tasks.map(\.slot)
            let ids = Set(slots.flatMap { [$0.from, $0.to] } + found.tasks.flatMap { [$0.leg.from, $0.leg.to] })
            for place in try PlaceTable.several(ids.sorted(), for: tenant, in: reader) {
                found.places[place.id] = place
            }
            let codes = Set(slots.flatMap { [$0.item] + [$0.exchanged].compactMap(\.self) })
            found.items = try ItemTable.several(codes.sorted(), for: tenant, in: reader)
            return found
        }
    }

    private func page(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let found = try await find(visit)
        let chosen = error == nil ? visit.query["task"] : visit.form["task"]
        if let task = found.tasks.first(where: { $0.slot.id == chosen }) { return leg(task, found, visit, error) }
        let mayDecide = !visit.caller.roles.isDisjoint(with: GoodsAsk.leads)
        let mayCarry = !visit.caller.roles.isDisjoint(with: GoodsAsk.floor)
        var context: [String: JSON] = [
            "moves": .array(found.open.map { move($0, found, visit, mayDecide) }),
            "tasks": .array(found.tasks.map { task($0, found, visit, mayCarry: mayCarry, mayDecide: mayDecide) }),
        ]
        if let error { context["refusal"] = .string(error.words[visit.language]) }
        if let look = found.look {
            let saved = max(0, look.before - look.after)
            context["look"] = [
                "before": .string(Show.count(Int(look.before.rounded()))),
                "after": .string(Show.count(Int(look.after.rounded()))),
                "saved": .string(Show.count(Int(saved.rounded()))),
                "share": .string(look.before > 0 ? "\(Int((saved * 100 / look.before).rounded())) %" : "–"),
                "basis": .string(
                    visit.word("slotting_basis_\(look.basis)").replacing("{tours}", with: Show.count(look.tours))
                        .replacing("{days}", with: Show.count(Int(look.days.rounded())))),
                "at": Show.time(look.at, visit.language),
            ]
        }
        return .page("slotting", title: visit.word("slotting_title"), .object(context), live: true)
    }

    private func move(_ slot: SlotTable.Slot, _ found: Found, _ visit: Visit, _ mayDecide: Bool) -> JSON {
        var members = told(slot, found, visit)
        members["reason"] = .string(slot.reason[visit.language])
        members["trace_href"] = .string("/trace/\(slot.event)")
        if slot.isUnchecked { members["unchecked"] = true }
        if mayDecide {
            for verb in ["accept", "decline"] { members["\(verb)_href"] = .string(Self.deciding(verb, slot)) }
        }
        return .object(members)
    }

    private func task(_ task: Task, _ found: Found, _ visit: Visit, mayCarry: Bool, mayDecide: Bool) -> JSON {
        var members = told(task.slot, found, visit)
        members["next"] = .string(
            "\(found.item(task.leg.item)) × \(Show.count(task.quantity)) · \(found.place(task.leg.from)) → \(found.place(task.leg.to))"
        )
        if task.quantity == 0 { members["waits"] = true }
        if mayCarry, task.quantity > 0 {
            members["carry_href"] = .string(Station.address(Self.path, [("task", task.slot.id)]))
        }
        if mayDecide { members["decline_href"] = .string(Self.deciding("decline", task.slot)) }
        return .object(members)
    }

    private func told(_ slot: SlotTable.Slot, _ found: Found, _ visit: Visit) -> [String: JSON] {
        var members: [String: JSON] = [
            "item": .string(found.item(slot.item)), "code": .string(slot.item), "from": .string(found.place(slot.from)),
            "to": .string(found.place(slot.to)), "gain": .string(Show.count(Int(slot.gain.rounded()))),
        ]
        if let other = slot.exchanged { members["exchanged"] = .string(found.item(other)) }
        return members
    }

    private static func deciding(_ verb: String, _ slot: SlotTable.Slot) -> String {
        "/do/fulfilment.slotting.\(verb)?move=\(Table.encoded(slot.id))&next=\(path)"
    }

    // MARK: - A leg

    private func leg(_ task: Task, _ found: Found, _ visit: Visit, _ error: Refusal?) -> Reply {
        var station = Station(visit, "slotting", error: error)
        station.card(
            found.item(task.leg.item) + (task.leg.lot.isEmpty ? "" : " · \(task.leg.lot)"), sub: task.leg.item,
            [
                ("floor_from", found.place(task.leg.from)), ("floor_to", found.place(task.leg.to)),
                ("floor_quantity", Show.count(task.quantity)),
            ])
        if task.picks > 0 { station.lead(visit.word("slotting_picks").replacing("{n}", with: Show.count(task.picks))) }
        if task.quantity > 0 {
            station.carry(
                Self.path,
                hidden: [
                    ("task", task.slot.id), ("item", task.leg.item), ("lot", task.leg.lot), ("from", task.leg.from),
                ], task.quantity, submit: "slotting_carry")
        }
        station.link(Self.path, "floor_back")
        return station.page("slotting_task_title")
    }

    private func carry(_ visit: Visit) async throws -> Reply {
        let (found, form, tenant) = (try await find(visit), visit.form, try visit.tenant)
        guard let task = found.tasks.first(where: { $0.slot.id == form["task"] }) else {
            return .redirect(Self.path, flash: visit.word("slotting_gone"))
        }
        let scanned = try await visit.spine.district.store.read {
            try PlaceTable.meant(form["place"] ?? "", in: task.slot.centre, for: tenant, in: $0)?.id
        }
        guard scanned == task.leg.to else {
            return try await page(visit, error: PickRefusals.place(found.place(task.leg.to)))
        }
        let why = "\(visit.word("slotting_title")): \(found.place(task.slot.from)) → \(found.place(task.slot.to))"
        if let refusal = try await Station.perform(
            RelocateGoods.name, ["item", "lot", "quantity", "from", "place"], visit, more: ["why": .string(why)])
        {
            return try await page(visit, error: refusal)
        }
        // Straight on to what is to be carried next of the same task, as long as there is something.
        let rest = try await find(visit).tasks.contains { $0.slot.id == task.slot.id && $0.quantity > 0 }
        return .redirect(
            rest ? Station.address(Self.path, [("task", task.slot.id)]) : Self.path,
            flash: visit.word("slotting_carried"))
    }
}

/// Goods that are to change places, on the first page of those who carry them.
enum SlotTasks {
    static func home(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: GoodsAsk.floor) else { return [:] }
        let tenant = try visit.tenant
        let count = try await visit.spine.district.store.read { reader in
            try PlaceTable.centres(for: tenant, in: reader).reduce(0) {
                $0 + (try SlotTable.list(.accepted, in: $1, for: tenant, in: reader).count)
            }
        }
        guard count > 0 else { return [:] }
        return [
            "tasks": [
                [
                    "href": .string(SlottingRoutes.path), "text": .string(visit.word("slotting_task")),
                    "count": .string(Show.count(count)), "kind": "info",
                    "state": .string(visit.word("floor_task_state")),
                ]
            ]
        ]
    }
}
