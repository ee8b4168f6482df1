import District
import Record

extension Permit {
    /// An event of this permit, which rests on what was read of it: two people who act at once do not both succeed.
    func draft(_ verb: String, _ more: [String: JSON] = [:], ask: Ask? = nil) -> Draft {
        var payload: [String: JSON] = [
            "permit": .string(id), "number": .string(number), "thing": .string(thing.rawValue),
        ]
        payload.merge(more) { $1 }
        var observed: Timestamp?
        if let ask, let offline = ask.offline {
            payload["offline"] = offline.json
            // It happened when the phone says, by the house's clock; nothing happened later than now.
            observed = min(offline.corrected, ask.now)
        }
        return Draft(
            "safety.permit.\(verb)", stream: stream, scope: scope, observed: observed, payload: payload,
            expectedVersion: version)
    }
}

extension Field {
    /// The permit that a form is about.
    static let permit = Field("permit", Words("작업허가", "Permit"), .reference(kind: "permit", source: nil))
}
