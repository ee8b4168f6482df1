import Foundation
public import Record

/// What a room knows as data: duties, templates, wording. It ships with the release; a district that must correct it
/// (law changes) puts a file of the same name into its own folder, and the next start reads that one.
public struct Handbook: Sendable {
    private let folders: [String]

    /// The shipped folder, and the district's own, which comes first.
    public init(shipped: String, corrections: String? = nil) {
        folders = [corrections, shipped].compactMap { $0 }
    }

    /// A file as JSON, and the SHA-256 of its bytes, by which the Record says which edition was in force.
    /// - Throws: ``HandbookError`` where it is missing or is no JSON.
    public func read(_ file: String) throws(HandbookError) -> (json: JSON, edition: String) {
        for folder in folders {
            guard let data = FileManager.default.contents(atPath: "\(folder)/\(file)") else { continue }
            do {
                return (try JSON(parsing: [UInt8](data)), ContentHash.sha256(data))
            } catch {
                throw HandbookError(file: "\(folder)/\(file)", place: "", rule: "\(error)")
            }
        }
        throw HandbookError(file: file, place: "", rule: "is missing")
    }

    /// The files whose names begin and end so, from every folder, in order.
    public func files(_ prefix: String, suffix: String = ".json") -> [String] {
        var names: Set<String> = []
        for folder in folders {
            let found = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            names.formUnion(found.filter { $0.hasPrefix(prefix) && $0.hasSuffix(suffix) })
        }
        return names.sorted()
    }
}

/// A file of a handbook that cannot be used.
public struct HandbookError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// Where in it: an entry, a field.
    public let place: String
    /// What is wrong.
    public let rule: String

    /// A file that cannot be used.
    public init(file: String, place: String, rule: String) {
        self.file = file
        self.place = place
        self.rule = rule
    }

    /// File, place and rule.
    public var description: String { "\(file): \(place.isEmpty ? "" : place + ": ")\(rule)" }
}
