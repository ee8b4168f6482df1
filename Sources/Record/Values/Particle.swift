/// Korean particles that have two forms, by how the word before them ends. Sentences with a name in them are written with
/// both, `을(를)`, and settled once the name is known.
public enum Particle {
    /// The pairs as sentences write them, with the form after a consonant and the one after a vowel.
    private static let pairs: [(written: String, closed: String, open: String)] = [
        ("을(를)", "을", "를"), ("를(을)", "을", "를"), ("이(가)", "이", "가"), ("은(는)", "은", "는"), ("는(은)", "은", "는"),
        ("와(과)", "과", "와"), ("과(와)", "과", "와"), ("(으)로", "으로", "로"),
    ]

    /// How a word ends, as it is said.
    private enum End { case open, closed, rieul }

    /// A sentence with the particle that each word takes. Where nobody can tell how a word is said, both forms stay.
    public static func settled(_ sentence: String) -> String {
        guard sentence.utf8.contains(0x28), pairs.contains(where: { sentence.contains($0.written) }) else {
            return sentence
        }
        var done = ""
        var rest = Substring(sentence)
        while let first = rest.first {
            if let pair = pairs.first(where: { rest.hasPrefix($0.written) }), let end = end(of: done) {
                // `ㄹ` alone takes `로` as a vowel does.
                let isOpen = end == .open || (end == .rieul && pair.open == "로")
                done += isOpen ? pair.open : pair.closed
                rest = rest.dropFirst(pair.written.count)
            } else {
                done.append(first)
                rest = rest.dropFirst()
            }
        }
        return done
    }

    /// How the last word of a text ends: what stands in brackets is not said, and quotes close nothing.
    private static func end(of text: String) -> End? {
        var text = Substring(text)
        while let last = text.last, "’”'\"」』》)".contains(last) {
            guard last == ")" else {
                text = text.dropLast()
                continue
            }
            guard let open = text.lastIndex(of: "(") else { return nil }
            text = text[..<open]
        }
        guard let last = text.last, let scalar = last.unicodeScalars.first else { return nil }
        switch scalar.value {
        // Syllables stand in the order of their finals, 28 to each; the eighth is `ㄹ` (Unicode 3.12).
        case 0xAC00...0xD7A3:
            switch (scalar.value - 0xAC00) % 28 {
            case 0: return .open
            case 8: return .rieul
            default: return .closed
            }
        // 영 일 이 삼 사 오 육 칠 팔 구; ten, hundred and thousand end as naught does.
        case 0x30...0x39:
            return [.closed, .rieul, .open, .closed, .open, .open, .closed, .rieul, .rieul, .open][
                Int(scalar.value - 0x30)]
        // Letters by their names: 엘 and 알 end with `ㄹ`, 엠 and 엔 with a consonant.
        case 0x41...0x5A: return "LR".contains(last) ? .rieul : "MN".contains(last) ? .closed : .open
        default: return last == "%" ? .open : nil
        }
    }
}
