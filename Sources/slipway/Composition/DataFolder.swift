import Foundation
import Record
import Store

/// The folder in which a house keeps what is its own: databases, the signing key, the broker, the console's token.
struct DataFolder: Sendable {
    let path: String

    /// Opens the folder, making it (readable by its owner alone) where it is missing.
    init(_ path: String) throws {
        self.path = URL(fileURLWithPath: path).standardizedFileURL.path
        try FileManager.default.createDirectory(
            atPath: self.path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    var recordLocation: String { "\(path)/record.sqlite" }
    var seriesLocation: String { "\(path)/series.sqlite" }
    /// The district's own corrections of what rooms know as data.
    var handbook: String { "\(path)/handbook" }
    var broker: String { "\(path)/broker" }
    /// What the sample's practice city has taken.
    var citySandbox: String { "\(path)/city-sandbox.json" }
    private var console: String { "\(path)/console.json" }

    /// The key that signs checkpoints; made at the first start, and named like the log from then on.
    func signingKey(origin: String?) throws -> SigningKey {
        try key("signer", name: origin, otherwise: "slipway.local/district", kind: .note)
    }

    /// The key that signs credentials; made at the first start.
    func issuerKey() throws -> SigningKey {
        try key("issuer", name: nil, otherwise: "slipway.local/issuer", kind: .note)
    }

    /// A key in the folder, made where there is none.
    /// - Parameters:
    ///   - file: the file's name without ending.
    ///   - name: what the key is called, where that was asked for.
    ///   - otherwise: what a new one is called where nothing was asked for.
    func key(
        _ file: String, name: String?, otherwise: String, kind: VerifierKey.Kind
    ) throws -> SigningKey {
        let place = "\(path)/\(file).key"
        if let kept = FileManager.default.contents(atPath: place) {
            let key = try SigningKey(
                String(decoding: kept, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
            guard key.kind == kind, name == nil || name == key.name else {
                throw Complaint(
                    "\(place): 이미 다른 이름(\(key.name))의 열쇠가 있습니다 / holds a key of another name or kind (\(key.name))")
            }
            return key
        }
        let key = try SigningKey(generatingFor: name ?? otherwise, kind: kind)
        try writeSecret(key.secretText + "\n", to: place)
        try Data("\(key.verifier)\n".utf8).write(to: URL(fileURLWithPath: "\(path)/\(file).vkey"))
        return key
    }

    /// Where the running house is, and the token with which the console of this machine may speak to it.
    struct Console: Codable, Sendable {
        var url: String
        var token: String
        var process: Int32

        /// Whether that process is still a Slipway: after a crash its number may have gone to another program.
        var isRunning: Bool {
            FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
                .map { String(decoding: $0, as: UTF8.self).contains("slipway") } ?? false
        }
    }

    func writeConsole(_ value: Console) throws {
        try writeSecret(String(decoding: try JSONEncoder().encode(value), as: UTF8.self), to: console)
    }

    func readConsole() -> Console? {
        FileManager.default.contents(atPath: console).flatMap { try? JSONDecoder().decode(Console.self, from: $0) }
    }

    func removeConsole() throws {
        if FileManager.default.fileExists(atPath: console) { try FileManager.default.removeItem(atPath: console) }
    }

    /// Writes a file that its owner alone may read, whole or not at all.
    private func writeSecret(_ text: String, to file: String) throws {
        let fresh = file + ".new"
        guard
            FileManager.default.createFile(
                atPath: fresh, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
        else { throw Complaint("\(file) 파일을 쓸 수 없습니다 / cannot write \(file)") }
        guard rename(fresh, file) == 0 else { throw Complaint("\(file) 파일을 쓸 수 없습니다 / cannot write \(file)") }
    }
}

/// What the command line says when it cannot do what was asked; exit code 1.
struct Complaint: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}
