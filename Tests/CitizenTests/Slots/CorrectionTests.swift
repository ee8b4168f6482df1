import District
import Record
import Testing

@testable import Citizen

struct CorrectionTests {
    private func expect(
        _ kind: Slot.Kind, _ table: String, number: Bool = false, _ location: SourceLocation = #_sourceLocation
    ) {
        for line in table.split(separator: "\n") {
            let parts = line.split(separator: "|").map { part in
                String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
            }
            guard parts.count == 3 else {
                Issue.record("\(line)", sourceLocation: location)
                continue
            }
            let heard = Hearing(kind).correct(
                kind.isMoment ? parts[0] + ":00+09:00" : parts[0], parts[1], number: number)
            #expect(Hearing.text(heard) == parts[2], "\(parts[1])", sourceLocation: location)
            Hearing.expectEvidence(heard, in: parts[1], location)
        }
    }

    @Test("days: what was wrong is what is known, what is right takes its place; acceptance, the 26th")
    func days() {
        expect(
            .day,
            """
            2026-11-25 | 이십오일 말고 이십육일 | 2026-11-26
            2026-12-25 | 이십오일 말고 이십육일이요 | 2026-12-26
            2026-11-25 | 25일 아니고 26일 | 2026-11-26
            2026-11-25 | 스무닷새 말고 스무엿새 | 2026-11-26
            2026-11-23 | 모레 말고 글피 | 2026-11-24
            2026-11-24 | 화요일 말고 수요일 | 2026-11-25
            2026-12-01 | 화요일이 아니라 수요일이요 | 2026-12-02
            2026-11-25 | 아니 이십육일 | 2026-11-26
            2026-11-25 | 아니요 이십육일이요 | 2026-11-26
            2026-11-25 | 날짜만 이십육일로 | 2026-11-26
            2026-11-25 | 이십육일로 바꿔 주세요 | 2026-11-26
            2026-11-25 | 이십오일 아이고 이십육일이라예 | 2026-11-26
            2026-11-25 | 12월 3일로 변경해 줘 | 2026-12-03
            2026-11-25 | 이십오일 말고 삼십일일 | !
            2026-11-25 | 이십사일 말고 이십육일 | -
            2026-11-25 | 이십육일 | -
            2026-11-25 | 네 맞아요 | -
            2026-11-25 | 아니요 | -
            2026-11-25 | 시간만 세 시로 | -
            2026-11-25 | 두 개 말고 세 개 | -
            """)
    }

    @Test("moments: the day or the time alone changes")
    func moments() {
        expect(
            .moment,
            """
            2026-11-25T14:00 | 이십오일 말고 이십육일 | 2026-11-26T14:00
            2026-11-25T14:00 | 시간만 세 시로 | 2026-11-25T15:00
            2026-11-25T14:00 | 두 시 말고 세 시 | 2026-11-25T15:00
            2026-11-25T14:00 | 아니 세 시 반 | 2026-11-25T15:30
            2026-11-25T14:00 | 오전 열 시로 바꿔 줘 | 2026-11-25T10:00
            2026-11-25T10:00 | 시간을 열한 시로 바꿔 주세요 | 2026-11-25T11:00
            2026-11-25T14:00 | 아니 모레 오전 열 시 | 2026-11-23T10:00
            2026-11-25T14:00 | 날짜만 모레로 | 2026-11-23T14:00
            2026-11-25T10:00 | 아니 두 시 | ? 2026-11-25T14:00, 2026-11-25T02:00
            2026-11-25T14:00 | 네 시 말고 세 시 | -
            2026-11-25T14:00 | 아니 스물다섯 시 | !
            2026-11-25T14:00 | 아니 25시 | !
            2026-11-25T14:00 | 좋아요 | -
            """)
    }

    @Test("telephone numbers: only the part that was said anew changes; acceptance")
    func phones() {
        expect(
            .phone,
            """
            010-5678-1234 | 아니 일이삼오 | 010-5678-1235
            010-1234-5678 | 아니 일이삼오 | 010-1235-5678
            010-1234-5678 | 아니 구구팔팔 | 010-1234-9988
            010-1234-5678 | 뒷자리만 오육칠구 | 010-1234-5679
            010-1234-5678 | 뒷자리만 1235로 | 010-1234-1235
            010-1234-5678 | 가운데만 일이삼오 | 010-1235-5678
            010-1234-5678 | 일이삼사 말고 일이삼오 | 010-1235-5678
            010-1234-5678 | 오육칠팔이 아니라 오육칠구 | 010-1234-5679
            010-1234-5678 | 아니 공일공 구구구구 팔팔팔팔 | 010-9999-8888
            010-1234-5678 | 아니 일이삼오에 오육칠구 | 010-1235-5679
            02-123-4567 | 아니 4568 | 02-123-4568
            010-1234-5678 | 아니요 | -
            010-1234-5678 | 일이삼오 | -
            010-1234-5678 | 시간만 세 시로 | -
            010-1234-5678 | 구구구구 말고 일이삼오 | -
            """)
    }

    @Test("everything else: what was wrong must be what is known")
    func others() {
        expect(
            .integer(1...100, unit: nil),
            """
            2 | 두 개가 아니라 세 개 | 3
            2 | 두 통 말고 세 통이요 | 3
            2 | 아니 세 통 | 3
            2 | 아니 셋 | 3
            2 | 세 개로 바꿔 줘 | 3
            5 | 두 개가 아니라 세 개 | -
            2 | 세 통 | -
            2 | 아니 이거 말고 | -
            2 | 아니 세 시 | -
            """, number: true)
        expect(
            .time,
            """
            14:00 | 두 시 말고 세 시 | 15:00
            09:00 | 아니 열 시 | 10:00
            14:00 | 시간만 오전 열 시로 | 10:00
            """)
        expect(
            .bus,
            """
            143 | 143번 말고 156번 | 156
            143 | 아니 백오십육 번 | 156
            """)
        expect(.amount, "15000 | 만 오천 원 말고 이만 원 | 20000", number: true)
        expect(.duration, "60 | 한 시간 말고 두 시간 | 120", number: true)
        expect(
            .address,
            """
            북구 침산로 12길 3 | 침산로 말고 칠성로 | 북구 칠성로 12길 3
            북구 침산로 12길 3 | 아니 북구 칠성로 5 | 북구 칠성로 5
            북구 침산로 12길 3 | 아니 그게 아니고 | -
            """)
        expect(
            .name,
            """
            홍길동 | 홍길동이 아니고 홍길순이요 | 홍길순
            홍길동 | 이름만 홍길순으로 | 홍길순
            홍길동 | 아니 그거 말고요 | -
            """)
    }
}

extension Slot.Kind {
    fileprivate var isMoment: Bool {
        if case .moment = self { return true }
        return false
    }
}
