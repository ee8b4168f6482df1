import District
import Record
import Testing

@testable import Citizen

struct WordTests {
    @Test("telephone numbers, in digits and in words, with a part said anew")
    func phones() {
        Hearing(.phone).expect(
            """
            공일공 일이삼사 오육칠팔 | 010-1234-5678
            공일공일이삼사오육칠팔 | 010-1234-5678
            공일공에 일이삼사에 오육칠팔이요 | 010-1234-5678
            공일공 다시 일이삼사 다시 오육칠팔 | 010-1234-5678
            영일영 일이삼사 오육칠팔입니다 | 010-1234-5678
            010-1234-5678 | 010-1234-5678
            010 1234 5678 | 010-1234-5678
            01012345678이에요 | 010-1234-5678
            010.1234.5678 | 010-1234-5678
            +82 10-1234-5678 | 010-1234-5678
            공일공 둘하나삼사 오육칠팔 | 010-2134-5678
            공일공 음 일이삼사 어 오육칠팔 | 010-1234-5678
            제 번호는 공일공 구구팔팔 칠칠육육이라예 | 010-9988-7766
            영이 일이삼 사오육칠 | 02-123-4567
            02-1234-5678 | 02-1234-5678
            공삼일 이오팔 구칠오삼 | 031-258-9753
            공오일 칠팔구 사오육일 | 051-789-4561
            053-803-0114 | 053-803-0114
            공오삼에 팔공삼에 공일일사 | 053-803-0114
            070-4123-5678 | 070-4123-5678
            011-234-5678 | 011-234-5678
            1588-1234 | 1588-1234
            공일공 일이삼사 오육칠팔 아니 오육칠구 | 010-1234-5679
            공일공 일이삼사 아니 일이삼오 오육칠팔 | 010-1235-5678
            공일공 일이삼사 아니다 일이삼오에 오육칠팔이요 | 010-1235-5678
            01012345678 아니 5679 | 010-1234-5679
            일이삼사 오육칠팔 | ? 010-1234-5678, 02-1234-5678
            공일공 일이삼사 | !
            공일공 일이삼사 오육칠 | !
            공일공 일이삼사 오육칠팔구 | !
            820101-1234567 | !
            몰라요 | -
            글쎄요 | -
            이번에요 | -
            집 전화요 | -
            구청이요 | -
            """)
        var english = Hearing(.phone)
        english.language = .en
        english.expect(
            """
            zero one zero one two three four five six seven eight | 010-1234-5678
            oh one oh, one two three four, five six seven eight | 010-1234-5678
            no thanks | -
            """)
        Hearing(.phone, isAsked: false).expect(
            """
            침대 버릴게요 연락처는 공일공 일이삼사 오육칠팔이에요 | 010-1234-5678
            백사십삼 번 언제 와 | -
            이십육일 두 시요 | -
            2026년 11월 26일 | -
            """)
    }

    @Test("addresses and places")
    func addresses() {
        Hearing(.address).expect(
            """
            북구 침산로 12길 3 | 북구 침산로 12길 3
            대구 북구 침산로 12길 3이요 | 대구 북구 침산로 12길 3
            대구광역시 북구 침산로12길 3 | 대구광역시 북구 침산로 12길 3
            북구 침산로 십이길 삼 | 북구 침산로 12길 3
            침산로 백이십삼 | 침산로 123
            달서구 달구벌대로 1200 | 달서구 달구벌대로 1200
            달구벌대로 천이백삼십사 | 달구벌대로 1234
            서구 국채보상로 43길 15-2 | 서구 국채보상로 43길 15-2
            국채보상로 사십삼길 십오 다시 이 | 국채보상로 43길 15-2
            북구 침산로 12길 3, 101동 202호 | 북구 침산로 12길 3, 101동 202호
            북구 침산로 12길 3 백일동 이백이호요 | 북구 침산로 12길 3, 101동 202호
            수성구 들안로 45번길 6 3층 | 수성구 들안로 45번길 6, 3층
            침산동 123-4번지 | 침산동 123-4
            북구 침산동 백이십삼 번지 | 북구 침산동 123
            화성아파트 101동 202호 | 화성아파트 101동 202호
            주민센터 앞이요 | 주민센터 앞
            침산동 주민센터 앞에요 | 침산동 주민센터 앞
            침산초등학교 정문 앞 | 침산초등학교 정문 앞
            북부시장 입구 쪽이라예 | 북부시장 입구 쪽
            성당못역 2번 출구 | 성당못역 2번 출구
            명덕네거리 | 명덕네거리
            집 앞이요 | !
            우리 집 앞 도로 | !
            여기요 | !
            글쎄요 | -
            모르겠어요 | -
            네 | -
            """)
        Hearing(.address, isAsked: false).expect(
            """
            집 앞 도로에 구멍 났어 | -
            북구 침산로 12길 3 앞에 구멍이 났어요 | 북구 침산로 12길 3 앞
            침산동 주민센터 앞에 가로등이 나갔어요 | 침산동 주민센터 앞
            보건소 예약해 줘 | -
            이메일로 3통 보내 주세요 | -
            전화로 두 시에 알려 주세요 | -
            우편으로 2통 받을게요 | -
            오후 두 시로 바꿔 줘 | -
            """)
    }

    @Test("names are heard where they were asked for, or are said to be names")
    func names() {
        Hearing(.name).expect(
            """
            홍길동이요 | 홍길동
            홍길동입니다 | 홍길동
            제 이름은 김영희예요 | 김영희
            김영희라고 합니다 | 김영희
            저는 박철수인데요 | 박철수
            김 영희요 | 김영희
            이름은 남궁민수입니다 | 남궁민수
            이순자라예 | 이순자
            최말순 | 최말순
            글쎄요 | -
            몰라요 | -
            아니요 | -
            김 순 자 | 김순자
            김가 순자 | 김순자
            음... 그... 이말자 | 이말자
            나? 순자 | 순자
            이제 괜찮아 계속해 | -
            우리 영감 이름으로 해도 되나 | -
            아까 말했잖아 | -
            그건 왜요 | -
            얼마예요 | -
            공일공 팔팔육육에 구구둘둘 | -
            보건소 진료 스무닷새 두시 | -
            02 345 6789 | -
            """)
        Hearing(.name, isAsked: false).expect(
            """
            침대 버릴게요 | -
            등본 하나 떼 줘 제 이름은 홍길동이에요 | 홍길동
            홍길동이라고 합니다 | 홍길동
            """)
        var english = Hearing(.name)
        english.language = .en
        english.expect("my name is Jane Doe | Jane Doe")
    }

    static let options = [
        Slot.Option(value: "post", label: Words("우편", "by post"), synonyms: ["우편으로", "집으로 보내"]),
        Slot.Option(value: "visit", label: Words("방문 수령", "in person"), synonyms: ["찾으러", "주민센터에서", "직접"]),
        Slot.Option(value: "online", label: Words("온라인", "online"), synonyms: ["인터넷", "전자문서"]),
    ]

    @Test("choices: by label, by what people also say, by their place, nearly")
    func choices() {
        Hearing(.choice(Self.options)).expect(
            """
            우편이요 | post
            우편으로 보내 주세요 | post
            방문 수령 | visit
            방문수령할게요 | visit
            직접 갈게 | visit
            인터넷으로요 | online
            온라인 | online
            온나인이요 | online
            첫 번째 | post
            두 번째 거요 | visit
            마지막 거 | online
            세번째요 | online
            2번이요 | visit
            우편 말고 인터넷이요 | online
            우편이나 인터넷 | ? post, online
            네 번째요 | -
            글쎄요 | -
            아무거나요 | -
            """)
        Hearing(.choice(Self.options), isAsked: false).expect(
            """
            등본 하나 우편으로 보내 줘 | post
            두 번째 거요 | -
            온나인 | -
            """)
    }

    @Test("what has a name in the district: nearly said too, and two that are alike are asked for")
    func references() {
        let names = [
            Named("t1", ["1호 보일러", "Boiler 1"]), Named("t2", ["2호 보일러"]), Named("t3", ["정수장 펌프"]),
            Named("t4", ["압축기 12"]), Named("t5", ["압축기 1"]), Named("p1", ["김영희"]), Named("p2", ["김영호"]),
        ]
        Hearing(.reference("thing"), names: names).expect(
            """
            1호 보일러요 | t1
            정수장 펌프 | t3
            정수장펌프입니다 | t3
            정수장 펌푸 | t3
            정수장 범프요 | t3
            압축기 12 | t4
            압축기 1이요 | t5
            김영희 | p1
            김영후 | ? p1, p2
            전혀 다른 것 | -
            글쎄요 | -
            """)
        Hearing(.reference("thing"), isAsked: false, names: names).expect(
            """
            정수장 펌프가 멈췄어요 | t3
            정수장 펌푸가 멈췄어요 | -
            """)
    }

    @Test("yes and no as answers of a form, and free words without what is only polite")
    func answers() {
        Hearing(.flag).expect(
            """
            네 | true
            예 있어요 | true
            아니요 | false
            없어요 | false
            없심더 | false
            글쎄요 | -
            네 개요 | -
            그게 뭐예요 | -
            안녕하세요 | -
            안 해요 | false
            그래서요 | -
            예약이요 | -
            네 그래요 | true
            """)
        Hearing(.text(maximum: 40)).expect(
            """
            침대요 | 침대
            침대예요 | 침대
            장롱입니다 | 장롱
            음 소파요 | 소파
            가로등이 고장 났어요 | 가로등이 고장 났어요
            네 두 칸짜리 책장이요 | 두 칸짜리 책장
            냉장고로 해 주세요 | 냉장고
            """)
        #expect(Hearing.text(Hearing(.text(maximum: 5)).hear("아주 길고 긴 이야기")) == "!")
        #expect(Hearing.text(Hearing(.text(maximum: 5), isAsked: false).hear("침대")) == "-")
        #expect(Hearing.text(Hearing(.flag, isAsked: false).hear("네")) == "-")
    }

    @Test(
        "a resident registration number is not taken, so that it is never read back",
        arguments: ["제 번호는 820101-1234567 입니다", "팔이공일공일 다시 일이삼사오육칠이에요"])
    func resident(_ text: String) {
        guard case .impossible(let words) = Hearing(.text(maximum: 100)).hear(text) else {
            Issue.record("taken")
            return
        }
        #expect(words.ko.contains("주민등록번호") && !words.ko.contains("1234567"))
    }

    @Test("what the sentence has in the slot's place comes before what stands elsewhere")
    func near() {
        let hearing = Hearing(.day, isAsked: false)
        let text = "내일 말한 대로 모레 와 주세요"
        let heard = hearing.parser.hear(
            hearing.slot, in: Utterance(text), at: hearing.now, near: 9..<11, isAsked: false, names: [])
        #expect(Hearing.text(heard) == "2026-11-23")
        Hearing.expectEvidence(heard, in: text)
    }

    @Test("a parse is far below a turn's share of time, also of the longest utterance and of noise")
    func speed() {
        let long = String(repeating: "이십육일 두 시에 침산로 12길 3으로 공일공 일이삼사 ", count: 30)
        let kinds: [Slot.Kind] = [
            .day, .moment, .time, .duration, .phone, .address, .bus, .amount, .name, .integer(1...100, unit: nil),
            .choice(Self.options), .text(maximum: 500),
        ]
        let short = "다음 주 화요일 오후 두 시 반에 북구 침산로 12길 3으로 와 주세요"
        let clock = ContinuousClock()
        let one = clock.measure {
            for kind in kinds { _ = Hearing(kind).hear(short) }
        }
        let all = clock.measure {
            for kind in kinds { _ = Hearing(kind).hear(long) }
        }
        let many = (0..<2000).map { Named("t\($0)", ["\($0)호 설비", "압축기 \($0)"]) }
        let named = clock.measure { _ = Hearing(.reference("thing"), names: many).hear("정수장에 있는 펌푸가 멈췄어요") }
        #expect(named < .seconds(5), "\(named)")
        // Built for debugging, on a busy machine: a wide bound that still fails for anything that grows with a power.
        #expect(one < .milliseconds(600), "\(one)")
        #expect(all < .seconds(20), "\(all)")
    }

    @Test("whatever is said, no parser stops the house, and no value comes without its evidence")
    func noise() {
        var seed: UInt64 = 20_261_121
        func next(_ below: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % below
        }
        let parts = [
            "이", "십", "일", "공", "만", "오후", "두", "시", "반", "말고", "아니", "월", "음력", "12", "-", ":", "/", " ", ",", "로",
            "길",
            "동", "호", "번", "화요일", "다음", "주", "뒤", "🙂", "원", "개", "a", "pm", "the", "99999999999999999999", "그믐", "윤",
            "@",
            "각", "천", "억", ".", "년", "추석", "전날",
        ]
        let kinds: [Slot.Kind] = [
            .day, .moment, .time, .duration, .phone, .address, .bus, .amount, .name, .integer(1...100, unit: nil),
            .number(0...10, unit: "kg"), .choice(Self.options), .text(maximum: 500), .flag,
        ]
        for _ in 0..<1500 {
            let text = (0..<(1 + next(10))).map { _ in parts[next(parts.count)] }.joined(
                separator: next(2) == 0 ? "" : " ")
            let hearing = Hearing(kinds[next(kinds.count)], isAsked: next(2) == 0)
            Hearing.expectEvidence(hearing.hear(text), in: text)
            _ = hearing.correct("2026-11-23T14:00:00+09:00", text)
            _ = Masking.mask(text)
        }
    }
}
