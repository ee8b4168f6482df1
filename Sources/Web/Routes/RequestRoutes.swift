import Access
import District
import HTTPTypes
import Record

/// What waits for a second person: who signs sees first what was asked, by whom and why.
struct RequestRoutes {
    var routes: [Route] { [.get("/requests", .signedIn) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let requests = try await visit.spine.district.requestsToSign(by: visit.caller)
        if let tenant = try? visit.tenant, !requests.isEmpty {
            try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "requests")
        }
        return .page(
            "requests", title: visit.word("requests_title"),
            [
                "requests": .array(
                    requests.map { request in
                        [
                            "title": .string(request.form.title[visit.language]),
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
                            "href": .string("/do/district.request.sign?request=\(request.id)&next=/requests"),
                        ]
                    })
            ])
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
