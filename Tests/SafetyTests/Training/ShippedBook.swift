import District
import Foundation
import Record
import Store

/// The handbook as it stands in the sources.
enum ShippedBook {
    static let handbook = Handbook(shipped: folder)
}

extension ShippedBook {
    private static let folder =
        #filePath.split(separator: "/").dropLast(4).reduce("") { "\($0)/\($1)" } + "/Sources/Safety/Data"

    /// A file of the handbook as text.
    static func text(_ file: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }

    /// What a body makes of the handbook where a district has corrected one file.
    static func with<T>(_ file: String, _ text: String, _ body: (Handbook) throws -> T) throws -> T {
        let own = FileManager.default.temporaryDirectory.appendingPathComponent("book-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: own, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: own) }
        try text.write(to: own.appendingPathComponent(file), atomically: true, encoding: .utf8)
        return try body(Handbook(shipped: folder, corrections: own.path))
    }
}
