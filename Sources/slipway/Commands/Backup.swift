import ArgumentParser
import Foundation
import Logging
import Record
import Store

/// Copies a whole house, running or not, into a new folder that `restore` takes.
struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Back a house up, while it runs. 운영 중에도 전체를 백업합니다.",
        discussion: """
            Writes databases, keys, the broker's credentials and the handbook into a new folder, with the SHA-256 of each \
            file and the last checkpoint. It holds every secret of the house: keep it where only you can read it.
            """)

    @OptionGroup var house: HouseOptions

    @Argument(help: "The new folder. 새 백업 폴더.")
    var destination: String

    func run() async throws {
        let logger = Log.bootstrap("error")
        let folder = try DataFolder(house.data)
        let location = try StoreLocation(house.store ?? folder.recordLocation)
        if case .sqlite(let path) = location, !FileManager.default.fileExists(atPath: path) {
            throw Complaint("\(path): 기록부가 없습니다 / there is no Record here")
        }
        let archive = try BackupFolder(creating: destination)
        // The Record first: readings that came after it are anchored anew, while a Record that was younger would vouch
        // for chunks the copy does not have.
        if case .postgresql(let url) = location {
            try await PostgreSQLDump.write(url, to: archive.file("record.pgdump"))
        } else {
            try await copy(location, to: archive.file("record.sqlite"), logger: logger)
            if FileManager.default.fileExists(atPath: folder.seriesLocation) {
                try await copy(.sqlite(folder.seriesLocation), to: archive.file("series.sqlite"), logger: logger)
            }
        }
        // Where this machine also witnesses other logs, what it has signed must not be forgotten.
        if FileManager.default.fileExists(atPath: folder.witnessLocation) {
            try await copy(.sqlite(folder.witnessLocation), to: archive.file("witness.sqlite"), logger: logger)
        }
        for name in DataFolder.kept {
            try archive.take("\(folder.path)/\(name)", as: name)
        }
        let manifest = try archive.seal(at: Timestamp.now(), release: Release.version)
        if house.json {
            Output.json(manifest.json)
        } else {
            print("✓ 백업했습니다 / backed up: \(archive.path)  (\(manifest.files.count) files, \(manifest.bytes) bytes)")
            print("  이 폴더에는 서명 열쇠와 비밀번호가 들어 있습니다 / it holds the signing key and passwords")
        }
    }

    private func copy(_ location: StoreLocation, to file: String, logger: Logger) async throws {
        let store = try await Store.open(location, logger: logger)
        do {
            try await store.copy(to: file)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}
