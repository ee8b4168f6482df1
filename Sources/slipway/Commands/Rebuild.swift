import ArgumentParser
import District
import Record
import Store

/// Makes every projected table anew from the Record and the vault.
struct Rebuild: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rebuild all tables from the Record. 기록부로 모든 표를 다시 만듭니다.",
        discussion: "Stop the server first. Credentials and sessions are no projection and stay as they are.")

    @OptionGroup var house: HouseOptions

    @Flag(help: "Compare the tables before and after; exit code 1 where they differ.")
    var check = false

    func run() async throws {
        // The readings are no projection and stay closed.
        let (store, district) = try await OpenHouse.openDistrict(house, logger: Log.bootstrap("error"))
        let before = check ? try await district.dump() : [:]
        let isQuiet = house.json
        let count = try await district.rebuild { done in
            if !isQuiet, done % 50_000 == 0 { Output.error("… \(done)") }
        }
        let differing = check ? try await Self.differing(before, district.dump()) : []
        await store.close()
        if house.json {
            Output.json(["events": .decimal(count), "differing": .array(differing.map { .string($0) })])
        } else {
            print("사건 events \(count)")
            for table in differing { print("✗ \(table): 다시 만든 표가 이전과 다릅니다 / differs from what it was") }
        }
        if !differing.isEmpty { throw ExitCode(1) }
    }

    private static func differing(_ before: [String: [String]], _ after: [String: [String]]) -> [String] {
        before.keys.filter { before[$0] != after[$0] }.sorted()
    }
}
