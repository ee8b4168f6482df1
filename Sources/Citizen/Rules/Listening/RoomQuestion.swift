import Access
import District
import Record

extension Lookup {
    /// A question that a room of the house answers.
    /// - Parameter phrasings: the sentences it is asked with; none where nobody listens.
    init?(_ inquiry: Inquiry, said phrasings: [Phrasing] = []) {
        // What goes on in private has a line of its own, and is no tool of a program's.
        guard let intent = IntentBook.intent(of: inquiry.form, said: phrasings, as: .lookup), !intent.isPrivate
        else { return nil }
        self.init(intent: intent, room: inquiry.form) { values, caller, spine, language in
            do {
                let words = try await spine.answer(inquiry.form.name, values, by: caller)
                return .said(words[language], fields: [:])
            } catch let refusal as Refusal {
                return Self.answer(refusal, language)
            } catch {
                // What could not be read is not missing.
                spine.district.report("a room's question could not be answered", error)
                return .unavailable
            }
        }
    }

    /// What a room's no is to whoever asked.
    private static func answer(_ refusal: Refusal, _ language: Language) -> Answer {
        switch refusal.kind {
        case .notFound: .unknown(refusal.words[language])
        case .unavailable: .unavailable
        case .invalid where !refusal.faults.isEmpty:
            .lacks(field: refusal.faults[0].field, refusal.faults[0].words[language])
        default: .refused(refusal.words[language])
        }
    }
}
