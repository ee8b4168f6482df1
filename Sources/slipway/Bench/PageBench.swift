import Foundation
import Logging
import Record

/// Start-up time and the main pages' latency, measured on a house of its own in another process.
struct PageBench {
    let folder: String
    let logger: Logger

    func run() async throws -> [Figure] {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["serve", "--sample", "--data", folder, "--listen", "127.0.0.1:0", "--broker", "0"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        defer { process.terminate() }
        let data = try DataFolder(folder)
        while data.readConsole() == nil, Elapsed.seconds(since: start) < 120 {
            try await Task.sleep(for: .milliseconds(5))
        }
        let client = try HouseClient(data)
        while try await client.send("GET", "/health/ready").status != 200 {}
        var figures = [
            Figure(
                name: "start-up, sample district", value: Elapsed.seconds(since: start) * 1000, unit: "ms",
                how: "process start → first answer, half an hour of history written")
        ]
        try await Task.sleep(for: .seconds(30))
        for path in ["/api/v1/alarms", "/api/v1/things", "/api/v1/series/press-2/vibration/chart?last=600"] {
            let parts = path.split(separator: "?")
            let query = parts.count > 1 ? ["last": "600"] : [:]
            var times: [Double] = []
            for _ in 0..<300 {
                let begin = ContinuousClock.now
                _ = try await client.send("GET", String(parts[0]), query: query)
                times.append(Elapsed.seconds(since: begin) * 1000)
            }
            times.sort()
            figures.append(
                Figure(
                    name: "GET \(path) p95", value: times[times.count * 95 / 100], unit: "ms",
                    how: "300 requests, one after the other, sample district live"))
        }
        process.terminate()
        process.waitUntilExit()
        return figures
    }
}
