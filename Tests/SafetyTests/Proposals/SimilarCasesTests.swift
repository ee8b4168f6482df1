import District
import Record
import Testing

@testable import Safety

@Suite("Measures from similar cases")
struct SimilarCasesTests {
    private static let cases = [
        SimilarCases.Case(
            citation: "hazard/1", danger: "컨베이어 롤러에 장갑이 말려 들어감", control: "장갑 착용 금지 교육",
            step: .administrative, isVerified: true),
        SimilarCases.Case(
            citation: "hazard/2", danger: "컨베이어 롤러 사이에 손이 끼일 위험", control: "롤러에 방호덮개 설치",
            step: .engineering, isVerified: true),
        SimilarCases.Case(
            citation: "hazard/3", danger: "지붕 개구부로 추락할 위험", control: "개구부 덮개 고정", step: .engineering,
            isVerified: false),
        SimilarCases.Case(
            citation: "hazard/4", danger: "도장 부스에서 유증기가 폭발할 위험", control: "방폭 환기", step: .engineering,
            isVerified: true),
    ]

    @Test("the strongest measures come first, each with its source; what is not alike is not there")
    func ranked() {
        let matches = SimilarCases(Self.cases).alike(to: "컨베이어 롤러에 장갑이 말려 들어갈 뻔했어요")
        #expect(matches.map(\.found.citation) == ["hazard/2", "hazard/1"])
        // The weaker measure is the more alike one: the hierarchy comes first.
        #expect(matches[0].likeness < matches[1].likeness)
        #expect(matches.allSatisfy { $0.likeness >= SimilarCases.least && $0.likeness <= 1.000001 })
    }

    @Test("where nothing is alike it says nothing", arguments: ["화장실 휴지를 채워 주세요", "", "?!", "월급 명세서"])
    func silent(_ text: String) {
        #expect(SimilarCases(Self.cases).alike(to: text).isEmpty)
        #expect(SimilarCases([]).alike(to: "컨베이어 롤러").isEmpty)
    }

    @Test("one measure is shown once, however many cases had it")
    func once() {
        let twice =
            Self.cases + [
                SimilarCases.Case(
                    citation: "hazard/5", danger: "컨베이어 롤러 사이에 손이 끼일 뻔", control: "롤러에 방호덮개 설치",
                    step: .engineering, isVerified: true)
            ]
        let matches = SimilarCases(twice).alike(to: "컨베이어 롤러 사이에 손이 끼임")
        #expect(matches.count { $0.found.control == "롤러에 방호덮개 설치" } == 1)
    }

    @Test(
        "the handbook answers dangers in its own field, and keeps silent about what is none",
        arguments: [
            ("프레스 금형 사이에 손이 끼일 뻔했습니다", "press"), ("용접 불티가 튀어 불이 날 뻔했어요", "welding"),
            ("밀폐공간 탱크 안에 산소가 부족해 쓰러짐", "confined"), ("구내식당 메뉴가 늘 비슷해요", nil),
            ("주차 자리가 부족합니다", nil), ("회의실 예약이 겹쳤어요", nil),
        ] as [(String, String?)])
    func handbook(_ text: String, _ place: String?) throws {
        let file = "assessments-seeds.json"
        let seeds = try HazardSeeds(try ShippedBook.handbook.read(file).json, file: file)
        let matches = SimilarCases(seeds.cases(in: .ko)).alike(to: text)
        let found = Set(matches.map { $0.found.citation.split(separator: "/").last?.split(separator: "-").first ?? "" })
        if let place {
            #expect(found.contains { $0.hasPrefix(place) }, "\(matches.map { ($0.found.danger, $0.likeness) })")
        } else {
            #expect(matches.isEmpty, "\(matches.map { ($0.found.danger, $0.likeness) })")
        }
    }
}
