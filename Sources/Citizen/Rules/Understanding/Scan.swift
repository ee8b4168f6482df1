/// What of an utterance is known: stems, also inside words and with a letter wrong, and what stays unexplained.
struct Scan: Sendable {
    /// A known stem.
    struct Hit: Sendable {
        let feature: Int
        let letters: Range<Int>
        /// 1 where it was said exactly so.
        let quality: Double
    }
    /// The known stems that carry a subject, none within another.
    let hits: [Hit]
    /// The best quality of each feature that was heard.
    let heard: [Int: Double]
    /// How many words stay unexplained; a word half explained counts half.
    let unknown: Double
    /// How many of them name a place, or stand before one that does.
    let places: Double
    /// The words by letter, for spans.
    let words: [Range<Int>]
    /// The words' stems.
    let stems: [[UInt8]]

    init(_ said: Normalised, index: BookIndex, lexicon: Lexicon) {
        let sound = Sound(said)
        var found: [Hit] = []
        // Words by their stems, then stems anywhere: recognisers lose spaces.
        var stems: [[UInt8]] = []
        for word in said.words {
            let codes = Array(sound.codes(Self.wishing(word, said)))
            stems.append(lexicon.stemmer.stem(codes))
            guard !Self.isNumber(said.letters[word], lexicon) else { continue }
            let stems = [lexicon.stemmer.stem(codes)] + lexicon.stemmer.others(codes)
            for (number, stem) in stems.enumerated() {
                guard let feature = index.features[stem] else { continue }
                found.append(Hit(feature: feature, letters: word, quality: number == 0 ? 1 : 0.9))
                break
            }
        }
        let whole = Set(found.map(\.letters))
        for start in 0..<sound.count {
            // A Latin letter is a sign, a Korean one a syllable: `traffic light` is as long as four.
            let longest = min(sound.count, start + (sound.first(start) < 60 ? 9 : 18))
            for end in start + 2..<max(start + 2, longest + 1) where !whole.contains(start..<end) {
                guard sound.mayStand(start..<end), !Self.isWish(end, said) else { continue }
                if let feature = Self.feature(sound, start, end, index) {
                    found.append(
                        Hit(
                            feature: feature, letters: start..<end,
                            quality: sound.begins(start) ? 0.98 : sound.begins(end) ? 0.92 : 0.9))
                }
            }
        }
        var hits = Self.outermost(found)
        hits += Self.misheard(sound, hits: hits, index: index)
        hits += Self.rests(said, sound, hits, index: index, lexicon: lexicon)
        var covered = [Bool](repeating: false, count: sound.count)
        for hit in hits { for letter in hit.letters { covered[letter] = true } }
        for word in said.words where Self.isNumber(said.letters[word], lexicon) {
            for letter in word { covered[letter] = true }
        }
        let open = said.words.map { Self.unexplained($0, covered, said) }
        unknown = open.reduce(0, +)
        let isPlace = said.words.map { word in
            lexicon.places.contains {
                word.count > $0.count - 1 && said.letters[word].suffix($0.count).elementsEqual($0)
            }
        }
        places = open.indices.reduce(0) { sum, index in
            isPlace[index] || index + 1 < open.count && isPlace[index + 1] ? sum + open[index] : sum
        }
        self.hits = hits.filter { $0.feature >= 0 }.sorted { $0.letters.lowerBound < $1.letters.lowerBound }
        heard = self.hits.reduce(into: [:]) { $0[$1.feature] = max($0[$1.feature] ?? 0, $1.quality) }
        words = said.words
        self.stems = stems
    }

    /// Whether the letters before this one are a verb with 고, which 싶 follows: `사고 싶어` is no accident.
    private static func isWish(_ letter: Int, _ said: Normalised) -> Bool {
        letter > 0 && letter < said.letters.count && said.letters[letter - 1] == 0xACE0
            && said.letters[letter] == 0xC2F6
    }

    /// A word without the 고 that 싶 follows.
    private static func wishing(_ word: Range<Int>, _ said: Normalised) -> Range<Int> {
        word.count > 1 && isWish(word.upperBound, said) ? word.dropLast() : word
    }

    /// The feature of a stem that stands between two letters: as said, with its last vowel made even, or cut within
    /// the last syllable (`버릴` holds `버리`).
    private static func feature(_ sound: Sound, _ start: Int, _ end: Int, _ index: BookIndex) -> Int? {
        let codes = Array(sound.codes(start..<end))
        if let feature = index.features[codes] ?? index.features[Stemmer.even(codes)] { return feature }
        // Finals that endings begin with: ㄴ, ㄹ, ㅁ, ㅂ, ㅆ.
        guard sound.starts[end] - sound.starts[end - 1] == 3, let last = codes.last, [4, 9, 17, 18, 22].contains(last)
        else { return nil }
        let open = Array(codes.prefix(sound.starts[end - 1] - sound.starts[start] + 2))
        return index.features[open] ?? index.features[Stemmer.even(open)]
    }

    /// The hits that no longer one covers.
    private static func outermost(_ found: [Hit]) -> [Hit] {
        // Of two as long, the one that says something: `어떻게 됐` before `됐어요`.
        func rank(_ hit: Hit) -> (Int, Int, Double, Int) {
            (hit.letters.count, min(hit.feature, 0), hit.quality, -hit.letters.lowerBound)
        }
        let sorted = found.sorted { rank($0) > rank($1) }
        var kept: [Hit] = []
        for hit in sorted where !kept.contains(where: { $0.letters.overlaps(hit.letters) }) { kept.append(hit) }
        return kept
    }

    /// Stems with letters wrong, where nothing better was heard.
    private static func misheard(_ sound: Sound, hits: [Hit], index: BookIndex) -> [Hit] {
        var free = [Bool](repeating: true, count: sound.count)
        for hit in hits { for letter in hit.letters { free[letter] = false } }
        var found: [Hit] = []
        for start in 0..<sound.count where free[start] && sound.first(start) < 90 {
            var windows: [(ArraySlice<UInt8>, UInt64, Int)] = []
            for end in start + 1...min(sound.count, start + (sound.first(start) < 60 ? 6 : 12)) {
                guard free[end - 1] else { break }
                let codes = sound.codes(start..<end)
                guard codes.count >= 3, codes.first.map({ $0 < 60 }) == true || sound.begins(start) else { continue }
                windows.append((codes, codes.reduce(UInt64(0)) { $0 | 1 << UInt64($1 % 64) }, end))
            }
            for fuzzy in index.fuzzy {
                for (codes, mask, end) in windows where abs(codes.count - fuzzy.stem.count) * 2 <= fuzzy.cost {
                    // Another English word is likelier than its first letter misheard: `rent` is no `bent`.
                    guard fuzzy.stem[0] < 60 || codes.first == fuzzy.stem[0] || fuzzy.stem.count > 4 else { continue }
                    guard (fuzzy.mask & ~mask).nonzeroBitCount <= fuzzy.cost,
                        (mask & ~fuzzy.mask).nonzeroBitCount <= fuzzy.cost
                    else { continue }
                    let distance = Jamo.mishearing(codes, fuzzy.stem, limit: fuzzy.cost)
                    guard distance <= fuzzy.cost else { continue }
                    let quality = 0.9 - 0.08 * Double(distance) + 0.01 * Double(min(fuzzy.stem.count, 9) - 5)
                    found.append(Hit(feature: fuzzy.feature, letters: start..<end, quality: quality))
                }
            }
        }
        return outermost(found.sorted { $0.quality > $1.quality })
    }

    /// The rest of a word after what is known of it, where that is a concept of its own: `비` in `내일비`.
    private static func rests(
        _ said: Normalised, _ sound: Sound, _ hits: [Hit], index: BookIndex, lexicon: Lexicon
    ) -> [Hit] {
        said.words.compactMap { word in
            guard let last = hits.filter({ $0.letters.overlaps(word) }).map(\.letters.upperBound).max(),
                last > word.lowerBound, last < word.upperBound, word.upperBound - last <= 3
            else { return nil }
            let codes = Array(sound.codes(last..<word.upperBound))
            let stem = lexicon.stemmer.stem(codes)
            guard !lexicon.stemmer.isEnding(codes), lexicon.concepts[stem] != nil, let feature = index.features[stem],
                feature >= 0
            else { return nil }
            return Hit(feature: feature, letters: last..<word.upperBound, quality: 0.9)
        }
    }

    /// Whether a word is a number in words: `백사십삼`.
    private static func isNumber(_ letters: ArraySlice<UInt32>, _ lexicon: Lexicon) -> Bool {
        var rest = letters
        while let length = [2, 1].first(where: {
            rest.count >= $0 && lexicon.numerals.contains(Array(rest.prefix($0)))
        }) {
            rest = rest.dropFirst(length)
        }
        return rest.count < letters.count && (rest.isEmpty || lexicon.counters.contains(Array(rest)))
    }

    /// How much of a word nothing explains: not its ending, where its beginning is known, and not a number.
    private static func unexplained(_ word: Range<Int>, _ covered: [Bool], _ said: Normalised) -> Double {
        let open = word.filter { !covered[$0] && !(0x30...0x39).contains(said.letters[$0]) }
        guard !open.isEmpty else { return 0 }
        let beginsKnown = covered[word.lowerBound] || (0x30...0x39).contains(said.letters[word.lowerBound])
        let rest = beginsKnown ? max(0, open.count - 3) : open.count
        return min(1, Double(rest) / 2)
    }
}
