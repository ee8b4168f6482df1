import District
import Record

extension Conversations {
    /// What somebody is told who speaks of an emergency to a person instead of the machine.
    struct Alarm: Sendable, Hashable {
        let text: String
        let links: [Said.Link]

        /// As the channel answers it.
        var json: JSON {
            [
                "text": .string(text),
                "links": .array(links.map { ["href": .string($0.href), "title": .string($0.title)] }),
            ]
        }
    }

    /// Hears danger in what is said to a person at the desk, as it would be heard by the machine; nil where there is
    /// none. A use of AI that is switched off changes nothing about it.
    func alarm(_ text: String, _ language: Language, in spine: Spine) throws -> Alarm? {
        var dialogue = Dialogue(language)
        dialogue.phase = .handedOver
        let world = World(
            now: spine.district.clock(), isKnown: false, allows: { _ in false }, isDeskOpen: true,
            deskPhone: desk.phone, standing: .runs, names: { _ in [] })
        let step = try machine(in: spine).step(dialogue, .said(Utterance(text, language)), world)
        return step.effects.contains(.emergency) ? Alarm(text: step.said.text, links: step.said.links) : nil
    }

    /// Tells the desk that somebody who was handed over speaks, or spoke, of an emergency.
    func tellDanger(_ kept: DialogueTable.Kept, _ effects: [Effect], in spine: Spine) async throws {
        let isNew = effects.contains(.emergency)
        let isHandedOver = effects.contains { if case .handOver = $0 { true } else { false } }
        guard kept.state.phase == .handedOver, isNew || isHandedOver && kept.state.hadEmergency else { return }
        let draft = Draft(
            DeskEvents.endangered, stream: HandoverRequested.stream(kept.id.description), scope: .zone, payload: [:])
        try await spine.district.record(
            [draft], origin: Origin(author: .system("citizen.talk"), correlation: kept.id))
    }
}
