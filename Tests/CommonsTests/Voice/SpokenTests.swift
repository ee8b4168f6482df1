import Record
import Testing

@testable import Commons

@Suite("What is heard of a ballot")
struct SpokenTests {
    @Test(
        "letters are heard one by one, spelled, in a row, and by their names in either language",
        arguments: [
            ("에이 비 씨 디", "ABCD"), ("에이비씨디", "ABCD"), ("에이치 제이 케이 엠이요", "HJKME"), ("에이치 제이 케이 엠입니다", "HJKM"),
            ("ABCD", "ABCD"),
            ("a b c d", "ABCD"), ("A, B, C 그리고 D", "ABCD"), ("더블유 엑스 와이 제트", "WXYZ"),
            ("alpha bravo charlie delta", "ABCD"),
            ("double u x why zed", "WXYZ"), ("네 에프 지 에이치", "FGH"), ("이에이유에스", "EAUS"),
        ])
    func letters(_ said: String, _ letters: String) {
        #expect(SpokenLetters.hear(said) == .letters(letters))
    }

    @Test(
        "what no code has is said to be so, and what is no letter is none",
        arguments: [
            ("에이 비 아이 디", SpokenLetters.Heard.never("I")), ("오 케이", .never("O")), ("A B 1 D", .never("1")),
            ("잘 모르겠는데요", .other), ("", .other), ("네", .other),
        ])
    func others(_ said: String, _ heard: SpokenLetters.Heard) {
        #expect(SpokenLetters.hear(said) == heard)
    }

    @Test("letters are read back in groups of four")
    func groups() {
        #expect(SpokenLetters.read("ABCDEF") == "A B C D, E F")
    }

    private static let names = ["부두 앞 그늘 쉼터", "꽃밭", "공장 길 보행로", "찬성", "마을 꽃밭 넓히기"]

    @Test(
        "a choice is heard by its number or its name; what is neither, or is not there, is no choice",
        arguments: [
            ("3번", [2]), ("삼 번", [2]), ("일번 이번", [0, 1]), ("일번하고 삼번이요", [0, 2]), ("첫 번째", [0]), ("하나", [0]),
            ("1, 3", [0, 2]),
            ("number two", [1]), ("one and three please", [0, 2]), ("공장 길 보행로요", [2]), ("꽃밭이요", [1]), ("찬성", [3]),
            ("마을 꽃밭 넓히기", [4]), ("삼번 빼 주세요", [2]), ("1번 1번", [0]),
        ])
    func places(_ said: String, _ places: [Int]) {
        #expect(SpokenChoice.places(said, of: Self.names) == places)
    }

    @Test("what is no choice is none", arguments: ["9번", "글쎄요", "3번은 싫어요", "", "십일 번", "텔레비전 소리"])
    func noPlaces(_ said: String) {
        #expect(SpokenChoice.places(said, of: Self.names) == nil)
    }

    @Test(
        "a yes, a sigh or a pointing word chooses nothing, however long the list",
        arguments: ["네", "네네", "네요", "네, 네", "예", "오", "이 거", "아 네", "네 알겠습니다"])
    func syllables(_ said: String) {
        #expect(SpokenChoice.places(said, of: (1...9).map { "사업 \($0)호기" }) == nil)
    }

    @Test("a counting word counts where 번 follows", arguments: [("네 번이요", 3), ("네번째", 3), ("오번", 4), ("이 번", 1)])
    func counted(_ said: String, _ place: Int) {
        #expect(SpokenChoice.places(said, of: (1...9).map { "사업 \($0)호기" }) == [place])
    }

    @Test(
        "only a yes that is nothing else is one",
        arguments: ["네", "예", "네, 투표합니다", "네 이대로 투표할게요", "yes", "Yes, cast it."])
    func yes(_ said: String) {
        #expect(SpokenChoice.isYes(said))
    }

    @Test(
        "what trails off, doubts or comes from a television is no yes",
        arguments: ["네 그런데", "네?? 뭐라고요", "글쎄요", "아니요", "네 알겠습니다만", "yes but", ""])
    func noYes(_ said: String) {
        #expect(!SpokenChoice.isYes(said))
    }
}
