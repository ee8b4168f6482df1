import Foundation

/// Text as a PDF takes it: how wide it is, where it breaks, which letters the reader's Korean font has.
public enum BriefText {
    /// How wide a text is: a Korean letter as wide as high, another half as wide.
    public static func width(_ text: some StringProtocol, _ size: Double) -> Double {
        text.reduce(0.0) { $0 + ($1.isASCII ? 0.5 : 1) } * size
    }

    /// The lines of a text. A line keeps the space at its end, so that the lines put together are the text again.
    public static func wrapped(_ text: String, _ size: Double, width: Double) -> [String] {
        var (lines, line) = ([String](), "")
        for word in words(text) {
            if self.width(line, size) + self.width(word.trimmingSuffix(" "), size) <= width {
                line += word
                continue
            }
            if !line.isEmpty { lines.append(line) }
            line = ""
            for letter in word {
                if !line.isEmpty, self.width(line, size) + self.width(String(letter), size) > width, letter != " " {
                    lines.append(line)
                    line = ""
                }
                line.append(letter)
            }
        }
        return lines + [line]
    }

    /// The words, each with the spaces after it.
    private static func words(_ text: String) -> [String] {
        var (words, word) = ([String](), "")
        for letter in text {
            if word.last == " ", letter != " " {
                words.append(word)
                word = ""
            }
            word.append(letter)
        }
        return word.isEmpty ? words : words + [word]
    }

    /// The same with letters that Korean fonts of readers lack (ö, ã, a long dash) put as those that they have.
    public static func folded(_ text: String) -> String {
        var out = String.UnicodeScalarView()
        for letter in text.decomposedStringWithCanonicalMapping.precomposedHangul.unicodeScalars {
            switch letter.value {
            case 0x0300...0x036F: continue
            case 0x2010...0x2015, 0x2212: out.append("-")
            case 0x20AC: out.append(contentsOf: "EUR ".unicodeScalars)
            case 0x00A0, 0x0009...0x000D: out.append(" ")
            default: out.append(letter)
            }
        }
        return String(out)
    }

    /// A text at a place.
    static func drawn(_ text: String, _ size: Double, x: Double, _ y: Double) -> String {
        "BT /F1 \(number(size)) Tf \(number(x)) \(number(y)) Td <\(utf16(text))> Tj ET\n"
    }

    private static func utf16(_ text: String) -> String {
        var hex = ""
        for unit in text.utf16 {
            let digits = String(unit, radix: 16, uppercase: true)
            hex += String(repeating: "0", count: 4 - digits.count) + digits
        }
        return hex
    }

    static func number(_ value: Double) -> String { "\((value * 100).rounded() / 100)" }
}

extension String {
    /// Korean syllables put together again out of their parts, where a decomposition took them apart.
    fileprivate var precomposedHangul: String {
        var out = String.UnicodeScalarView()
        var run = String.UnicodeScalarView()
        func end() {
            guard !run.isEmpty else { return }
            out.append(contentsOf: String(run).precomposedStringWithCanonicalMapping.unicodeScalars)
            run = String.UnicodeScalarView()
        }
        for letter in unicodeScalars {
            if (0x1100...0x11FF).contains(letter.value) {
                run.append(letter)
            } else {
                end()
                out.append(letter)
            }
        }
        end()
        return String(out)
    }

    fileprivate func trimmingSuffix(_ letter: Character) -> Substring {
        var part = self[...]
        while part.last == letter { part.removeLast() }
        return part
    }
}
