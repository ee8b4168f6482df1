import Access
import District
import HTTPTypes
import Record
import Web

/// What the city offers, for people who read and press instead of speaking: services by kind, look-ups, public apps.
struct ServiceRoutes {
    let services: CityServices
    private let throttle = TurnThrottle()

    init(services: CityServices) { self.services = services }

    /// How many questions about a person's own account one address may ask in a minute.
    static let most = 10

    var routes: [Route] {
        [
            .get("/citizen/services", .anyone) { page($0) },
            .get("/citizen/lookups/{code}", .anyone) { try lookup($0, answer: nil) },
            .post("/citizen/lookups/{code}", .anyone) { try await ask($0) },
            .get("/citizen/apps", .anyone) { apps($0) },
        ]
    }

    private func page(_ visit: Visit) -> Reply {
        let language = visit.language
        let sought = String((visit.query["q"] ?? "").prefix(60)).trimmingBlanks
        let found = services.services.filter { Self.matches(sought, $0.name, $0.description, $0.keywords) }
        var context: [String: JSON] = [
            "query": .string(sought),
            "kinds": .array(
                CityService.Kind.allCases.compactMap { kind in
                    let entries = found.filter { $0.kind == kind }
                    guard !entries.isEmpty else { return nil }
                    return [
                        "id": .string(kind.rawValue), "label": .string(kind.words[language]),
                        "services": .array(entries.map { Self.card($0, language) }),
                    ]
                }),
        ]
        if visit.caller.roles.contains(.zoneOfficer) { context["desk_href"] = "/citizen/desk/requests" }
        return .page("services", title: visit.word("services_title"), .object(context))
    }

    private static func card(_ service: CityService, _ language: Language) -> JSON {
        let href =
            service.command.map { "/do/\($0)?next=\(Table.encoded("/citizen/requests/{it}"))" }
            ?? (service.code == "status" ? "/citizen/requests" : "/citizen/lookups/\(service.code)")
        return [
            "href": .string(href), "name": .string(service.name[language]),
            "about": .string(service.description[language]), "department": .string(service.department[language]),
        ]
    }

    private static func matches(_ sought: String, _ name: Words, _ about: Words, _ keywords: [String]) -> Bool {
        guard !sought.isEmpty else { return true }
        let text = ([name.ko, name.en, about.ko, about.en] + keywords).joined(separator: " ").lowercased()
        return sought.lowercased().split(separator: " ").allSatisfy { text.contains($0) }
    }

    private func find(_ visit: Visit) throws -> CityService {
        guard let service = services.service(visit.parameters["code"] ?? ""), service.kind == .lookup,
            service.code != "status"
        else {
            throw Refusal(.notFound, "service.unknown", Words("그런 서비스가 없습니다.", "There is no such service."))
        }
        return service
    }

    /// The question's form. It is posted, for what is asked may be about a person and must not stand in an address.
    private func lookup(_ visit: Visit, answer: (kind: String, text: String)?) throws -> Reply {
        let (service, language) = (try find(visit), visit.language)
        var context: [String: JSON] = [
            "lead": .string(service.description[language]), "action": .string("/citizen/lookups/\(service.code)"),
            "fields": .array(
                service.fields.map { entry in
                    let field = entry.field
                    let value = visit.form[field.name] ?? ""
                    var members: [String: JSON] = [
                        "name": .string(field.name), "label": .string(field.label[language]), "value": .string(value),
                    ]
                    if let help = field.help { members["hint"] = .string(help[language]) }
                    if field.required { members["must"] = true }
                    if case .choice(let choices) = field.kind {
                        let options = choices.map { choice -> JSON in
                            var option: [String: JSON] = [
                                "value": .string(choice.value), "label": .string(choice.label[language]),
                            ]
                            if choice.value == value { option["selected"] = true }
                            return .object(option)
                        }
                        members["select"] = ["options": .array(options)]
                    }
                    return .object(members)
                }),
        ]
        if let answer { context["answer"] = ["kind": .string(answer.kind), "text": .string(answer.text)] }
        return .page("service-lookup", title: service.name[language], .object(context))
    }

    private func ask(_ visit: Visit) async throws -> Reply {
        let service = try find(visit)
        if service.isPersonal, !throttle.admit([.init(key: "address \(visit.address)", most: Self.most)], at: visit.now)
        {
            throw Refusal(
                .tooOften, "lookup.too-often", Words("잠시 뒤 다시 해 주세요.", "Please wait a moment and try again."))
        }
        let form = visit.form
        var values: [String: JSON] = [:]
        for entry in service.fields {
            let text = String((form[entry.field.name] ?? "").prefix(100)).trimmingBlanks
            guard !text.isEmpty || !entry.field.required else {
                return try lookup(visit, answer: ("warn", visit.word("services_lookup_missing")))
            }
            if !text.isEmpty { values[entry.field.name] = .string(text) }
        }
        let answering = LookupAnswering(service: service, services: services)
        switch await answering.answer(values, visit.spine, visit.language) {
        case .said(let text, _): return try lookup(visit, answer: ("ok", text))
        case .unknown(let text), .lacks(_, let text), .refused(let text):
            return try lookup(visit, answer: ("warn", text))
        case .unavailable: return try lookup(visit, answer: ("warn", visit.word("services_lookup_unavailable")))
        }
    }

    private func apps(_ visit: Visit) -> Reply {
        let language = visit.language
        return .page(
            "service-apps", title: visit.word("services_apps_title"),
            [
                "apps": .array(
                    services.apps.map { app in
                        [
                            "href": .string(app.url), "title": .string(app.title[language]),
                            "needs": .string(app.needs[language]), "hours": .string(app.hours[language]),
                        ]
                    })
            ])
    }
}

extension String {
    /// Without blanks at either end.
    var trimmingBlanks: String {
        let kept = drop { $0.isWhitespace }
        guard let last = kept.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(kept[...last])
    }
}
