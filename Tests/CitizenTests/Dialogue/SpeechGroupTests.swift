import Record
import Testing

@testable import Citizen

struct SpeechGroupTests {
    @Test(
        "the region is told by endings that only it has",
        arguments: [
            (["침대 버릴라카는데 우째야 되노"], SpeechGroup.gyeongsang), (["등본 하나 떼 주이소", "맞심더"], .gyeongsang),
            (["집 앞에 구멍이 났당께요"], .jeolla), (["가로등이 나가부렀어라"], .jeolla), (["쓰레기를 버리고 갔어유"], .chungcheong),
            (["버스 언제 왐수꽈"], .jeju), (["등본 하나 떼 줍서"], .jeju),
            (["등본 하나 뽑아야 되는데"], .standard), (["일부러 그런 게 아니에요", "아이가 아파요", "구멍이 났어요", "이젠 됐어요"], .standard),
            (["옮겨 주세요", "배우다 말았어요", "화이트데이 행사 문의"], .standard),
            // One sign of each tells nothing.
            (["하이소 했당께"], .standard),
        ])
    func groups(_ said: [String], _ group: SpeechGroup) {
        #expect(SpeechGroup.of(said) == group)
    }

    @Test("nothing said, nothing told")
    func nothing() {
        #expect(SpeechGroup.of([]) == nil && SpeechGroup.of([" ", "…"]) == nil)
    }
}
