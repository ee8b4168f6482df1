import Record
import Testing

@testable import Citizen

/// Numbers of receipts as people say and write them.
struct ReceiptNumberTests {
    @Test("a number is heard however it is said, where it was asked for")
    func asked() {
        Hearing(.receipt).expect(
            """
            T-100003 | T-100003
            T100003 | T-100003
            t 100003 | T-100003
            100003 | 100003
            T에 십만삼 | T-100003
            티 일공공공공삼 | T-100003
            일공공공공삼번이요 | 100003
            일공공공공이요 | 10000
            이육일일이일에 육일삼구삼구 | 261121-613939
            이육일일이일에 육일삼구삼구요 | 261121-613939
            261121-613939 | 261121-613939
            261121 613939 | 261121-613939
            1AA-2611-0123456 | 1AA-2611-0123456
            번호를 몰라 | -
            접수번호 잊어버렸어 | -
            """)
    }

    @Test("without having been asked for, only what is plainly one")
    func notAsked() {
        Hearing(.receipt, isAsked: false).expect(
            """
            접수번호 T-100001 어떻게 됐어요 | T-100001
            T-100003 어떻게 됐어 | T-100003
            접수 번호 100003 | 100003
            백사십삼 번 언제 와 | -
            2026년에 | -
            내가 신청한 거 어떻게 됐어 | -
            """)
    }

    @Test(
        "what is looked for is found under the number that receipts carry",
        arguments: [
            ("T100003", "T-100003"), ("100003", "T-100003"), ("t 100003", "T-100003"), ("티 일공공공공삼", "T-100003"),
            ("T에 십만삼", "T-100003"), ("261121 613939", "261121-613939"), ("#T-100001", "T-100001"),
        ])
    func candidates(_ text: String, _ number: String) {
        #expect(SaidNumber.candidates(text).contains(number), "\(SaidNumber.candidates(text))")
    }
}
