import Commons
import District
import Foundation
import Logging
import Record
import Store

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Ballots cast over HTTP at a house of its own, by code, from many hands at once: how many are acknowledged in a second, how
/// long each waits, and that each is in the box once.
struct BallotBench {
    let folder: String
    let people: Int
    let logger: Logger
    /// How many vote at the same time.
    private static let hands = 32

    func run() async throws -> [Figure] {
        let data = try DataFolder(folder)
        let load = try await prepared(data)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = ["serve", "--data", folder, "--listen", "127.0.0.1:0", "--broker", "0"]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        let start = ContinuousClock.now
        defer { process.terminate() }
        while data.readConsole()?.process != process.processIdentifier, Elapsed.seconds(since: start) < 120 {
            try await Task.sleep(for: .milliseconds(20))
        }
        let client = try HouseClient(data)
        while try await client.send("GET", "/health/ready").status != 200 {}
        Output.error("… \(people) ballots")
        let begin = ContinuousClock.now
        let times = try await cast(load, data).sorted()
        let seconds = Elapsed.seconds(since: begin)
        process.terminate()
        process.waitUntilExit()
        let (opened, taken) = try await counted(load)
        let how = "HTTP, \(Self.hands) voters at once on the same machine, SQLite, acknowledged = durable"
        return [
            Figure(name: "ballots acknowledged", value: Double(people) / seconds, unit: "1/s", how: how),
            Figure(name: "ballot p50", value: times[times.count / 2] * 1000, unit: "ms", how: how),
            Figure(name: "ballot p95", value: times[times.count * 95 / 100] * 1000, unit: "ms", how: how),
            Figure(
                name: "ballots opened and held against the Record", value: Double(opened) / taken, unit: "1/s",
                how: opened == people ? "as the count does; none lost, none doubled" : "ONLY \(opened) OF \(people)"),
        ]
    }

    /// A house with a vote in it. Its clock is an hour behind, so that the vote has begun when the house is served.
    private func prepared(_ data: DataFolder) async throws -> BallotLoad {
        Output.error("… ballots: a list of \(people), a code for each")
        let (store, district) = try await opened(behind: 3600)
        let load = try await BallotLoad(people: people, in: district)
        await store.close()
        return load
    }

    private func opened(behind seconds: Double) async throws -> (Store, District) {
        let clock: TimeSource = { Timestamp.now().advanced(bySeconds: -seconds) }
        let location = StoreLocation.sqlite(try DataFolder(folder).recordLocation)
        let store = try await RecordLog.openStore(location, clock: clock, logger: logger)
        let district = try District(store: store, rooms: [try Commons()], clock: clock, logger: logger)
        try await district.open()
        return (store, district)
    }

    /// Casts every ballot once.
    /// - Returns: how many seconds each waited for its receipt.
    private func cast(_ load: BallotLoad, _ data: DataFolder) async throws -> [Double] {
        let people = people
        guard let house = data.readConsole()?.url, let url = URL(string: "\(house)/api/v1/commons/ballots") else {
            throw Complaint("the house does not say where it is")
        }
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpMaximumConnectionsPerHost = Self.hands
        let session = URLSession(configuration: configuration)
        return try await withThrowingTaskGroup(of: [Double].self) { group in
            for hand in 0..<Self.hands {
                group.addTask {
                    var times: [Double] = []
                    for person in stride(from: hand, to: people, by: Self.hands) {
                        let begin = ContinuousClock.now
                        var request = URLRequest(url: url, timeoutInterval: 120)
                        request.httpMethod = "POST"
                        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
                        request.httpBody = Data(load.call(of: person).canonical)
                        let (answer, response) = try await session.data(for: request)
                        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
                        guard status == 201 else {
                            throw Complaint("\(status) \(String(decoding: answer, as: UTF8.self))")
                        }
                        times.append(Elapsed.seconds(since: begin))
                    }
                    return times
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// How many different ballots are in the box, and how long it took to open them.
    private func counted(_ load: BallotLoad) async throws -> (Int, Double) {
        let (store, district) = try await opened(behind: 0)
        let begin = ContinuousClock.now
        let count = try await load.opened(in: district)
        let seconds = Elapsed.seconds(since: begin)
        await store.close()
        return (count, seconds)
    }
}
