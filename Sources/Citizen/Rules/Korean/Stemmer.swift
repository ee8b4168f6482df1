/// Takes endings and particles off a word, so that `켜 줘`, `켜 주세요` and `켜 달라고` are one request.
///
/// It is no analysis: what matters is only that all forms of a word come out alike. A word of the lexicon stops the
/// stripping (`소음` is no `소` with a nominal ending).
struct Stemmer: Sendable {
    /// Endings and particles as codes, by their last code, longest first.
    private let endings: [UInt8: [[UInt8]]]
    /// What is taken off only where two syllables stay: single consonants, `음`, `기`.
    private let shy: Set<[UInt8]>
    /// Words that stay whole.
    private let whole: Set<[UInt8]>

    /// - Parameters:
    ///   - endings: endings and particles; a leading consonant joins the syllable before (`ㄹ까요`).
    ///   - shy: endings that are taken off only where two syllables stay.
    ///   - whole: words that stay whole.
    init(endings: [String], shy: [String], whole: [String]) {
        var byLast: [UInt8: [[UInt8]]] = [:]
        for codes in Set((endings + shy).map(Jamo.codes)) {
            if let last = codes.last { byLast[last, default: []].append(codes) }
        }
        self.endings = byLast.mapValues { list in
            list.sorted { $0.count != $1.count ? $0.count > $1.count : $0.lexicographicallyPrecedes($1) }
        }
        self.shy = Set(shy.map(Jamo.codes))
        self.whole = Set(whole.map(Jamo.codes))
    }

    /// The stem of a word, its last vowel made even.
    func stem(_ word: [UInt8]) -> [UInt8] {
        guard let last = word.last, !(60...99).contains(last) else { return English.stem(word) }
        var stem = word
        for _ in 0..<6 {
            if whole.contains(stem) { return Self.even(stem) }
            guard let shorter = stripped(stem) else { break }
            stem = shorter
        }
        return Self.even(stem)
    }

    /// Other stems a word may have: of irregular verbs (`불러` → `부르`, `추워` → `춥`), and of one syllable (`켤` → `켜`).
    func others(_ word: [UInt8]) -> [[UInt8]] {
        guard let last = word.last, !(60...99).contains(last) else { return [] }
        let stem = stem(word)
        var others: [[UInt8]] = []
        // 르: ㄹㄹㅓ, ㄹㄹㅏ → ㄹㅡ
        if stem.count > 4, stem.suffix(3).dropLast() == [9, 9], [35, 31, 49].contains(stem[stem.count - 1]) {
            others.append(Array(stem.dropLast(2)) + [49])
        }
        // ㅂ: 우 (from 워), 와 → ㅂ
        if stem.count > 3, stem[stem.count - 2] == 23, [44, 39].contains(stem[stem.count - 1]) {
            others.append(Array(stem.dropLast(2)) + [18])
        }
        // ㄷ: 들 → 듣
        if stem.count >= 3, stem.last == 9 { others.append(Array(stem.dropLast()) + [7]) }
        if stem.filter(Jamo.isVowel).count == 1, stem.count == 3, [9, 4].contains(stem[2]) {
            others.append(Self.even(Array(stem.dropLast())))
        }
        return others
    }

    /// Whether these codes are nothing but an ending: `습니까`.
    func isEnding(_ codes: [UInt8]) -> Bool { codes.last.flatMap { endings[$0] }?.contains(codes) ?? false }

    /// The final ㅆ.
    private static let past: UInt8 = 22

    private func stripped(_ word: [UInt8]) -> [UInt8]? {
        guard let last = word.last else { return nil }
        for ending in endings[last] ?? [] where word.count > ending.count && word.ends(with: ending) {
            let rest = word.dropLast(ending.count)
            guard let first = ending.first, let end = rest.last else { continue }
            let vowels = rest.count(where: Jamo.isVowel)
            // What follows a past tense (ㅆ) is an ending, however short the word: `났어`, `갔다`.
            let least = shy.contains(ending) && end != Self.past ? 2 : 1
            guard vowels >= least, rest.count >= 2 else { continue }
            // A leading consonant that closes a syllable needs an open one before it.
            if ending.count == 1 || !Jamo.isVowel(ending[1]) {
                guard Jamo.isVowel(end) || first == 22 else { continue }
            }
            return Array(rest)
        }
        return nil
    }

    /// The last vowel as in the stem: `버려` → `버리`, `봐` → `보`, `해` → `하`, `꺼` → `끄`.
    static func even(_ stem: [UInt8]) -> [UInt8] {
        guard let last = stem.last, let vowel = tails[last] else { return stem }
        // A syllable alone keeps its vowel, but for `해`: `새` is no `사`.
        if stem.count == 2, last == 32, stem[0] != 30 { return stem }
        return stem.dropLast() + [vowel]
    }

    /// ㅕ → ㅣ, ㅘ → ㅗ, ㅝ → ㅜ, ㅐ → ㅏ, ㅓ → ㅡ.
    private static let tails: [UInt8: UInt8] = [37: 51, 40: 39, 45: 44, 32: 31, 35: 49]
}

extension Array where Element == UInt8 {
    /// Whether these codes end so.
    func ends(with tail: [UInt8]) -> Bool { count >= tail.count && suffix(tail.count).elementsEqual(tail) }
}

/// Just enough English: what differs between two ways of asking for the same thing.
enum English {
    /// The stem of a word in codes: `lights`, `lighting` and `lighted` are `light`.
    static func stem(_ word: [UInt8]) -> [UInt8] {
        guard word.count > 3 else { return word }
        for tail in ["ing", "ed", "es", "s"].map(Jamo.codes) where word.ends(with: tail) && word.count - tail.count >= 3
        {
            if tail.count == 1, word[word.count - 2] == word.last { break }
            var rest = Array(word.dropLast(tail.count))
            if rest.count > 3, rest[rest.count - 1] == rest[rest.count - 2] {
                rest.removeLast()
            } else if tail.count > 1, lostItsE(rest) {
                rest.append(letterE)
            }
            return silent(rest)
        }
        return silent(word)
    }

    /// The codes of `e`, of the vowels, and of what doubles no letter before an ending.
    private static let letterE: UInt8 = 64
    private static let vowels = Set(Jamo.codes("aeiou"))
    private static let single = Set(Jamo.codes("swxyz"))

    /// Whether three letters are what an ending left of four: `mov` of `moved`, but not `fix` of `fixed`.
    private static func lostItsE(_ rest: [UInt8]) -> Bool {
        rest.count == 3 && !vowels.contains(rest[0]) && vowels.contains(rest[1]) && !vowels.contains(rest[2])
            && !single.contains(rest[2])
    }

    /// Without a silent e: `damage`, `damaged`. Four letters keep theirs: `care` is no `car`.
    private static func silent(_ word: [UInt8]) -> [UInt8] {
        word.count > 4 && word.last == letterE ? word.dropLast() : word
    }
}
