import Access
import District
import Foundation
import HTTPTypes
import Record
import Store
import Web

/// Where anybody objects to a use of AI, and reads the answer with their code.
struct AppealRoutes {
    let rules: AppealRules

    var routes: [Route] {
        [
            .get("/ai/appeal", .anyone) { try await form($0) },
            .post("/ai/appeal", .anyone) { try await submit($0) },
            .get("/ai/appeals", .anyone) { try await lookup($0) },
            .get("/ai/appeals/{code}", .anyone) { try await status($0) },
        ]
    }

    private func form(_ visit: Visit, error: Refusal? = nil) async throws -> Reply {
        let chosen = visit.form["use"] ?? visit.query["use"] ?? ""
        // The same that /ai shows in use: nobody is asked to choose among what they cannot read about.
        let uses = try await UseNow.all(visit.spine.district).filter { $0.isPublic && $0.entry.retired == nil }
        let filled = visit.form
        var context: [String: JSON] = [
            "uses": .array(
                uses.map { ($0.entry.id, $0.entry.text("name", visit.language)) }.sorted { $0.1 < $1.1 }.map {
                    Self.option($0.0, $0.1, isChosen: $0.0 == chosen)
                }),
            "wishes": .array(
                Appeal.Wish.allCases.enumerated().map { index, wish in
                    Self.option(
                        wish.rawValue, wish.words[visit.language],
                        isChosen: filled["wish"].map { $0 == wish.rawValue } ?? (index == 0))
                }),
            "text": .string(filled["text"] ?? ""), "contact": .string(filled["contact"] ?? ""),
            "key": .string(Secret.code()),
            "lead": .string(visit.word("appeal_lead").replacing("{days}", with: "\(rules.days)")),
        ]
        if let error {
            let faults =
                error.faults.isEmpty
                ? [Refusal.Fault(field: "text", rule: "", words: error.words)] : error.faults
            context["errors"] = [
                "items": .array(
                    faults.map {
                        ["href": .string("#f-\($0.field)"), "text": .string($0.words[visit.language])]
                    })
            ]
        }
        return .page(
            "appeal", title: visit.word("appeal_title"), .object(context),
            status: error == nil ? .ok : error?.kind == .tooOften ? .tooManyRequests : .unprocessableContent)
    }

    /// The code of an appeal as it was told to whoever sent it; nil once it is forgotten.
    private func code(of event: Identifier, in district: District) async throws -> String? {
        try await district.store.read { reader in
            guard let event = try district.log.event(event, in: reader) else { return nil }
            return try district.payload(of: event, in: reader)["code"]?.text
        }
    }

    private func submit(_ visit: Visit) async throws -> Reply {
        var values: [String: JSON] = [:]
        for name in ["use", "text", "wish", "contact"] {
            if let text = visit.form[name]?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty {
                values[name] = .string(text)
            }
        }
        let key = visit.form["key"].flatMap { (16...100).contains($0.utf8.count) ? $0 : nil }
        do {
            // As nobody, whoever is signed in here: an objection bears no name that was not given with it.
            let outcome = try await visit.spine.district.perform(
                "stewardship.appeal.submit", values, by: .anonymous(visit.language), key: key, confirmed: true)
            guard let event = outcome.events.first?.id, let code = try await code(of: event, in: visit.spine.district)
            else { throw Self.unknown }
            return .redirect("/ai/appeals/\(code)?new=yes")
        } catch let refusal as Refusal where [.invalid, .notFound, .tooOften].contains(refusal.kind) {
            // What was written stays in the form, also where it comes too often.
            return try await form(visit, error: refusal)
        }
    }

    private func lookup(_ visit: Visit) async throws -> Reply {
        let code = (visit.query["code"] ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        if !code.isEmpty {
            guard try await visit.spine.district.store.read({ try AppealTable.find(code: code, in: $0) }) != nil else {
                return .page(
                    "appeal-lookup", title: visit.word("appeal_lookup"), ["unknown": true], status: .notFound)
            }
            return .redirect("/ai/appeals/\(Table.encoded(code))")
        }
        return .page("appeal-lookup", title: visit.word("appeal_lookup"), [:])
    }

    private func status(_ visit: Visit) async throws -> Reply {
        let code = visit.parameters["code"] ?? ""
        let (appeal, names) = try await visit.spine.district.store.read {
            (try AppealTable.find(code: code, in: $0), try WatchRoutes.names(visit.language, in: $0))
        }
        guard let appeal else { return try await handed(code, visit) }
        var context: [String: JSON] = [
            "code": .string(code), "wish": .string(appeal.wish.words[visit.language]),
            "due": .string(appeal.due.description), "submitted": Show.time(appeal.submitted, visit.language),
            "text": .string(appeal.text ?? visit.word("appeal_forgotten")),
        ]
        if let use = appeal.use { context["use"] = .string(names[use] ?? use) }
        if visit.query["new"] == "yes" { context["new"] = true }
        if let answered = appeal.answered, let outcome = appeal.outcome {
            context["answered"] = Show.time(answered, visit.language)
            context["outcome"] = Show.badge(outcome.badge, outcome.words[visit.language])
            context["answer"] = .string(appeal.answer ?? visit.word("appeal_forgotten"))
        }
        return .page("appeal-status", title: visit.word("appeal_status"), .object(context))
    }

    /// Whoever sent it by another way than this page's form has its identifier, and is led to the code for a while.
    private func handed(_ id: String, _ visit: Visit) async throws -> Reply {
        let (district, now) = (visit.spine.district, visit.now)
        let event = try await district.store.read { reader -> Identifier? in
            guard let appeal = try AppealTable.find(id: id, in: reader), appeal.answered == nil,
                now.seconds(since: appeal.submitted) < Appeal.handing
            else { return nil }
            return try district.log.events(inStream: Appeal.stream + id, limit: 1, in: reader).first?.id
        }
        guard let event, let code = try await code(of: event, in: district) else { throw Self.unknown }
        return .redirect("/ai/appeals/\(code)?new=yes")
    }

    static func option(_ value: String, _ label: String, isChosen: Bool) -> JSON {
        var entry: [String: JSON] = ["value": .string(value), "label": .string(label)]
        if isChosen { entry["selected"] = true }
        return .object(entry)
    }

    private static let unknown = Refusal(
        .notFound, "appeal.unknown", Words("그 코드로 접수된 이의가 없습니다.", "There is no objection with this code."))
}
