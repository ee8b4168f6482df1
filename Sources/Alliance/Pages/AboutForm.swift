import Access
import District
import HTTPTypes
import Record
import Web

/// A command's form on a page of its own, which says above the fields what it is about: also where it comes back refused,
/// and in what is read back. It is sent to where it stands.
struct AboutForm: Sendable {
    let form: Form
    /// Where it stands.
    let path: String
    /// What it is about: its name and its words.
    let subject: Words, about: String
    /// What the page has chosen, by field.
    let chosen: [String: String]
    /// Where it leads; `{it}` is what has come to be.
    let next: String
    var bounds: [String: ClosedRange<Int64>] = [:]
    var choices: [String: [(String, String)]] = [:]

    /// The form with what was entered, and what was wrong with it.
    func shown(_ visit: Visit, _ entered: [String: String], refusal: Refusal? = nil) throws -> Reply {
        let values = entered.merging(chosen) { $1 }.merging(["next": next]) { $1 }
        let reply = try visit.form(form.name, entered: values, key: visit.form["idempotency"])
            .about(about, bounds: bounds, choices: choices, visit)
        guard case .page(let template, let title, .object(var context), _, _) = reply else { return reply }
        context["action"] = .string(path)
        guard let refusal else { return .page(template, title: title, .object(context)) }
        context["errors"] = errors(refusal, visit)
        context["groups"] = .array((context["groups"]?.elements ?? []).map { blamed($0, refusal, visit) })
        return .page(template, title: title, .object(context), status: Self.status(refusal))
    }

    /// What was sent: done, read back, or shown again with what was wrong.
    func sent(_ visit: Visit) async throws -> Reply {
        let entered = visit.form.filter { name, value in !value.isEmpty && form.fields.contains { $0.name == name } }
            .merging(chosen) { $1 }
        do {
            let outcome = try await visit.spine.district.perform(
                form.name, entered.mapValues { .string($0) }, by: visit.caller, key: visit.form["idempotency"],
                confirmed: visit.form["confirmed"] == "yes")
            let stream = outcome.events.first?.stream ?? ""
            let made = String(stream.drop { $0 != "/" }.dropFirst())
            return .redirect(
                next.replacing("{it}", with: made), flash: form.title[visit.language] + visit.word("form_done"))
        } catch let refusal as Refusal where refusal.kind == .needsConfirmation {
            return readBack(visit, entered)
        } catch let refusal as Refusal where [.invalid, .conflict, .tooOften, .forbidden].contains(refusal.kind) {
            return try shown(visit, entered, refusal: refusal)
        }
    }

    private func readBack(_ visit: Visit, _ entered: [String: String]) -> Reply {
        let items = form.fields.compactMap { field -> JSON? in
            guard chosen[field.name] == nil, let value = entered[field.name] else { return nil }
            var text = choices[field.name]?.first { $0.0 == value }?.1 ?? value
            if case .integer(_, let unit) = field.kind, let number = Int64(value) {
                text = Show.count(number) + (unit ?? "")
            }
            return ["label": .string(field.label[visit.language]), "text": .string(text)]
        }
        let fields = form.fields.compactMap { field in entered[field.name].map { (field.name, $0) } }
        let again = fields.map { "\($0.0)=\(Table.encoded($0.1))" }.joined(separator: "&")
        return .page(
            "confirm", title: form.title[visit.language],
            [
                "action": .string(path), "back_href": .string("\(path)?\(again)"),
                "sentence": .string(form.title[visit.language] + visit.word("confirm_sentence")),
                "submit": .string(visit.word("confirm_submit")),
                "items": .array([["label": .string(subject[visit.language]), "text": .string(about)]] + items),
                "hidden": Show.hidden(
                    fields + [("idempotency", visit.form["idempotency"] ?? "\(Identifier(at: visit.now))")]),
            ])
    }

    private func errors(_ refusal: Refusal, _ visit: Visit) -> JSON {
        let faults = refusal.faults.compactMap { fault -> JSON? in
            guard let field = form.fields.first(where: { $0.name == fault.field && chosen[$0.name] == nil }) else {
                return nil
            }
            return [
                "href": .string("#f-\(field.name)"),
                "text": .string("\(field.label[visit.language]): \(fault.words[visit.language])"),
            ]
        }
        guard faults.isEmpty else { return ["items": .array(faults)] }
        // What the page has chosen has no field to be led to.
        let text = refusal.faults.first?.words ?? refusal.words
        return [
            "refused": .string(visit.word("form_refused")), "items": [["text": .string(text[visit.language])]],
        ]
    }

    private func blamed(_ group: JSON, _ refusal: Refusal, _ visit: Visit) -> JSON {
        guard case .object(var members) = group, let fields = members["fields"]?.elements else { return group }
        members["fields"] = .array(
            fields.map { field in
                guard case .object(var members) = field,
                    let fault = refusal.faults.first(where: { $0.field == members["name"]?.text })
                else { return field }
                members["error"] = .string(fault.words[visit.language])
                return .object(members)
            })
        return .object(members)
    }

    private static func status(_ refusal: Refusal) -> HTTPResponse.Status {
        switch refusal.kind {
        case .conflict: .conflict
        case .forbidden: .forbidden
        case .tooOften: .tooManyRequests
        default: .unprocessableContent
        }
    }
}
