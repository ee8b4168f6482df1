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
    }

    var routes: [Route] {
        [
            Route(.get, "/assets/**", .anyone) { try answer($0, String($0.path.dropFirst("/assets/".count))) },
            .get("/favicon.ico", .anyone) { try answer($0, "favicon.svg") },
        ]
    }

    private func answer(_ visit: Visit, _ path: String) throws -> Reply {
        // Only what was found at start is served; the path is a key, never a place on the disk.
        guard let asset = assets[path] else { throw Refusals.nowhere }
        return .bytes(asset.bytes, type: asset.type, keep: 300)
    }
}
