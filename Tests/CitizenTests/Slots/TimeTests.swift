import District
import Record
import Testing

@testable import Citizen

struct TimeTests {
    @Test("times of day are heard; without half of the day both are asked for, the likelier first")
    func times() {
        Hearing(.time).expect(
            """
            두 시 | ? 14:00, 02:00
            두시요 | ? 14:00, 02:00
            아홉 시 | ? 09:00, 21:00
            아홉 시 반이요 | ? 09:30, 21:30
            열두 시 | ? 12:00, 00:00
            열한 시 | ? 11:00, 23:00
            오후 두 시 | 14:00
            오후 두시반 | 14:30
            두 시 반 오후에요 | 14:30
            오후 세 시 십오 분 | 15:15
            오후 3시 15분 | 15:15
            오후 세시십오분이요 | 15:15
            오후에 세 시쯤 | 15:00
            오전 열 시 | 10:00
            오전 열 시 정각이요 | 10:00
            아침 여덟 시 | 08:00
            새벽 두 시 | 02:00
            저녁 일곱 시 반 | 19:30
            밤 열 시 | 22:00
            밤 열두 시 | 00:00
            낮 열두 시 | 12:00
            낮 한 시 | 13:00
            점심 열두 시 반 | 12:30
            14:00 | 14:00
            14시 | 14:00
            14시 30분이요 | 14:30
            십사 시 삼십 분 | 14:30
            09:30 | 09:30
            2:30 | ? 14:30, 02:30
            오후 2:30 | 14:30
            정오 | 12:00
            낮 정오에 | 12:00
            자정이요 | 00:00
            오후 세 시 십 분 전 | 14:50
            네 시 오 분 전이요 | ? 15:55, 03:55
            오후 한 시로 해 주세요 | 13:00
            25시 | !
            오전 15시 | !
            세 시 칠십 분 | !
            한 시간 | -
            세 시간이요 | -
            시청 앞이요 | -
            두 시민이 봤어요 | -
            두 시 말고 오후 세 시 | 15:00
            오후 세 시 아니 오후 네 시요 | 16:00
            글쎄요 | -
            점심때요 | -
            이따가요 | -
            """)
    }

    @Test("English times are heard")
    func english() {
        var hearing = Hearing(.time)
        hearing.language = .en
        hearing.expect(
            """
            2 pm | 14:00
            2:30pm | 14:30
            at 2 o'clock | ? 14:00, 02:00
            half past two in the afternoon | 14:30
            quarter to three pm | 14:45
            nine am | 09:00
            noon | 12:00
            midnight please | 00:00
            14:45 | 14:45
            two hours | -
            whenever | -
            """)
    }

    @Test("a moment is a day with a time: acceptance, two o'clock the day after tomorrow")
    func acceptance() {
        let heard = Hearing(.moment).hear("모레 두 시")
        guard case .unclear(let options) = heard, let first = options.first else {
            Issue.record("\(heard)")
            return
        }
        #expect(first.spoken == Words("11월 23일 월요일 오후 두 시", "Monday, November 23, 2:00 pm"))
        #expect(first.value == "2026-11-23T14:00:00+09:00")
        #expect(options.count == 2 && options[1].value == "2026-11-23T02:00:00+09:00")
        #expect(first.evidence == "모레 두 시" && first.span == 0..<6)
    }

    @Test("moments")
    func moments() {
        Hearing(.moment).expect(
            """
            모레 두 시 | ? 2026-11-23T14:00, 2026-11-23T02:00
            모레두시 | ? 2026-11-23T14:00, 2026-11-23T02:00
            모레 오후 두 시 | 2026-11-23T14:00
            모레 오후에 두 시쯤요 | 2026-11-23T14:00
            내일 아침 아홉 시 | 2026-11-22T09:00
            낼 아침 아홉 시에 | 2026-11-22T09:00
            다음 주 화요일 오전 열 시 반 | 2026-11-24T10:30
            담주 화요일 오후 세시요 | 2026-11-24T15:00
            12월 3일 오후 두 시 삼십 분 | 2026-12-03T14:30
            십이월 삼일 오후 두시 | 2026-12-03T14:00
            이십육일 오후 네 시 | 2026-11-26T16:00
            오후 네 시 이십육일에 | 2026-11-26T16:00
            2026-12-03 14:00 | 2026-12-03T14:00
            오늘 밤 열두 시 | 2026-11-22T00:00
            오늘 아홉 시 | ? 2026-11-21T21:00, 2026-11-21T09:00
            오늘 정오 | 2026-11-21T12:00
            한 시간 뒤 | 2026-11-21T11:00
            삼십 분 후에요 | 2026-11-21T10:30
            두 시간 있다가 | 2026-11-21T12:00
            지금이요 | 2026-11-21T10:00
            오늘 말고 내일 오후 두 시 | 2026-11-22T14:00
            2월 30일 오후 두 시 | !
            모레 오전 15시 | !
            모레 25시 | !
            모레 | !
            오후 두 시 | !
            글쎄요 | -
            음력 시월 보름 오전 열 시 | 2026-11-23T10:00
            """)
    }

    @Test("a day without a time is no moment: what is missing is asked for, and only of who was asked")
    func parts() {
        guard case .impossible(let words) = Hearing(.moment).hear("모레요") else {
            Issue.record("heard")
            return
        }
        #expect(words.ko.hasPrefix("11월 23일 월요일 몇 시인가요?"))
        #expect(Hearing.text(Hearing(.moment, isAsked: false).hear("모레 예약해 줘")) == "-")
        #expect(Hearing.text(Hearing(.moment, isAsked: false).hear("오후 두 시요")) == "-")
    }

    @Test("lengths of time")
    func lengths() {
        Hearing(.duration).expect(
            """
            한 시간 | 60
            한 시간 반 | 90
            한시간반이요 | 90
            두 시간 삼십 분 | 150
            2시간 30분 | 150
            삼십 분 | 30
            30분이요 | 30
            반 시간 | 30
            사흘 | 4320
            하루요 | 1440
            이틀 정도 | 2880
            삼 일 | 4320
            3일간 | 4320
            일주일 | 10080
            두 주 | 20160
            열흘 | 14400
            두 시 | -
            두 분이요 | -
            글쎄요 | -
            """)
        var english = Hearing(.duration)
        english.language = .en
        english.expect(
            """
            two hours | 120
            an hour and a half | 90
            half an hour | 30
            45 minutes | 45
            three days | 4320
            soon | -
            """)
        guard case .value(let filled) = Hearing(.duration).hear("한 시간 반") else {
            Issue.record("not heard")
            return
        }
        #expect(filled.spoken == Words("한 시간 삼십 분", "1 hour 30 minutes"))
    }
}
