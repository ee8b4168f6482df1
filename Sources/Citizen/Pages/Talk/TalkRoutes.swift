import Access
import District
import Record
import Store
import Web

/// The channel of turns, one JSON in and one out, and what staff see of conversations.
struct TalkRoutes {
    let conversations: Conversations
    /// Who may look into conversations.
    static let staff: Set<Role> = [.zoneOfficer, .administrator]

    var routes: [Route] {
        [
            .post("/api/v1/agent/turns", .anyone, bodyLimit: 16 * 1024) { try await turn($0) },
            .get("/citizen/dialogues", .roles(Self.staff)) { try await list($0) },
            .get("/citizen/dialogues/{id}", .roles(Self.staff)) { try await trace($0) },
        ]
    }

    private func turn(_ visit: Visit) async throws -> Reply {
        let request = try TurnRequest(visit.json(), language: visit.language)
        let answer = try await conversations.turn(request, by: visit.caller, from: visit.address, in: visit.spine)
        return .json(answer)
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let kept = try await visit.spine.district.store.read { try DialogueTable.newest(limit: 100, in: $0) }
        let titles = try conversations.machine(in: visit.spine).ear.intents
        let rows: [JSON] = kept.map { dialogue in
            let intent = dialogue.state.intent ?? dialogue.state.closed.last?.intent
            return [
                "href": .string("/citizen/dialogues/\(dialogue.id)"),
                "time": Show.time(dialogue.last, visit.language),
                "intent": .string(intent.flatMap { titles[$0]?.title[visit.language] } ?? visit.word("talk_no_intent")),
                "state": badge(dialogue.state.phase, visit), "turns": .string(String(dialogue.turn)),
                "channel": .string(visit.word("talk_channel_\(dialogue.channel)")),
            ]
        }
        return .page("talk-dialogues", title: visit.word("talk_dialogues"), ["dialogues": .array(rows)])
    }

    private func trace(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["id"] ?? ""
        guard let (kept, replay) = try await conversations.replay(id, by: visit.caller, in: visit.spine) else {
            throw Conversations.unknown
        }
        try await visit.look(at: .zone, "dialogue/\(id)")
        let words = TraceWords(intents: try conversations.machine(in: visit.spine).ear.intents, visit: visit)
        var intent: String?
        let turns: [JSON] = replay.turns.map { turn in
            // A turn is about what was matched last.
            intent = turn.trace.matched.first?.intent ?? intent
            let heard = turn.kept.input["text"]?.text
            var row: [String: JSON] = [
                "number": .string(String(turn.kept.number)), "time": Show.time(turn.kept.at, visit.language),
                "heard": .string(
                    heard.map(conversations.mask) ?? visit.word("talk_event_\(turn.kept.input["event"]?.text ?? "")")),
                "said": .string(conversations.mask(turn.kept.said)), "phase": .string(turn.kept.phase),
                "signs": .array(turn.trace.heard.map { .string(words.sign($0, of: intent)) }),
                "matched": .array(
                    turn.trace.matched.map {
                        ["intent": .string(words.title($0.intent)), "score": .string(TraceWords.score($0.score))]
                    }),
                "filled": .array(
                    turn.trace.filled.map {
                        [
                            "slot": .string(words.label($0.slot, of: intent)),
                            "evidence": .string(conversations.mask($0.evidence)),
                            "span": .string("\($0.from)–\($0.to)"),
                        ]
                    }),
                "results": .array(
                    (turn.kept.results.elements ?? []).compactMap { $0["is"]?.text }.map { .string(words.result($0)) }),
            ]
            if !turn.isSame { row["other"] = .string(conversations.mask(turn.said)) }
            return .object(row)
        }
        return .page(
            "talk-dialogue", title: visit.word("talk_dialogue"),
            [
                "turns": .array(turns), "state": badge(kept.state.phase, visit),
                "replay": [
                    "kind": .string(replay.isSame ? "verified" : "warn"),
                    "label": .string(visit.word(replay.isSame ? "talk_same" : "talk_other")),
                ],
                "trace_href": .string("/trace/\(kept.id)"),
                "edition": .string(String(conversations.use.model.suffix(16))),
            ])
    }

    private func badge(_ phase: Dialogue.Phase, _ visit: Visit) -> JSON {
        let kind =
            switch phase {
            case .handedOver, .callPhone, .callTime, .callConfirming: "warn"
            case .emergency: "critical"
            case .unconfirmed, .committing: "unknown"
            case .ended, .finished: "ok"
            default: "info"
            }
        return ["kind": .string(kind), "label": .string(visit.word("talk_phase_\(phase.rawValue)"))]
    }
}
