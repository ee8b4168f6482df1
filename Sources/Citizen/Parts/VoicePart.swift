import District
import Record
import Web

extension Part {
    /// The talk page of the house's conversations.
    static func voice(
        _ book: Handbook, _ conversations: Conversations, _ engines: Engines
    ) throws(HandbookError) -> Part {
        try voice(
            book, engines: { await engines.voice(in: $0.district) },
            alarm: { try conversations.alarm($0, $1.language, in: $1.spine) }
        ) { turn, visit in
            let request = try TurnRequest(turn, language: visit.language)
            return try await conversations.turn(request, by: visit.caller, from: visit.address, in: visit.spine)
        }
    }

    /// The talk page: services by voice, for anyone, with or without a microphone or script.
    /// - Parameters:
    ///   - engines: what the house itself does.
    ///   - alarm: hears danger in what is said to a person at the desk.
    ///   - turn: takes a turn, as the channel of turns does.
    static func voice(
        _ book: Handbook,
        engines: @escaping @Sendable (Spine) async -> HouseVoice = { _ in HouseVoice() },
        alarm: @escaping @Sendable (String, Visit) throws -> Conversations.Alarm?,
        turn: @escaping @Sendable (JSON, Visit) async throws -> JSON
    ) throws(HandbookError) -> Part {
        var part = Part()
        part.routes =
            VoiceRoutes(
                phone: try DeskHours(book).phone, use: Conversations.useID, engines: engines, turn: turn,
                waiting: WaitingRoutes(alarm: alarm)
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
