import Access
import District
import HTTPTypes
import Record
import Store

/// What waits for a second person: who signs sees first what was asked, by whom and why.
struct RequestRoutes {
    var routes: [Route] { [.get("/requests", .signedIn) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let requests = try await visit.spine.district.requestsWaiting(seenBy: visit.caller)
            .filter { $0.standing != .look }
        let names = try await Self.names(of: requests, visit)
        if let tenant = try? visit.tenant, !requests.isEmpty {
            try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "requests")
        }
        return .page(
            "requests", title: visit.word("requests_title"),
            [
                "requests": .array(
                    requests.map { request in
                        var members: [String: JSON] = [
                            "title": .string(request.form.title[visit.language]),
                            "by": .string(names[request.author] ?? request.author.text),
                            "refuse": .string("/do/district.request.refuse?request=\(request.id)&next=/requests"),
                            "refuse_word": .string(
                                visit.word(request.standing == .own ? "requests_take_back" : "requests_refuse")),
                            "help": .string(request.form.help[visit.language]),
                            "at": Show.time(request.at, visit.language),
                            "items": .array(
                                request.form.fields.compactMap { field in
                                    guard let value = request.values[field.name] else { return nil }
                                    let text = value.text ?? value.canonicalText
                                    return [
                                        "label": .string(field.label[visit.language]),
                                        "text": .string(FieldView.shown(text, field.kind, visit)),
                                    ]
                                }),
                        ]
                        if request.standing == .own {
                            members["own"] = Show.badge("info", visit.word("requests_own"))
                        } else {
                            members["sign"] = ["hidden": visit.signature(of: request.id, next: "/requests")]
                        }
                        return .object(members)
                    })
            ])
    }

    /// Who asked, by name.
    private static func names(of requests: [WaitingRequest], _ visit: Visit) async throws -> [Author: String] {
        guard let tenant = try? visit.tenant else { return [:] }
        return try await visit.spine.district.store.read { reader in
            var names: [Author: String] = [:]
            for request in requests {
                guard case .person(let id) = request.author else { continue }
                names[request.author] = try Directory.person(id, for: tenant, in: reader)?.name
            }
            return names
        }
    }

    /// The requests as things that wait for who looks, on the first page.
    static func tasks(_ visit: Visit) async throws -> [JSON] {
        try await visit.spine.district.requestsToSign(by: visit.caller).map { request in
            [
                "href": "/requests", "kind": "warn", "state": .string(visit.word("requests_state")),
                "text": .string(request.form.title[visit.language]),
            ]
        }
    }
}
