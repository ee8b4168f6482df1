import Record

/// Something that a reader found in what was said.
struct Finding: Sendable {
    /// Where it was said.
    let span: Range<Int>
    /// What it may mean, likeliest first; nothing where no such thing can be.
    let options: [Option]
    /// Why no such thing can be.
    let impossible: Words?
    /// How strongly it was said: 2 with what names its kind (`세 통`), 1 bare, as an answer (`셋`).
    let weight: Int

    /// A value and how it is read back.
    struct Option: Sendable, Hashable {
        let value: JSON
        let spoken: Words
    }

    init(_ span: Range<Int>, _ options: [Option], weight: Int = 2) {
        self.span = span
        self.options = options
        self.weight = weight
        impossible = nil
    }

    init(_ span: Range<Int>, impossible: Words, weight: Int = 2) {
        self.span = span
        self.impossible = impossible
        self.weight = weight
        options = []
    }

    init(_ span: Range<Int>, _ value: JSON, _ spoken: Words, weight: Int = 2) {
        self.init(span, [Option(value: value, spoken: spoken)], weight: weight)
    }
}

/// Decides between what was found.
enum Findings {
    /// As many options as are asked about.
    private static let most = 4
    /// What follows something that is taken back: `이십오일 말고`, `두 개가 아니라`.
    private static let refusals = Lexemes([
        "말고", "말구", "아니고", "아니구", "아니라", "아이고", "아이라", "아닌", "아니", "대신", "instead of",
    ])
    private static let particles = Lexemes(["이", "가", "은", "는", "를", "을", "로", "으로", "에", "짜리"])

    /// What the findings come to: those at the place where the sentence has its slot first, what was taken back last.
    static func heard(_ findings: [Finding], in script: Script, near: Range<Int>?) -> Heard {
        var findings = findings
        let kept = findings.filter { !isTakenBack(in: script, at: $0.span.upperBound) }
        if !kept.isEmpty { findings = kept }
        if let near {
            let close = findings.filter { $0.span.overlaps(near) }
            if !close.isEmpty { findings = close }
        }
        let possible = findings.filter { !$0.options.isEmpty }
        guard let weight = possible.map(\.weight).max() else {
            return findings.lazy.compactMap(\.impossible).first.map(Heard.impossible) ?? .nothing
        }
        // Said plainly, though no such thing can be: nothing weaker is taken in its place.
        if let broken = findings.first(where: { $0.impossible != nil && $0.weight > weight })?.impossible {
            return .impossible(broken)
        }
        var filled: [Filled] = []
        for finding in possible where finding.weight == weight {
            for option in finding.options where !filled.contains(where: { $0.value == option.value }) {
                filled.append(Self.filled(option, finding.span, script))
            }
        }
        return filled.count == 1 ? .value(filled[0]) : .unclear(Array(filled.prefix(most)))
    }

    /// A value with its evidence.
    static func filled(_ option: Finding.Option, _ span: Range<Int>, _ script: Script) -> Filled {
        Filled(value: option.value, spoken: option.spoken, span: span, evidence: script.said(span))
    }

    /// Whether what ends at a place is taken back by the words after it.
    static func isTakenBack(in script: Script, at index: Int) -> Bool { refusal(in: script, at: index) != nil }

    /// Where the words end that take back what ends at a place.
    static func refusal(in script: Script, at index: Int) -> Int? {
        let after = particles.end(in: script, at: index) ?? index
        for start in [after, index] {
            var at = script.skip(start)
            while [0x2C, 0x2E].contains(script.letter(at)) { at = script.skip(at + 1) }
            // `내일 아니면 모레` takes nothing back.
            if let end = refusals.end(in: script, at: at), script.letter(end) != 0xBA74 { return end }
        }
        return nil
    }
}
