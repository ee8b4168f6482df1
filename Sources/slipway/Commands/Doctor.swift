import ArgumentParser
import Foundation
import Record

/// Says what is missing on this machine, and how to mend it.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check this machine. 이 컴퓨터에 빠진 것이 있는지 살핍니다.")

    @OptionGroup var house: HouseOptions

    private struct Check {
        let name: String
        let isFine: Bool
        let remedy: String
        var isNeeded = true
    }

    func run() async throws {
        let checks = Self.checks(house)
        if house.json {
            Output.json(
                .array(
                    checks.map {
                        [
                            "name": .string($0.name), "fine": .bool($0.isFine), "needed": .bool($0.isNeeded),
                            "remedy": .string($0.isFine ? "" : $0.remedy),
                        ]
                    }))
        } else {
            for check in checks {
                print(
                    "\(check.isFine ? "✓" : check.isNeeded ? "✗" : "–") \(check.name)\(check.isFine ? "" : "  → \(check.remedy)")"
                )
            }
        }
        if checks.contains(where: { !$0.isFine && $0.isNeeded }) { throw ExitCode(1) }
    }

    private static func checks(_ house: HouseOptions) -> [Check] {
        let files = FileManager.default
        func has(_ paths: [String]) -> Bool { paths.contains { files.isExecutableFile(atPath: $0) } }
        let folder = URL(fileURLWithPath: house.data).standardizedFileURL
        let parent = files.fileExists(atPath: folder.path) ? folder : folder.deletingLastPathComponent()
        let free = (try? files.attributesOfFileSystem(forPath: parent.path))?[.systemFreeSize] as? NSNumber
        let keyFile = "\(folder.path)/signer.key"
        let mode = (try? files.attributesOfItem(atPath: keyFile))?[.posixPermissions] as? Int
        let clock = Timestamp.now().civil(offsetSeconds: 0).year
        return [
            Check(
                name: "Mosquitto", isFine: has(["/usr/sbin/mosquitto", "/usr/bin/mosquitto"]),
                remedy: "apt-get install mosquitto, or start with --broker none"),
            Check(
                name: "mosquitto_passwd", isFine: has(["/usr/bin/mosquitto_passwd"]),
                remedy: "apt-get install mosquitto"),
            Check(
                name: "데이터 폴더 / data folder \(folder.path)", isFine: files.isWritableFile(atPath: parent.path),
                remedy: "make it writable, or give another with --data"),
            Check(
                name: "남은 공간 / free space", isFine: (free?.int64Value ?? 0) > 1 << 30,
                remedy: "less than 1 GiB is free at \(parent.path)"),
            Check(
                name: "서명 키 / signing key", isFine: mode.map { $0 & 0o077 == 0 } ?? true,
                remedy: "chmod 600 \(keyFile)"),
            Check(
                name: "시계 / clock", isFine: (2026...2100).contains(clock),
                remedy: "the clock says \(clock): set it, readings and proofs depend on it"),
            Check(
                name: "PostgreSQL (선택 / optional)",
                isFine: has(["/usr/lib/postgresql/15/bin/postgres", "/usr/bin/psql"]),
                remedy: "apt-get install postgresql-15, only for --store postgres://…", isNeeded: false),
            Check(
                name: "Chromium (시험용 / for tests)", isFine: has(["/usr/bin/chromium"]),
                remedy: "apt-get install chromium chromium-driver, only for make test", isNeeded: false),
        ]
    }
}
