import District
import Record
import Testing

@testable import Citizen

struct DayTests {
    /// Said on Saturday, 21 November 2026: what a person at the desk would write down. Written before the reader was tried.
    static let written = """
        오늘이요 | 2026-11-21
        오늘 | 2026-11-21
        내일 | 2026-11-22
        내일요 | 2026-11-22
        낼이요 | 2026-11-22
        모레 | 2026-11-23
        모레로 해 주세요 | 2026-11-23
        내일모레 | 2026-11-23
        낼모레 아침에 | 2026-11-23
        글피 | 2026-11-24
        그글피요 | 2026-11-25
        어제 | 2026-11-20
        어저께 그랬어요 | 2026-11-20
        그제 | 2026-11-19
        그저께 봤어요 | 2026-11-19
        엊그저께 말고 어제 | 2026-11-20
        월요일 | 2026-11-23
        월욜에 갈게 | 2026-11-23
        다음 주 화요일 | 2026-11-24
        다음주 화요일이요 | 2026-11-24
        담주 수요일 | 2026-11-25
        담 주 목욜에요 | 2026-11-26
        다음 주 금요일에 갈라꼬예 | 2026-11-27
        다음주에 월요일 | 2026-11-23
        다다음 주 월요일 | 2026-11-30
        다음 다음 주 화요일 | 2026-12-01
        이번 주 일요일 | 2026-11-22
        이번 주 수요일 | 2026-11-18
        지난주 금요일 | 2026-11-13
        저번 주 목요일에 | 2026-11-12
        돌아오는 금요일 | 2026-11-27
        오는 수요일 | 2026-11-25
        토요일 | ? 2026-11-21, 2026-11-28
        이번 주말 | ? 2026-11-21, 2026-11-22
        다음 주말 | ? 2026-11-28, 2026-11-29
        25일 | 2026-11-25
        25일이요 | 2026-11-25
        이십오일 | 2026-11-25
        이십육일이요 | 2026-11-26
        이십 육일 | 2026-11-26
        삼십일 | 2026-11-30
        스무닷새 | 2026-11-25
        스무 닷샛날 말고 이십팔일 | 2026-11-28
        스무엿새요 | 2026-11-26
        스무아흐레 | 2026-11-29
        이번 달 말일 | 2026-11-30
        이달 말일이요 | 2026-11-30
        말일 | 2026-11-30
        다음 달 초하루 | 2026-12-01
        다음 달 3일 | 2026-12-03
        다음달 십오일 | 2026-12-15
        담달 5일요 | 2026-12-05
        다음 달 말일 | 2026-12-31
        12월 3일 | 2026-12-03
        12월3일 | 2026-12-03
        십이월 삼일 | 2026-12-03
        십이월 삼 일이요 | 2026-12-03
        12월 초사흘 | 2026-12-03
        12월 이십오일 | 2026-12-25
        십이월 이십일 일 | 2026-12-21
        십이월 이십일 | 2026-12-20
        십이월 삼십일일 | 2026-12-31
        12/3 | 2026-12-03
        12/25에요 | 2026-12-25
        2026년 12월 3일 | 2026-12-03
        2026-12-03 | 2026-12-03
        2026. 12. 3. | 2026-12-03
        2027년 1월 5일 | 2027-01-05
        이천이십칠년 삼월 이일 | 2027-03-02
        내년 3월 2일 | 2027-03-02
        내년 유월 육일 | 2027-06-06
        작년 시월 삼일 | 2025-10-03
        1월 5일 | 2027-01-05
        일월 오일이요 | 2027-01-05
        11월 10일 | 2026-11-10
        시월 이십일 | 2026-10-20
        2월 30일 | !
        이월 삼십일 | !
        11월 31일 | !
        십삼월 삼일 | !
        32일 | !
        사십일 | !
        20일 | ? 2026-12-20, 2026-11-20
        크리스마스 | 2026-12-25
        성탄절 전날 | 2026-12-24
        크리스마스 이브요 | 2026-12-24
        설날 | 2027-02-07
        설 전날 | 2027-02-06
        내년 설날 | 2027-02-07
        구정 | 2027-02-07
        추석 | 2027-09-15
        추석 다음 날 | 2027-09-16
        올해 추석 | 2026-09-25
        작년 추석 | 2025-10-06
        삼일절 | 2027-03-01
        어린이날 | 2027-05-05
        부처님 오신 날 | 2027-05-13
        정월 대보름 | 2027-02-21
        정월 대보름날 | 2027-02-21
        음력 12월 8일 | 2027-01-15
        음력 시월 보름 | 2026-11-23
        음력으로 시월 스무날 | 2026-11-28
        음력 팔월 보름 | ? 2027-09-15, 2026-09-25
        동짓달 초하루 | 2026-12-09
        섣달 그믐 | 2027-02-06
        정월 초하루 | 2027-02-07
        사흘 뒤 | 2026-11-24
        이틀 후에 | 2026-11-23
        나흘 있다가 | 2026-11-25
        열흘 뒤요 | 2026-12-01
        보름 뒤 | 2026-12-06
        일주일 뒤 | 2026-11-28
        일주일 후에 | 2026-11-28
        삼 일 뒤 | 2026-11-24
        3일 뒤에 | 2026-11-24
        두 주 후 | 2026-12-05
        한 달 뒤 | 2026-12-21
        두 달 전 | 2026-09-21
        사흘 전에 | 2026-11-18
        닷새 전 | 2026-11-16
        다음 달 둘째 주 화요일 | 2026-12-08
        다음 달 첫째 월요일 | 2026-12-07
        이번 달 마지막 금요일 | 2026-11-27
        오늘 말고 내일 | 2026-11-22
        내일 아니고 모레요 | 2026-11-23
        내일 아니면 모레 | ? 2026-11-22, 2026-11-23
        내일이나 모레 | ? 2026-11-22, 2026-11-23
        그게 저 모레가 좋겠는데 | 2026-11-23
        모레쯤에 가면 안 되겠능교 | 2026-11-23
        낼 갈라카는데예 | -
        모래요 | 2026-11-23
        글쎄요 | -
        아무 때나요 | -
        모르겠는데 | -
        빨리요 | -
        나중에요 | -
        두 시요 | -
        세 개요 | -
        다음 주요 | -
        다음 달에요 | -
        언제가 좋은데요 | -
        설명해 주세요 | -
        설치해 주세요 | -
        일요 | -
        그제서야 알았어요 | -
        네 | -
        공일공 일이삼사 오육칠팔 | -
        백사십삼 번 | -
        삼 일 동안 | -
        다음 사람 바꿔 주세요 | -
        요일을 몰라요 | -
        날짜는 상관없어요 | -
        """

    static let english = """
        today | 2026-11-21
        tomorrow please | 2026-11-22
        the day after tomorrow | 2026-11-23
        next Tuesday | 2026-11-24
        Tuesday next week | 2026-11-24
        this coming Friday | 2026-11-27
        Dec 3rd | 2026-12-03
        December 3 | 2026-12-03
        the 3rd of December | 2026-12-03
        third of december | 2026-12-03
        December twenty-fifth | 2026-12-25
        the 25th | 2026-11-25
        Dec 3, 2026 | 2026-12-03
        in three days | 2026-11-24
        in a week | 2026-11-28
        two weeks from now | 2026-12-05
        yesterday | 2026-11-20
        Christmas | 2026-12-25
        Lunar New Year | 2027-02-07
        Chuseok | 2027-09-15
        February 30th | !
        on Monday | 2026-11-23
        I sat down in the sun | -
        may I ask | -
        no idea | -
        """

    @Test("of the days written down, nine in ten are heard right and at most one in fifty is invented")
    func written() {
        var (right, invented, total) = (0, 0, 0)
        var misses: [String] = []
        for (table, language) in [(Self.written, Language.ko), (Self.english, .en)] {
            var hearing = Hearing(.day)
            hearing.language = language
            for line in Hearing.lines(table) {
                let heard = hearing.hear(line.said)
                Hearing.expectEvidence(heard, in: line.said)
                total += 1
                if Hearing.text(heard) == line.heard {
                    right += 1
                } else {
                    misses.append("\(line.said): \(Hearing.text(heard)), not \(line.heard)")
                    if case .value = heard { invented += 1 }
                }
            }
        }
        #expect(total >= 160)
        #expect(right * 10 >= total * 9, "\(right) of \(total)\n\(misses.joined(separator: "\n"))")
        #expect(invented * 50 <= total, "\(invented) of \(total)\n\(misses.joined(separator: "\n"))")
    }

    /// Days that the government's almanac of holidays names.
    @Test(
        "the lunar calendar gives the New Year and Chuseok of each year as they were and will be",
        arguments: [
            (2020, "2020-01-25", "2020-10-01"), (2021, "2021-02-12", "2021-09-21"), (2022, "2022-02-01", "2022-09-10"),
            (2023, "2023-01-22", "2023-09-29"), (2024, "2024-02-10", "2024-09-17"), (2025, "2025-01-29", "2025-10-06"),
            (2026, "2026-02-17", "2026-09-25"), (2027, "2027-02-07", "2027-09-15"), (2028, "2028-01-27", "2028-10-03"),
            (2029, "2029-02-13", "2029-09-22"), (2030, "2030-02-03", "2030-09-12"),
            // Births: years of the last century, also where the Korean day is not the Chinese one (1988, 1997).
            (1948, "1948-02-10", "1948-09-17"), (1950, "1950-02-17", "1950-09-26"),
            (1970, "1970-02-06", "1970-09-15"), (1988, "1988-02-18", "1988-09-25"),
            (1997, "1997-02-08", "1997-09-16"), (2000, "2000-02-05", "2000-09-12"),
        ] as [(Int64, String, String)])
    func lunar(year: Int64, newYear: String, chuseok: String) throws {
        let calendar = try LunarCalendar()
        #expect(try calendar.day(year, 1, 1).text == newYear)
        #expect(try calendar.day(year, 8, 15).text == chuseok)
    }

    @Test("each lunar year ends on the day before the next begins, and its leap month is there only once")
    func years() throws {
        let calendar = try LunarCalendar()
        for year in calendar.known.dropLast() {
            let (last, next) = (try calendar.day(year, 12, 0), try calendar.day(year + 1, 1, 1))
            #expect(last + 1 == next, "\(year)")
        }
        #expect(calendar.known.lowerBound == 1900)
        #expect(try calendar.day(2025, 6, 1, isLeap: true).text == "2025-07-25")
        #expect(try calendar.day(2023, 2, 1, isLeap: true).text == "2023-03-22")
        #expect(throws: LunarCalendar.Missing.month) { try calendar.day(2026, 6, 1, isLeap: true) }
        #expect(throws: LunarCalendar.Missing.day) { try calendar.day(2026, 2, 30) }
        #expect(throws: LunarCalendar.Missing.year) { try calendar.day(2051, 1, 1) }
    }

    @Test(
        "a broken table of the lunar calendar is refused, not read as fewer years",
        arguments: [
            ([], 0), ([(2026, 2, 30, 0, "101001010111")], 2026), ([(2026, 2, 17, 0, "10100101011")], 2026),
            ([(2026, 2, 17, 0, "1010010101x1")], 2026), ([(2025, 1, 29, 6, "101001010111")], 2025),
            ([(2026, 2, 17, 0, "101001010111"), (2027, 2, 8, 0, "010100100111")], 2027),
            ([(2026, 2, 17, 0, "101001010111"), (2028, 1, 27, 5, "0110100100110")], 2028),
        ] as [([LunarCalendar.Entry], Int64)])
    func broken(table: [LunarCalendar.Entry], year: Int64) {
        #expect { try LunarCalendar(table) } throws: { ($0 as? LunarCalendar.Broken)?.year == year }
    }

    @Test("a lunar day that the month does not have, and a leap month that does not come, are told so")
    func missing() {
        let hearing = Hearing(.day)
        #expect(Hearing.text(hearing.hear("음력 2026년 2월 30일")) == "!")
        #expect(Hearing.text(hearing.hear("음력 2026년 윤6월 3일")) == "!")
        #expect(Hearing.text(hearing.hear("음력 이천오십오년 일월 일일")) == "!")
    }

    @Test("days are counted in Korea: what is tomorrow there is tomorrow, though it is still today in Greenwich")
    func zone() {
        var hearing = Hearing(.day)
        hearing.now = Timestamp(iso8601: "2026-11-21T15:30:00Z") ?? hearing.now
        #expect(Hearing.text(hearing.hear("오늘")) == "2026-11-22")
        hearing.now = Timestamp(iso8601: "2026-11-21T14:30:00Z") ?? hearing.now
        #expect(Hearing.text(hearing.hear("오늘")) == "2026-11-21")
    }

    @Test("a day is read back with its weekday, and with its year where it is another")
    func spoken() {
        let hearing = Hearing(.day)
        guard case .value(let near) = hearing.hear("모레"), case .value(let far) = hearing.hear("내년 3월 2일") else {
            Issue.record("not heard")
            return
        }
        #expect(near.spoken == Words("11월 23일 월요일", "Monday, November 23"))
        #expect(far.spoken == Words("2027년 3월 2일 화요일", "Tuesday, March 2, 2027"))
    }

    @Test("in the middle of other words nothing that only resembles a day is taken for one")
    func unasked() {
        Hearing(.day, isAsked: false).expect(
            """
            세금 낼 건데 얼마예요 | -
            모래가 많이 쌓였어요 | -
            삼일 아파트 앞이요 | -
            가로등이 나갔어요 | -
            설거지하다가 물이 샜어요 | -
            오일 장에 갔는데요 | -
            그제야 봤어요 | -
            모레 보건소 예약해 줘 | 2026-11-23
            다음 주 화요일에 침대 버릴라카는데 우째야 되노 | 2026-11-24
            모래 두 시에 예약할게요 | 2026-11-23
            이십육일에 오시면 돼요 | 2026-11-26
            """)
    }
}
