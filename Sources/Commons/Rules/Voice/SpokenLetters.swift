/// Letters as people say them, one after the other: `에이 비 씨 디`, `ABCD`, `alpha bravo`.
enum SpokenLetters {
    /// What was heard.
    enum Heard: Sendable, Hashable {
        case letters(String)
        /// A letter or digit that no code has.
        case never(String)
        /// Something that is no letter.
        case other
    }

    private static let korean: [(String, Character)] = [
        ("에이", "A"), ("비", "B"), ("삐", "B"), ("씨", "C"), ("시", "C"), ("디", "D"), ("띠", "D"), ("이", "E"), ("에프", "F"),
        ("지", "G"), ("쥐", "G"), ("에이치", "H"), ("에이취", "H"), ("에치", "H"), ("아이", "I"), ("제이", "J"), ("케이", "K"),
        ("엘", "L"), ("엠", "M"), ("엔", "N"), ("오", "O"), ("피", "P"), ("큐", "Q"), ("알", "R"), ("아르", "R"), ("에스", "S"),
        ("티", "T"), ("유", "U"), ("브이", "V"), ("부이", "V"), ("비이", "V"), ("더블유", "W"), ("더블류", "W"), ("따블유", "W"),
        ("엑스", "X"), ("와이", "Y"), ("제트", "Z"), ("젯", "Z"), ("제드", "Z"), ("지트", "Z"),
    ]
    private static let english: [(String, Character)] = [
        ("ay", "A"), ("bee", "B"), ("be", "B"), ("cee", "C"), ("see", "C"), ("sea", "C"), ("dee", "D"), ("ef", "F"),
        ("eff", "F"), ("gee", "G"), ("aitch", "H"), ("jay", "J"), ("kay", "K"), ("em", "M"), ("en", "N"), ("pee", "P"),
        ("pea", "P"), ("cue", "Q"), ("queue", "Q"), ("are", "R"), ("ess", "S"), ("tee", "T"), ("tea", "T"),
        ("you", "U"),
        ("vee", "V"), ("ex", "X"), ("why", "Y"), ("zee", "Z"), ("zed", "Z"), ("alpha", "A"), ("alfa", "A"),
        ("bravo", "B"), ("charlie", "C"), ("delta", "D"), ("echo", "E"), ("foxtrot", "F"), ("golf", "G"),
        ("hotel", "H"),
        ("india", "I"), ("juliet", "J"), ("juliett", "J"), ("kilo", "K"), ("lima", "L"), ("mike", "M"),
        ("november", "N"), ("oscar", "O"), ("papa", "P"), ("quebec", "Q"), ("romeo", "R"), ("sierra", "S"),
        ("tango", "T"), ("uniform", "U"), ("victor", "V"), ("whiskey", "W"), ("whisky", "W"), ("xray", "X"),
        ("yankee", "Y"), ("zulu", "Z"), ("w", "W"), ("doubleu", "W"), ("doubleyou", "W"),
    ]
    private static let byKorean = korean.map { (Array($0.0), $0.1) }.sorted { $0.0.count > $1.0.count }
    private static let byEnglish = Dictionary(english, uniquingKeysWith: { first, _ in first })
    /// What stands beside letters and says nothing.
    private static let beside: Set<String> = [
        "네", "예", "어", "음", "그", "다음", "다음은", "그리고", "하고", "그다음", "그다음은", "코드는", "입니다", "요", "이에요", "예요", "and", "then",
        "it", "is", "the", "code", "next", "um", "uh",
    ]

    /// The letters of what was said; a group said without spaces is taken apart by the longest names.
    static func hear(_ text: String) -> Heard {
        let plain = text.lowercased().replacing("double u", with: "w").replacing("double you", with: "w").replacing(
            "x-ray", with: "xray")
        var letters = ""
        for word in plain.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).map(String.init) {
            if beside.contains(word) { continue }
            guard let said = word.allSatisfy(\.isASCII) ? english(word) : korean(word) else { return .other }
            letters += said
        }
        guard !letters.isEmpty else { return .other }
        if let never = letters.first(where: { !BallotCode.alphabet.contains($0) }) { return .never(String(never)) }
        return .letters(letters)
    }

    private static func english(_ word: String) -> String? {
        if let letter = byEnglish[word] { return String(letter) }
        // Written letters, as a recogniser writes what was spelled or as it was typed.
        return word.uppercased()
    }

    private static func korean(_ word: String) -> String? {
        var rest = Array(word)[...]
        for tail in ["입니다", "이에요", "예요", "요"] where word.count > tail.count && word.hasSuffix(tail) {
            rest = rest.dropLast(tail.count)
            break
        }
        var letters = ""
        while let first = rest.first {
            if first.isASCII {
                letters += first.uppercased()
                rest = rest.dropFirst()
                continue
            }
            guard let (name, letter) = byKorean.first(where: { rest.starts(with: $0.0) }) else { return nil }
            letters.append(letter)
            rest = rest.dropFirst(name.count)
        }
        return letters
    }

    /// Letters in groups of four, one by one, as they are read back.
    static func read(_ letters: String) -> String {
        stride(from: 0, to: letters.count, by: 4).map { start in
            letters.dropFirst(start).prefix(4).map(String.init).joined(separator: " ")
        }.joined(separator: ", ")
    }
}
