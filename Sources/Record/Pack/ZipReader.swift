#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Reads an archive of the kind ``ZipWriter`` writes, and no other: stored files, one behind the other, nothing between.
struct ZipReader: Sendable {
    private let data: Data
    /// The names in the order of the archive.
    let names: [String]
    private let places: [String: Range<Int>]

    /// Opens an archive.
    /// - Throws: ``RecordError`` with code `pack` where it is none, or has parts that no file of its list accounts for.
    init(_ data: Data) throws(RecordError) {
        func broken(_ why: String) -> RecordError { RecordError(.pack, "the archive cannot be read: \(why)") }
        func number(_ at: Int, _ width: Int) -> Int {
            (0..<width).reduce(0) { $0 | Int(data[data.startIndex + at + $1]) << (8 * $1) }
        }
        func mark(_ at: Int, _ kind: Int) -> Bool { number(at, 4) == 0x0000_4B50 | kind << 16 }
        let end = data.count - 22
        guard end >= 0, mark(end, 0x0605), number(end + 20, 2) == 0 else { throw broken("it does not end as a ZIP") }
        let (count, size, start) = (number(end + 10, 2), number(end + 12, 4), number(end + 16, 4))
        guard start + size == end else { throw broken("its list is not where it should be") }
        var (at, next) = (start, 0)
        var (names, places): ([String], [String: Range<Int>]) = ([], [:])
        for _ in 0..<count {
            guard at + 46 <= end, mark(at, 0x0201) else { throw broken("its list is cut short") }
            let (method, length, plain) = (number(at + 10, 2), number(at + 20, 4), number(at + 24, 4))
            let (nameLength, extra, offset) = (
                number(at + 28, 2), number(at + 30, 2) + number(at + 32, 2), number(at + 42, 4)
            )
            guard method == 0, length == plain, extra == 0, at + 46 + nameLength <= end else {
                throw broken("a file is compressed or has fields of its own")
            }
            let nameBytes = data[data.startIndex + at + 46..<data.startIndex + at + 46 + nameLength]
            let name = String(decoding: nameBytes, as: UTF8.self)
            guard Self.isSafe(name), places[name] == nil else { throw broken("the name \(name)") }
            let body = offset + 30 + nameLength
            guard offset == next, body + length <= start, mark(offset, 0x0403), number(offset + 26, 2) == nameLength,
                number(offset + 28, 2) == 0, number(offset + 18, 4) == length,
                data[data.startIndex + offset + 30..<data.startIndex + body].elementsEqual(nameBytes)
            else { throw broken("\(name) is not where the list says") }
            names.append(name)
            places[name] = body..<body + length
            next = body + length
            at += 46 + nameLength
        }
        guard next == start, at == end else { throw broken("it holds more than its list names") }
        self.data = data
        self.names = names
        self.places = places
    }

    /// A file's bytes; nil where there is none of this name.
    subscript(_ name: String) -> Data? {
        places[name].map { data[data.startIndex + $0.lowerBound..<data.startIndex + $0.upperBound] }
    }

    /// Whether a name stays below the folder that the archive is unpacked into.
    private static func isSafe(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("/") && !name.contains("\\") && !name.hasSuffix("/")
            && name.utf8.allSatisfy { $0 >= 0x20 } && !name.split(separator: "/").contains("..")
    }
}
