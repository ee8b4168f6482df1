import Access
import District
import Record
import Store

/// A conversation run through the machine again: turn by turn what was heard, matched, filled and said, and whether the
/// same words come out today.
struct Replay: Sendable {
    let turns: [Turn]
    /// Whether every turn came out as it was said.
    var isSame: Bool { turns.allSatisfy(\.isSame) }

    struct Turn: Sendable {
        let kept: DialogueTable.Turn
        let trace: Trace
        let said: String
        let isSame: Bool
    }

    /// Replays the turns that are kept. What services answered is taken from the turns, nothing is asked or sent.
    static func run(
        _ kept: DialogueTable.Kept, _ turns: [DialogueTable.Turn], _ machine: DialogueMachine, deskPhone: String,
        names: [String: [Named]]
    ) -> Replay {
        let roles = Set(kept.roles.split(separator: " ").compactMap { Role(rawValue: String($0)) })
        var dialogue = Dialogue(kept.state.language)
        var replayed: [Turn] = []
        for turn in turns {
            let world = World(
                now: turn.at, isKnown: kept.isKnown, allows: { allows($0, roles, isKnown: kept.isKnown) },
                isDeskOpen: turn.isOpen, deskPhone: deskPhone, standing: Standing.value(turn.standing),
                names: { names[$0] ?? [] })
            guard let input = Input(turn.input) else { continue }
            if case .said(let utterance) = input { dialogue.tongue = utterance.language.rawValue }
            var step = machine.step(dialogue, input, world)
            var (said, trace) = (step.said, step.trace)
            for result in (turn.results.elements ?? []).compactMap(Input.Result.init) {
                step = machine.step(step.dialogue, .came(result), world)
                said = said.joined(step.said)
                trace = trace.joined(step.trace)
            }
            dialogue = step.dialogue
            if !said.lines.isEmpty { dialogue.last = said }
            let isSame = said.text == turn.said && dialogue.phase.rawValue == turn.phase
            replayed.append(Turn(kept: turn, trace: trace, said: said.text, isSame: isSame))
        }
        return Replay(turns: replayed)
    }

    /// What the permission said then, by the roles they had then.
    private static func allows(_ permission: Permission, _ roles: Set<Role>, isKnown: Bool) -> Bool {
        switch permission.audience {
        case .anyone: true
        case .known: isKnown
        case .roles(let named): !named.isDisjoint(with: roles)
        case .programs: false
        }
    }
}

extension Conversations {
    /// Replays a conversation; nil where it is not kept any more.
    func replay(_ id: String, by caller: Caller, in spine: Spine) async throws -> (DialogueTable.Kept, Replay)? {
        let found = try await spine.district.store.read { reader -> (DialogueTable.Kept, [DialogueTable.Turn])? in
            guard let kept = try DialogueTable.find(id: id, in: reader) else { return nil }
            return (kept, try DialogueTable.turns(of: kept.id, in: reader))
        }
        guard let (kept, turns) = found else { return nil }
        let machine = try machine(in: spine)
        var names: [String: [Named]] = [:]
        for case .reference(let kind) in machine.ear.intents.values.flatMap(\.slots).map(\.kind)
        where names[kind] == nil {
            names[kind] = try await spine.district.named(kind, for: caller)
        }
        return (kept, Replay.run(kept, turns, machine, deskPhone: desk.phone, names: names))
    }
}
