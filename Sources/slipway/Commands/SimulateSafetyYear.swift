import ArgumentParser
import District
import Foundation
import Logging
import Record
import Safety
import Store

/// Writes a synthetic year of a whole district into a data folder of its own: real events through the real district.
struct SimulateSafetyYear: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "safety-year", abstract: "Found a synthetic district and a year of it. 합성 구역의 1년을 만듭니다.",
        discussion: "The folder must be empty. Firms, people and events are marked as synthetic.")

    @OptionGroup var house: HouseOptions

    @Option(help: "Seed; the same seed gives the same year.")
    var seed: UInt64 = 1

    @Option(help: "Firms.")
    var firms = SafetyYear.firms

    @Option(help: "People in all.")
    var people = SafetyYear.people

    @Option(help: "Days.")
    var days = 365

    @Option(help: "The day after the last one (RFC 3339); today where left out.")
    var until: String?

    func validate() throws {
        guard (1...9999).contains(firms), people >= firms, (1...3660).contains(days) else {
            throw ValidationError("--firms from 1 to 9999, --people at least as many, --days from 1 to 3660")
        }
        if let until, Timestamp(iso8601: until) == nil {
            throw ValidationError("--until takes a moment such as 2026-11-21T09:00:00+09:00")
        }
    }

    func run() async throws {
        let written = try await write(Log.bootstrap("error")) { Output.error("… \($0): \($1.events) events") }
        Output.json([
            "events": .decimal(written.events), "meetings": .decimal(written.meetings),
            "attendances": .decimal(written.attendances), "inspections": .decimal(written.inspections),
            "actions": .decimal(written.actions),
        ])
    }

    /// Writes the year.
    func write(_ logger: Logger, tell: (String, SafetyYear.Written) -> Void) async throws -> SafetyYear.Written {
        let folder = try DataFolder(house.data)
        guard house.store != nil || !FileManager.default.fileExists(atPath: folder.recordLocation) else {
            throw Complaint("\(folder.path)에 이미 구역이 있습니다 / there is a district in \(folder.path) already")
        }
        let clock = SyntheticClock()
        let end = until.flatMap { Timestamp(iso8601: $0) } ?? .now()
        clock.set(end.advanced(bySeconds: -86_400 * Double(days + 1)))
        let location = house.store ?? folder.recordLocation
        let store = try await RecordLog.openStore(
            try .init(location), clock: clock.read, logger: logger)
        let district = try District(
            store: store, rooms: try Rooms.all(sampleSeed: nil, handbook: folder.handbook), clock: clock.read,
            logger: logger)
        try await district.open()
        let written = try await SafetyYear(firms: firms, people: people, days: days, seed: seed, until: end)
            .write(into: district, clock: clock, tell: tell)
        await store.close()
        return written
    }
}
