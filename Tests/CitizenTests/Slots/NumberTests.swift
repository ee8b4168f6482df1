import District
import Record
import Testing

@testable import Citizen

struct NumberTests {
    @Test("whole numbers: native, Sino-Korean, mixed, with and without what is counted")
    func counts() {
        Hearing(.integer(1...1000, unit: nil)).expect(
            """
            하나 | 1
            하나요 | 1
            한 통 | 1
            한통만 주세요 | 1
            두 통이요 | 2
            두 개 | 2
            둘이요 | 2
            세 장 | 3
            석 장 | 3
            셋 | 3
            서이요 | 3
            네 통 | 4
            네 개요 | 4
            다섯 명 | 5
            여섯 부 | 6
            일곱 권이요 | 7
            여덟 대 | 8
            여덜 개 | 8
            아홉 건 | 9
            열 개 | 10
            열두 장 | 12
            열 두 장 | 12
            스무 개 | 20
            스물세 명 | 23
            스물셋이요 | 23
            서른두 개 | 32
            마흔 명 | 40
            쉰다섯 | 55
            아흔아홉 개 | 99
            이십육 | 26
            백사십삼 | 143
            백 이십 개 | 120
            삼백오십 명 | 350
            3개 | 3
            3 개 | 3
            3 | 3
            12장이요 | 12
            3통으로 해 주세요 | 3
            음 그게 두 통이면 되겠네 | 2
            두 개 말고 세 개 | 3
            세 통 아니 네 통 | 4
            두 개나 세 개 | ? 2, 3
            영 개 | !
            2000개 | !
            이천 장 | !
            하나도 없어요 | -
            한 번도 안 갔어요 | -
            글쎄요 | -
            많이요 | -
            적당히 주이소 | -
            두 시요 | -
            세 시에 갈게요 | -
            이번에요 | -
            이거요 | -
            오늘이요 | -
            구청에서요 | -
            사람이요 | -
            일이 있어서요 | -
            삼월이요 | -
            네 | -
            네 그래요 | -
            두 | -
            일 때문에요 | -
            이 사람이요 | -
            이요 | 2
            이십이요 | ? 20, 22
            이십이 | 22
            이십삼이요 | 23
            다섯 | 5
            5 | 5
            """)
    }

    @Test("English numbers")
    func english() {
        var hearing = Hearing(.integer(1...1000, unit: nil))
        hearing.language = .en
        hearing.expect(
            """
            three copies | 3
            two | 2
            twenty-five people | 25
            one hundred and | 100
            a hundred items | 100
            5 copies please | 5
            I don't know | -
            someone | -
            """)
    }

    @Test("without having been asked for, only what is counted is a number")
    func unasked() {
        Hearing(.integer(1...100, unit: nil), isAsked: false).expect(
            """
            등본 두 통 떼 줘 | 2
            등본 세 통이 필요해요 | 3
            등본 하나 뽑아야 되는데 | -
            백사십삼 번 언제 와 | -
            두통약 있어요 | -
            3층에서 물이 새요 | -
            오후 세 시에 와 주세요 | -
            다섯 명 예약할게요 | 5
            """)
    }

    @Test("numbers in the unit of the form, also broken ones")
    func units() {
        Hearing(.number(0...500, unit: "kg")).expect(
            """
            삼십 킬로 | 30
            3.5킬로 | 3.5
            삼 점 오 킬로그램 | 3.5
            백이십 kg | 120
            600킬로 | !
            무거워요 | -
            """)
        Hearing(.integer(1...600, unit: "min")).expect(
            """
            삼십 분 | 30
            30분이요 | 30
            칠백 분 | !
            """)
    }

    @Test("what is heard is read back as it is counted")
    func spoken() {
        func spoken(_ kind: Slot.Kind, _ text: String) -> String? {
            guard case .value(let filled) = Hearing(kind).hear(text) else { return nil }
            return filled.spoken.ko
        }
        let count = Slot.Kind.integer(1...1000, unit: nil)
        #expect(spoken(count, "3통") == "세 통")
        #expect(spoken(count, "스무 명이요") == "스무 명")
        #expect(spoken(count, "22개") == "스물두 개")
        #expect(spoken(count, "둘이요") == "둘")
        #expect(spoken(.integer(1...600, unit: "min"), "30분") == "삼십 분")
        #expect(spoken(.amount, "3만5천원") == "삼만 오천 원")
        #expect(spoken(.bus, "143번") == "백사십삼 번")
        #expect(spoken(.bus, "마을버스 3번") == "마을버스 삼 번")
        #expect(spoken(.bus, "1000-1") == "천 다시 일 번")
        #expect(spoken(.phone, "01012345678") == "공일공, 일이삼사, 오육칠팔")
        #expect(spoken(.address, "북구 침산로 12길 3-1") == "북구 침산로 12길 3 다시 1")
        #expect(spoken(.name, "홍길동이요") == "홍길동 님")
    }

    @Test("numbers are said in Korean as they are read")
    func words() {
        let said: [(Int64, String)] = [
            (0, "영"), (7, "칠"), (10, "십"), (26, "이십육"), (143, "백사십삼"), (1000, "천"), (10_000, "만"), (15_000, "만 오천"),
            (35_000, "삼만 오천"), (110_000, "십일만"), (1_200_000, "백이십만"), (100_000_000, "일억"), (100_010_000, "일억 일만"),
        ]
        for (number, words) in said {
            #expect(NumberWords.sino(number) == words)
            let read = Numeral.longest(in: Script(words), at: 0)
            if number > 0 { #expect(read?.value == number, "\(words)") }
        }
        for number in Int64(1)...99 {
            #expect(Numeral.longest(in: Script(NumberWords.native(number)), at: 0)?.value == number)
            #expect(Numeral.longest(in: Script(NumberWords.native(before: number) + " 개"), at: 0)?.value == number)
        }
        for number in Int64(1)...99_999 where number % 37 == 1 {
            let words = NumberWords.sino(number)
            let read = Numeral.longest(in: Script(words), at: 0)
            #expect(read?.value == number && read?.end == words.count, "\(words)")
        }
    }

    @Test("money")
    func amounts() {
        Hearing(.amount).expect(
            """
            만 오천 원 | 15000
            만오천원이요 | 15000
            3만5천원 | 35000
            3만 5천 원 | 35000
            삼만 오천 원 | 35000
            35,000원 | 35000
            35000 | 35000
            ₩35,000 | 35000
            천 원 | 1000
            오백원 | 500
            백이십만 원 | 1200000
            일억 이천만 원 | 120000000
            십만 원 말고 이십만 원 | 200000
            삼만이천 | 32000
            50,000 won | 50000
            원장님이요 | -
            두 개요 | -
            글쎄 얼마더라 | -
            만 나이로요 | -
            천 개요 | -
            음 삼만 오천이요 | ? 35000, 35002
            음 삼만 오천 원이요 | 35000
            """)
    }

    @Test("the numbers of buses")
    func buses() {
        Hearing(.bus).expect(
            """
            백사십삼 번 | 143
            백사십삼번이요 | 143
            143번 | 143
            143 | 143
            일사삼 번 | 143
            일사삼 | 143
            사백이요 | ? 400, 402
            사백 번 버스 | 400
            마을버스 3번 | 마을3
            마을버스 삼 번 | 마을3
            급행 3번 | 급행3
            급행삼 | 급행3
            북구 2번이요 | 북구2
            1000-1 | 1000-1
            1000-1번 | 1000-1
            천 다시 일 번 | 1000-1
            순환 2-1번 | 순환2-1
            M5107 | M5107
            시내버스 칠백육번 | 706
            이번 버스 | -
            일 때문에 나가요 | -
            네 | -
            143번 말고 156번 | 156
            오만 번 | !
            3번 출구요 | -
            12번지요 | -
            세 시요 | -
            글쎄요 | -
            """)
        Hearing(.bus, isAsked: false).expect(
            """
            백사십삼 번 언제 와 | 143
            이번 버스 언제 와 | -
            143번 버스 언제 와요 | 143
            706 버스 어디쯤 왔노 | 706
            침산동 12번지 앞에 쓰레기 | -
            3번 출구 앞이에요 | -
            두 번째 거요 | -
            오후 두 시에요 | -
            """)
        var english = Hearing(.bus, isAsked: false)
        english.language = .en
        english.expect(
            """
            when does bus 143 come | 143
            bus number 706 please | 706
            I have 3 bags | -
            """)
    }
}
