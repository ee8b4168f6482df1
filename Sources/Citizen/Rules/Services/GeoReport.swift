import Access
import District
import Record

/// The city's services and requests as GeoReport v2 (Open311) tells them. Nothing about people stands in it.
struct GeoReport: Sendable {
    let services: CityServices
    let language: Language

    /// Fields that GeoReport has words of its own for, so that they are no attributes.
    static let standard: Set<String> = ["where", "place", "what", "name", "phone", "reply"]

    /// What is wrong, by GeoReport's code for it.
    struct Fault: Error, Sendable, Hashable {
        let status: Int
        let text: String

        init(_ status: Int, _ text: String) {
            self.status = status
            self.text = text
        }
    }

    /// `services`.
    var list: ReportNode {
        .list(
            of: "service",
            services.offered.map { service in
                .members([
                    .init("service_code", .text(service.code)), .init("service_name", .text(service.name[language])),
                    .init("description", .text(service.description[language])),
                    .init("metadata", .flag(!attributes(service).isEmpty)), .init("type", .text("realtime")),
                    .init("keywords", .text(service.keywords.joined(separator: ","))),
                    .init("group", .text(service.kind.words[language])),
                ])
            })
    }

    /// `service_definition`.
    func definition(_ service: CityService) -> ReportNode {
        .members([
            .init("service_code", .text(service.code)),
            .init(
                "attributes",
                .list(
                    of: "attribute",
                    attributes(service).enumerated().map { place, field in attribute(field, place: place + 1) })),
        ])
    }

    private func attributes(_ service: CityService) -> [Field] {
        service.fields.map(\.field).filter { !Self.standard.contains($0.name) }
    }

    private func attribute(_ field: Field, place: Int) -> ReportNode {
        var members: [ReportNode.Member] = [
            .init("variable", .flag(true)), .init("code", .text(field.name)), .init("datatype", .text(type(field))),
            .init("required", .flag(field.required && field.condition == nil)),
            .init("datatype_description", .text(field.help?[language])), .init("order", .number("\(place)")),
            .init("description", .text(field.label[language])),
        ]
        if case .choice(let choices) = field.kind {
            members.append(
                .init(
                    "values",
                    .list(
                        of: "value",
                        choices.map {
                            .members([.init("key", .text($0.value)), .init("name", .text($0.label[language]))])
                        })))
        }
        return .members(members)
    }

    private func type(_ field: Field) -> String {
        switch field.kind {
        case .integer, .number: "number"
        case .choice: "singlevaluelist"
        case .longText: "text"
        default: "string"
        }
    }

    /// One entry of `service_requests`.
    func request(_ request: CityRequest) -> ReportNode {
        let service = services.service(request.service)
        // Never the house: a report may be about one's own.
        let place = service?.isPublic == true ? request.area : PublicPlace()
        func moment(_ moment: Timestamp?) -> ReportNode { .text(moment.map { Self.text($0) }) }
        func degrees(_ value: Double?) -> ReportNode { value.map { .number("\($0)") } ?? .text(nil) }
        var notes = request.state.words[language]
        if let result = request.result { notes += ": " + result.words[language] }
        return .members([
            .init("service_request_id", .text(request.number)),
            .init("status", .text(request.state.isOpen ? "open" : "closed")), .init("status_notes", .text(notes)),
            .init("service_name", .text(service?.name[language])), .init("service_code", .text(request.service)),
            .init("description", .text(nil)),
            .init("agency_responsible", .text(service?.department[language])),
            .init("service_notice", .text(request.isSynthetic ? Words("가상의 예시", "fictitious example")[language] : nil)),
            .init("requested_datetime", moment(request.submitted)), .init("updated_datetime", moment(request.updated)),
            .init("expected_datetime", moment(request.due)),
            .init("address", .text(place.street)), .init("address_id", .text(nil)),
            .init("zipcode", .text(nil)), .init("lat", degrees(place.latitude)),
            .init("long", degrees(place.longitude)),
            .init("media_url", .text(nil)),
        ])
    }

    /// A moment by the W3C's note on dates, in Korean time.
    static func text(_ moment: Timestamp) -> String {
        String(moment.civil(offsetSeconds: 32_400).text.prefix(19)) + "+09:00"
    }

    /// The values of a command, out of what was posted.
    func values(_ posted: [String: String], for service: CityService) throws(Fault) -> [String: JSON] {
        let fields = Dictionary(uniqueKeysWithValues: service.fields.map { ($0.field.name, $0.field) })
        var values: [String: JSON] = [:]
        func put(_ name: String, _ text: String?) {
            if fields[name] != nil, let text, !text.isEmpty { values[name] = .string(text) }
        }
        let address = posted["address_string"]
        put("where", address)
        put("what", posted["description"])
        put("phone", posted["phone"])
        put("reply", posted["phone"])
        let names = [posted["last_name"], posted["first_name"]].compactMap { $0 }.filter { !$0.isEmpty }
        put("name", names.joined(separator: language == .ko ? "" : " "))
        if posted["lat"] != nil || posted["long"] != nil {
            guard let latitude = posted["lat"].flatMap({ Double($0) }), abs(latitude) <= 90,
                let longitude = posted["long"].flatMap({ Double($0) }), abs(longitude) <= 180
            else { throw Fault(400, "lat and long must be WGS 84 degrees") }
            guard services.area.holds(latitude: latitude, longitude: longitude) else {
                throw Fault(400, "lat and long lie outside the area that is served here")
            }
            if fields["place"] != nil {
                values["place"] = ["latitude": .number(latitude), "longitude": .number(longitude)]
            }
            if address?.isEmpty ?? true { put("where", "\(latitude), \(longitude)") }
        } else if service.kind == .report, address?.isEmpty ?? true {
            throw Fault(400, "lat and long, or address_string, is required")
        }
        for (key, text) in posted where key.hasPrefix("attribute[") {
            let name = key.dropFirst("attribute[".count).prefix { $0 != "]" }
            guard fields[String(name)] != nil else { throw Fault(400, "attribute \(name) is unknown to this service") }
            values[String(name)] = text.isEmpty ? nil : .string(text)
        }
        return values
    }
}

extension ReportNode {
    /// As JSON; a list is an array.
    var json: JSON {
        switch self {
        case .text(let text): text.map { .string($0) } ?? .null
        case .number(let text): Double(text).map { .number($0) } ?? .null
        case .flag(let flag): .bool(flag)
        case .members(let members):
            .object(Dictionary(members.map { ($0.name, $0.value.json) }, uniquingKeysWith: { $1 }))
        case .list(_, let nodes): .array(nodes.map(\.json))
        }
    }
}
