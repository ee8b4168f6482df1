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
    /// The words by letter, for spans.
    let words: [Range<Int>]

    init(_ said: Normalised, index: BookIndex, lexicon: Lexicon) {
        let sound = Sound(said)
        var found: [Hit] = []
        // Words by their stems, then stems anywhere: recognisers lose spaces.
        for word in said.words {
            let codes = Array(sound.codes(word))
            let stems = [lexicon.stemmer.stem(codes)] + lexicon.stemmer.others(codes)
            for (number, stem) in stems.enumerated() {
                guard let feature = index.features[stem] else { continue }
                found.append(Hit(feature: feature, letters: word, quality: number == 0 ? 1 : 0.9))
                break
            }
        }
        let whole = Set(found.map(\.letters))
        for start in 0..<sound.count {
            for end in start + 2..<max(start + 2, min(sound.count, start + 9) + 1) where !whole.contains(start..<end) {
                if let feature = Self.feature(sound, start, end, index) {
                    found.append(
                        Hit(feature: feature, letters: start..<end, quality: sound.begins(start) ? 0.98 : 0.9))
                }
            }
        }
        var hits = Self.outermost(found)
        hits += Self.misheard(sound, hits: hits, index: index)
        var covered = [Bool](repeating: false, count: sound.count)
        for hit in hits { for letter in hit.letters { covered[letter] = true } }
        unknown = said.words.reduce(0) { $0 + Self.unexplained($1, covered, said) }
        self.hits = hits.filter { $0.feature >= 0 }.sorted { $0.letters.lowerBound < $1.letters.lowerBound }
        heard = self.hits.reduce(into: [:]) { $0[$1.feature] = max($0[$1.feature] ?? 0, $1.quality) }
        words = said.words
    }

    /// The feature of a stem that stands between two letters: as said, with its last vowel made even, or cut within
    /// the last syllable (`버릴` holds `버리`).
    private static func feature(_ sound: Sound, _ start: Int, _ end: Int, _ index: BookIndex) -> Int? {
        let codes = Array(sound.codes(start..<end))
        if let feature = index.features[codes] ?? index.features[Stemmer.even(codes)] { return feature }
        guard sound.starts[end] - sound.starts[end - 1] > 2 else { return nil }
        let open = Array(codes.prefix(sound.starts[end - 1] - sound.starts[start] + 2))
        return index.features[open] ?? index.features[Stemmer.even(open)]
    }

    /// The hits that no longer one covers.
    private static func outermost(_ found: [Hit]) -> [Hit] {
        let sorted = found.sorted {
            ($0.letters.count, $0.quality, -$0.letters.lowerBound) > (
                $1.letters.count, $1.quality, -$1.letters.lowerBound
            )
        }
        var kept: [Hit] = []
        for hit in sorted where !kept.contains(where: { $0.letters.overlaps(hit.letters) }) { kept.append(hit) }
        return kept
    }

    /// Stems with letters wrong, where nothing better was heard.
    private static func misheard(_ sound: Sound, hits: [Hit], index: BookIndex) -> [Hit] {
        var free = [Bool](repeating: true, count: sound.count)
        for hit in hits { for letter in hit.letters { free[letter] = false } }
        var found: [Hit] = []
        for start in 0..<sound.count where free[start] {
            var windows: [(ArraySlice<UInt8>, UInt64, Int)] = []
            for end in start + 1...min(sound.count, start + 7) {
                guard free[end - 1] else { break }
                let codes = sound.codes(start..<end)
                guard codes.count >= 4 else { continue }
                windows.append((codes, codes.reduce(UInt64(0)) { $0 | 1 << UInt64($1 % 64) }, end))
            }
            for fuzzy in index.fuzzy {
                for (codes, mask, end) in windows where abs(codes.count - fuzzy.stem.count) <= fuzzy.wrong {
                    guard (fuzzy.mask & ~mask).nonzeroBitCount <= fuzzy.wrong,
                        (mask & ~fuzzy.mask).nonzeroBitCount <= fuzzy.wrong
                    else { continue }
                    let distance = Jamo.distance(codes, fuzzy.stem[...], limit: fuzzy.wrong)
                    guard distance <= fuzzy.wrong else { continue }
                    let quality = 0.85 - 0.1 * Double(distance) + 0.01 * Double(min(fuzzy.stem.count, 9) - 5)
                    found.append(Hit(feature: fuzzy.feature, letters: start..<end, quality: quality))
                }
            }
        }
        return outermost(found.sorted { $0.quality > $1.quality })
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
