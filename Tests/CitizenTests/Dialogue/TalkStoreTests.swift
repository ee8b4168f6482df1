import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Citizen

/// Conversations on each store: what is kept of them, what is told of them, and that a rebuild tells the same.
struct TalkStoreTests {
    @Test("a conversation is kept turn by turn, told once, and a rebuild tells the same", arguments: StoreUnderTest.all)
    func whole(_ kind: StoreUnderTest) async throws {
        try await TalkHouse.with(kind) { yard in
            let line = try Line(yard)
            try await line.say("집 앞 도로에 구멍 났어")
            try await line.say("중앙로 12 앞")
            try await line.say("네")
            try await line.settle()
            #expect(line.receipt != nil, "\(line.said)")
            let kept = try #require(try await line.kept)
            let turns = try await yard.district.store.read { try DialogueTable.turns(of: kept.id, in: $0) }
            #expect(turns.prefix(3).map(\.number) == [1, 2, 3] && turns.count == Int(kept.turn))
            #expect(turns.allSatisfy { !$0.answer.isEmpty })
            let newest = try await yard.district.store.read { try DialogueTable.newest(limit: 5, in: $0) }
            #expect(newest.map(\.id) == [kept.id])

            let other = try Line(yard)
            try await AcceptanceTests.booking(other, day: "이십육일")
            try await other.say("기계 말고 사람")
            #expect(other.phase == "handedOver")
            let dialogue = try #require(try await other.kept).id.description
            let handover = try await yard.district.store.read { try HandoverTable.find(dialogue: dialogue, in: $0) }
            #expect(handover != nil)
            #expect(try await yard.events(HandoverRequested.type).count == 1)
            #expect(try await yard.rebuildsAlike())
            // The rebuild has left the conversation where it was: what is said next follows.
            try await line.say("백사십삼 번 언제 와")
            #expect(line.phase == "filling", "\(line.said)")
        }
    }

    @Test(
        "of two that take up one turn only one does, and the other hears the same answer", arguments: StoreUnderTest.all
    )
    func twice(_ kind: StoreUnderTest) async throws {
        try await TalkHouse.with(kind) { yard in
            let line = try Line(yard)
            try await line.say("집 앞 도로에 구멍 났어")
            try await line.say("중앙로 12 앞")
            let code = try #require(line.code)
            // Two nodes of one house: each has its own conversations over the same store.
            let nodes = try [Conversations(Citizen.book()), Conversations(Citizen.book())]
            let answers = try await withThrowingTaskGroup(of: JSON.self) { group in
                for node in nodes {
                    group.addTask {
                        try await node.turn(
                            TurnRequest(dialogue: code, turn: 3, .said(Utterance("네"))), by: .anonymous(),
                            from: "127.0.0.1", in: yard.spine)
                    }
                }
                return try await group.reduce(into: [JSON]()) { $0.append($1) }
            }
            #expect(Set(answers.map(\.canonicalText)).count == 1)
            #expect(answers.first?["receipt"]?["state"]?.text != nil)
            #expect(try await line.submitted == 1)
        }
    }

    @Test("a version that somebody else has taken is not taken again", arguments: StoreUnderTest.all)
    func version(_ kind: StoreUnderTest) async throws {
        try await TalkHouse.with(kind, hasCity: false) { yard in
            let line = try Line(yard)
            try await line.say("집 앞 도로에 구멍 났어")
            let store = yard.district.store
            var kept = try #require(try await line.kept)
            let before = kept.version
            kept.version = before + 1
            let next = kept
            #expect(try await store.write { try DialogueTable.advance(next, from: before, turn: nil, in: $0) })
            #expect(try await store.write { try DialogueTable.advance(next, from: before, turn: nil, in: $0) } == false)
            #expect(try await store.read { try DialogueTable.find(code: "nobody's", in: $0) } == nil)
        }
    }
}
