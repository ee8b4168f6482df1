import Record
import Testing

@testable import Citizen

/// What works in every state, and what is an answer.
struct AlwaysTests {
    private func heard(_ text: String) throws -> Always? {
        try Listening.lexicon.get().always.detect(Utterance(text))
    }

    private func assent(_ text: String) throws -> Assent {
        try Listening.lexicon.get().assent.hear(Utterance(text))
    }

    @Test(
        "each wish is heard",
        arguments: [
            ("기계 말고 사람", Always.person), ("상담원 바꿔 주세요", .person), ("사람하고 얘기하고 싶어", .person),
            ("I want a real person", .person), ("다시 한 번 말해 줘", .again), ("뭐라고요?", .again), ("잘 안 들려요", .again),
            ("좀 천천히 말해 주세요", .slower), ("처음부터 다시 할래요", .restart), ("취소할게요", .cancel), ("안 할래", .cancel),
            ("never mind", .cancel), ("뭘 할 수 있어", .help), ("도움말", .help),
        ])
    func wishes(_ text: String, _ expected: Always) throws {
        #expect(try heard(text) == expected)
    }

    @Test("an emergency comes before a wish for a person, and that before the rest")
    func precedence() throws {
        #expect(try heard("사람 바꿔 가슴이 아파 숨을 못 쉬겠어") == .emergency)
        #expect(try heard("취소하고 상담원 바꿔 주세요") == .person)
    }

    @Test("an ordinary request is none of them", arguments: ["등본 하나 뽑아야 되는데", "소화기 점검", "가스 요금", "작업 중지"])
    func ordinary(_ text: String) throws {
        #expect(try heard(text) == nil)
    }

    @Test("what is harmless hides nothing that stands beside it")
    func beside() throws {
        #expect(try heard("가스 요금 물어보려는데 가스가 새요") == .emergency)
    }

    @Test("a yes", arguments: ["네", "그래", "맞아요", "응 그렇게 해줘", "어 그거요", "ㅇㅇ", "네 네 맞습니다", "하모", "기여", "yes please"])
    func yes(_ text: String) throws {
        #expect(try assent(text) == .yes)
    }

    @Test("a no", arguments: ["아니", "됐어", "아니요 틀렸어요", "아이다", "하지 마세요", "no"])
    func no(_ text: String) throws {
        #expect(try assent(text) == .no)
    }

    @Test(
        "neither is never taken for a yes",
        arguments: [
            "글쎄", "네?", "네 근데 날짜가 달라요", "네 아니요", "", "콜록", "네 시에 갈게요", "괜찮아요", "생각해 볼게요", "그럴까요",
            "오늘 뉴스를 전해 드립니다 네", "다음에 할게요",
            // Four, a hesitation, and Jeju's hedge.
            "넷", "어어", "게메", "yes어please",
        ])
    func neither(_ text: String) throws {
        #expect(try assent(text) == .unclear)
    }
}
