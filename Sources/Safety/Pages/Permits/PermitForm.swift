import Record

/// What the buttons of a permit's page send, as its commands take it.
enum PermitForm {
    /// The values of a command; nil where the page has no such button.
    static func values(_ verb: String, permit: String, _ form: [String: String]) -> [String: JSON]? {
        var values: [String: JSON] = ["permit": .string(permit)]
        func take(_ fields: String...) {
            for field in fields { if let text = form[field], !text.isEmpty { values[field] = .string(text) } }
        }
        switch verb {
        case "enter", "leave": take("person")
        case "suspend": take("why")
        case "resume": break
        case "extend": take("to")
        case "close": values["restored"] = .bool(form["restored"] != nil)
        case "lock":
            take("lock")
            values["tried"] = .bool(form["tried"] != nil)
        case "unlock": take("lock", "reason")
        case "authorise":
            values["checks"] = .array(
                form.keys.filter { $0.hasPrefix("check-") }.sorted().map {
                    ["check": .string(String($0.dropFirst("check-".count)))]
                })
        default: return nil
        }
        return values
    }
}
