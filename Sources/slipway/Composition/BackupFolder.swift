import Crypto
import Foundation
import Record

/// A backup on disk: files as they were, and a manifest with the hash of each.
struct BackupFolder: Sendable {
    let path: String

    /// What a backup holds.
    struct Manifest: Sendable {
        let made: Timestamp
        let release: String
        let files: [File]

        struct File: Sendable {
            let name: String
            let size: Int64
            let sha256: String
        }

        var bytes: Int64 { files.reduce(0) { $0 + $1.size } }

        var json: JSON {
            [
                "format": "slipway-backup/1", "made": .string(made.description), "release": .string(release),
                "files": .array(
                    files.map {
                        ["name": .string($0.name), "size": .decimal($0.size), "sha256": .string($0.sha256)]
                    }),
            ]
        }

        init(made: Timestamp, release: String, files: [File]) {
            self.made = made
            self.release = release
            self.files = files
        }

        init?(_ json: JSON) {
            guard json["format"]?.text == "slipway-backup/1", let release = json["release"]?.text,
                let made = json["made"]?.text.flatMap({ Timestamp(iso8601: $0) }),
                let files = json["files"]?.elements
            else { return nil }
            self.init(
                made: made, release: release,
                files: files.compactMap { file in
                    guard let name = file["name"]?.text, let size = file["size"]?.integer,
                        let hash = file["sha256"]?.text
                    else { return nil }
                    return File(name: name, size: size, sha256: hash)
                })
        }
    }

    /// Makes the folder, readable by its owner alone.
    /// - Throws: ``Complaint`` where something is there already.
    init(creating path: String) throws {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
        guard !FileManager.default.fileExists(atPath: self.path) else {
            throw Complaint("\(self.path): 이미 있습니다. 새 이름을 지정해 주세요 / exists already, please name a new folder")
        }
        try FileManager.default.createDirectory(
            atPath: self.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// A backup that was made before, held against its manifest.
    /// - Throws: ``Complaint`` naming the first file that is not as it was.
    init(checking path: String) throws {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
        for file in try manifest().files {
            guard !file.name.contains(".."), FileManager.default.fileExists(atPath: self.file(file.name)) else {
                throw Complaint("\(file.name): 백업에서 없어졌습니다 / is missing from the backup")
            }
            guard try Self.hash(of: self.file(file.name)) == file.sha256 else {
                throw Complaint("\(file.name): 백업한 뒤에 바뀌었습니다 / was changed since the backup")
            }
        }
    }

    func file(_ name: String) -> String { "\(path)/\(name)" }

    func manifest() throws -> Manifest {
        guard let bytes = FileManager.default.contents(atPath: file("manifest.json")),
            let manifest = Manifest(try JSON(parsing: [UInt8](bytes)))
        else { throw Complaint("\(path): 백업이 아닙니다 / is no backup") }
        return manifest
    }

    /// Copies a file or folder of the house; nothing where it has none.
    func take(_ source: String, as name: String) throws {
        guard FileManager.default.fileExists(atPath: source) else { return }
        try FileManager.default.copyItem(atPath: source, toPath: file(name))
        // What a process that runs keeps in its folder is no part of the house.
        for passing in ["broker/mosquitto.pid", "broker/lock"] where passing.hasPrefix(name) {
            if FileManager.default.fileExists(atPath: file(passing)) {
                try FileManager.default.removeItem(atPath: file(passing))
            }
        }
    }

    /// Writes the manifest over all that is here.
    func seal(at now: Timestamp, release: String) throws -> Manifest {
        var files: [Manifest.File] = []
        let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        for name in names.sorted() {
            let attributes = try FileManager.default.attributesOfItem(atPath: file(name))
            guard attributes[.type] as? FileAttributeType == .typeRegular else { continue }
            files.append(
                .init(
                    name: name, size: (attributes[.size] as? NSNumber)?.int64Value ?? 0,
                    sha256: try Self.hash(of: file(name))))
        }
        let manifest = Manifest(made: now, release: release, files: files)
        try Data(manifest.json.canonical).write(to: URL(fileURLWithPath: file("manifest.json")))
        return manifest
    }

    /// SHA-256 of a file of any size.
    private static func hash(of file: String) throws -> String {
        let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
        defer { try? handle.close() }
        var hash = SHA256()
        while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty { hash.update(data: piece) }
        return Array(hash.finalize()).hex
    }
}
