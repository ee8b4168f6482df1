import Access
import District
import Record
import Testing
import Web

@testable import Citizen

/// A request whose outcome is not known is looked up wherever the conversation has gone since, and no answer that may be
/// another value is taken for a yes.
struct DoubtTests {
    /// What becomes of a request that was sent and is not heard of.
    private static let silent: @Sendable (Effect) -> Input.Result? = { _ in .receipt(.unconfirmed) }

    @Test(
        "sent and not heard of: by whatever way somebody leaves, it is looked up and not said to be left",
        arguments: [
            ["사람 바꿔 주세요", "취소할게요"], ["사람 바꿔 주세요", "처음부터 다시"],
            ["가슴이 아파 숨을 못 쉬겠어", "취소할게요"], ["가슴이 아파 숨을 못 쉬겠어", "처음부터 다시"],
            ["가슴이 아파 숨을 못 쉬겠어", "아니요"], ["사람 바꿔 주세요", "가슴이 아파 숨을 못 쉬겠어", "아니요"],
            ["사람 바꿔 주세요", "가슴이 아파 숨을 못 쉬겠어", "네"],
            ["사람 바꿔 주세요", "가슴이 아파 숨을 못 쉬겠어", "네", "중앙로 12 말고 행복로 3길 7"],
            ["가슴이 아파 숨을 못 쉬겠어", "네", "행복로 3길 7로 바꿔 주세요"],
        ])
    func leaving(_ words: [String]) throws {
        var talk = try Talk()
        talk.answer = Self.silent
        talk.pothole()
        #expect(talk.dialogue.phase == .confirming)
        talk.say("네")
        #expect(talk.dialogue.phase == .unconfirmed && talk.commits == [1])
        for word in words { talk.say(word) }
        #expect(talk.dialogue.phase == .unconfirmed, "\(talk.dialogue.phase)")
        #expect(talk.dialogue.pending == 1 && talk.dialogue.isInDoubt)
        #expect(talk.checks > 0)
        #expect(!talk.dialogue.closed.contains { $0.how == .left })
        // Found at last, it is told; and nothing else was sent.
        talk.answer = { _ in .receipt(.number("T-1")) }
        let said = talk.say("확인해 주세요")
        #expect(said.receipt?.number == "T-1" && talk.commits == [1])
        #expect(talk.dialogue.closed.map(\.how) == [.done])
    }

    @Test("what was looked up and not taken goes again under its number, or is left")
    func notTaken() throws {
        var talk = try Talk()
        talk.answer = Self.silent
        talk.pothole()
        talk.say("네")
        talk.answer = { effect in if case .check = effect { .notTaken } else { .receipt(.number("T-2")) } }
        talk.say("확인해 주세요")
        #expect(talk.dialogue.phase == .confirming && !talk.dialogue.isInDoubt)
        var other = talk
        talk.say("네")
        #expect(talk.commits == [1, 1])
        other.say("취소할게요")
        #expect(other.dialogue.phase == .finished && other.dialogue.closed.map(\.how) == [.left])
    }

    @Test("a state kept before the look-up's answer was noted still reads, and is in doubt")
    func olderState() throws {
        var dialogue = Dialogue(.ko)
        dialogue.pending = 1
        dialogue.isNotTaken = nil
        let text = try Coded.text(dialogue)
        #expect(!text.contains("isNotTaken"))
        let read: Dialogue = try Coded.value(text)
        #expect(read.isInDoubt)
    }

    @Test("넷 after two copies were read back is asked, and sends nothing", arguments: ["넷", "넷이요", "넷 네"])
    func four(_ text: String) throws {
        var talk = try Talk(isOpen: true)
        talk.answer = { _ in .receipt(.number("T-3")) }
        talk.say("등본 두 통 떼 주세요")
        let answers = ["receive": "방문", "name": "김영숙", "phone": "010-1234-5678", "document": "등본", "copies": "두 통"]
        for _ in 0..<8 where talk.dialogue.phase == .filling {
            talk.say(answers[talk.dialogue.asking ?? ""] ?? "네")
        }
        try #require(talk.dialogue.phase == .confirming, "\(talk.dialogue.phase) \(talk.dialogue.last.text)")
        talk.say(text)
        #expect(talk.commits.isEmpty && talk.dialogue.phase != .finished)
        guard text != "넷 네" else { return }
        #expect(talk.dialogue.phase == .clarifying && talk.dialogue.asking == "copies", "\(talk.dialogue.last.text)")
        talk.say("네")
        #expect(talk.dialogue.phase == .confirming && talk.dialogue.answers["copies"]?.value == "4")
        talk.say("네")
        #expect(talk.commits.count == 1)
    }

    @Test("a district whose lexicon takes 넷 for a yes does not send two for four")
    func ownLexicon() throws {
        var talk = try Talk()
        talk.say("등본 두 통 떼 주세요")
        let ear = talk.machine.ear
        let easy = Ear(
            intents: ear.intents, always: ear.always, danger: ear.danger,
            assent: { $0.text == "넷" ? .yes : ear.assent($0) },
            sure: ear.sure, understand: ear.understand, hear: ear.hear, correct: ear.correct)
        let answers = ["receive": "방문", "name": "김영숙", "phone": "010-1234-5678", "document": "등본", "copies": "두 통"]
        for _ in 0..<8 where talk.dialogue.phase == .filling {
            talk.say(answers[talk.dialogue.asking ?? ""] ?? "네")
        }
        try #require(talk.dialogue.phase == .confirming)
        let step = DialogueMachine(ear: easy, replies: talk.machine.replies).step(
            talk.dialogue, .said(Utterance("넷")), talk.world)
        #expect(step.effects.isEmpty && step.dialogue.phase == .clarifying)
    }
}
