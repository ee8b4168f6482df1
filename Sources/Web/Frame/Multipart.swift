import Foundation

/// A form sent with files (RFC 7578).
public struct Multipart: Sendable {
    /// A file that was sent.
    public struct File: Sendable {
        /// Its name as the sender called it; for showing only.
        public let name: String
        /// What it holds.
        public let bytes: [UInt8]
    }

    /// The text fields.
    public private(set) var fields: [String: String] = [:]
    /// The files, by field.
    public private(set) var files: [String: File] = [:]

    /// Reads a body; nil where the content type names no boundary or the body does not follow it.
    init?(_ body: [UInt8], contentType: String) {
        guard contentType.lowercased().hasPrefix("multipart/form-data"),
            let mark = contentType.range(of: "boundary=")?.upperBound
        else { return nil }
        let boundary = contentType[mark...].prefix { $0 != ";" }.filter { $0 != "\"" }
        guard !boundary.isEmpty, boundary.utf8.count <= 200 else { return nil }
        let delimiter = Array("--\(boundary)".utf8)
        // A delimiter begins a line; the same letters within a file are the file's.
        var parts = Self.positions(of: delimiter, in: body).filter {
            $0 == 0 || $0 >= 2 && body[$0 - 2] == 13 && body[$0 - 1] == 10
        }
        guard let last = parts.popLast(), parts.count <= 100 else { return nil }
        let ends = parts.dropFirst() + [last]
        for (start, end) in zip(parts, ends) { read(body[(start + delimiter.count)..<end]) }
    }

    private mutating func read(_ part: ArraySlice<UInt8>) {
        guard let gap = Self.positions(of: [13, 10, 13, 10], in: Array(part.prefix(4096))).first else { return }
        let head = String(decoding: part.prefix(gap), as: UTF8.self)
        var content = part.dropFirst(gap + 4)
        if content.suffix(2).elementsEqual([13, 10]) { content = content.dropLast(2) }
        guard let name = Self.parameter("name", of: head) else { return }
        if let file = Self.parameter("filename", of: head) {
            files[name] = File(name: String(file.prefix(200)), bytes: Array(content))
        } else {
            fields[name] = String(decoding: content, as: UTF8.self)
        }
    }

    private static func parameter(_ name: String, of head: String) -> String? {
        guard let start = head.range(of: " \(name)=\"")?.upperBound else { return nil }
        return String(head[start...].prefix { $0 != "\"" })
    }

    private static func positions(of pattern: [UInt8], in bytes: [UInt8]) -> [Int] {
        guard let first = pattern.first, bytes.count >= pattern.count else { return [] }
        var positions: [Int] = []
        var at = 0
        while at <= bytes.count - pattern.count {
            if bytes[at] == first, bytes[at..<at + pattern.count].elementsEqual(pattern) {
                positions.append(at)
                at += pattern.count
            } else {
                at += 1
            }
        }
        return positions
    }
}
