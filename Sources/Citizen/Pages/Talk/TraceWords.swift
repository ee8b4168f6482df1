import District
import Record
import Web

/// What a conversation's trace says, in words: whoever looks reads no names of the program's.
struct TraceWords {
    /// What may be asked for, by name.
    let intents: [String: Intent]
    let visit: Visit

    private var language: Language { visit.language }

    /// A sign that was recognised: `assent:yes`, `change:phone`, `always:person`, `topic`.
    func sign(_ text: String, of intent: String?) -> String {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let kind = parts.first else { return text }
        let known = visit.pages.wording["talk_sign_\(kind)"]?[language] ?? kind
        guard parts.count == 2 else { return known }
        let what: String =
            switch kind {
            case "assent", "always", "call": visit.pages.wording["talk_\(kind)_\(parts[1])"]?[language] ?? parts[1]
            case "choice": title(parts[1])
            default: label(parts[1], of: intent)
            }
        return "\(known): \(what)"
    }

    /// What is asked for.
    func title(_ intent: String) -> String {
        (intents[intent]?.title ?? visit.spine.district.forms[intent]?.title)?[language] ?? intent
    }

    /// What a slot is called.
    func label(_ slot: String, of intent: String?) -> String {
        if let slot = (intent.flatMap { intents[$0]?.slots } ?? []).first(where: { $0.name == slot }) {
            return slot.label[language]
        }
        if let own = visit.pages.wording["talk_slot_\(slot)"] { return own[language] }
        let labels = Set(intents.values.flatMap(\.slots).filter { $0.name == slot }.map { $0.label[language] })
        return labels.count == 1 ? labels.first ?? slot : slot
    }

    /// How much a sentence explains, as a share of a hundred.
    static func score(_ score: Double) -> String { "\(Int((score * 100).rounded())) %" }

    /// What a service answered.
    func result(_ name: String) -> String {
        visit.pages.wording["talk_result_\(name.replacing("-", with: "_"))"]?[language] ?? name
    }
}
