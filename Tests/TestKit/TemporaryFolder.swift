public import Foundation

/// Runs a body with an empty folder of its own, which is gone afterwards.
public func withTemporaryFolder<T>(_ body: (URL) async throws -> T) async throws -> T {
    let folder = FileManager.default.temporaryDirectory
        .appendingPathComponent("slipway-test-\(UInt64.random(in: 0 ... .max))")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            print("a temporary folder stays behind: \(folder.path) (\(error))")
        }
    }
    return try await body(folder)
}
