/// Takes personal data out of a text before it is logged, and leaves a mark that tells what stood there.
///
/// It errs on the side of masking: a number that looks like a person's is taken for one.
enum Masking {
    /// A part of a text that is personal.
    struct Mark: Sendable, Hashable {
        let span: Range<Int>
        let kind: Kind
    }

    /// What stood there.
    enum Kind: String, Sendable, CaseIterable {
        case resident = "주민등록번호"
        case phone = "전화번호"
        case card = "카드번호"
        case account = "계좌번호"
        case licence = "면허번호"
        case passport = "여권번호"
        case plate = "차량번호"
        case email = "이메일"
        case house = "상세주소"
        case name = "이름"
        case number = "번호"
    }

    /// The text without personal data.
    static func mask(_ text: String) -> String { masked(text, marks(in: Script(plain: text))) }

    /// The text without resident registration numbers, which are never read aloud.
    static func maskResident(_ text: String) -> String {
        masked(text, NumberMarks.find(in: Script(plain: text)).filter { $0.kind == .resident })
    }

    /// Everything personal in a text; where two kinds overlap, the one named first.
    static func marks(in script: Script) -> [Mark] {
        var kept: [Mark] = []
        let written = WrittenMarks.emails(in: script) + WrittenMarks.passports(in: script)
        let numbers = NumberMarks.find(in: script) + WrittenMarks.plates(in: script)
        for mark in written + numbers + PersonMarks.find(in: script) {
            guard !mark.span.isEmpty, !kept.contains(where: { $0.span.overlaps(mark.span) }) else { continue }
            kept.append(mark)
        }
        return kept
    }

    private static func masked(_ text: String, _ marks: [Mark]) -> String {
        guard !marks.isEmpty else { return text }
        var characters = Array(text)
        for mark in marks.sorted(by: { $0.span.lowerBound > $1.span.lowerBound }) {
            let span = mark.span.clamped(to: 0..<characters.count)
            let (length, particle) = particle(in: characters[span.upperBound...], after: mark.kind.rawValue)
            characters.replaceSubrange(
                span.lowerBound..<span.upperBound + length, with: "[\(mark.kind.rawValue)]\(particle)")
        }
        return String(characters)
    }

    private static let particles = [
        ("으로", "으로"), ("로", "으로"), ("을", "을"), ("를", "을"), ("은", "은"), ("는", "은"), ("과", "과"), ("와", "과"), ("이", "이"),
        ("가", "이"),
    ]

    /// The particle behind what is masked, as it fits the mark: `[전화번호]로`. Its old length, and the new one.
    private static func particle(in rest: ArraySlice<Character>, after word: String) -> (Int, String) {
        for (said, base) in particles where rest.starts(with: Array(said)) {
            guard let next = rest.dropFirst(said.count).first else {
                return (said.count, Particle.fitting(base, after: word))
            }
            if !next.isLetter, !next.isNumber { return (said.count, Particle.fitting(base, after: word)) }
        }
        return (0, "")
    }
}
