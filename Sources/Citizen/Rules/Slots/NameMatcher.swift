import District

/// Finds names in what was said by their sound: exactly, or, where a name is expected, nearly.
enum NameMatcher {
    /// A name that was found.
    struct Hit {
        /// Which of the named.
        let index: Int
        /// Where it was said.
        let span: Range<Int>
        /// Whether it was said just so.
        let isExact: Bool
    }

    /// The sounds of what was said, without spaces, and the letter each belongs to.
    private struct Sound {
        var codes: [UInt8] = []
        var letters: [Int] = []
        /// For each sound whether a word begins with it.
        var begins: [Bool] = []

        init(_ script: Script) {
            for index in 0..<script.count {
                let isStart = script.startsWord(index)
                for (place, code) in Jamo.codes(of: script.letters[index]).enumerated() {
                    codes.append(code)
                    letters.append(index)
                    begins.append(isStart && place == 0)
                }
            }
        }
    }

    /// The names that were said: the exact ones, the longest first; else the nearest, those equally near together.
    static func find(_ names: [Named], in script: Script, isFuzzy: Bool) -> [Hit] {
        let sound = Sound(script)
        var exact: [(hit: Hit, length: Int)] = []
        var coded: [(index: Int, codes: [UInt8])] = []
        for (index, named) in names.enumerated() {
            for name in named.names {
                let codes = Jamo.codes(name.lowercased())
                guard !codes.isEmpty else { continue }
                coded.append((index, codes))
                for start in sound.begins.indices where sound.begins[start] && sound.codes[start] == codes[0] {
                    guard start + codes.count <= sound.codes.count,
                        sound.codes[start..<start + codes.count].elementsEqual(codes),
                        ends(sound, start + codes.count, script)
                    else { continue }
                    let span = sound.letters[start]..<sound.letters[start + codes.count - 1] + 1
                    exact.append((Hit(index: index, span: span, isExact: true), codes.count))
                }
            }
        }
        if !exact.isEmpty { return longest(exact) }
        return isFuzzy ? nearest(coded, sound) : []
    }

    /// Whether the sounds before a place close a syllable: `약` is not in `약국` by half.
    private static func ends(_ sound: Sound, _ index: Int, _ script: Script) -> Bool {
        guard index < sound.codes.count else { return true }
        guard sound.letters[index] != sound.letters[index - 1] else { return false }
        // A number goes on: `3호기` is not in `3호기10`, `밸브 1` not in `밸브 12`.
        let (last, next) = (script.letters[sound.letters[index - 1]], script.letters[sound.letters[index]])
        return !(Script.isDigit(last) && Script.isDigit(next) && sound.letters[index] == sound.letters[index - 1] + 1)
    }

    /// What is not part of a longer name that was also said.
    private static func longest(_ exact: [(hit: Hit, length: Int)]) -> [Hit] {
        var kept: [(hit: Hit, length: Int)] = []
        for one in exact.sorted(by: { $0.length > $1.length }) {
            guard
                !kept.contains(where: {
                    $0.hit.span.overlaps(one.hit.span) && ($0.length > one.length || $0.hit.index == one.hit.index)
                })
            else { continue }
            kept.append(one)
        }
        return kept.map(\.hit).sorted { $0.span.lowerBound < $1.span.lowerBound }
    }

    /// The names whose sound is nearest to some words of what was said; at most one letter in four may differ.
    private static func nearest(_ names: [(index: Int, codes: [UInt8])], _ sound: Sound) -> [Hit] {
        let starts = sound.begins.indices.filter { sound.begins[$0] }
        var best: [(hit: Hit, share: Double)] = []
        var bound = 0.25
        let said = Self.mask(sound.codes[...])
        for (index, codes) in names where codes.count >= 4 {
            let limit = Int(Double(codes.count) * min(bound + 0.05, 0.25))
            guard limit > 0 else { continue }
            let mask = Self.mask(codes[...])
            // Letters that were said nowhere must all be put in.
            guard (mask & ~said).nonzeroBitCount <= limit else { continue }
            for start in starts {
                for length in max(1, codes.count - limit)...codes.count + limit
                where start + length <= sound.codes.count {
                    let window = sound.codes[start..<start + length]
                    guard
                        window.count == sound.codes.count - start
                            || sound.letters[start + length] != sound.letters[start + length - 1],
                        (mask & ~Self.mask(window)).nonzeroBitCount <= limit
                    else { continue }
                    let distance = Jamo.distance(window, codes[...], limit: limit)
                    guard distance <= limit else { continue }
                    let share = Double(distance) / Double(codes.count)
                    bound = min(bound, share)
                    let span = sound.letters[start]..<sound.letters[start + length - 1] + 1
                    best.append((Hit(index: index, span: span, isExact: false), share))
                }
            }
        }
        var hits: [Hit] = []
        for (hit, share) in best.sorted(by: { $0.share < $1.share }) where share <= bound + 0.05 {
            if !hits.contains(where: { $0.index == hit.index }) { hits.append(hit) }
        }
        return hits
    }

    private static func mask(_ codes: ArraySlice<UInt8>) -> UInt64 {
        codes.reduce(0) { $0 | 1 << UInt64($1 & 63) }
    }
}
