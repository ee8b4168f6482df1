import Foundation
import Testing
import Web

@testable import Transition

@Suite("The brief on paper")
struct BriefTests {
    /// The texts of a page, in order, as the reader's font gets them.
    static func texts(_ page: String) -> [String] {
        page.matches(of: /<([0-9A-F]*)> Tj/).map { match in
            let hex = Array(String(match.1))
            let units = stride(from: 0, to: hex.count, by: 4).compactMap { UInt16(String(hex[$0..<$0 + 4]), radix: 16) }
            return String(decoding: units, as: UTF16.self)
        }
    }

    @Test(
        "lines put together are the text again, and each fits",
        arguments: [
            "", "짧은 글", "한글과 English가 섞인 조금 더 긴 문장은 낱말 사이에서 나뉩니다. 그리고 한 번 더 나뉩니다.",
            "https://example.org/a-very-long-address-without-any-space/that-must-be-broken/between-letters?and=so&on=1",
            "a  b   c",
        ])
    func wraps(text: String) {
        for width in [60.0, 120, 400] {
            let lines = BriefText.wrapped(text, 9.5, width: width)
            #expect(lines.joined() == text)
            for line in lines {
                let shown = line.hasSuffix(" ") ? String(line.reversed().drop { $0 == " " }.reversed()) : line
                #expect(BriefText.width(shown, 9.5) <= width, "\(line)")
            }
        }
    }

    @Test("letters that Korean fonts lack are put as those they have; Korean stays as it is")
    func folds() {
        #expect(BriefText.folded("Malmö, São Paulo, Ría 2000 – €643") == "Malmo, Sao Paulo, Ria 2000 - EUR 643")
        #expect(BriefText.folded("울산 광역시 · 값 ≥ 1 → 2") == "울산 광역시 · 값 ≥ 1 → 2")
        #expect(BriefText.width("가a", 10) == 15)
    }

    @Test("a long table goes on with its heading, each page has its number, and nothing is lost or below the margin")
    func flows() throws {
        let tall = (1...400).map { "낱말\($0) " }.joined()
        let rows = (1...120).map { ["산업 \($0) industry", "\($0) %", "지난 적중률 \($0)"] } + [["긴 칸", tall + tall, "끝 칸"]]
        let pages = BriefFlow.pages(
            "전략 요약 Malmö",
            [
                .heading("표"), .table(head: ["산업", "확률", "지난"], rows: rows, parts: [3, 1, 2]), .sub("아래"),
                .paragraph(String(repeating: "긴 문단입니다. ", count: 300)),
                .source(number: 1, text: "출처", url: "https://example.org/source"),
            ])
        #expect(pages.count > 3)
        for (index, page) in pages.enumerated() {
            let texts = Self.texts(page)
            #expect(texts.contains("\(index + 1) / \(pages.count)") && texts.contains("전략 요약 Malmo"))
            for match in page.matches(of: /Tf [0-9.]+ ([0-9.-]+) Td/) {
                #expect(try #require(Double(match.1)) >= 30, "below the paper's margin")
            }
        }
        let all = pages.flatMap(Self.texts)
        for row in rows { #expect(all.contains(row[0]) && all.contains(row[2])) }
        for word in tall.split(separator: " ") { #expect(all.joined().contains(word)) }
        #expect(all.filter { $0 == "확률" }.count > 1, "the heading is said again")
        #expect(all.joined().contains("https://example.org/source"))
    }

    @Test("the file is a PDF whose table of objects is right")
    func file() throws {
        let bytes = PDFDocument.write(
            BriefFlow.pages("제목", [.paragraph("글")]), width: BriefFlow.width, height: BriefFlow.height)
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("%PDF-1.4") && text.hasSuffix("%%EOF\n"))
        let start = try #require(text.firstMatch(of: /startxref\n(\d+)/).flatMap { Int($0.1) })
        #expect(String(decoding: bytes[start..<start + 4], as: UTF8.self) == "xref")
        for (index, match) in text.matches(of: /(\d{10}) 00000 n/).enumerated() {
            let at = try #require(Int(match.1))
            #expect(String(decoding: bytes[at..<at + 6], as: UTF8.self).hasPrefix("\(index + 1) 0 o"))
        }
    }
}
