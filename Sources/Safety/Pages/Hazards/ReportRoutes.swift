import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// What a QR code on a machine opens for anybody who holds a phone before it: report a danger, stop work, and see what
/// became of it. No account, no name, in ten languages; works without script too.
struct ReportRoutes {
    let view: WorkerView
    private let throttle = ReportThrottle()

    init(phrases: Phrases) { view = WorkerView(phrases: phrases) }

    var routes: [Route] {
        [
            .get("/r/{code}", .anyone) { try await form($0) },
            .post("/r/{code}", .anyone, bodyLimit: Attachments.largest + (1 << 16)) { try await file($0) },
            .get("/r/{code}/{number}", .anyone) { try await status($0) },
            .get("/r/{code}/stop", .anyone) { try await stopForm($0) },
            .post("/r/{code}/stop", .anyone) { try await stop($0) },
        ]
    }

    private func form(_ visit: Visit, fault: String? = nil) async throws -> Reply {
        guard let place = try await WorkerView.place(visit) else { return unused(visit) }
        let (tongue, path) = (WorkerView.language(visit), "/r/\(place.code.code)")
        var more: [String: JSON] = [
            "types": view.types(tongue, chosen: visit.form["accident"] ?? ""), "action": .string(path),
            "key": .string(Secret.code()), "stop_href": .string("\(path)/stop?l=\(tongue.rawValue)"),
            "text": .string(visit.form["text"] ?? ""), "name": .string(visit.form["name"] ?? ""),
        ]
        if let fault { more["fault"] = .string(fault) }
        if !place.closures.isEmpty { more["closed"] = true }
        return view.page(
            "worker-report", title: view.phrases.text("report_title", tongue), visit, place: place.name, more,
            isRefused: fault != nil)
    }

    private func file(_ visit: Visit) async throws -> Reply {
        guard let place = try await WorkerView.place(visit) else { return unused(visit) }
        let tongue = WorkerView.language(visit)
        let (district, now, scope) = (visit.spine.district, visit.now, Scope.firm(place.code.firm))
        // By address only together with the code: behind a proxy a whole district has one.
        let (here, sender) = ("code \(place.code.id)", "\(visit.address) \(place.code.id)")
        guard throttle.admit([(here, 60), (sender, 20)], at: now) else {
            return try await form(visit, fault: view.phrases.text("try_later", tongue))
        }
        let form = visit.form
        var values: [String: JSON] = ["code": .string(place.code.code), "language": .string(tongue.rawValue)]
        for name in ["accident", "text", "name", "taken"] {
            if let text = form[name], !text.isEmpty { values[name] = .string(text) }
        }
        do {
            if let photo = visit.multipart?.files["photo"], !photo.bytes.isEmpty {
                let hash = try await district.store.write {
                    try Attachments.keep(
                        photo.bytes, scope: scope, author: .system("anonymous"), at: now, in: $0)
                }
                values["photo"] = .string(hash)
            } else {
                values["taken"] = nil
            }
            // Always as nobody: who is signed in on this phone stays off a report that may be without a name.
            let outcome = try await district.perform(
                "safety.hazard.file", values, by: .anonymous(visit.language), key: Self.key(form["key"]))
            guard let stream = outcome.events.first?.stream else { throw ReportHazard.noPlace }
            return .redirect(
                "/r/\(place.code.code)/\(stream.dropFirst("hazard/".count))?l=\(tongue.rawValue)&new=yes")
        } catch let refusal as Refusal where refusal.kind == .invalid {
            let words = refusal.words[tongue == .ko ? .ko : .en]
            return try await self.form(
                visit, fault: refusal.code == "hazard.empty" ? view.phrases.text("report_need", tongue) : words)
        }
    }

    private func stopForm(_ visit: Visit, fault: String? = nil) async throws -> Reply {
        guard let place = try await WorkerView.place(visit) else { return unused(visit) }
        let (tongue, path) = (WorkerView.language(visit), "/r/\(place.code.code)")
        var more: [String: JSON] = [
            "types": view.types(tongue, chosen: ""), "action": .string("\(path)/stop"), "key": .string(Secret.code()),
            "report_href": .string("\(path)?l=\(tongue.rawValue)"),
        ]
        if let fault { more["fault"] = .string(fault) }
        if !place.closures.isEmpty { more["closed"] = true }
        if visit.caller.person != nil { more["signed_in"] = true }
        return view.page(
            "worker-stop", title: view.phrases.text("stop_title", tongue), visit, place: place.name, more,
            isRefused: fault != nil)
    }

    private func stop(_ visit: Visit) async throws -> Reply {
        guard let place = try await WorkerView.place(visit) else { return unused(visit) }
        let tongue = WorkerView.language(visit)
        guard throttle.admit([("stop \(place.code.id)", 30)], at: visit.now) else {
            return try await stopForm(visit, fault: view.phrases.text("try_later", tongue))
        }
        let form = visit.form
        var values: [String: JSON] = ["code": .string(place.code.code), "language": .string(tongue.rawValue)]
        for name in ["accident", "text"] {
            if let text = form[name], !text.isEmpty { values[name] = .string(text) }
        }
        // In the vault alone, so that a measure against them later can be seen as what it may be; and only where they left
        // the box ticked that says so.
        if let person = visit.caller.person, form["as_me"] == "yes" { values["worker"] = .string(person.rawValue) }
        let outcome = try await visit.spine.district.perform(
            "safety.work.stop-by-code", values, by: .anonymous(visit.language), key: Self.key(form["key"]))
        guard let stream = outcome.events.first?.stream else { throw ReportHazard.noPlace }
        return .redirect("/r/\(place.code.code)/\(stream.dropFirst("stop/".count))?l=\(tongue.rawValue)")
    }

    /// What became of it, for whoever holds code and number: nothing of it names anybody.
    private func status(_ visit: Visit) async throws -> Reply {
        guard let place = try await WorkerView.place(visit) else { return unused(visit) }
        let (id, code, tongue) = (visit.parameters["number"] ?? "", place.code.code, WorkerView.language(visit))
        let (hazard, stop) = try await visit.spine.district.store.read {
            (try HazardTable.filed(id, code: code, in: $0), try StopTable.filed(id, code: code, in: $0))
        }
        let status = WorkerStatus(phrases: view.phrases, language: tongue)
        guard let context = hazard.map(status.context) ?? stop.map(status.context) else { return unused(visit) }
        var more = context
        if visit.query["new"] == "yes" { more["new"] = true }
        more["again_href"] = .string("/r/\(code)?l=\(tongue.rawValue)")
        let title = view.phrases.text(hazard == nil ? "stop_title" : "report_title", tongue)
        return view.page("worker-status", title: title, visit, place: place.name, more)
    }

    private func unused(_ visit: Visit) -> Reply {
        let title = view.phrases.text("code_unused", WorkerView.language(visit))
        return view.page("worker-unused", title: title, visit, place: nil, isRefused: true)
    }

    /// The key against doubles, made in the browser or with the page; another text is none.
    private static func key(_ text: String?) -> String? {
        guard let text, (16...100).contains(text.utf8.count) else { return nil }
        return text
    }
}

/// What whoever reported or stopped work reads of it, in their language.
struct WorkerStatus {
    let phrases: Phrases
    let language: WorkerLanguage

    func context(_ hazard: Hazard) -> [String: JSON] {
        let key =
            switch hazard.state {
            case .raised, .proposed: "status_received"
            case .accepted: "status_accepted"
            case .controlled: "status_effect"
            case .closed: "status_closed"
            case .rejected: "status_rejected"
            case .joined: "status_joined"
            }
        let reason = hazard.reason ?? "–"
        var context: [String: JSON] = [
            "state": .string(phrases.text(key, language, ["reason": reason])),
            "pictogram": .string(phrases.pictogram(key) ?? "wait"), "kind": .string(hazard.state.badge),
            "number": .string(phrases.text("report_number", language, ["number": hazard.number])),
            // How far it has come of three steps, so that a glance is enough.
            "progress": ["steps": .array(steps(hazard.state))],
        ]
        if let photo = hazard.photo { context["photo"] = .string(String(photo.hash.prefix(12))) }
        return context
    }

    func context(_ stop: WorkStop) -> [String: JSON] {
        let key = stop.state == .resumed ? "stop_resumed" : "stop_done"
        var context: [String: JSON] = [
            "state": .string(phrases.text(key, language)),
            "pictogram": .string(stop.state == .resumed ? "check" : "stop"), "kind": .string(stop.state.badge),
            "stopped": true,
            "number": .string(phrases.text("report_number", language, ["number": Hazard.number(stop.id)])),
        ]
        if stop.state != .resumed { context["wait"] = .string(phrases.text("stop_wait", language)) }
        if let answer = stop.answer {
            context["answer"] = .string(phrases.text("stop_answer", language, ["answer": answer]))
        }
        return context
    }

    /// Three steps, and how far it has come of them, so that a glance is enough.
    private func steps(_ state: Hazard.State) -> [JSON] {
        [("status_received", 0), ("status_accepted", 1), ("status_closed", 2)].map { step, rank in
            var entry: [String: JSON] = ["label": .string(phrases.text(step, language))]
            if rank <= reached(state) { entry["done"] = true }
            return .object(entry)
        }
    }

    private func reached(_ state: Hazard.State) -> Int {
        switch state {
        case .raised, .proposed, .rejected, .joined: 0
        case .accepted, .controlled: 1
        case .closed: 2
        }
    }
}
