import Access
import District
import Record
import Store
import Testing

@testable import Citizen

/// A line on which a test talks to the house, turn by turn, as the channel does.
final class Line {
    let yard: TalkHouse
    let conversations: Conversations
    let caller: Caller
    let language: Language
    private(set) var code: String?
    private(set) var answer: JSON = .null

    init(
        _ yard: TalkHouse, _ conversations: Conversations? = nil, by caller: Caller = .anonymous(),
        _ language: Language = .ko
    )
        throws
    {
        self.yard = yard
        self.conversations = try conversations ?? Conversations(Citizen.book())
        self.caller = caller
        self.language = language
    }

    @discardableResult
    func send(_ input: Input, turn: Int64? = nil) async throws -> JSON {
        answer = try await conversations.turn(
            TurnRequest(dialogue: code, turn: turn, input, language), by: caller, from: "127.0.0.1", in: yard.spine)
        code = answer["dialogue"]?.text
        return answer
    }

    /// Says something; what is answered.
    @discardableResult
    func say(_ text: String) async throws -> String {
        try await send(.said(Utterance(text, language)))
        return said
    }

    func silence() async throws { try await send(.silence) }

    /// Answers questions until nothing more is asked: each slot's own question by what the test has for it.
    func fill(_ values: [String: String]) async throws {
        for _ in 0..<20 {
            guard let state = try await kept?.state, ["filling", "clarifying"].contains(phase), let slot = state.asking
            else { return }
            if phase == "clarifying" {
                try await say("네")
                continue
            }
            guard let value = values[slot] else {
                Issue.record("asked for \(slot): \(said)")
                return
            }
            try await say(value)
        }
    }

    /// Asks what became of it until that is known: a machine under load may not hear from the city within the turn.
    func settle() async throws {
        for _ in 0..<100 where phase == "unconfirmed" {
            try await Task.sleep(for: .milliseconds(50))
            try await say(language == .ko ? "확인해 주세요" : "check")
        }
    }

    var said: String { answer["reply"]?["text"]?.text ?? "" }
    var phase: String { answer["state"]?.text ?? "" }
    var readBack: [String] { (answer["read_back"]?.elements ?? []).compactMap { $0["value"]?.text } }
    var receipt: String? { answer["receipt"]?["number"]?.text }
    var links: [String] { (answer["links"]?.elements ?? []).compactMap { $0["href"]?.text } }

    var kept: DialogueTable.Kept? {
        get async throws {
            guard let code else { return nil }
            return try await yard.district.store.read { try DialogueTable.find(code: code, in: $0) }
        }
    }

    /// How many requests the house has taken.
    var submitted: Int { get async throws { try await yard.events(RequestEvents.submitted).count } }
}
