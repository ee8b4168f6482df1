import ArgumentParser
import Foundation
import Record

/// Sends a CSV file to the running house: looked at only, imported as the past, or replayed on a virtual clock.
struct ImportReadings: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "readings", abstract: "Import or replay a CSV file of readings. 측정값 CSV 파일을 가져오거나 재생합니다.",
        discussion: """
            A plain import yields findings and never an alarm. --replay streams the file on a virtual clock into a thing \
            that is marked as a replay, and raises replay alarms.
            """)

    @OptionGroup var house: HouseOptions

    @Argument(help: "The CSV file: a heading, then a row for each moment.")
    var file: String

    @Option(help: "The thing the readings belong to (default: the file's name).")
    var thing: String?

    @Flag(help: "Only look: say what would be imported, store nothing.")
    var dryRun = false

    @Flag(help: "Stream on a virtual clock and raise replay alarms.")
    var replay = false

    @Option(help: "With --replay: seconds of the file in one second (default: as fast as it goes).")
    var speed: Double?

    func validate() throws {
        guard !(dryRun && replay) else { throw ValidationError("--dry-run and --replay exclude each other") }
        guard speed.map({ $0 > 0 }) ?? true else { throw ValidationError("--speed is above 0") }
    }

    func run() async throws {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw Complaint("\(file): 파일을 읽을 수 없습니다 / cannot be read")
        }
        let client = try HouseClient(try DataFolder(house.data))
        let base = URL(fileURLWithPath: file).deletingPathExtension()
        let own = thing ?? "\(base.deletingLastPathComponent().lastPathComponent)-\(base.lastPathComponent)"
        var query = ["thing": own, "name": own, "mode": dryRun ? "dry-run" : replay ? "replay" : "store"]
        if let speed { query["speed"] = "\(speed)" }
        let (status, answer) = try await client.send(
            "POST", "/api/v1/import", query: query, body: [UInt8](data), type: "text/csv")
        guard (200..<300).contains(status) else {
            if house.json { Output.json(answer) } else { Output.problem(answer) }
            throw ExitCode(1)
        }
        if replay { return try await follow(client, answer) }
        if house.json { return Output.json(answer) }
        report(answer)
    }

    private func report(_ answer: JSON) {
        let number = { (key: String) in answer[key]?.integer ?? 0 }
        print(
            "행 rows \(number("rows"))  측정값 readings \(number("readings"))  저장 stored \(number("stored"))",
            terminator: "")
        print("  중복 duplicates \(number("duplicates"))  제외 rejected \(number("rejected"))")
        for error in (answer["errors"]?.elements ?? []).prefix(20) {
            print(
                "  \(error["line"]?.integer ?? 0)행: \(error["field"]?.text ?? "") – \(error["detail"]?.text ?? "") [\(error["rule"]?.text ?? "")]"
            )
        }
        for finding in answer["findings"]?.elements ?? [] {
            print(
                "  \(finding["time"]?.text ?? "")  \(finding["property"]?.text ?? "")  \(finding["detail"]?.text ?? "")"
            )
        }
    }

    private func follow(_ client: HouseClient, _ begun: JSON) async throws {
        guard let id = begun["replay"]?.text else { throw Complaint("no replay was begun") }
        while true {
            let (status, progress) = try await client.send("GET", "/api/v1/replays/\(id)")
            guard status == 200 else { throw Complaint("the replay is gone") }
            let (done, rows) = (progress["done"]?.integer ?? 0, max(1, progress["rows"]?.integer ?? 1))
            if !house.json {
                Output.error("\r\(done * 100 / rows) %  \(done)/\(rows)  경보 alarms \(progress["alarms"]?.integer ?? 0)")
            }
            if progress["over"]?.bool == true {
                if let failure = progress["failure"]?.text { throw Complaint(failure) }
                if house.json { Output.json(progress) } else { print("/machines/\(progress["thing"]?.text ?? "")") }
                return
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }
}
