import Access
import ArgumentParser
import District
import Foundation
import Logging
import Record
import Store

/// How long an inspector waits for a pack: a firm's half-year of 20,000 events and 200 photos, on a Record of 200,000.
struct PackBench {
    let folder: String
    let logger: Logger

    private static let events = 20_000
    private static let others = 180_000
    private static let photos = 200
    private static let firm: FirmID = "firm-bench"

    func run() async throws -> [Figure] {
        Output.error("… packs")
        try await found()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["serve", "--data", folder, "--listen", "127.0.0.1:0", "--broker", "none"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        defer {
            process.terminate()
            process.waitUntilExit()
        }
        let data = try DataFolder(folder)
        while data.readConsole() == nil { try await Task.sleep(for: .milliseconds(20)) }
        let client = try HouseClient(data)
        while try await client.send("GET", "/health/ready").status != 200 {}
        let begin = ContinuousClock.now
        let ask: JSON = ["firm": .string(Self.firm.rawValue), "recipient": "labour", "confirmed": true]
        let (status, answer) = try await client.send("POST", "/api/v1/commands/safety.pack.make", body: ask.canonical)
        guard status < 300 else { throw Complaint("no pack can be asked for: \(answer.canonicalText)") }
        while true {
            let (_, list) = try await client.send("GET", "/api/v1/safety/packs")
            let pack = list["packs"]?.elements?.first
            if pack?["state"]?.text == "failed" { throw Complaint("the pack could not be made: \(list.canonicalText)") }
            if pack?["state"]?.text == "made" {
                return [
                    Figure(
                        name: "inspector's pack", value: Elapsed.seconds(since: begin), unit: "s",
                        how: "asked → signed archive: \(pack?["events"]?.text ?? "") events, "
                            + "\(pack?["documents"]?.text ?? "") photos, \(pack?["size"]?.text ?? "") bytes, on a Record of "
                            + "\(pack?["checkpoint"]?.text ?? "") events")
                ]
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Writes the Record and the photos, as if the firm and its neighbours had worked for months.
    private func found() async throws {
        let options = try HouseOptions.parse(["--data", folder])
        let (store, district) = try await OpenHouse.openDistrict(options, logger: logger)
        let firm = Firm(id: Self.firm, name: "측정용 기업", registration: "0000000001", headcount: 300)
        try await district.record([AccessEvents.firmRegistered(firm)], origin: Origin(author: .system("bench")))
        var hashes: [String] = []
        for number in 0..<Self.photos {
            var generator = SystemRandomNumberGenerator()
            var photo: [UInt8] = [0xFF, 0xD8, 0xFF, UInt8(number)]
            for _ in 0..<37_500 {
                photo += withUnsafeBytes(of: generator.next() as UInt64) { Array($0) }
            }
            let bytes = photo
            hashes.append(
                try await store.write {
                    try Attachments.keep(
                        bytes, scope: .firm(Self.firm), author: .system("bench"), at: .now(), in: $0)
                })
        }
        let (log, photos) = (district.log, hashes)
        let total = Self.events + Self.others
        for start in stride(from: 0, to: total, by: 1000) {
            try await store.write { writer in
                _ = try log.append(
                    (start..<start + 1000).map { number in
                        // Every tenth is the firm's own; four to a stream, one in a hundred of them with a photo.
                        let isOwn = number % 10 == 0
                        let scope: Scope = isOwn ? .firm(Self.firm) : .firm(FirmID("firm-\(number % 97)"))
                        var payload: [String: JSON] = [
                            "place": "press-2", "note": .string(String(repeating: "가", count: 60)),
                            "number": .number(Double(number)),
                        ]
                        if isOwn, number / 10 % 100 == 0 {
                            payload["photo"] = .string(photos[number / 1000 % photos.count])
                        }
                        return Draft(
                            "safety.bench.observed",
                            stream: "bench/\(isOwn ? "own" : "other")/\(number / 10 % 5000)/\(number % 10)",
                            scope: scope, payload: payload)
                    }, origin: Origin(author: .system("bench")), in: writer)
            }
        }
        await store.close()
    }
}
