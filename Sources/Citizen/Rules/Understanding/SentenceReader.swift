import Foundation

/// Takes the sentences of a book apart, and numbers the stems it meets.
struct SentenceReader {
    private let lexicon: Lexicon
    private var byKey: [[UInt8]: Int] = [:]
    private var byConcept: [String: Int] = [:]
    /// How many features there are.
    private(set) var count = 0

    init(lexicon: Lexicon) {
        self.lexicon = lexicon
    }

    /// The parts of a sentence with slots in braces.
    mutating func parts(_ sentence: String) -> [BookIndex.Part] {
        var parts: [BookIndex.Part] = []
        for (number, piece) in sentence.split(separator: "{", omittingEmptySubsequences: false).enumerated() {
            var rest = piece
            if number > 0, let end = piece.firstIndex(of: "}") {
                parts.append(.slot(String(piece[..<end])))
                rest = piece[piece.index(after: end)...]
            }
            // What adheres to a slot is its particle (`{thing}에서`), no word of its own.
            let adheres = number > 0 && rest.first.map { !$0.isWhitespace } == true
            if adheres {
                // Read by itself: `에` alone would be a filler.
                let particle = Normaliser.letters(String(rest.prefix { !$0.isWhitespace }))
                if !particle.isEmpty, particle.count <= 3 {
                    parts.append(.word([], Normaliser.text(particle)))
                    rest = rest.drop { !$0.isWhitespace }
                }
            }
            let said = lexicon.normaliser.read(Utterance(String(rest)))
            var index = 0
            while index < said.words.count {
                let word = said.word(index)
                let (found, length) = phrase(said, at: index) ?? (features(of: word), 1)
                parts.append(found.isEmpty ? .idle(lexicon.stemmer.stem(Jamo.codes(word))) : .word(found, ""))
                index += length
            }
        }
        return parts
    }

    /// A concept that is said in several words: `작업 전`.
    private mutating func phrase(_ said: Normalised, at index: Int) -> ([Int], Int)? {
        for length in [3, 2] where index + length <= said.words.count {
            let codes = (index..<index + length).flatMap { Jamo.codes(said.word($0)) }
            // It reaches into its last word: `보내` after `요양 보호사` is no ending of it.
            let shorter = (index..<index + length - 1).reduce(0) { $0 + Jamo.codes(said.word($1)).count }
            for key in [codes, Stemmer.even(codes), lexicon.stemmer.stem(codes)]
            where key.count > shorter && lexicon.concepts[key] != nil {
                return ([number(key)], length)
            }
        }
        return nil
    }

    /// The features of a word: its concept's or its stem's; none where it carries no subject.
    private mutating func features(of word: String) -> [Int] {
        let codes = Jamo.codes(word)
        let stem = lexicon.stemmer.stem(codes)
        // An open syllable alone (`시`, `사`) is too little, unless it is a concept's word (`비`).
        guard !lexicon.idle.contains(stem), stem.count > 2 || lexicon.concepts[stem] != nil else { return [] }
        // A word of several known ones (`쓰레기버리기`) is those.
        if lexicon.concepts[stem] == nil, let inner = within(codes) { return inner }
        let feature = number(stem)
        for other in lexicon.stemmer.others(codes) where byKey[other] == nil && lexicon.concepts[other] == nil {
            byKey[other] = feature
        }
        return [feature]
    }

    /// The known words that a Korean word is put together of; English ones are written apart (`missing` holds no `sing`).
    private mutating func within(_ codes: [UInt8]) -> [Int]? {
        guard codes.allSatisfy({ $0 < 60 }) else { return nil }
        var found: [Int] = []
        var start = 0
        var rest = 0
        while start < codes.count {
            var taken = 0
            for end in stride(from: codes.count, to: start + 3, by: -1) {
                let part = Stemmer.even(Array(codes[start..<end]))
                guard lexicon.concepts[part] != nil else { continue }
                found.append(number(part))
                taken = end - start
                break
            }
            rest += taken == 0 ? 1 : 0
            start += max(taken, 1)
        }
        return found.isEmpty || rest > 6 ? nil : found
    }

    private mutating func number(_ stem: [UInt8]) -> Int {
        if let concept = lexicon.concepts[stem] {
            if let known = byConcept[concept] { return known }
            byConcept[concept] = count
        } else {
            if let known = byKey[stem] { return known }
            byKey[stem] = count
        }
        count += 1
        return count - 1
    }

    /// All stems with their features: those met, their concepts' other words, and what carries no subject.
    func keys(idle: Set<[UInt8]>) -> [[UInt8]: Int] {
        var keys = byKey
        for (stem, concept) in lexicon.concepts {
            // A concept that no sentence knows is still a word one understands: it just leads nowhere.
            if let feature = byConcept[concept] { keys[stem] = feature }
        }
        for stem in idle { keys[stem] = BookIndex.idle }
        return keys
    }

    /// Whether each feature is of the words that many subjects share.
    func light() -> [Bool] {
        var light = [Bool](repeating: false, count: count)
        for stem in lexicon.light {
            if let concept = lexicon.concepts[stem], let feature = byConcept[concept] { light[feature] = true }
            if let feature = byKey[stem] { light[feature] = true }
        }
        return light
    }

    /// The stems long enough to be known with a letter wrong.
    func fuzzy(lexicon: Lexicon) -> [BookIndex.Fuzzy] {
        keys(idle: []).compactMap { stem, feature in
            guard stem.count >= 4 else { return nil }
            let mask = stem.reduce(UInt64(0)) { $0 | 1 << UInt64($1 % 64) }
            let isLatin = stem[0] >= 60
            let cost =
                isLatin ? (stem.count < 6 ? 2 : 4) : stem.count < 5 ? 1 : stem.count < 7 ? 2 : stem.count < 9 ? 3 : 4
            return BookIndex.Fuzzy(stem: stem, feature: feature, mask: mask, cost: cost)
        }.sorted { $0.stem.lexicographicallyPrecedes($1.stem) }
    }
}

extension Double {
    /// The natural logarithm.
    var logarithm: Double { log(self) }
}
