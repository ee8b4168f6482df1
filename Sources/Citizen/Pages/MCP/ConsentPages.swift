import Access
import District
import Record
import Store
import Web

/// Where people see what their programs ask for, and say yes or no.
struct ConsentPages: Sendable {
    /// Those who can have programs that ask in their name.
    static let makers: Set<Role> = [.administrator, .zoneOfficer, .executive, .safetyManager]

    var routes: [Route] {
        [
            .get("/citizen/consents", .signedIn) { try await list($0) },
            .get("/citizen/consents/{consent}", .signedIn) { try await one($0) },
            .post("/citizen/consents/{consent}", .signedIn) { try await answer($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let caller = visit.caller
        let consents = try await visit.spine.district.store.read { reader in
            try ConsentTable.latest(for: caller, limit: 50, in: reader)
        }
        var cards: [JSON] = []
        for consent in consents { cards.append(try await card(consent, visit)) }
        return .page(
            "consents", title: visit.word("consents_title"), ["consents": .array(cards)], live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["consent"] ?? ""
        let consent = try await visit.spine.district.store.read { try ConsentTable.find(id, in: $0) }
        guard let consent, consent.isFor(visit.caller) else {
            throw Refusal(
                .notFound, "consent.unknown", Words("그런 요청이 없습니다.", "There is no such request, or not for you."))
        }
        return .page(
            "consents", title: visit.word("consents_one"), ["consents": [try await card(consent, visit)]], live: true)
    }

    /// The answer to what stands on the page, and to nothing else.
    private func answer(_ visit: Visit) async throws -> Reply {
        let (form, id) = (visit.form, visit.parameters["consent"] ?? "")
        let values: [String: JSON] = [
            "consent": .string(id), "answer": .string(form["answer"] ?? ""), "shown": .string(form["shown"] ?? ""),
        ]
        _ = try await visit.spine.district.perform(
            AnswerConsent.form.name, values, by: visit.caller, key: form["idempotency"])
        return .redirect("/citizen/consents")
    }

    private func card(_ consent: Consent, _ visit: Visit) async throws -> JSON {
        let form = visit.spine.district.forms[consent.command]
        let values = try await MCPConsents(district: visit.spine.district).values(of: consent)
        var back: ReadBack?
        if let form, let values {
            let names = try await ReadBack.names(form, values, for: visit.caller, in: visit.spine.district)
            back = ReadBack(form, values, visit.language, names: names)
        }
        let shown = values.map { ContentHash.sha256(JSON.object($0).canonical) } ?? ""
        // What cannot be shown any more cannot be agreed to.
        let isOpen = consent.isOpen(at: visit.now) && back != nil
        let state = consent.state == .waiting && !isOpen ? "expired" : consent.state.rawValue
        return [
            "id": .string(consent.id), "href": .string("/citizen/consents/\(consent.id)"),
            "title": .string(form?.title[visit.language] ?? consent.command),
            "program": .string(consent.program), "asked": Show.time(consent.asked, visit.language, now: visit.now),
            "until": Show.time(consent.expires, visit.language), "open": .bool(isOpen),
            "state": .string(visit.word("consents_state_\(state)")),
            "kind": .string(consent.state == .given ? "ok" : isOpen ? "warn" : "off"),
            "second": .bool(form.map { if case .secondPerson = $0.confirmation { true } else { false } } ?? false),
            "key": .string("consent-\(consent.id)"), "shown": .string(shown),
            "lines": .array(
                (back?.lines ?? []).map { ["label": .string($0.label), "text": .string($0.text)] }),
        ]
    }

    /// What waits for whoever looks, on the first page.
    static func tasks(_ visit: Visit) async throws -> [String: JSON] {
        let (caller, now) = (visit.caller, visit.now)
        guard !caller.roles.isDisjoint(with: makers) else { return [:] }
        let waiting = try await visit.spine.district.store.read { reader in
            try ConsentTable.latest(for: caller, limit: 50, in: reader).filter { $0.isOpen(at: now) }
        }
        guard !waiting.isEmpty else { return [:] }
        return [
            "tasks": [
                [
                    "href": "/citizen/consents", "text": .string(visit.word("consents_task")),
                    "count": .string("\(waiting.count)"), "kind": "warn",
                    "state": .string(visit.word("consents_state_waiting")),
                ]
            ]
        ]
    }
}
