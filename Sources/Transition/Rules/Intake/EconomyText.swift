import District
import Foundation
import Record

/// The text of a statistics file, whichever way its Korean letters are written.
enum EconomyText {
    /// CP949 (Microsoft's superset of EUC-KR), in which Korean offices' spreadsheets write CSV.
    private static let korean = String.Encoding(rawValue: 0x8000_0422)

    /// Reads UTF-8, with or without a byte order mark, else CP949.
    /// - Throws: ``Refusal`` where it is neither, or a workbook, or empty.
    static func text(_ bytes: [UInt8]) throws(Refusal) -> String {
        let isWorkbook = bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0])
        if isWorkbook {
            throw refusal(
                "workbook",
                Words(
                    "엑셀 통합 문서입니다. CSV로 저장한 파일을 올려 주세요.",
                    "This is a workbook. Save it as CSV and upload that file."))
        }
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        guard !body.contains(0) else { throw unreadable }
        if let text = String(validating: body, as: UTF8.self) {
            guard !text.allSatisfy(\.isWhitespace) else {
                throw refusal("empty", Words("파일에 내용이 없습니다.", "The file is empty."))
            }
            return text
        }
        guard let text = String(data: Data(body), encoding: korean) else { throw unreadable }
        return text
    }

    private static var unreadable: Refusal {
        refusal(
            "encoding",
            Words("글자 부호를 읽을 수 없습니다. UTF-8이나 CP949(EUC-KR)로 저장해 주세요.", "Save the file as UTF-8 or CP949 (EUC-KR)."))
    }

    static func refusal(_ rule: String, _ words: Words) -> Refusal {
        Refusal(.invalid, "economy.\(rule)", of: "file", rule, words)
    }
}

/// Reads a file of separated values row by row (RFC 4180; commas, semicolons, tabs or bars), as many rows as there are.
struct SeparatedRows: Sequence {
    private let bytes: [UInt8]
    /// The separator that the first line has most of.
    let separator: UInt8

    init(_ text: String) {
        bytes = Array(text.utf8)
        let first = bytes.prefix { $0 != 10 && $0 != 13 }
        separator =
            [44, 59, 9, 124].max { one, other in
                first.count { $0 == one } < first.count { $0 == other }
            } ?? 44
    }

    func makeIterator() -> Iterator { Iterator(bytes: bytes, separator: separator) }

    /// One row after the other, with the line on which it begins.
    struct Iterator: IteratorProtocol {
        let bytes: [UInt8]
        let separator: UInt8
        private var at = 0
        private var line = 1

        init(bytes: [UInt8], separator: UInt8) { (self.bytes, self.separator) = (bytes, separator) }

        mutating func next() -> (line: Int, cells: [String])? {
            while at < bytes.count {
                let begins = line
                var (cells, cell): ([String], [UInt8]) = ([], [])
                var isQuoted = false
                row: while at < bytes.count {
                    let byte = bytes[at]
                    at += 1
                    switch byte {
                    case 34 where isQuoted && at < bytes.count && bytes[at] == 34:
                        cell.append(34)
                        at += 1
                    case 34: isQuoted.toggle()
                    case separator where !isQuoted:
                        cells.append(Self.trimmed(cell))
                        cell.removeAll(keepingCapacity: true)
                    case 10, 13:
                        if byte == 13, at < bytes.count, bytes[at] == 10 { at += 1 }
                        line += 1
                        if !isQuoted { break row }
                        cell.append(32)
                    default: cell.append(byte)
                    }
                }
                cells.append(Self.trimmed(cell))
                if cells.contains(where: { !$0.isEmpty }) { return (begins, cells) }
            }
            return nil
        }

        /// Without blanks at its ends, nor the quotation mark by which spreadsheets keep a code a text.
        private static func trimmed(_ cell: [UInt8]) -> String {
            var (from, to) = (0, cell.count)
            while from < to, cell[from] == 32 || cell[from] == 9 { from += 1 }
            while to > from, cell[to - 1] == 32 || cell[to - 1] == 9 { to -= 1 }
            if from < to, cell[from] == 39 { from += 1 }
            return String(decoding: cell[from..<to], as: UTF8.self)
        }
    }
}
