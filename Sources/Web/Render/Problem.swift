import District
import HTTPTypes
import Record

extension Refusal {
    /// The HTTP status that says the same.
    var status: HTTPResponse.Status { kind.status }
}

extension Refusal.Kind {
    /// The HTTP status that says the same.
    var status: HTTPResponse.Status {
        switch self {
        case .invalid: .unprocessableContent
        case .unauthenticated: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict: .conflict
        case .needsConfirmation: .preconditionRequired
        case .tooLarge: .contentTooLarge
        case .tooOften: .tooManyRequests
        case .unavailable: .serviceUnavailable
        }
    }
}

extension Refusal {
    /// As problem details (RFC 9457).
    func problem(_ language: Language, instance: String) -> JSON {
        var members: [String: JSON] = [
            "type": .string("urn:slipway:problem:\(code)"), "title": .string(words[language]),
            "status": .number(Double(status.code)), "code": .string(code), "instance": .string(instance),
            "errors": .array(
                faults.map { fault in
                    var members: [String: JSON] = [
                        "field": .string(fault.field), "rule": .string(fault.rule),
                        "detail": .string(fault.words[language]),
                    ]
                    if let line = fault.line { members["line"] = .number(Double(line)) }
                    return .object(members)
                }),
        ]
        if let retryAfter { members["retry_after"] = .decimal(Int64(retryAfter)) }
        return .object(members)
    }
}
