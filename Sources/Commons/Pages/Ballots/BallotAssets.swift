import Foundation

/// The ballot's own script and style: read once at start. The page does all it must without either.
struct BallotAssets: Sendable {
    let script: [UInt8]
    let style: [UInt8]
    /// A program that counts again and checks receipts without any of ours: Python's standard library is enough.
    let recount: [UInt8]

    /// Out of the room's data.
    init() {
        func read(_ name: String) -> [UInt8] {
            FileManager.default.contents(atPath: "\(Commons.shippedData)/\(name)").map { [UInt8]($0) } ?? []
        }
        (script, style, recount) = (read("ballot.js"), read("ballot.css"), read("recount.py"))
    }
}
