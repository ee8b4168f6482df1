import District
import Record
import Testing

@testable import Citizen

/// Days of birth as people say them, on Saturday, 21 November 2026.
struct BirthTests {
    @Test("a birth is a day of the past, whichever way its year is said")
    func births() {
        Hearing(.birth).expect(
            """
            사팔년 오월 삼일생 | 1948-05-03
            사팔년 오월 삼일생이요 | 1948-05-03
            48년 3월 2일 | 1948-03-02
            사십팔년 삼월 이일 | 1948-03-02
            1948년 3월 2일입니다 | 1948-03-02
            천구백사십팔년 삼월 이일 | 1948-03-02
            일구사팔년 삼월 이일 | 1948-03-02
            480305 | 1948-03-05
            사팔공삼공오 | 1948-03-05
            19480305 | 1948-03-05
            1948-03-05 | 1948-03-05
            48.3.5 | 1948-03-05
            음력 1948년 3월 5일 | 1948-04-13
            1948년 음력 삼월 초닷새 | 1948-04-13
            1948년 3월 5일 음력이요 | 1948-04-13
            1948년 삼월 초닷새 | ? 1948-03-05, 1948-04-13
            양력 1948년 삼월 초닷새 | 1948-03-05
            공오년 3월 1일 | ? 2005-03-01, 1905-03-01
            2027년 5월 3일 | !
            48년 2월 30일 | !
            오월 삼일 | !
            몰라요 | -
            """)
    }

    @Test("음력 behind a day that was taken for a solar one makes it a lunar one")
    func lunar() {
        let hearing = Hearing(.birth)
        for text in ["음력", "음력이요", "음력이에요"] {
            #expect(Hearing.text(hearing.correct("1948-05-03", text)) == "1948-06-09", "\(text)")
        }
        #expect(Hearing.text(hearing.correct("1948-05-03", "공일공 일이삼사 오육칠팔")) == "-")
    }

    @Test("it is read back with its year and its weekday, a lunar one as both")
    func spoken() throws {
        guard case .value(let plain) = Hearing(.birth).hear("480305"),
            case .value(let lunar) = Hearing(.birth).hear("음력 48년 3월 5일")
        else {
            Issue.record("no birth was heard")
            return
        }
        #expect(plain.spoken.ko == "1948년 3월 5일 금요일")
        #expect(lunar.spoken.ko == "음력 1948년 3월 5일, 곧 1948년 4월 13일 화요일")
    }
}
