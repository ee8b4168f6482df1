import Record

/// A danger as it was reported, as far as proposals need it: read from its event, in whatever way it came.
struct HazardReport: Sendable, Hashable {
    /// The event by which a person brings it.
    static let type = "safety.hazard.raised"
    /// The event by which a rule does, after an alarm.
    static let proposed = "safety.hazard.proposed"

    /// The hazard: `hazard/…` without its beginning.
    let hazard: String
    /// What was written; empty where nothing was, or where it is forgotten.
    let text: String
    /// Whether a person wrote it.
    let isPersonal: Bool
    /// The type that whoever reported it chose.
    let accident: AccidentType?
    /// A photo's hash.
    let photo: String?
    let scope: Scope

    /// Reads an event with its content disclosed; nil where the event is another.
    init?(_ event: Event, _ payload: [String: JSON]) {
        guard [Self.type, Self.proposed].contains(event.type), event.stream.hasPrefix("hazard/") else { return nil }
        hazard = String(event.stream.dropFirst("hazard/".count))
        scope = event.scope
        let said = payload["text"] ?? payload["description"]
        text = said?.text ?? said?["ko"]?.text ?? payload["why"]?["ko"]?.text ?? ""
        // The Record keeps a commitment where the content is personal.
        let own = event.payload["text"] ?? event.payload["description"]
        isPersonal = own.map { $0.text == nil && $0["ko"] == nil } ?? false
        accident = (payload["accident"] ?? payload["type"])?.text.flatMap { AccidentType(rawValue: $0) }
        photo = payload["photo"]?.text
    }
}
