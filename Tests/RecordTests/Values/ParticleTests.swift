import Record
import Testing

/// Particles of Korean go by how the word before them ends.
struct ParticleTests {
    @Test(
        "each word takes the form that it is said with",
        arguments: [
            ("어디에서을(를) 입력해 주세요.", "어디에서를 입력해 주세요."), ("무엇을을(를) 입력해 주세요.", "무엇을을 입력해 주세요."),
            ("약제실(으)로 갑니다", "약제실로 갑니다"), ("주민센터 앞(으)로 나와 주세요", "주민센터 앞으로 나와 주세요"),
            ("3B병동 간호사실이(가) 비었습니다", "3B병동 간호사실이 비었습니다"), ("카페 등대은(는) 열었습니다", "카페 등대는 열었습니다"),
            ("‘혈액’이(가) 두 번, ‘커피’이(가) 한 번", "‘혈액’이 두 번, ‘커피’가 한 번"), ("창고(1층)을(를) 닫습니다", "창고(1층)를 닫습니다"),
            ("나래 1(으)로, 나래 2(으)로, 나래 3(으)로", "나래 1로, 나래 2로, 나래 3으로"), ("10을(를) 넘습니다", "10을 넘습니다"),
            ("PDF을(를), URL을(를), HTML(으)로", "PDF를, URL을, HTML로"), ("빵와(과) 우유와(과)", "빵과 우유와"),
        ])
    func settled(_ written: String, _ said: String) { #expect(Particle.settled(written) == said) }

    @Test("where nobody can tell, and where a name is still to come, both forms stay")
    func open() {
        for text in ["{to}(으)로 오고 있습니다", "blood을(를) 보냅니다", "(으)로", "그냥 글입니다(참고)"] {
            #expect(Particle.settled(text) == text)
        }
        #expect(Words("무게을(를) 입력해 주세요.", "(으)로") == Words("무게를 입력해 주세요.", "(으)로"))
    }
}
