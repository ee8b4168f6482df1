public import Record

extension Form {
    /// The form as JSON Schema 2020-12, with wording in the language asked for, for API documents and tool callers.
    public func schema(_ language: Language) -> JSON {
        guard case .object(var schema) = Self.object(fields, language) else { return .null }
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = .string(title[language])
        schema["description"] = .string(help[language])
        schema["x-name"] = .string(name)
        schema["x-confirmation"] = .string(confirmation.text)
        return .object(schema)
    }

    private static func object(_ fields: [Field], _ language: Language) -> JSON {
        var properties: [String: JSON] = [:]
        for field in fields {
            guard case .object(var schema) = field.kind.schema(language) else { continue }
            schema["title"] = .string(field.label[language])
            if let help = field.help { schema["description"] = .string(help[language]) }
            if let condition = field.condition {
                schema["x-asked-when"] = [condition.field: .string(condition.value)]
            }
            properties[field.name] = .object(schema)
        }
        return [
            "type": "object", "additionalProperties": false, "properties": .object(properties),
            "required": .array(
                fields.filter { $0.required && $0.condition == nil }.map { .string($0.name) }),
        ]
    }

    static func nested(_ fields: [Field], _ language: Language) -> JSON { object(fields, language) }
}

extension Field.Kind {
    func schema(_ language: Language) -> JSON {
        switch self {
        case .text(let maximum), .longText(let maximum):
            return ["type": "string", "maxLength": .number(Double(maximum))]
        case .integer(let range, let unit):
            return bounded("integer", Double(range.lowerBound), Double(range.upperBound), unit)
        case .number(let range, let unit): return bounded("number", range.lowerBound, range.upperBound, unit)
        case .choice(let choices):
            return [
                "type": "string",
                "oneOf": .array(
                    choices.map { ["const": .string($0.value), "title": .string($0.label[language])] }),
            ]
        case .reference(let kind, _): return ["type": "string", "maxLength": 200, "x-reference": .string(kind)]
        case .moment: return ["type": "string", "format": "date-time"]
        case .flag: return ["type": "boolean"]
        case .place:
            return [
                "type": "object", "required": ["longitude", "latitude"],
                "properties": [
                    "longitude": ["type": "number", "minimum": -180, "maximum": 180],
                    "latitude": ["type": "number", "minimum": -90, "maximum": 90],
                ],
            ]
        case .attachment: return ["type": "string", "pattern": "^[0-9a-f]{64}$"]
        case .list(let fields, let maximum):
            return [
                "type": "array", "maxItems": .number(Double(maximum)), "items": Form.nested(fields, language),
            ]
        }
    }

    private func bounded(_ type: String, _ low: Double, _ high: Double, _ unit: String?) -> JSON {
        var schema: [String: JSON] = ["type": .string(type)]
        // JSON has no infinity: a side without a bound has no keyword.
        if low.isFinite { schema["minimum"] = .number(low) }
        if high.isFinite { schema["maximum"] = .number(high) }
        if let unit { schema["x-unit"] = .string(unit) }
        return .object(schema)
    }
}

extension Form.Confirmation {
    /// Its name in a schema.
    var text: String {
        switch self {
        case .none: "none"
        case .readBack: "read-back"
        case .secondPerson: "second-person"
        }
    }
}
