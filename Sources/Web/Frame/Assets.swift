import Access
import Crypto
import Foundation
import HTTPTypes
import Record

/// Style, script and pictures, read once at start; a browser asks again only whether they changed.
struct Assets: Sendable {
    private struct Asset {
        let bytes: [UInt8]
        let type: String
        let tag: String
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "webmanifest": "application/manifest+json", "txt": "text/plain; charset=utf-8",
        "woff2": "font/woff2",
    ]

    private let assets: [String: Asset]
    private let worker: [UInt8]

    init(folder: String) throws {
        var assets: [String: Asset] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: folder) ?? .init() {
            guard let type = Self.types[(path as NSString).pathExtension],
                let data = FileManager.default.contents(atPath: "\(folder)/\(path)")
            else { continue }
            let tag = SHA256.hash(data: data).prefix(8).map { String($0, radix: 16) }.joined()
            assets[path] = Asset(bytes: [UInt8](data), type: type, tag: "\"\(tag)\"")
        }
        self.assets = assets
        // The service worker stands at the root, for it may serve only what lies below it. Its text names the edition
        // and the files of the shell, so that a release with other files is another worker, which browsers then take.
        let shell = assets.keys.filter { $0 != "sw.js" }.sorted()
        let edition = SHA256.hash(
            data: Data(shell.map { "\($0) \(assets[$0]?.tag ?? "")" }.joined(separator: "\n").utf8)
        )
        .prefix(8).map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        worker = Array(
            String(decoding: assets["sw.js"]?.bytes ?? [], as: UTF8.self)
                .replacing("__EDITION__", with: edition)
                .replacing(
                    "__SHELL__", with: JSON.array(shell.map { .string("/assets/\($0)") }).canonicalText
                ).utf8)
    }

    var routes: [Route] {
        [
            Route(.get, "/assets/**", .anyone) { try answer($0, String($0.path.dropFirst("/assets/".count))) },
            .get("/sw.js", .anyone) { _ in .bytes(worker, type: "text/javascript; charset=utf-8") },
            .get("/favicon.ico", .anyone) { try answer($0, "favicon.svg") },
        ]
    }

    private func answer(_ visit: Visit, _ path: String) throws -> Reply {
        // Only what was found at start is served; the path is a key, never a place on the disk.
        guard let asset = assets[path] else { throw Refusals.nowhere }
        return .bytes(asset.bytes, type: asset.type, keep: 300)
    }
}
