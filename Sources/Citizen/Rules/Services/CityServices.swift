import Access
import District
import Record

/// All that the city offers here: services that are asked for by commands, look-ups, and public apps.
struct CityServices: Sendable {
    /// In the order of the file.
    let services: [CityService]
    /// The public apps.
    let apps: [PublicApp]
    /// How look-ups and apps are asked for.
    private let phrasings: [String: Phrasing]
    /// How the city's systems are reached.
    let line: CityLine
    /// What the Open311 endpoint is for.
    let area: GeoReportArea
    /// How often look-ups about people may be made.
    let personal = PersonalLookups()

    /// Reads the handbook.
    /// - Throws: ``HandbookError`` naming the entry that cannot be used.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "services.json"
        let json = try book.read(file).json
        var hours: [String: OpenHours] = [:]
        let closed = try DeskHours(book).closed
        for (name, entry) in json["hours"]?.members ?? [:] {
            guard let open = OpenHours(entry, closed: closed) else {
                throw HandbookError(file: file, place: "hours.\(name)", rule: "days, and two times, the earlier first")
            }
            hours[name] = open
        }
        let reading = ServiceReading(file: file, shared: json["fields"]?.members ?? [:], hours: hours)
        var services: [CityService] = []
        for entry in json["services"]?.elements ?? [] { services.append(try reading.service(entry)) }
        guard Set(services.map(\.code)).count == services.count, !services.isEmpty else {
            throw HandbookError(file: file, place: "services", rule: "each code stands here once")
        }
        self.services = services
        var apps: [PublicApp] = []
        for entry in try book.read("apps.json").json["apps"]?.elements ?? [] {
            apps.append(try PublicApp(entry, file: "apps.json"))
        }
        self.apps = apps
        let words = "listen-lookups.json"
        let said = try Phrasing.list(try book.read(words).json, file: words)
        phrasings = Dictionary(said.map { ($0.command, $0) }, uniquingKeysWith: { $1 })
        line = CityLine(try CityEndpoint(book))
        area = try GeoReportArea(book)
    }

    /// The services that are asked for by a command.
    var offered: [CityService] { services.filter { $0.command != nil } }

    /// A service by its code.
    func service(_ code: String) -> CityService? { services.first { $0.code == code } }

    /// The questions that change nothing.
    var lookups: [Lookup] {
        services.filter { $0.kind == .lookup }.map { service in
            let answering = LookupAnswering(service: service, services: self)
            return Lookup(
                intent: intent("lookup:\(service.code)", service.name, .lookup, service.fields)
            ) { values, _, spine, language in await answering.answer(values, spine, language) }
        }
    }

    /// The public apps that can be opened.
    var launches: [Launch] {
        apps.map { app in
            Launch(
                intent: intent(
                    "launch:\(app.code)", Words("\(app.title.ko) 열기", "Open \(app.title.en)"), .launch, app.fields)
            ) { values in Launch.Link(url: app.address(values), title: app.title, needs: app.requirements) }
        }
    }

    private func intent(_ name: String, _ title: Words, _ kind: Intent.Kind, _ fields: [ServiceField]) -> Intent {
        let phrasing = phrasings[name]
        let slots = fields.map { entry in
            let field = entry.field
            return Slot(
                name: field.name, label: field.label,
                question: phrasing?.questions[field.name]
                    ?? Words("\(field.label.ko): 말씀해 주세요.", "\(field.label.en), please?"),
                kind: kindOfSlot(field, phrasing?.synonyms[field.name] ?? [:]), required: field.required,
                condition: field.condition, isPersonal: field.isPersonal)
        }
        return Intent(
            name: name, title: title, kind: kind, slots: slots, permission: .anyone,
            sentences: phrasing?.sentences ?? [:])
    }

    /// What is listened for: look-ups and apps ask only texts and choices.
    private func kindOfSlot(_ field: Field, _ synonyms: [String: [String]]) -> Slot.Kind {
        switch (field.spoken, field.kind) {
        case (.bus, _): .bus
        case (.day, _): .day
        case (.name, _): .name
        case (.birth, _): .birth
        case (.receipt, _): .receipt
        case (_, .choice(let choices)):
            .choice(choices.map { Slot.Option(value: $0.value, label: $0.label, synonyms: synonyms[$0.value] ?? []) })
        case (_, .integer(let range, let unit)): .integer(range, unit: unit)
        case (_, .text(let most)): .text(maximum: most)
        default: .text(maximum: 200)
        }
    }
}
