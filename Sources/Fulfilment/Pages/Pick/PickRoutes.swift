import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// The picker's page: one action at a time, as large as gloves need it, on a phone or a scanner that types.
struct PickRoutes {
    let words: FloorWords

    var routes: [Route] {
        [
            .get("/fulfilment/pick", .roles(StartPicking.roles)) { visit in
                guard let said = visit.query["l"], let language = words.language(said) else {
                    return try await page(visit)
                }
                return .redirect("/fulfilment/pick", cookies: [Kept.language.cookie(language.code)])
            },
            .post("/fulfilment/pick/{verb}", .roles(StartPicking.roles)) { try await act($0) },
        ]
    }

    /// What the picker stands before.
    private struct Found: Sendable {
        var tour: PickTour?
        var tasks: [PickTask] = []
        var places: [String: Place] = [:]
        var items: [String: Item] = [:]
        var orders: [String: Order] = [:]
        var waiting = 0
        var isLeadCalled = false
        /// Totes that hold what their order has no right to.
        var back: [Order] = []
    }

    private func find(_ visit: Visit) async throws -> Found {
        let (tenant, person) = (try visit.tenant, visit.caller.person?.rawValue)
        return try await visit.spine.district.store.read { reader in
            var found = Found()
            let open = try TourTable.open(in: nil, for: tenant, in: reader)
            found.waiting = open.count { $0.state == .open }
            found.tour = open.first { $0.person == person && person != nil }
            found.back = try OrderTable.toEmpty(for: tenant, in: reader).filter { $0.sscc == nil }.map(\.order)
            guard let tour = found.tour else { return found }
            found.isLeadCalled = try CallTable.open(for: tenant, in: reader).contains { $0.person == person }
            found.tasks = try TourTable.tasks(of: tour.id, for: tenant, in: reader)
            for task in found.tasks where task.state == .open {
                found.places[task.place] = try PlaceTable.find(task.place, for: tenant, in: reader)
                found.orders[task.order] = try OrderTable.find(task.order, for: tenant, in: reader)
            }
            found.items = try ItemTable.several(
                Array(Set(found.tasks.map(\.item))).sorted(), for: tenant, in: reader)
            return found
        }
    }

    /// - Parameter scanned: what was scanned so far for the pick at hand; what came in where nil.
    private func page(
        _ visit: Visit, scanned: [String: String]? = nil, refusal: Refusal? = nil, foreseen: JSON? = nil
    ) async throws -> Reply {
        let found = try await find(visit)
        let language = language(visit)
        var context: [String: JSON] = ["w": words.json(language), "languages": languages(language)]
        if let refusal {
            var said: [String: JSON] = ["text": .string(refusal.words[visit.language])]
            if language.code != visit.language.rawValue, let word = FloorWords.word(for: refusal.code) {
                said["word"] = words.json(word, language)
            }
            context["refusal"] = .object(said)
        }
        // What became of a shortage is told in the page's language; who reads another one is told in theirs to go on.
        if visit.query["short"] == "done", language.code != visit.language.rawValue {
            context["short_done"] = words.json("short_done", language)
        }
        if !found.back.isEmpty {
            context["back"] = .array(
                found.back.map {
                    [
                        "number": .string($0.number),
                        "href": .string("/do/fulfilment.pick.back?order=\(Table.encoded($0.id))&next=/fulfilment/pick"),
                    ]
                })
        }
        let open = found.tasks.filter { $0.state == .open }
        guard let tour = found.tour, let task = open.first else {
            if found.waiting > 0 {
                context["start"] = ["count": .string("\(found.waiting)")]
            } else {
                context["none"] = true
            }
            return .page("pick", title: visit.word("pick_title"), .object(context), live: true)
        }
        let done = found.tasks.count { $0.state == .done }
        if found.isLeadCalled { context["lead_called"] = true }
        context["progress"] = .string("\(done + 1) / \(done + open.count)")
        context["task"] = self.task(task, tour, found, scanned ?? (visit.method == .post ? visit.form : [:]))
        if let foreseen { context["foreseen"] = ["lines": foreseen] }
        return .page("pick", title: visit.word("pick_title"), .object(context))
    }

    /// The language a worker chose on this device, else that of the page.
    private func language(_ visit: Visit) -> FloorWords.Language {
        Kept.language.read(visit).flatMap { words.language($0) } ?? words.language(visit.language.rawValue)
            ?? words.languages[0]
    }

    private func languages(_ current: FloorWords.Language) -> JSON {
        .array(
            words.languages.map { language in
                var members: [String: JSON] = [
                    "name": .string(language.name), "tag": .string(language.tag),
                    "href": .string("/fulfilment/pick?l=\(language.code)"),
                ]
                if language == current { members["current"] = true }
                return .object(members)
            })
    }

    /// The one thing to be done now: go to the place and scan it, scan the item, say how many.
    private func task(_ task: PickTask, _ tour: PickTour, _ found: Found, _ form: [String: String]) -> JSON {
        // What was scanned for this very pick; another one begins anew.
        let isSame = form["task"] == "\(task.task)" && form["tour"] == tour.id
        let place = isSame ? form["place"] ?? "" : ""
        let item = isSame ? form["item"] ?? "" : ""
        let name = found.places[task.place]?.name ?? task.place
        let step = place.isEmpty ? "place" : item.isEmpty ? "item" : "quantity"
        var members: [String: JSON] = [
            "tour": .string(tour.id), "number": .string("\(task.task)"), "place_name": .string(name),
            "name": .string(task.name), "item_code": .string(task.item),
            "gtin": .string(found.items[task.item]?.gtin ?? ""), "quantity": .string("\(task.left)"),
            "most": .string("\(max(0, task.left - 1))"), "is_\(step)": true,
            "place_value": .string(place), "item_value": .string(item),
            "tote": .string(found.orders[task.order]?.number ?? ""),
            "key": .string("pick-\(tour.id.suffix(12))-\(task.task)-\(task.picked)"),
            "key_short": .string("short-\(tour.id.suffix(12))-\(task.task)-\(task.picked)"),
        ]
        if found.items[task.item]?.hasSerials ?? false { members["serials"] = true }
        members["give_back"] = .string("/do/\(GiveBackTour.name)?tour=\(Table.encoded(tour.id))&next=/fulfilment/pick")
        if !task.lot.isEmpty { members["lot"] = .string(task.lot) }
        if isSame, form["short"] != nil { members["short"] = .object(short(form)) }
        return .object(members)
    }

    /// What is asked of a picker who finds too little, with what they have said so far.
    private func short(_ form: [String: String]) -> [String: JSON] {
        let cause = ShortPick.Cause(rawValue: form["cause"] ?? "") ?? .empty
        var members: [String: JSON] = [
            "found": .string(form["found"] ?? "0"), "damaged": .string(form["damaged"] ?? ""),
            "serials_value": .string(form["serials"] ?? ""), "cause": .string(cause.rawValue),
        ]
        members["is_\(cause.rawValue)"] = true
        return members
    }

    /// What a shortage would do, said before it is done.
    private func foreseen(_ visit: Visit) async throws -> JSON {
        let (form, tenant, caller) = (visit.form, try visit.tenant, visit.caller)
        let said = ShortPick.Said(
            found: Int64(form["found"] ?? "") ?? 0, cause: ShortPick.Cause(rawValue: form["cause"] ?? "") ?? .empty,
            damaged: form["cause"] == ShortPick.Cause.damaged.rawValue ? Int64(form["damaged"] ?? "") ?? 0 : 0)
        let (outlook, names, picks) = try await visit.spine.district.store.read { reader in
            let pick = try PickFound(
                form["tour"] ?? "", Int64(form["task"] ?? "") ?? 0, by: caller, for: tenant, reader)
            let outlook = ShortOutlook(try ShortPick.drafts(pick, said, [], reader), for: pick.task.order)
            let places = try PlaceTable.several(outlook.elsewhere.map(\.place), for: tenant, in: reader)
            let open = try TourTable.openTasks(in: pick.tour.centre, place: pick.place.id, for: tenant, in: reader)
            return (outlook, Dictionary(places.map { ($0.id, $0.name) }, uniquingKeysWith: { $1 }), open.count)
        }
        func line(_ word: String, _ number: Int64) -> String {
            visit.word(word).replacing("{n}", with: Show.count(number))
        }
        var lines: [String] = []
        if outlook.taken > 0 { lines.append(line("short_taken", outlook.taken)) }
        for part in outlook.elsewhere {
            lines.append(
                line("short_elsewhere", part.quantity).replacing("{place}", with: names[part.place] ?? part.place))
        }
        if outlook.again > 0 { lines.append(line("short_again", outlook.again)) }
        if outlook.damaged > 0 { lines.append(line("short_damaged", outlook.damaged)) }
        if outlook.kept > 0 { lines.append(line("short_kept", outlook.kept)) }
        if outlook.isClosed { lines.append(line("short_closed", Int64(picks))) }
        lines.append(outlook.others > 0 ? line("short_others", Int64(outlook.others)) : "")
        if outlook.kept == 0 { lines.append(visit.word("short_none_kept")) }
        return .array(lines.filter { !$0.isEmpty }.map { .string($0) })
    }

    private func act(_ visit: Visit) async throws -> Reply {
        let form = visit.form
        let base: [String: JSON] = [
            "tour": .string(form["tour"] ?? ""), "task": .string(form["task"] ?? ""),
        ]
        do {
            switch visit.parameters["verb"] {
            case "start":
                try await perform(StartPicking.name, [:], visit)
            case "scan":
                return try await scanned(visit)
            case "confirm":
                try await perform(
                    ConfirmPick.name,
                    base.merging([
                        "place": .string(form["place"] ?? ""), "item": .string(form["item"] ?? ""),
                        "quantity": .string(form["quantity"] ?? ""), "serials": .string(form["serials"] ?? ""),
                    ]) { $1 }, visit)
            case "short":
                guard form["found"] != nil else { return try await page(visit) }
                let foreseen = try await foreseen(visit)
                guard form["short"] == "do" else { return try await page(visit, foreseen: foreseen) }
                try await perform(
                    ShortPick.name,
                    base.merging([
                        "found": .string(form["found"] ?? ""), "serials": .string(form["serials"] ?? ""),
                        "cause": .string(form["cause"] ?? ""),
                        "damaged": form["damaged"].flatMap { $0.isEmpty ? nil : .string($0) } ?? .null,
                    ]) { $1 }, visit)
                let done = (foreseen.elements ?? []).compactMap(\.text).joined(separator: " ")
                return .redirect(
                    "/fulfilment/pick?short=done", flash: "\(visit.word("pick_short_done")) \(done)")
            case "lead":
                try await perform("fulfilment.lead.call", ["tour": .string(form["tour"] ?? "")], visit)
            default: throw PickRefusals.unknown
            }
            return .redirect("/fulfilment/pick")
        } catch let refusal as Refusal where [.invalid, .conflict, .forbidden].contains(refusal.kind) {
            return try await page(visit, refusal: refusal)
        }
    }

    private func perform(_ name: String, _ values: [String: JSON], _ visit: Visit) async throws {
        let key = visit.form["idempotency"].map { "\($0)-\(visit.form["quantity"] ?? visit.form["found"] ?? "")" }
        _ = try await visit.spine.district.perform(name, values, by: visit.caller, key: key, confirmed: true)
    }

    /// A scan that is wrong is said at once, before anything is taken; one that is right leads on.
    private func scanned(_ visit: Visit) async throws -> Reply {
        let (form, tenant, found) = (visit.form, try visit.tenant, try await find(visit))
        guard let tour = found.tour, let task = found.tasks.first(where: { $0.state == .open }),
            form["task"] == "\(task.task)", form["tour"] == tour.id
        else { throw PickRefusals.done }
        let refusal = try await visit.spine.district.store.read { reader -> Refusal? in
            let place = form["place"] ?? ""
            if !place.isEmpty,
                try PlaceTable.meant(place, in: tour.centre, for: tenant, in: reader)?.id != task.place
            {
                return PickRefusals.place(found.places[task.place]?.name ?? task.place)
            }
            let item = form["item"] ?? ""
            if !item.isEmpty, try ItemTable.meant(item, for: tenant, in: reader)?.code != task.item {
                return PickRefusals.item(task.name)
            }
            return nil
        }
        guard let refusal else { return try await page(visit) }
        let wrong = refusal.code == "pick.place" ? "place" : "item"
        return try await page(
            visit, scanned: form.filter { $0.key != wrong && $0.key != "item" }, refusal: refusal)
    }
}
