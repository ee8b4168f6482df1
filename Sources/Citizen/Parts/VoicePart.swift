import District
import Record
import Web

extension Part {
    /// The talk page of the house's conversations.
    static func voice(
        _ book: Handbook, _ conversations: Conversations, _ engines: Engines
    ) throws(HandbookError) -> Part {
        // Where that cannot be told, the page does without.
        let can: @Sendable (Engine.Task, Spine) async -> Bool = { task, spine in
            do { return try await engines.obstacle(task, in: spine.district) == nil } catch { return false }
        }
        return try voice(book, engines: { spine in (await can(.hearing, spine), await can(.speaking, spine)) }) {
            turn, visit in
            let request = try TurnRequest(turn, language: visit.language)
            return try await conversations.turn(request, by: visit.caller, from: visit.address, in: visit.spine)
        }
    }

    /// The talk page: services by voice, for anyone, with or without a microphone or script.
    /// - Parameters:
    ///   - engines: whether the house itself hears and speaks.
    ///   - turn: takes a turn, as the channel of turns does.
    static func voice(
        _ book: Handbook,
        engines: @escaping @Sendable (Spine) async -> (hear: Bool, say: Bool) = { _ in (false, false) },
        turn: @escaping @Sendable (JSON, Visit) async throws -> JSON
    ) throws(HandbookError) -> Part {
        var part = Part()
        part.routes =
            VoiceRoutes(
                phone: try DeskHours(book).phone, use: "citizen.understanding", engines: engines, turn: turn
            ).routes
        part.doors = [
            Door(
                "/talk", Words("말로 하는 민원", "Services by voice"),
                Words("큰 단추를 누르고 말씀하세요. 로그인하지 않아도 됩니다.", "Press the large button and speak; no account is needed."),
                roles: nil)
        ]
        return part
    }
}
