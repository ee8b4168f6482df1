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
        do {
            let since = now.advanced(bySeconds: -Conversations.silence)
            let silent = try await district.store.read { try DialogueTable.silent(since: since, in: $0) }
            for var kept in silent {
                let version = kept.version
                try await conversations.report(kept, nil, in: district)
                if kept.state.phase != .handedOver { kept.state.phase = .ended }
                kept.isReported = true
                kept.version += 1
                let ended = kept
                _ = try await district.store.write {
                    try DialogueTable.advance(ended, from: version, turn: nil, in: $0)
                }
            }
            try await district.store.write {
                try DialogueTable.prune(before: now.advanced(bySeconds: -Conversations.memory), in: $0)
            }
        } catch {
            district.report("conversations that fell silent could not be ended", error)
        }
    }
}
