import Access
import District
import Record

extension Conversations {
    /// What was said, with what engines outside propose for it: only where nothing is in hand and nothing was understood.
    ///
    /// A turn by itself needs no engine, and one in which somebody is in danger, wants a person, or answers a question
    /// never waits for one.
    func hinted(
        _ input: Input, _ dialogue: Dialogue, _ ear: Ear, _ standing: AIStanding, _ caller: Caller,
        in district: District
    ) async -> Input {
        guard let engines, standing == .runs, case .said(var utterance) = input,
            dialogue.phase == .idle || dialogue.phase == .finished
        else { return input }
        utterance.hints = []
        guard ear.always(utterance, { [] }) == nil, ear.assent(utterance) == .unclear,
            case .none = ear.understand(utterance, { $0.allows(caller) })
        else { return .said(utterance) }
        utterance.hints = await engines.hints(utterance, Array(ear.intents.values), for: caller, in: district)
        return .said(utterance)
    }
}
