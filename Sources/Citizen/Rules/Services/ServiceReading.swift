import District
import Record

/// Reads services and their fields out of `services.json`, and says where the file is wrong.
struct ServiceReading {
    let file: String
    /// Fields that several services ask, by name.
    let shared: [String: JSON]
    /// When places of the city are open, by the name that services give them.
    var hours: [String: OpenHours] = [:]

    func service(_ json: JSON) throws(HandbookError) -> CityService {
        let code = json["code"]?.text ?? ""
        guard !code.isEmpty, code.utf8.allSatisfy({ (97...122).contains($0) || (48...57).contains($0) || $0 == 45 })
        else { throw HandbookError(file: file, place: code, rule: "code has lower-case letters, digits and hyphens") }
        guard let kind = json["kind"]?.text.flatMap({ CityService.Kind(rawValue: $0) }) else {
            throw HandbookError(file: file, place: code, rule: "kind is report, application, booking or lookup")
        }
        let days = json["days"]?.integer
        guard kind == .lookup || (days.map { (1...365).contains($0) } ?? false) else {
            throw HandbookError(file: file, place: "\(code).days", rule: "is from 1 to 365")
        }
        var fields: [ServiceField] = []
        for entry in json["fields"]?.elements ?? [] { fields.append(try field(entry, code)) }
        guard Set(fields.map(\.field.name)).count == fields.count else {
            throw HandbookError(file: file, place: code, rule: "a field stands here twice")
        }
        let says =
            kind == .lookup
            ? (found: try words(json["says"], "\(code).says"), unknown: try words(json["unknown"], "\(code).unknown"))
            : nil
        var service = CityService(
            code: code, name: try words(json["name"], code), kind: kind,
            department: try words(json["department"], "\(code).department"), days: days,
            description: try words(json["description"], "\(code).description"),
            keywords: json["keywords"]?.elements?.compactMap(\.text) ?? [],
            isPublic: kind == .report && json["public"]?.bool != false,
            isPersonal: kind == .lookup && json["personal"]?.bool == true, fields: fields, says: says)
        if json["stage"] != nil { service.stage = try words(json["stage"], "\(code).stage") }
        if let name = json["open"]?.text {
            guard let open = hours[name] else {
                throw HandbookError(file: file, place: "\(code).open", rule: "is one of hours")
            }
            service.hours = open
        }
        return service
    }

    /// A field by the name of a shared one, or written out.
    func field(_ entry: JSON, _ place: String) throws(HandbookError) -> ServiceField {
        let name = entry.text ?? entry["name"]?.text ?? ""
        let json = entry.text == nil ? entry : shared[name] ?? .null
        let at = "\(place).\(name)"
        let condition = json["condition"].flatMap { condition -> Field.Condition? in
            guard let other = condition["field"]?.text, let value = condition["value"]?.text else { return nil }
            return Field.Condition(other, is: value)
        }
        let field = Field(
            name, try words(json["label"], at), try kind(json, at), required: json["required"]?.bool ?? false,
            help: json["help"] == nil ? nil : try words(json["help"], at), condition: condition,
            isPersonal: json["personal"]?.bool ?? false,
            spoken: json["spoken"]?.text.flatMap { Field.Spoken(rawValue: $0) })
        return ServiceField(field: field, range: json["range"]?.text.flatMap { ServiceField.Range(rawValue: $0) })
    }

    private func kind(_ json: JSON, _ place: String) throws(HandbookError) -> Field.Kind {
        let most = Int(json["maximum"]?.integer ?? 0)
        switch json["kind"]?.text {
        case "text" where most > 0: return .text(maximum: most)
        case "longText" where most > 0: return .longText(maximum: most)
        case "integer":
            guard let low = json["minimum"]?.integer, let high = json["maximum"]?.integer, low <= high else { break }
            return .integer(low...high, unit: json["unit"]?.text)
        case "choice":
            var choices: [Field.Choice] = []
            for choice in json["choices"]?.elements ?? [] {
                choices.append(Field.Choice(choice["value"]?.text ?? "", try words(choice, place)))
            }
            if !choices.isEmpty { return .choice(choices) }
        case "flag": return .flag
        case "place": return .place
        default: break
        }
        throw HandbookError(file: file, place: place, rule: "is no field: kind, bounds or choices are missing")
    }

    private func words(_ json: JSON?, _ place: String) throws(HandbookError) -> Words {
        guard let ko = json?["ko"]?.text, let en = json?["en"]?.text, !ko.isEmpty, !en.isEmpty else {
            throw HandbookError(file: file, place: place, rule: "needs ko and en")
        }
        return Words(ko, en)
    }
}
