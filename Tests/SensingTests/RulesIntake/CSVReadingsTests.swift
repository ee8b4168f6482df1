import Record
import Series
import Testing

@testable import Sensing

struct CSVReadingsTests {
    private func read(_ text: String) throws -> CSVReadings { try CSVReadings(Array(text.utf8), offsetSeconds: 32_400) }

    private func text(_ row: CSVRow) -> String {
        "\(row.line) \(row.time) " + row.values.map { "\($0.property)=\($0.value)" }.joined(separator: " ")
    }

    @Test(
        "separator, decimals, time column and properties are found from the heading",
        arguments: [
            "time,Oil Temp,Volume Flow RateRMS\n2026-11-21 09:00:00,1.5,32\n",
            "time;Oil Temp;Volume Flow RateRMS\r\n2026-11-21 09:00:00;1,5;32\r\n",
            "\u{FEFF}일시\t\"Oil Temp\"\tVolume Flow RateRMS\n\"2026-11-21 09:00:00\"\t1.5\t32",
            "Oil Temp,timestamp,Volume Flow RateRMS\n1.5,2026-11-21T00:00:00Z,32",
            "Oil Temp;DateTime;Volume Flow RateRMS\n\n1.50;1795219200;\"32\"\n   \n",
        ])
    func layouts(source: String) throws {
        let table = try read(source)
        #expect(table.rejections == [])
        let cells = "2026-11-21T00:00:00Z oil_temp=1.5 volume_flow_rate_rms=32.0"
        #expect(table.rows.map(text) == [source.contains("\n\n") ? "3 \(cells)" : "2 \(cells)"])
    }

    @Test("columns that label the data are no readings")
    func labels() throws {
        let table = try read("datetime;Current;anomaly;changepoint\n2020-03-09 10:14:33;1.33;1.0;0.0")
        #expect(table.rows.map { $0.values.map(\.property) } == [["current"]])
        #expect(table.rows.map(\.labels) == [["anomaly": 1, "changepoint": 0]])
    }

    @Test(
        "a bad row is rejected alone, by line, column and rule",
        arguments: [
            ("2026-11-21 09:00:01,x,2", "a", Rejection.Rule.number), ("2026-11-21 09:00:01,NaN,2", "a", .notFinite),
            ("2026-11-21 09:00:01,1e999,2", "a", .range), ("soon,1,2", "time", .timestamp),
            ("2026-02-30 09:00:01,1,2", "time", .timestamp), ("2026-11-21 09:00:01,1", "row", .columns),
            ("2026-11-21 09:00:01,1,2,3", "row", .columns), ("2026-11-21 09:00:01,,", "row", .empty),
        ])
    func rejected(row: String, field: String, rule: Rejection.Rule) throws {
        let table = try read("time,a,b\n2026-11-21 09:00:00,1,2\n\(row)\n2026-11-21 09:00:02,1,2\n")
        #expect(table.rows.map(\.line) == [2, 4])
        #expect(table.rejections.map(\.line) == [3])
        #expect(table.rejections.map(\.field) == [field])
        #expect(table.rejections.map(\.rule) == [rule])
        #expect(table.count == 3)
        #expect(table.rejected == 1)
    }

    @Test("an empty cell is a value that is not there")
    func emptyCell() throws {
        #expect(try read("time,a,b\n2026-11-21 09:00:00,,2").rows.map { $0.values.map(\.property) } == [["b"]])
    }

    @Test("columns of the same name stay apart")
    func sameName() throws {
        #expect(
            try read("time,Temp,temp,TEMP_2\n1700000000,1,2,3").rows.map { $0.values.map(\.property) } == [
                ["temp", "temp_2", "temp_2_2"]
            ])
    }

    @Test(
        "a table without a usable heading is refused as a whole",
        arguments: [
            "", "\n", "time\n1700000000", "2026-11-21 09:00:00,1,2\n2026-11-21 09:00:01,1,2",
            "1700000000;1;2\n1700000001;1;2",
        ])
    func heading(text: String) {
        #expect { try read(text) } throws: { ($0 as? Rejection)?.field == "heading" }
    }

    @Test("the span is that of the rows taken, in whatever order they stand")
    func span() throws {
        let table = try read("time,a\n1700000005,1\n1700000001,1\n1700000003,x\n1700000009,x\n")
        #expect(table.span?.lowerBound.seconds == 1_700_000_001)
        #expect(table.span?.upperBound.seconds == 1_700_000_005)
    }

    @Test("line by line or whole, the same rows come out", arguments: 1...5)
    func streamed(seed: UInt64) throws {
        var dice = Dice(seed)
        var lines = ["time;a;b"]
        for row in 0..<200 {
            let isBad = Int.random(in: 0..<5, using: &dice) == 0
            lines.append("\(1_700_000_000 + row);\(isBad ? "?" : "1,\(row)");\(Int.random(in: 0..<9, using: &dice))")
        }
        var reader = CSVReader(offsetSeconds: 0)
        var rows: [CSVRow] = []
        for line in lines {
            let bytes = Array(line.utf8)
            if let row = try reader.read(bytes, bytes.indices) { rows.append(row) }
        }
        let whole = try read(lines.joined(separator: "\n"))
        #expect(whole.rows.map(text) == rows.map(text), "seed \(seed)")
        #expect(whole.rejections == reader.parsed.rejections, "seed \(seed)")
        #expect(whole.rows.count + whole.rejected == 200, "seed \(seed)")
    }
}
