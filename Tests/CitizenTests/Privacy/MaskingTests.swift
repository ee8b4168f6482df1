import Testing

@testable import Citizen

struct MaskingTests {
    @Test("of six thousand personal things said in sentences none is left over")
    func corpus() {
        var corpus = PersonalCorpus(seed: 4)
        var left: [String] = []
        var kinds: [String: Int] = [:]
        for _ in 0..<6000 {
            let line = corpus.line()
            kinds[line.kind, default: 0] += 1
            let masked = Masking.mask(line.text)
            if line.secrets.contains(where: masked.contains) || !masked.contains("[") {
                left.append("\(line.kind): \(line.text) → \(masked)")
            }
        }
        #expect(kinds.count == 11 && kinds.values.allSatisfy { $0 >= 300 }, "\(kinds)")
        #expect(left.isEmpty, "\(left.count) left over\n\(left.prefix(25).joined(separator: "\n"))")
    }

    @Test("of more than five hundred sentences without anything personal at most one in a hundred is touched")
    func harmless() {
        let all = HarmlessSentences.all
        let touched = all.filter { Masking.mask($0) != $0 }
        #expect(all.count >= 500)
        #expect(
            touched.count * 100 <= all.count,
            "\(touched.count) of \(all.count)\n\(touched.prefix(20).map { "\($0) → \(Masking.mask($0))" }.joined(separator: "\n"))"
        )
    }

    @Test("the marks tell what stood there, and the rest stays as it was said")
    func marks() {
        let said = [
            ("제 번호는 010-1234-5678입니다", "제 번호는 [전화번호]입니다"),
            ("공일공 일이삼사 오육칠팔이요", "[전화번호]이요"),
            ("주민번호 820101-1234567요", "주민번호 [주민등록번호]요"),
            ("카드 1234-5678-9012-3456", "카드 [카드번호]"),
            ("국민은행 123-45-678901로", "국민은행 [계좌번호]로"),
            ("hong@naver.com으로 보내요", "[이메일]로 보내요"),
            ("12가 3456 차가 막았어요", "[차량번호] 차가 막았어요"),
            ("여권 M12345678이요", "여권 [여권번호]이요"),
            ("면허 11-12-345678-90", "면허 [면허번호]"),
            ("북구 침산로 12길 3, 101동 202호요", "북구 침산로 12길 [상세주소]요"),
            ("제 이름은 홍길동입니다", "제 이름은 [이름]입니다"),
            ("홍길동이라고 합니다", "[이름]이라고 합니다"),
            ("백사십삼 번 언제 와", "백사십삼 번 언제 와"),
        ]
        for (text, masked) in said { #expect(Masking.mask(text) == masked) }
    }

    @Test("masking what is masked changes nothing, and only resident numbers are kept from being read out")
    func again() {
        var corpus = PersonalCorpus(seed: 9)
        for _ in 0..<300 {
            let masked = Masking.mask(corpus.line().text)
            #expect(Masking.mask(masked) == masked)
        }
        #expect(Masking.maskResident("010-1234-5678, 820101-1234567") == "010-1234-5678, [주민등록번호]")
    }
}
