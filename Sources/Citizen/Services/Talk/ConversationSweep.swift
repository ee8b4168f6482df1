import District
import Record
import ServiceLifecycle
import Store

/// Ends conversations that fell silent, and sweeps away what was said once staff have had time to look into it.
struct ConversationSweep: Service {
    let conversations: Conversations
    let spine: Spine

    func run() async throws { await beat(every: .seconds(30)) { await sweep() } }

    /// Looks once.
    func sweep() async {
        let (district, now) = (spine.district, spine.district.clock())
        await endSilent(now)
        // Words are not kept longer because something else failed.
        do {
            try await district.store.write {
                try DialogueTable.prune(before: now.advanced(bySeconds: -Conversations.memory), in: $0)
            }
        } catch {
            district.report("what was said could not be swept away", error)
        }
    }

    private func endSilent(_ now: Timestamp) async {
        let district = spine.district
        let since = now.advanced(bySeconds: -Conversations.silence)
        var last = ""
        while !Task.isCancelled {
            do {
                let from = last
                let silent = try await district.store.read {
                    try DialogueTable.silent(since: since, after: from, in: $0)
                }
                guard let end = silent.last else { return }
                last = end
                for id in silent {
                    do { try await finish(id) } catch { district.report("a conversation could not be ended", error) }
                }
            } catch {
                return district.report("conversations that fell silent could not be looked for", error)
            }
        }
    }

    private func finish(_ id: String) async throws {
        let district = spine.district
        guard var kept = try await district.store.read({ try DialogueTable.find(id: id, in: $0) }) else { return }
        // Opened and left without a word: that is nobody's conversation.
        guard kept.turn > 0 || kept.version > 0 else {
            let id = kept.id
            return try await district.store.write { try DialogueTable.forget(id, in: $0) }
        }
        let version = kept.version
        try await conversations.report(kept, nil, in: district)
        if kept.state.phase != .handedOver { kept.state.phase = .ended }
        kept.isReported = true
        kept.version += 1
        let ended = kept
        _ = try await district.store.write { try DialogueTable.advance(ended, from: version, turn: nil, in: $0) }
    }
}
