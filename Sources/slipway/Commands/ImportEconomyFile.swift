import ArgumentParser
import Foundation
import Record

/// Sends statistics to the running house: region, industry, value and year, with where they come from.
struct ImportEconomyFile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "economy",
        abstract: "Import statistics of an economy. 산업 통계 CSV(KOSIS 포함)를 가져옵니다.",
        discussion: """
            Columns are found by their headings (Korean or English), or named. Cells that are empty or suppressed stay \
            unknown; --missing zero makes zeros of cells that are not in the file, which is right only where the source \
            leaves out what is zero.
            """)

    @OptionGroup var house: HouseOptions

    @Argument(help: "The CSV file: UTF-8 or CP949, separated by commas, semicolons or tabs.")
    var file: String

    @Option(help: "Short name, part of its address (a-z, 0-9, -); the same name again is a new version.")
    var name: String

    @Option(help: "What people read (default: the file's name).")
    var title: String?

    @Option(help: "What is counted, with its unit, such as 종사자수(명).")
    var measure: String

    @Option(help: "Who publishes it, and which table it is.")
    var source: String

    @Option(help: "Under what licence.")
    var licence: String

    @Option(help: "Who may see it: everyone, members, or as the licence has it.")
    var audience = "licence"

    @Option(help: "Day of publication, such as 2026-01-31.")
    var published: String

    @Option(help: "How the source treats what may not be told.")
    var suppression: String

    @Option(help: "Cells that are not in the file: unknown or zero.")
    var missing = "unknown"

    @Option(help: "A dash: unknown or zero.")
    var dash = "unknown"

    @Option(help: "The year of a file that says none.")
    var year: Int?

    @Option(help: "The column of regions.")
    var region: String?

    @Option(help: "The column of industries.")
    var industry: String?

    @Option(help: "The column of values.")
    var value: String?

    @Option(help: "The column of years.")
    var yearColumn: String?

    @Option(help: "Of a file with several measures the one that is meant.")
    var item: String?

    @Flag(help: "Only look: say what would be imported, store nothing.")
    var dryRun = false

    func run() async throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Complaint("\(file): 파일을 읽을 수 없습니다 / cannot be read")
        }
        let client = try HouseClient(try DataFolder(house.data))
        var query = [
            "economy": name, "measure": measure, "source": source, "licence": licence, "audience": audience,
            "published": published,
            "suppression": suppression, "missing": missing, "dash": dash,
            "title": title ?? URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent,
        ]
        query["year"] = year.map { "\($0)" }
        for (key, named) in [
            ("region", region), ("industry", industry), ("value", value), ("year_column", yearColumn), ("item", item),
        ] { query[key] = named }
        if dryRun { query["mode"] = "dry-run" }
        let (status, answer) = try await client.send(
            "POST", "/api/v1/economy", query: query, body: [UInt8](data), type: "text/csv")
        guard (200..<300).contains(status) else {
            if house.json { Output.json(answer) } else { Output.problem(answer) }
            throw ExitCode(1)
        }
        if house.json { return Output.json(answer) }
        let number = { (key: String) in answer[key]?.integer ?? 0 }
        print("지역 regions \(number("regions"))  산업 industries \(number("industries"))", terminator: "")
        print("  알려진 칸 known \(number("known"))  모름 marked unknown \(number("marked"))", terminator: "")
        print("  합계 totals left out \(number("totals"))  제외 refused \(number("refused"))")
        for error in (answer["errors"]?.elements ?? []).prefix(20) {
            print(
                "  \(error["line"]?.integer ?? 0)행 \(error["field"]?.text ?? ""): \(error["detail"]?.text ?? "") [\(error["rule"]?.text ?? "")]"
            )
        }
        if let path = answer["path"]?.text { print(path) }
    }
}
