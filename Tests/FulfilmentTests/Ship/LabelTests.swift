import District
import Record
import Testing

@testable import Fulfilment

/// What a parcel says of its contents.
@Suite struct LabelTests {
    private func marks() throws -> ParcelMarks { try ParcelMarks(Handbook(shipped: Fulfilment.shippedData)) }

    private func label(_ marks: [ParcelMark], address: String = "시흥시 예시로 1") -> ParcelLabel {
        ParcelLabel(
            sscc: "188000000000000011", order: "1121-ABCDEF", from: "해솔", carrier: "한빛택배", name: "김해솔",
            phone: "010", address: address, note: "", part: (1, 1), weight: 900, marks: marks)
    }

    private func hex(_ text: String) -> String {
        text.utf16.map { unit in
            let digits = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }.joined()
    }

    @Test("cold and dangerous contents stand on the label as ZPL and as PDF, in words and as a figure")
    func marked() throws {
        let found = try marks().of([
            Item(code: "MILK", name: "우유", climate: .chilled), Item(code: "THINNER", name: "신너", hazard: "3"),
        ])
        #expect(found.map(\.code) == ["chilled", "3"])
        #expect(found[0].name.ko == "냉장 보관 2–8 ℃" && found[1].words.ko == "위험물 3 인화성 액체 · 화기엄금")
        let (zpl, pdf) = (label(found).zpl, String(decoding: label(found).pdf, as: UTF8.self))
        for text in ["냉장 보관 2–8 ℃", "인화성 액체", "화기엄금"] { #expect(zpl.contains(text)) }
        #expect(zpl.contains("^GD60,60,4,B,R") && zpl.contains("^FD3^FS"))
        for text in ["냉장 보관", "인화성 액체", "화기엄금", "3"] { #expect(pdf.contains(hex(text)), "\(text)") }
        #expect(pdf.contains(" l s\n") && pdf.contains(" l S\n"))
    }

    @Test("what is neither cold nor dangerous bears no mark; a class that nobody named bears one")
    func unmarked() throws {
        #expect(try marks().of([Item(code: "RICE", name: "쌀")]).isEmpty)
        let unknown = try marks().of([Item(code: "X", name: "X", hazard: "77")])
        #expect(unknown.map(\.words.ko) == ["위험물 77 위험물"])
        #expect(!label([]).zpl.contains("^GD"))
    }

    @Test("beside the marks of cold goods a long address has its rows, and the telephone stands below")
    func narrow() throws {
        let cold = try marks().of([Item(code: "MILK", name: "우유", climate: .chilled)])
        let zpl = label(cold, address: "경기도 시흥시 서해안로 예시로 삼백이십구 해솔산업단지 가동 이층 냉장창고").zpl
        let row = try #require(zpl.split(separator: "\n").first { $0.contains("해솔산업단지") })
        let rows = try #require(row.firstMatch(of: /\^FB520,(\d+),/)).1
        #expect(Int(rows) ?? 0 >= 4 && zpl.contains("^FD010^FS"))
    }

    @Test("a long address is never printed over the bar code")
    func long() {
        let long = label([], address: String(repeating: "시흥시 예시로 ", count: 40))
        let tops = long.zpl.split(separator: "\n").compactMap { line -> Int? in
            guard line.contains("^A0N"), let at = line.split(separator: ",").dropFirst().first else { return nil }
            return Int(at.prefix { $0.isNumber })
        }
        #expect(tops.filter { $0 < 1100 }.allSatisfy { $0 < 850 } && !tops.isEmpty)
        #expect(long.zpl.contains("^BCN,220"))
    }
}
