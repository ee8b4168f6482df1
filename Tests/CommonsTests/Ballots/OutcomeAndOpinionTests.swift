import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("What became of what was chosen", .serialized)
struct OutcomeTests {
    @Test("what a vote chose becomes a promise by itself, and is told of until it ends", arguments: StoreUnderTest.all)
    func story(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let (polling, codes) = try await Polling.open(yard)
            for code in codes { _ = try await polling.cast("1, 2", code: code) }
            _ = try await polling.finish()
            let items = try await yard.store.read { try OutcomeTable.items(in: $0) }
            #expect(Set(items.map(\.title)) == ["쉼터", "가로등"] && items.allSatisfy { $0.vote == polling.vote })
            let event = try #require(try await yard.last(OutcomeTable.promised))
            let counted = try #require(try await yard.last(BallotEvents.counted))
            #expect(event.cause == counted.id && event.correlation == counted.correlation)
            let id = try #require(items.first).id
            func ask(_ command: String, _ more: [String: JSON], by caller: Caller = .officer) async throws -> String? {
                try await yard.refusal(
                    "commons.outcome.\(command)", more.merging(["item": .string(id)]) { $1 }, by: caller)?.code
            }
            #expect(
                try await ask("report", ["percent": 40, "spent": "25", "said": "땅을 다졌습니다."], by: Polling.citizen)
                    == "access.forbidden")
            #expect(try await ask("report", ["percent": 40, "spent": "25", "said": "땅을 다졌습니다."]) == nil)
            #expect(try await ask("slip", ["due": "언젠가", "said": "?"]) == "outcome.day")
            #expect(try await ask("slip", ["due": "2027-05-31", "said": "날짜를 정했습니다."]) == nil)
            #expect(try await ask("slip", ["due": "2027-05-31", "said": "같은 날"]) == "outcome.same")
            #expect(try await ask("slip", ["due": "2027-06-30", "said": "비가 왔습니다."]) == nil)
            let late = try #require(try await yard.store.read { try OutcomeTable.item(id, in: $0) })
            #expect(late.percent == 40 && late.spent == 25 && late.due == "2027-06-30" && late.firstDue == "2027-05-31")
            #expect(try await ask("end", ["state": "done", "said": "다 지었습니다."]) == nil)
            #expect(try await ask("report", ["percent": 1, "spent": "1", "said": "?"]) == "outcome.over")
            let done = try #require(try await yard.store.read { try OutcomeTable.item(id, in: $0) })
            #expect(done.state == "done" && done.percent == 100)
            #expect(try await yard.store.read { try OutcomeTable.news(of: id, in: $0) }.count == 5)
            #expect(try await yard.rebuildsAlike())
            #expect(
                try await yard.refusal(
                    "commons.outcome.report", ["item": "none", "percent": 1, "spent": "1", "said": "?"], by: .officer)?
                    .code == "outcome.unknown")
        }
    }
}

@Suite("Statements and who agrees with them", .serialized)
struct OpinionStoryTests {
    private static let open: [String: JSON] = [
        "title": "로봇", "summary": "로봇을 어떻게 보세요?", "ends": "2026-12-01T00:00:00+09:00",
    ]

    private func topic(_ yard: Yard) async throws -> String {
        let outcome = try await yard.perform("commons.opinion.open", Self.open, by: .officer)
        return String(outcome.events[0].stream.dropFirst("opinion/".count))
    }

    private func state(_ said: String, _ topic: String, _ yard: Yard) async throws -> String {
        let outcome = try await yard.perform(
            "commons.opinion.state", ["topic": .string(topic), "said": .string(said)], by: Polling.citizen)
        return String(outcome.events[0].stream.dropFirst("statement/".count))
    }

    @Test(
        "answers make a matrix without names; answered again they change; erased with their person they count no more",
        arguments: StoreUnderTest.all)
    func answers(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let topic = try await topic(yard)
            let one = try await state("천천히 다녀야 합니다.", topic, yard)
            yard.clock.advance(by: 1)
            let two = try await state("밤에는 쉬어야 합니다.", topic, yard)
            for number in 1...4 {
                let caller = Caller.person("voice-\(number)", [.citizen])
                try await yard.perform(
                    "commons.opinion.answer", ["statement": .string(one), "answer": "agree"], by: caller)
                try await yard.perform(
                    "commons.opinion.answer", ["statement": .string(two), "answer": number < 3 ? "agree" : "disagree"],
                    by: caller)
            }
            try await yard.perform(
                "commons.opinion.answer", ["statement": .string(two), "answer": "pass"],
                by: .person("voice-1", [.citizen]))
            let matrix = try await yard.store.read { try OpinionTable.matrix(topic, in: $0).matrix }
            #expect(matrix.participants == 4 && matrix.statements == 2)
            let whole = OpinionView.whole(matrix, 1)
            #expect(whole == OpinionReading.Answer(agree: 1, disagree: 2, pass: 1))
            for event in try await yard.events() where event.type == OpinionTable.answered {
                #expect(
                    event.author == .system("confidential")
                        && !JSON.object(event.payload).canonicalText.contains("voice-"))
            }
            #expect(try await yard.rebuildsAlike())
            try await yard.perform(ForgetPerson.name, [:], by: .person("voice-2", [.citizen]))
            #expect(try await yard.rebuildsAlike())
            #expect(try await yard.store.read { try OpinionTable.matrix(topic, in: $0).matrix.participants } == 3)
        }
    }

    @Test(
        "what a statement says goes for good once it is taken down, and is sealed before", arguments: StoreUnderTest.all
    )
    func takenDown(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let topic = try await topic(yard)
            let (bad, good) = (try await state("옆집 사람은 나쁩니다.", topic, yard), try await state("천천히 다닙시다.", topic, yard))
            let stated = try await yard.events().filter { $0.type == OpinionTable.stated }
            #expect(stated.count == 2 && stated.allSatisfy { $0.scope == .everyone })
            for event in stated { #expect(event.payload["said"]?.text == nil, "the words are in the vault alone") }
            try await yard.perform(
                "commons.opinion.remove", ["statement": .string(bad), "reason": "욕설"], by: .officer)
            let (said, opened) = try await yard.store.read { [log = yard.district.log] reader in
                (
                    try OpinionTable.statements(topic, in: reader).map { [$0.id, $0.said, $0.removed ?? ""] },
                    try stated.map { try log.disclosed($0, in: reader)["said"]?.text }
                )
            }
            #expect(Set(said) == [[bad, "", "욕설"], [good, "천천히 다닙시다.", ""]])
            #expect(opened == [nil, "천천히 다닙시다."])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what is refused: an end that has passed, the same statement twice, nobody known, a topic that is over")
    func refused() async throws {
        try await Polling.with { yard in
            #expect(
                try await yard.refusal(
                    "commons.opinion.open", Self.open.merging(["ends": "2026-01-01T00:00:00+09:00"]) { $1 },
                    by: .officer)?.code == "opinion.ends")
            let topic = try await topic(yard)
            let one = try await state("천천히 다녀야 합니다.", topic, yard)
            let again: [String: JSON] = ["topic": .string(topic), "said": "천천히  다녀야 합니다!"]
            #expect(
                try await yard.refusal("commons.opinion.state", again, by: Polling.citizen)?.code == "opinion.twice")
            #expect(
                try await yard.refusal("commons.opinion.state", ["topic": "none", "said": "?"], by: Polling.citizen)?
                    .code == "opinion.topic")
            let answer: [String: JSON] = ["statement": .string(one), "answer": "agree"]
            #expect(
                try await yard.refusal("commons.opinion.answer", answer, by: .anonymous())?.kind == .unauthenticated)
            #expect(
                try await yard.refusal(
                    "commons.opinion.remove", ["statement": .string(one), "reason": "욕설"], by: .officer) == nil)
            #expect(
                try await yard.refusal("commons.opinion.answer", answer, by: Polling.citizen)?.code
                    == "opinion.statement")
            #expect(try await yard.refusal("commons.opinion.close", ["topic": .string(topic)], by: .officer) == nil)
            #expect(
                try await yard.refusal(
                    "commons.opinion.state", ["topic": .string(topic), "said": "?"], by: Polling.citizen)?.code
                    == "opinion.over")
        }
    }
}
