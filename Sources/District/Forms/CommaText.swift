import Record

/// A file of comma-separated values (RFC 4180), read from bytes as spreadsheets write them.
public struct CommaText: Sendable {
    /// The rows with the line each begins on, from 1; empty lines are left out.
    public private(set) var rows: [(line: Int, cells: [String])] = []

    /// The most rows taken.
    public static let most = 20_000

    /// The text of a file, its byte order mark taken off, and what could not be shown put as U+FFFD.
    /// - Throws: ``Refusal`` where it is no UTF-8: then Korean letters cannot be told.
    public static func text(_ bytes: [UInt8]) throws(Refusal) -> String {
        let body = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        if bytes.starts(with: [0x50, 0x4B, 3, 4]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw refusal(
                "workbook",
                Words(
                    "엑셀 통합 문서입니다. ‘다른 이름으로 저장’에서 ‘CSV UTF-8(쉼표로 분리)’을 골라 저장한 파일을 올려 주세요.",
                    "This is a workbook. Save it as “CSV UTF-8 (comma delimited)” and upload that file."))
        }
        guard let text = String(validating: body, as: UTF8.self), !bytes.contains(0) else {
            throw refusal(
                "encoding",
                Words(
                    "글자 부호가 UTF-8이 아닙니다(CP949·EUC-KR 등). 엑셀의 ‘CSV UTF-8(쉼표로 분리)’로 다시 저장해 주세요.",
                    "The file is not UTF-8 (it may be CP949 or EUC-KR). Save it as “CSV UTF-8 (comma delimited)”."))
        }
        guard !text.allSatisfy(\.isWhitespace) else {
            throw refusal("empty", Words("파일에 내용이 없습니다.", "The file is empty."))
        }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isShown($0) ? $0 : "\u{FFFD}" }))
    }

    /// Reads the rows; the separator is the one that the first line has most of.
    /// - Throws: ``Refusal`` where there are too many.
    public init(_ text: String) throws(Refusal) {
        let first = text.prefix { !$0.isNewline }
        let separator = [",", ";", "\t"].max { one, other in
            first.count { String($0) == one } < first.count { String($0) == other }
        }
        let mark = separator.flatMap(\.first) ?? ","
        var (cell, cells, isQuoted, line, begins) = ("", [String](), false, 1, 1)
        var hasJustClosed = false
        func trimmed(_ text: String) -> String {
            let kept = text.drop(while: \.isWhitespace)
            return String(kept.reversed().drop(while: \.isWhitespace).reversed())
        }
        for sign in text {
            if sign == "\"" {
                // A doubled quotation mark within quotes stands for one.
                if !isQuoted, hasJustClosed { cell.append(sign) }
                hasJustClosed = isQuoted
                isQuoted.toggle()
                continue
            } else if sign == mark, !isQuoted {
                cells.append(trimmed(cell))
                cell = ""
            } else if sign.isNewline, !isQuoted {
                cells.append(trimmed(cell))
                if cells.contains(where: { !$0.isEmpty }) { rows.append((begins, cells)) }
                (cell, cells) = ("", [])
                line += 1
                begins = line
            } else {
                if sign.isNewline { line += 1 }
                cell.append(sign)
            }
            hasJustClosed = false
            guard rows.count <= Self.most else {
                throw Self.refusal(
                    "rows",
                    Words("한 번에 \(Self.most)줄까지 올릴 수 있습니다.", "At most \(Self.most) rows are taken at once."))
            }
        }
        cells.append(trimmed(cell))
        if cells.contains(where: { !$0.isEmpty }) { rows.append((begins, cells)) }
    }

    /// A row as it is written out, every cell in quotes where it needs them. A cell that a spreadsheet would take for a
    /// formula is written as text.
    public static func row(_ cells: [String]) -> String {
        cells.map { cell in
            let plain = cell.first.map { "=+-@\t\r".contains($0) } == true ? "'" + cell : cell
            let needsQuotes = plain.contains { ",\"".contains($0) || $0.isNewline }
            return needsQuotes ? "\"" + plain.replacing("\"", with: "\"\"") + "\"" : plain
        }.joined(separator: ",") + "\r\n"
    }

    /// The byte order mark by which spreadsheets know UTF-8.
    public static let mark = "\u{FEFF}"

    private static func refusal(_ rule: String, _ words: Words) -> Refusal {
        Refusal(.invalid, "list.\(rule)", of: "file", rule, words)
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        if scalar == "\n" || scalar == "\r" || scalar == "\t" { return true }
        return switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator: false
        default: !(0x202A...0x202E).contains(scalar.value) && !(0x2066...0x2069).contains(scalar.value)
        }
    }
}
