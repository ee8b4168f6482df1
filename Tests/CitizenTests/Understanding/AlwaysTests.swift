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

    @Test(
        "an ordinary request is none of them",
        arguments: ["등본 하나 뽑아야 되는데", "소화기 점검", "가스 요금", "작업 중지", "시민 제안 하고 싶어", "지금 참여할 수 있는 게 뭐야"])
    func ordinary(_ text: String) throws {
        #expect(try heard(text) == nil)
    }

    @Test("letters that are spelled are none of them")
    func letters() throws {
        let names = "에이 비 씨 디 이 에프 지 에이치 제이 케이 엠 엔 피 큐 알 에스 티 유 브이 더블유 엑스 와이 제트".split(separator: " ")
        for (place, first) in names.enumerated() {
            for (other, second) in names.enumerated() {
                let third = names[(place * 7 + other) % names.count]
                let said = "\(first) \(second) \(third)"
                #expect(try heard(said) == nil, "\(said)")
            }
        }
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

    @Test(
        "119 and 112 inside longer numbers call nobody",
        arguments: [
            "010-1111-2222", "010 1112 3333", "010-2119-3344", "261121-613939", "010 119 3344", "공일공 삼일일구 이삼사오",
            "119번 버스", "112번 버스", "솔마루로 112번길 3",
        ])
    func insideNumbers(_ text: String) throws {
        #expect(try heard(text) != .emergency)
    }

    @Test(
        "as words of their own they do, and so do an emergency's words beside any number",
        arguments: [
            "119", "119 불러", "119요", "바로 119 불러 주세요", "사람이 일일구 좀 불러줘", "112에 신고해 줘", "일일구에 전화해",
            "010-2119-3344 불났어요", "솔마루로 119 가스가 새요",
        ])
    func called(_ text: String) throws {
        #expect(try heard(text) == .emergency)
    }

    @Test(
        "those who are missing, hit, robbed, lost or ill are heard, and told whom to call",
        arguments: [
            ("우리 애가 없어졌어", Danger.missing), ("치매 걸린 우리 어머니가 없어졌어", .missing), ("이웃집 할머니가 며칠째 안 보여", .missing),
            ("아니 애가 없어졌다고", .missing), ("산에서 길을 잃었어", .lost), ("영감이 집에 안 들어와 길을 잃었나 봐", .missing),
            ("심장이 쿵쾅쿵쾅 뛰고 식은땀이 나", .heart), ("심장이 벌렁벌렁해", .heart), ("명치가 꽉 막혀", .heart), ("가슴이 아파요", .heart),
            ("남편이 술 먹고 때려", .crime), ("자식들이 날 때려", .crime), ("며느리가 때려", .crime), ("맞아 죽겠어", .crime),
            ("my husband hits me", .crime), ("someone broke in", .crime), ("call the police", .crime),
            ("경찰 불러줘", .crime),
            ("도둑이 들었어", .crime), ("죽고 싶어", .despair), ("살기 싫어", .despair), ("애가 열이 펄펄 나", nil),
            ("I fell and I think my hip is broken", nil), ("가스불을 안 끄고 나왔어", nil), ("불났어요", nil),
        ])
    func kinds(_ text: String, _ danger: Danger?) throws {
        #expect(try heard(text) == .emergency)
        #expect(try Listening.lexicon.get().always.danger(Utterance(text)) == danger)
    }

    @Test(
        "what was only seen or nearly happened is none", arguments: ["혼자 살아서 밥해먹기가 힘들어", "드라마에서 사람이 죽었어", "맨홀에 빠질 뻔했어"])
    func falseAlarms(_ text: String) throws {
        #expect(try heard(text) != .emergency)
    }
}
