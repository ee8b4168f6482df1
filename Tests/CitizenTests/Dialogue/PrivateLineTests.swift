import Access
import District
import Record
import Store
import Synchronization
import TestKit
import Testing

@testable import Citizen

/// A question that is held in private: of what is said nothing is kept, in no table, on no leaf.
struct PrivateLineTests {
    /// Somebody who speaks with a house that has a wishing well.
    private final class Guest {
        let yard: Yard
        let conversations: Conversations
        let caller: Caller
        private(set) var code: String?
        private(set) var answer: JSON = .null

        init(_ yard: Yard, by caller: Caller = .anonymous()) throws {
            (self.yard, self.caller) = (yard, caller)
            conversations = try Conversations(Citizen.book())
        }

        @discardableResult
        func say(_ text: String, turn: Int64? = nil, by other: Caller? = nil) async throws -> String {
            answer = try await conversations.turn(
                TurnRequest(dialogue: code, turn: turn, .said(Utterance(text, .ko)), .ko), by: other ?? caller,
                from: "127.0.0.1", in: yard.spine)
            code = answer["dialogue"]?.text
            return answer["reply"]?["text"]?.text ?? ""
        }

        /// Everything that the house keeps of conversations and events, as text.
        func kept() async throws -> String {
            try await yard.store.read { reader in
                try ["citizen_dialogues", "citizen_dialogue_turns", "record_events"].map { table in
                    try reader.query("SELECT * FROM \(table)").map { "\($0.values)" }.joined()
                }.joined()
            }
        }
    }

    private static let secret = "붉은여우목도리"

    @Test(
        "what is said is for the room alone: nothing of it is kept, and not that it came to it",
        arguments: [Caller.anonymous(), .resident])
    func nothingKept(_ caller: Caller) async throws {
        let well = Well()
        try await Yard.with(rooms: [well]) { yard in
            let guest = try Guest(yard, by: caller)
            let before = try await yard.types()
            let asked = try await guest.say("우물에 소원 빌게")
            #expect(asked.contains("저장하지 않습니다") && asked.contains("무엇을 바라시나요"), "\(asked)")
            #expect(guest.answer["private"] == true)
            #expect(try await guest.say(Self.secret).contains("‘\(Self.secret)’"))
            #expect(try await guest.say("다시 말해 줘").contains(Self.secret), "it is said again")
            #expect(try await guest.say("네").contains("빌었습니다"))
            #expect(guest.answer["ended"] == true)
            #expect(well.book.all.withLock { $0 } == [Self.secret])
            let kept = try await guest.kept()
            #expect(!kept.contains(Self.secret) && !kept.contains("well.wish"))
            #expect(!kept.contains("우물에 소원"), "not even that it came to it")
            let begun = try await yard.store.read { try DialogueTable.newest(limit: 9, in: $0) }
            #expect(begun.isEmpty, "no conversation stands there as one that only began")
            #expect(try await yard.types() == before)
        }
    }

    @Test("a turn sent twice is answered once; another's turn, one out of order and one after the end open nothing")
    func turns() async throws {
        try await Yard.with(rooms: [Well()]) { yard in
            let guest = try Guest(yard)
            _ = try await guest.say("우물에 소원 빌게")
            let first = try await guest.say(Self.secret, turn: 2)
            #expect(try await guest.say("다른 것", turn: 2) == first)
            await #expect(throws: Refusal.self) { try await guest.say("네", turn: 5) }
            await #expect(throws: Refusal.self) { try await guest.say("네", turn: 3, by: .neighbour) }
            await #expect(throws: Refusal.self, "whoever listens in has ended it") {
                try await guest.say("네", turn: 3)
            }
        }
    }

    @Test("danger is answered by 119 at once and the line stays; ‘cancel’ ends it; a person is called after it")
    func always() async throws {
        try await Yard.with(rooms: [Well()]) { yard in
            let guest = try Guest(yard)
            _ = try await guest.say("우물에 소원 빌게")
            #expect(try await guest.say("사람이 쓰러졌어요 숨을 안 쉬어요").contains("119"))
            #expect(try await guest.say("상담원 바꿔 주세요").contains("먼저 ‘취소’"))
            #expect(try await guest.say("취소").contains("남아 있지 않습니다"))
            #expect(guest.answer["ended"] == true)
            await #expect(throws: Refusal.self) { try await guest.say("네") }
        }
    }

    @Test("where the room has nothing to hold in private it is an answer like any other")
    func closed() async throws {
        try await Yard.with(rooms: [Well(isDry: true)]) { yard in
            let guest = try Guest(yard)
            #expect(try await guest.say("우물에 소원 빌게").contains("말랐습니다"))
            #expect(guest.answer["private"] == nil && guest.answer["state"] == "finished")
            let id = try await yard.store.read { [code = guest.code] in
                try DialogueTable.find(code: code ?? "", in: $0)?.id
            }
            let replay = try await guest.conversations.replay("\(id?.description ?? "")", by: .officer, in: yard.spine)
            #expect(replay?.1.isSame == true)
        }
    }

    @Test("no program finds it as a tool, and its secrets are no slots")
    func tools() throws {
        let inquiry = Well().answers[0]
        #expect(Lookup(inquiry) == nil)
        let intent = try #require(IntentBook.intent(of: inquiry.form, said: [], as: .lookup))
        #expect(intent.isPrivate && intent.slots.isEmpty)
    }
}

/// What was wished for.
private final class WishBook: Sendable {
    let all = Mutex<[String]>([])
}

/// A room that hears wishes.
private struct Well: Capability {
    let name = "well"
    let title = Words("우물", "Well")
    var isDry = false
    let book = WishBook()

    var answers: [Inquiry] {
        let (isDry, book) = (isDry, book)
        return [
            Inquiry(
                "well.wish.make", title: Words("소원 빌기", "Make a wish"), help: Words("소원.", "A wish."),
                fields: [
                    Field("said", Words("말", "Said"), .text(maximum: 1000), required: false, isSecret: true),
                    Field("line", Words("대화", "Line"), .text(maximum: 80), required: false, isSecret: true),
                ], permission: .anyone
            ) { ask, _ in
                func next(_ text: String) -> Refusal {
                    let words = Words(text, text)
                    return Refusal(
                        .invalid, "well.next", words, faults: [.init(field: "said", rule: "next", words: words)])
                }
                guard !isDry else { throw Refusal(.notFound, "well.dry", Words("우물이 말랐습니다.", "It is dry.")) }
                let said = ask.values.text("said")
                if said.isEmpty {
                    book.all.withLock { $0 = [] }
                    throw next("무엇을 바라시나요?")
                }
                guard said == "네" else {
                    book.all.withLock { $0 = [said] }
                    throw next("‘\(said)’, 맞나요?")
                }
                return Words("소원을 빌었습니다.", "The wish is made.")
            }
        ]
    }

    var phrasings: [Phrasing] {
        [Phrasing("well.wish.make", ko: ["우물에 소원 빌게"], en: ["make a wish at the well"])]
    }
}
