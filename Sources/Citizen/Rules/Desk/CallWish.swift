import District
import Record

/// When somebody would like to be called: what they said, and what moment or day that is.
struct CallWish: Sendable, Hashable {
    /// The moment they named; nil where they named only a day, or nothing of the kind.
    let moment: Timestamp?
    /// What they named, with its date and weekday; nil where it was nothing of the kind.
    let named: Words?

    /// Nothing that is a time.
    static let none = CallWish(moment: nil, named: nil)

    private static let (when, day) = (slot(.moment), slot(.day))

    private static func slot(_ kind: Slot.Kind) -> Slot {
        Slot(
            name: "call", label: Words("전화할 시각", "When to call"), question: Words("", ""), kind: kind, required: true,
            condition: nil, isPersonal: true)
    }

    /// Hears it in what was said, days counted from when it was said.
    static func heard(_ text: String, at asked: Timestamp, by ear: Ear) -> CallWish {
        let utterance = Utterance(text)
        let place = Ear.Place(now: asked, near: nil, isAsked: true, names: [])
        if case .value(let filled) = ear.hear(utterance, when, place) {
            let moment = filled.value.text.flatMap { Timestamp(iso8601: $0) }
            return CallWish(moment: moment, named: filled.spoken)
        }
        if case .value(let filled) = ear.hear(utterance, day, place) {
            return CallWish(moment: nil, named: filled.spoken)
        }
        return .none
    }

    private init(moment: Timestamp?, named: Words?) {
        self.moment = moment
        self.named = named
    }
}
