import Access
import District
import Record
import Store
import Web

/// What whoever waits for a person sees of it, and says: by the code of their conversation, which nobody else has.
struct WaitingRoutes {
    /// Hears danger in what is said to whoever is at the desk.
    let alarm: @Sendable (String, Visit) throws -> Conversations.Alarm?
    private let throttle = TurnThrottle()

    init(alarm: @escaping @Sendable (String, Visit) throws -> Conversations.Alarm?) { self.alarm = alarm }

    var routes: [Route] {
        [
            .post("/api/v1/agent/desk", .anyone, bodyLimit: 16 * 1024) { visit in
                let json = try visit.json()
                return .json(
                    try await answer(
                        json["dialogue"]?.text ?? "", json["text"]?.text, visit, turn: json["turn"]?.integer))
            }
        ]
    }

    /// Takes what was said, where something was, and tells how things stand.
    /// - Throws: ``Refusal`` where there is no such conversation of whoever asks, or it waits for nobody.
    /// - Parameter turn: which of the citizen's own lines it is; sent twice under one number it is one line.
    func answer(_ code: String, _ text: String?, _ visit: Visit, turn: Int64? = nil) async throws -> JSON {
        let district = visit.spine.district
        guard code.utf8.count <= 64 else { throw Conversations.unknown }
        let bounds = TurnThrottle.bounds(
            address: visit.address, dialogue: code, isKnown: visit.caller.person != nil)
        guard throttle.admit(bounds, at: visit.now) else { throw TurnThrottle.refusal }
        guard let kept = try await district.store.read({ try DialogueTable.find(code: code, in: $0) }),
            kept.caller == visit.caller.author.text
        else { throw Conversations.unknown }
        let dialogue = kept.id.description
        let found = try await district.store.read { try HandoverTable.find(dialogue: dialogue, in: $0) }
        let said = (text?.prefix(Utterance.longest)).map(String.init) ?? ""
        // Whoever is in danger is told whom to call at once, however far a person has come with them.
        let danger = said.isEmpty ? nil : try alarm(said, visit)
        if !said.allSatisfy(\.isWhitespace), let found, found.state != .finished {
            try await say(said, found, turn, visit, kept.id, isDanger: danger != nil)
        }
        guard let found else { return state("none", visit, danger.map { ["emergency": $0.json] } ?? [:]) }
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
        if let danger { answer["emergency"] = danger.json }
        if found.state == .waiting { answer["ahead"] = .number(Double(ahead)) }
        // Nobody can call whoever left no number.
        let isMute = found.state == .callback && found.phone == nil
        return state(found.state.rawValue, visit, answer, ahead: ahead, says: isMute ? "number" : nil)
    }

    /// How much somebody may tell the desk before it answers by other means.
    static let most: Int64 = 200

    private func say(
        _ text: String, _ found: Handover, _ turn: Int64?, _ visit: Visit, _ dialogue: Identifier, isDanger: Bool
    ) async throws {
        var payload: [String: JSON] = ["who": "citizen"]
        if let turn { payload["turn"] = .decimal(turn) }
        let draft = DeskAsk.draft(DeskEvents.said, found, payload, personal: ["text": text])
        let origin = Origin(author: visit.caller.author, correlation: dialogue)
        try await visit.spine.district.transact { transaction in
            let told = try HandoverTable.told(found.id, turn: turn, in: transaction.writer)
            guard !told.isRepeated else { return }
            guard told.lines < Self.most else {
                throw Refusal(
                    .tooOften, "handover.lines",
                    Words(
                        "더 적을 수 없습니다. 담당자의 답을 기다려 주세요. 급하면 119에 전화하세요.",
                        "No more can be written here. Please wait for the answer. If it is urgent, call 119."))
            }
            try transaction.record([draft], origin: origin)
            guard isDanger else { return }
            try transaction.record(
                [DeskAsk.draft(DeskEvents.endangered, found)],
                origin: Origin(author: .system("citizen.talk"), correlation: dialogue))
        }
        if isDanger { visit.spine.gauges.add("slipway_citizen_emergencies_total", labels: "") }
    }

    private func state(
        _ name: String, _ visit: Visit, _ more: [String: JSON], ahead: Int64 = 0, says: String? = nil
    ) -> JSON {
        var members = more
        members["state"] = .string(name)
        members["text"] = .string(visit.word("voice_desk_\(says ?? name)").replacing("{n}", with: Show.count(ahead)))
        return .object(members)
    }
}
