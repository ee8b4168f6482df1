import Access
import District
import Record
import Store
import Web

/// What whoever waits for a person sees of it, and says: by the code of their conversation, which nobody else has.
struct WaitingRoutes {
    private let throttle = TurnThrottle()

    var routes: [Route] {
        [
            .post("/api/v1/agent/desk", .anyone, bodyLimit: 16 * 1024) { visit in
                let json = try visit.json()
                return .json(try await answer(json["dialogue"]?.text ?? "", json["text"]?.text, visit))
            }
        ]
    }

    /// Takes what was said, where something was, and tells how things stand.
    /// - Throws: ``Refusal`` where there is no such conversation of whoever asks, or it waits for nobody.
    func answer(_ code: String, _ text: String?, _ visit: Visit) async throws -> JSON {
        let district = visit.spine.district
        let bounds = TurnThrottle.bounds(
            address: visit.address, dialogue: code, isKnown: visit.caller.person != nil)
        guard throttle.admit(bounds, at: visit.now) else { throw TurnThrottle.refusal }
        guard let kept = try await district.store.read({ try DialogueTable.find(code: code, in: $0) }),
            kept.caller == visit.caller.author.text
        else { throw Conversations.unknown }
        let dialogue = kept.id.description
        let found = try await district.store.read { try HandoverTable.find(dialogue: dialogue, in: $0) }
        if let text = text?.prefix(Utterance.longest), !text.allSatisfy(\.isWhitespace), let found,
            found.state != .finished
        {
            let draft = DeskAsk.draft(DeskEvents.said, found, ["who": "citizen"], personal: ["text": String(text)])
            try await district.record([draft], origin: Origin(author: visit.caller.author, correlation: kept.id))
        }
        guard let found else { return state("none", visit, [:]) }
        let (ahead, lines) = try await district.store.read { reader in
            (try HandoverTable.ahead(of: found, in: reader), try HandoverTable.lines(of: found.id, in: reader))
        }
        var answer: [String: JSON] = [
            "messages": .array(
                lines.filter { $0.who != "note" }.map { line in
                    [
                        "who": .string(line.who), "text": .string(line.text ?? ""),
                        "name": .string(visit.word(line.who == "citizen" ? "voice_me" : "voice_staff")),
                    ]
                })
        ]
        if found.state == .waiting { answer["ahead"] = .number(Double(ahead)) }
        return state(found.state.rawValue, visit, answer, ahead: ahead)
    }

    private func state(_ name: String, _ visit: Visit, _ more: [String: JSON], ahead: Int64 = 0) -> JSON {
        var members = more
        members["state"] = .string(name)
        members["text"] = .string(visit.word("voice_desk_\(name)").replacing("{n}", with: Show.count(ahead)))
        return .object(members)
    }
}
