import Access
import District
import HTTPTypes
public import Record

/// Every command as a web form, as a JSON call, and as a schema: nothing here knows what any of them does.
struct CommandRoutes {
    var routes: [Route] {
        [
            .get("/do/{command}", .anyone) { visit in
                let form = try await form(visit, on: .web)
                return .page(
                    "form", title: form.title[visit.language], FormPage.context(form, visit, entered: visit.query))
            },
            .post("/do/{command}", .anyone, bodyLimit: Attachments.largest + (1 << 20)) { try await submit($0) },
            .get("/api/v1/commands", .anyone) { visit in
                .json(
                    [
                        "commands": .array(
                            visit.spine.district.forms.values.filter { $0.surfaces.contains(.http) }
                                .sorted { $0.name < $1.name }
                                .map { ["name": .string($0.name), "title": .string($0.title[visit.language])] })
                    ])
            },
            .get("/api/v1/commands/{command}", .anyone) { visit in
                .json(try await form(visit, on: .http).schema(visit.language))
            },
            .post("/api/v1/commands/{command}", .anyone) { try await call($0) },
        ]
    }

    /// The form, where it is offered on this surface. Who may give the command is checked where it is performed.
    private func form(_ visit: Visit, on surface: Form.Surface) async throws -> Form {
        guard let form = try await visit.spine.district.offered(visit.parameters["command"] ?? ""),
            form.surfaces.contains(surface)
        else {
            throw Refusal(.notFound, "command.unknown", Words("그런 명령이 없습니다.", "There is no such command."))
        }
        try District.allow(form.permission, visit.caller)
        return form
    }

    private func submit(_ visit: Visit) async throws -> Reply {
        let form = try await form(visit, on: .web)
        var entered = visit.form
        let (key, confirmed) = (entered["idempotency"], entered["confirmed"] == "yes")
        let next = SignInRoutes.next(entered["next"])
        let correlation = entered["correlation"].flatMap { Identifier($0) }
        for name in FormPage.ownNames { entered[name] = nil }
        do {
            try await keepFiles(of: form, visit, in: &entered)
            let names = try await ReferenceNames(form, entered, visit)
            let meant = names.resolved(form, entered)
            let values = FormPage.values(form.fields, meant)
            do {
                let outcome = try await visit.spine.district.perform(
                    form.name, values, by: visit.caller, key: key, correlation: correlation, confirmed: confirmed)
                return .redirect(
                    next == "/" && form.after == nil
                        ? "/trace/\(outcome.correlation)"
                        : Self.completed(
                            next == "/" ? form.after ?? next : next, with: outcome,
                            next == "/" ? meant : [:]),
                    flash: form.title[visit.language] + visit.word(Self.done(form)))
            } catch let refusal as Refusal where refusal.kind == .needsConfirmation {
                let assumed = try await visit.spine.district.assumed(form.name, values, by: visit.caller)
                return .page(
                    "confirm", title: form.title[visit.language],
                    FormPage.readBack(
                        form, visit, entered: meant, names: names, assumed: assumed, key: key, next: next,
                        correlation: correlation))
            }
        } catch let refusal as Refusal where Self.isAboutForm(refusal) {
            // What was written stays in the form, also where it comes too often.
            return .page(
                "form", title: form.title[visit.language],
                FormPage.context(
                    form, visit, entered: entered, key: key, refusal: refusal, next: next, correlation: correlation),
                status: refusal.status)
        }
    }

    /// What is said once it was taken in: what a second person must sign has not been done yet.
    private static func done(_ form: Form) -> String {
        if case .secondPerson = form.confirmation { return "form_asked" }
        return "form_done"
    }

    /// Whether a refusal is shown with what was written. Whoever may not give the command at all was refused before: what
    /// a command itself forbids is a rule of its own (a second person, a certificate), and no right that is missing.
    private static func isAboutForm(_ refusal: Refusal) -> Bool {
        [.invalid, .conflict, .tooOften, .forbidden].contains(refusal.kind)
    }

    /// A next page may be about what has just come to be: `{it}` stands for the first event's stream without its kind,
    /// `{field}` for what was entered in a field.
    private static func completed(_ next: String, with outcome: Outcome, _ entered: [String: String]) -> String {
        var next = next
        if let stream = outcome.events.first?.stream, let slash = stream.firstIndex(of: "/") {
            next = next.replacing("{it}", with: stream[stream.index(after: slash)...])
        }
        // Only a form's own page is about what was entered; any other address stays as it came.
        while !entered.isEmpty, let open = next.firstIndex(of: "{"), let close = next[open...].firstIndex(of: "}") {
            let name = String(next[next.index(after: open)..<close])
            next.replaceSubrange(open...close, with: Table.encoded(entered[name] ?? ""))
        }
        return next
    }

    /// Keeps the files that came with a form, and puts each one's hash where the form expects it.
    private func keepFiles(of form: Form, _ visit: Visit, in entered: inout [String: String]) async throws {
        guard let files = visit.multipart?.files else { return }
        for field in form.fields {
            guard case .attachment = field.kind, let file = files[field.name], !file.bytes.isEmpty else { continue }
            let tenant = try visit.tenant
            entered[field.name] = try await AttachmentRoutes.keep(
                file.bytes, scope: tenant.firm.map { .firm($0) } ?? .zone, visit)
        }
    }

    private func call(_ visit: Visit) async throws -> Reply {
        let form = try await form(visit, on: visit.headers[.slipwaySurface] == "cli" ? .cli : .http)
        guard case .object(var members) = try visit.json() else {
            throw Refusal(.invalid, "json.object", Words("JSON 객체를 보내 주세요.", "Please send a JSON object."))
        }
        let confirmed = members.removeValue(forKey: "confirmed")?.bool ?? false
        let correlation = visit.headers[.correlation].flatMap { Identifier($0) }
        let outcome = try await visit.spine.district.perform(
            form.name, members, by: visit.caller, key: visit.headers[.idempotencyKey], correlation: correlation,
            confirmed: confirmed)
        return .json(outcome.json, status: outcome.repeated ? .ok : .created)
    }
}

extension Visit {
    /// What a form sends that signs a second person's request, where its content stands beside the button.
    public func signature(of request: Identifier, next: String) -> JSON {
        Show.hidden([
            ("request", request.description), ("next", next), ("idempotency", Identifier(at: now).description),
        ])
    }

    /// A command's form with what there is filled in already; `next` among it is where it leads.
    /// - Parameters:
    ///   - key: under which it is done once, however often it is sent; one of its own where nil.
    ///   - correlation: what the form's doing belongs to; nothing before it where nil.
    public func form(
        _ command: String, entered: [String: String], key: String? = nil, correlation: Identifier? = nil
    ) throws -> Reply {
        guard let form = spine.district.forms[command], form.surfaces.contains(.web) else {
            throw Refusal(.notFound, "command.unknown", Words("그런 명령이 없습니다.", "There is no such command."))
        }
        try District.allow(form.permission, caller)
        return .page(
            "form", title: form.title[language],
            FormPage.context(form, self, entered: entered, key: key, correlation: correlation))
    }
}

extension HTTPField.Name {
    static let idempotencyKey = custom("Idempotency-Key")
    static let correlation = custom("X-Correlation-ID")
    static let slipwaySurface = custom("X-Slipway-Surface")

    private static func custom(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header name") }
        return name
    }
}
