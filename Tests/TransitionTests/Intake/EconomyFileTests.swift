import District
import Foundation
import Record
import Testing

@testable import Transition

@Suite("Statistics files")
struct EconomyFileTests {
    private func read(_ text: String, _ change: (inout EconomyFile.Reading) -> Void = { _ in }) throws -> EconomyFile {
        var reading = EconomyFile.Reading()
        change(&reading)
        return try EconomyFile(text, reading)
    }

    @Test("region, industry, value and year; what is not there is unknown")
    func long() throws {
        let file = try read("region,industry,value,year\nA,1,5,2019\nB,2,7,2019\nA,1,6,2020\n")
        #expect(file.years.map(\.year) == [2019, 2020])
        #expect(file.years[0].matrix.values.map { $0.isNaN ? -1 : $0 } == [5, -1, -1, 7])
        #expect(file.years[1].matrix[1, 1] == nil && file.known == 3)
    }

    @Test("a line that ends too early is told, and its neighbours are taken, wherever year or measure stand")
    func short() throws {
        let long = try read("region,industry,value,year\n울산,자동차,5\n울산,조선,7,2019\n")
        #expect(long.faults.map { "\($0.line ?? 0) \($0.field) \($0.rule)" } == ["2 row columns"] && long.known == 1)
        let wide = try read("지역,산업,2019,2020\n지역\n울산,조선,7,8\n")
        #expect(wide.faults.map(\.line) == [2] && wide.known == 2)
        let measured = try read("지역,산업,2019,항목\n울산,자동차,5\n울산,조선,7,종사자수\n")
        #expect(measured.faults.map(\.line) == [2] && measured.known == 1)
    }

    @Test("a column of numbers taken for industries is refused before anything is worked out")
    func wide() throws {
        let rows = (0...EconomyFile.widest).map { "A,\($0),1,2019" }.joined(separator: "\n")
        let refusal = #expect(throws: Refusal.self) { try read("region,industry,value,year\n\(rows)\n") }
        #expect(refusal?.code == "economy.size")
    }

    @Test("zeros are made of what is not there only by name")
    func filled() throws {
        let file = try read("region,industry,value,year\nA,1,5,2019\nB,2,7,2019\n") { $0.missingIsZero = true }
        #expect(file.years[0].matrix.values == [5, 0, 0, 7] && file.years[0].matrix.isFilled)
    }

    @Test("KOSIS: a column a year, levels of places, totals left out, signs unknown")
    func kosis() throws {
        let file = try read(
            """
            "행정구역별(1)","행정구역별(2)","산업별(1)","항목","단위","2019 년","2020 년"
            "전국","소계","조선","종사자수","명","100","90"
            "울산","동구","조선","종사자수","명","40,120","x"
            "울산","북구","자동차","종사자수","명","30","…"
            "울산","북구","합계","종사자수","명","70","1"
            "울산","동구","자동차","종사자수","명","-","3"
            """)
        #expect(file.years.map(\.year) == [2019, 2020])
        let matrix = file.years[0].matrix
        #expect(matrix.regions == ["동구", "북구"] && matrix.industries == ["자동차", "조선"])
        #expect(matrix[0, 1] == 40_120 && matrix[0, 0] == nil && file.years[1].matrix[0, 1] == nil)
        #expect(file.totals == 2 && file.marked == 3 && file.refused == 0)
    }

    @Test("a dash is nothing only where the source says so")
    func dash() throws {
        let file = try read("지역,산업,종사자수,시점\n부산,조선,-,2020\n부산,기계,4,2020\n") { $0.dashIsZero = true }
        #expect(file.years[0].matrix[0, 1] == 0)
    }

    @Test("several measures in one file are asked for by name")
    func items() throws {
        let text = "지역;산업;항목;2020\n부산;조선;사업체수;4\n부산;조선;종사자수;90\n"
        #expect(throws: Refusal.self) { try read(text) }
        #expect(try read(text) { $0.item = "종사자" }.years[0].matrix[0, 0] == 90)
    }

    @Test("a line that breaks a rule is named in both languages, and its neighbours stay")
    func faults() throws {
        let file = try read(
            "region,industry,value,year\nA,1,5,2019\n,1,5,2019\nB,,5,2019\nB,1,many,2019\nB,2,-4,2019\nC,1,1,soon\nC,1\nD,1,2,2019\nD,1,3,2019\n"
        )
        #expect(file.known == 3 - 1 && file.years[0].matrix.regions.contains("D"))
        let told = file.faults.map { "\($0.line ?? 0) \($0.field) \($0.rule)" }
        #expect(
            told == [
                "3 region required", "4 industry required", "5 value number", "6 value minimum", "7 year year",
                "8 row columns", "10 value twice",
            ])
        #expect(file.faults.allSatisfy { !$0.words.ko.isEmpty && !$0.words.en.isEmpty } && file.refused == 7)
    }

    @Test("a heading that says nothing is refused with the headings there are")
    func heading() {
        #expect {
            try read("foo,bar,baz\n1,2,3\n")
        } throws: { error in
            guard let refusal = error as? Refusal else { return false }
            return refusal.code == "economy.heading" && refusal.faults.first?.line == 1
                && refusal.words.en.contains("foo, bar, baz")
        }
    }

    @Test("columns can be named, and a file of one year told which")
    func named() throws {
        let text = "cbsa_code,naics_code,naics_level,EMP,ESTAB\n10180,2111,4,26.0,3.0\n"
        let plain = try read(text) { $0.year = 2018 }
        #expect(plain.years[0].matrix[0, 0] == 26 && plain.years[0].matrix.industries == ["2111"])
        let firms = try read(text) {
            $0.year = 2018
            $0.columns.value = "ESTAB"
        }
        #expect(firms.years[0].matrix[0, 0] == 3)
        #expect(throws: Refusal.self) { try read(text) }
    }

    @Test("CP949, UTF-8 and UTF-8 with a mark read alike", arguments: ["cp949", "utf8", "mark"])
    func encodings(kind: String) throws {
        // "지역,산업,값,연도\n울산,조선,5,2020" with the syllable 똠, which EUC-KR lacks and CP949 has.
        let korean: [UInt8] = [
            0xC1, 0xF6, 0xBF, 0xAA, 0x2C, 0xBB, 0xEA, 0xBE, 0xF7, 0x2C, 0xB0, 0xAA, 0x2C, 0xBF, 0xAC, 0xB5, 0xB5, 0x0A,
            0xBF, 0xEF, 0xBB, 0xEA, 0x8C, 0x63, 0x2C, 0xC1, 0xB6, 0xBC, 0xB1, 0x2C, 0x35, 0x2C, 0x32, 0x30, 0x32, 0x30,
        ]
        let text = "지역,산업,값,연도\n울산똠,조선,5,2020"
        let bytes: [UInt8] =
            switch kind {
            case "cp949": korean
            case "mark": [0xEF, 0xBB, 0xBF] + Array(text.utf8)
            default: Array(text.utf8)
            }
        #expect(try EconomyText.text(bytes) == text)
    }

    @Test("what is no text is refused by name", arguments: [[0x50, 0x4B, 3, 4], [0xFF, 0xFE, 0x00], []] as [[UInt8]])
    func unreadable(bytes: [UInt8]) { #expect(throws: Refusal.self) { try EconomyText.text(bytes) } }
}
