import Access
import District
import Record
import Web

@testable import Citizen

/// The machine of the shipped handbook, and a conversation with it.
struct Talk {
    let machine: DialogueMachine
    var world: World
    var dialogue = Dialogue(.ko)
    /// What was wanted of the world, in order.
    var effects: [Effect] = []
    /// What the world answers.
    var answer: @Sendable (Effect) -> Input.Result? = { _ in nil }

    /// - Parameters:
    ///   - more: forms of other rooms.
    ///   - said: how people ask for them.
    init(isOpen: Bool = false, more: [Form] = [], said: [Phrasing] = []) throws {
        let room = try Citizen()
        let forms = Dictionary(uniqueKeysWithValues: (room.commands.map(\.form) + more).map { ($0.name, $0) })
        let book = Citizen.book()
        let ear = try Conversations.ear(
            try Lexicon.read(book), try CityServices(book), LunarCalendar(), forms: forms,
            phrasings: room.phrasings + said)
        machine = DialogueMachine(ear: ear, replies: try Replies(book))
        world = World(
            now: Hearing.now, isKnown: false, allows: { $0.audience == .anyone }, isDeskOpen: isOpen,
            deskPhone: "120", standing: .runs, names: { _ in [] })
    }

    @discardableResult
    mutating func say(_ text: String) -> Said {
        var step = machine.step(dialogue, .said(Utterance(text, dialogue.language)), world)
        var said = step.said
        effects += step.effects
        while let effect = step.effects.first(where: \.hasResult), let result = answer(effect) {
            step = machine.step(step.dialogue, .came(result), world)
            effects += step.effects
            said = said.joined(step.said)
        }
        dialogue = step.dialogue
        return said
    }

    /// A pothole, as far as the read-back.
    mutating func pothole() {
        say("집 앞 도로에 구멍 났어")
        say("중앙로 12 앞")
    }

    var commits: [Int] {
        effects.compactMap { if case .commit(_, _, let number) = $0 { number } else { nil } }
    }
    var checks: Int { effects.count { if case .check = $0 { true } else { false } } }
}
