import Foundation
import Mustache
public import Record

/// Templates and their words, read once at start.
public struct Pages: Sendable {
    /// Every word of every page, by key.
    public let wording: [String: Words]
    private let library: MustacheLibrary

    /// Reads `*.mustache` and `wording*.json` from folders; a later folder may not redefine an earlier one's names.
    /// - Throws: ``PagesError`` naming the file at fault.
    public init(folders: [String]) throws {
        var library = MustacheLibrary()
        var wording: [String: Words] = [:]
        var names: Set<String> = []
        for folder in folders {
            let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
            for file in files where file.hasSuffix(".mustache") {
                let name = String(file.dropLast(".mustache".count))
                guard names.insert(name).inserted else { throw PagesError(file: file, reason: "is there twice") }
                do {
                    try library.register(
                        String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8), named: name)
                } catch {
                    throw PagesError(file: file, reason: "\(error)")
                }
            }
            for file in files where file.hasPrefix("wording") && file.hasSuffix(".json") {
                guard let bytes = FileManager.default.contents(atPath: "\(folder)/\(file)") else { continue }
                for (key, words) in try JSON(parsing: [UInt8](bytes)).members ?? [:] {
                    guard let ko = words["ko"]?.text, let en = words["en"]?.text else {
                        throw PagesError(file: "\(folder)/\(file)", reason: "\(key) lacks ko or en")
                    }
                    wording[key] = Words(ko, en)
                }
            }
        }
        self.wording = wording
        self.library = library
    }

    /// A template filled with a context; the words of the language stand under `t`.
    /// - Throws: ``PagesError`` where there is no such template.
    public func render(_ template: String, _ context: JSON, _ language: Language) throws -> [UInt8] {
        var members = context.members ?? [:]
        members["t"] = .object(wording.mapValues { .string($0[language]) })
        guard let text = library.render(Self.plain(.object(members)), withTemplate: template) else {
            throw PagesError(file: template, reason: "there is no such template")
        }
        return Array(text.utf8)
    }

    /// JSON as the values that Mustache knows; null and missing are the same to it.
    private static func plain(_ value: JSON) -> Any {
        switch value {
        case .null: return false
        case .bool(let flag): return flag
        case .number(let number):
            return number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
        case .string(let text): return text
        case .array(let values): return values.map(plain)
        case .object(let members): return members.filter { $0.value != .null }.mapValues(plain)
        }
    }
}

/// A template or wording file that cannot be used.
public struct PagesError: Error, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// What is wrong with it.
    public let reason: String
    /// File and reason.
    public var description: String { "\(file): \(reason)" }
}
