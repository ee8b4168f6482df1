import ArgumentParser
import District
import Foundation
import Logging
import Record
import Series
import Store

/// Makes a house from a backup, and verifies it before anyone works in it.
struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Restore a house from a backup. 백업으로 되살립니다.",
        discussion: """
            The data folder must be new or empty. Every file is held against the backup's manifest, and the Record against \
            itself and against checkpoints kept elsewhere. What came after the backup is not in it.
            """)

    @OptionGroup var house: HouseOptions

    @Argument(help: "The backup's folder. 백업 폴더.")
    var source: String

    @Option(help: "A checkpoint file kept elsewhere; may be given several times.")
    var checkpoint: [String] = []

    func run() async throws {
        let logger = Log.bootstrap("error")
        let archive = try BackupFolder(checking: source)
        let manifest = try archive.manifest()
        let target = URL(fileURLWithPath: house.data).standardizedFileURL.path
        let present = (try? FileManager.default.contentsOfDirectory(atPath: target)) ?? []
        guard present.isEmpty else {
            throw Complaint("\(target): 비어 있지 않습니다. 아무것도 덮어쓰지 않았습니다 / is not empty; nothing was overwritten")
        }
        let folder = try DataFolder(house.data)
        let location = try StoreLocation(house.store ?? folder.recordLocation)
        try await place(archive, manifest, folder, location)
        try await settle(folder, location, logger)
        if !house.json { print("✓ 되살렸습니다 / restored: \(folder.path)  (\(manifest.made))") }
        try await verify(logger)
    }

    private func place(
        _ archive: BackupFolder, _ manifest: BackupFolder.Manifest, _ folder: DataFolder, _ location: StoreLocation
    ) async throws {
        let dump = manifest.files.contains { $0.name == "record.pgdump" }
        switch location {
        case .postgresql(let url):
            guard dump else {
                throw Complaint("이 백업은 SQLite의 것입니다 / this backup is of SQLite; leave --store out")
            }
            try await PostgreSQLDump.read(archive.file("record.pgdump"), into: url)
        case .sqlite:
            guard !dump else {
                throw Complaint("이 백업은 PostgreSQL의 것입니다 / this backup is of PostgreSQL; name it with --store")
            }
        }
        for file in manifest.files where file.name != "record.pgdump" {
            let place = "\(folder.path)/\(file.name)"
            try FileManager.default.createDirectory(
                atPath: URL(fileURLWithPath: place).deletingLastPathComponent().path,
                withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            try FileManager.default.copyItem(atPath: archive.file(file.name), toPath: place)
        }
    }

    /// The readings are a moment younger than the Record: chunks anchored in between are anchored anew.
    private func settle(_ folder: DataFolder, _ location: StoreLocation, _ logger: Logger) async throws {
        guard case .sqlite = location, FileManager.default.fileExists(atPath: folder.seriesLocation) else { return }
        let record = try await Store.open(location, logger: logger)
        let log = RecordLog(clock: { Timestamp.now() })
        let known = try await record.read { try SeriesAudit(of: log, in: $0) }.events
        await record.close()
        let readings = try await Store.open(.sqlite(folder.seriesLocation), logger: logger)
        _ = try await readings.write { try SeriesAudit.release(unknownTo: known, in: $0) }
        await readings.close()
    }

    private func verify(_ logger: Logger) async throws {
        var words = ["--data", house.data]
        if let store = house.store { words += ["--store", store] }
        if house.json { words.append("--json") }
        for file in checkpoint { words += ["--checkpoint", file] }
        try await Verify.parse(words).check(logger)
    }
}
