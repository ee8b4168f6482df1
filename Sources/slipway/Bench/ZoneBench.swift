import ArgumentParser
import Foundation
import Logging
import Record
import Safety

/// The zone's page over a synthetic year of the whole district, as an officer's browser gets it from a house of its own
/// in another process; and how much disk that year takes.
struct ZoneBench {
    let folder: String
    /// The part of the district that is simulated: 1 for all 1,954 firms.
    let share: Double
    let logger: Logger

    /// Pages in an officer's day: first look, each way to sort, a search, the last page.
    private static let questions: [[String: String]] = [
        [:], ["sort": "-missing"], ["sort": "-severe"], ["sort": "meeting"], ["sort": "name"], ["view": "missing"],
        ["view": "overdue"], ["view": "severe"], ["q": "합성기업 19"], ["page": "39"],
    ]

    func run() async throws -> [Figure] {
        let (firms, people) = (
            max(1, Int(Double(SafetyYear.firms) * share)), max(1, Int(Double(SafetyYear.people) * share))
        )
        let start = ContinuousClock.now
        var year = try SimulateSafetyYear.parse([
            "--data", folder, "--firms", "\(firms)", "--people", "\(max(firms, people))",
        ])
        year.seed = 1
        let written = try await year.write(logger) { Output.error("… \($0): \($1.events) events") }
        let wrote = Elapsed.seconds(since: start)
        let size = try disk()
        let what =
            "\(firms) firms, \(people) workers, 365 days: \(written.meetings) tool-box meetings with "
            + "\(written.attendances) attendances, \(written.inspections) inspections, \(written.actions) actions"
        var figures = [
            Figure(
                name: "synthetic year, events written", value: Double(written.events) / wrote, unit: "events/s",
                how: what),
            Figure(
                name: "synthetic year, disk", value: Double(size) / 1e9, unit: "GB",
                how: "SQLite, all files, after writing"),
        ]
        figures += try await pages()
        return figures
    }

    /// Bytes of all files in the folder.
    private func disk() throws -> Int64 {
        try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) { sum, name in
            let size = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.size]
            return sum + ((size as? NSNumber)?.int64Value ?? 0)
        }
    }

    private func pages() async throws -> [Figure] {
        let process = Process()
        let said = Pipe()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["serve", "--data", folder, "--listen", "127.0.0.1:0", "--broker", "none"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = said
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let officer = try await Officer(link: Self.link(said.fileHandleForReading))
        Output.error("… waiting until the house has caught up")
        let rested = try await rest(process.processIdentifier)
        var times: [Double] = []
        for round in 0..<300 {
            let begin = ContinuousClock.now
            try await officer.look("/safety/zone", Self.questions[round % Self.questions.count])
            times.append(Elapsed.seconds(since: begin) * 1000)
        }
        times.sort()
        let how =
            "300 requests over HTTP one after the other, ten ways to sort and filter, signed in, SQLite"
            + (rested ? "" : "; the house was still catching up")
        return [
            Figure(name: "/safety/zone p50", value: times[times.count / 2], unit: "ms", how: how),
            Figure(name: "/safety/zone p95", value: times[times.count * 95 / 100], unit: "ms", how: how),
        ]
    }

    /// The one-time link that the house prints for its first officer.
    private static func link(_ output: FileHandle) throws -> URL {
        var text = ""
        while true {
            let more = output.availableData
            guard !more.isEmpty else { throw Complaint("the house ended before it said where it is") }
            text += String(decoding: more, as: UTF8.self)
            guard let match = text.firstMatch(of: /(http:\S+\/setup\/\S+)\s/) else { continue }
            guard let url = URL(string: String(match.1)) else { throw Complaint("\(match.1) is no address") }
            return url
        }
    }

    /// Waits until the house has followed its Record to the end: until it hardly computes for five seconds.
    /// - Returns: whether it came to rest within half an hour.
    private func rest(_ process: Int32) async throws -> Bool {
        let start = ContinuousClock.now
        var before = Self.ticks(process)
        while Elapsed.seconds(since: start) < 1800 {
            try await Task.sleep(for: .seconds(5))
            let now = Self.ticks(process)
            // A hundred ticks are a second of one processor.
            if now - before < 50 { return true }
            before = now
        }
        return false
    }

    private static func ticks(_ process: Int32) -> Int64 {
        let text = FileManager.default.contents(atPath: "/proc/\(process)/stat").map {
            String(decoding: $0, as: UTF8.self)
        }
        // After the name in brackets come the state and eleven numbers before the two that count.
        let fields = text?.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Int64(fields[11]), let system = Int64(fields[12]) else { return 0 }
        return user + system
    }
}
