import Record

extension BookIndex {
    /// An intent with its best sentence.
    struct Scored: Sendable {
        let intent: Int
        let score: Double
        let sentence: Int?
    }

    /// What weighs a word that nobody knows, beside those that are known.
    private static let unknownWeight = 2.2
    /// What weighs it where the intent takes words that nobody can foresee.
    private static let slotWeight = 0.7
    /// The evidence that is enough: about two words that few intents know.
    private static let enough = 6.0

    /// The intents that what was heard may mean, best first.
    func score(_ scan: Scan, _ language: Language, isAllowed: (Intent) -> Bool) -> [Scored] {
        let total = scan.heard.reduce(0) { $0 + weights[$1.key] }
        var best: [Int: (coverage: Double, sentence: Int)] = [:]
        var seen: Set<Int> = []
        for feature in scan.heard.keys {
            for number in postings[feature] where seen.insert(number).inserted {
                let sentence = sentences[number]
                var hit = 0.0
                var all = 0.0
                for feature in sentence.features {
                    all += weights[feature]
                    hit += weights[feature] * (scan.heard[feature] ?? 0)
                }
                let coverage = all > 0 ? hit / all : 0
                // Of two alike, the first in order: the answer is the same on every machine.
                if let before = best[sentence.intent], (before.coverage, -before.sentence) >= (coverage, -number) {
                    continue
                }
                best[sentence.intent] = (coverage, number)
            }
        }
        var scored: [Scored] = []
        for (number, bag) in bags.enumerated() {
            var known = 0.0
            for (feature, quality) in scan.heard {
                if let share = bag[feature] { known += weights[feature] * quality * share }
            }
            guard known > 0, isAllowed(intents[number]) else { continue }
            let unknown = scan.unknown * (takesWords[number] ? Self.slotWeight : Self.unknownWeight)
            let explained = known / (total + unknown)
            let coverage = best[number]?.coverage ?? 0
            let score =
                coverage > 0.97 && explained > 0.9
                ? 1 : 0.4 * explained + 0.3 * coverage + 0.3 * min(1, known / Self.enough)
            scored.append(Scored(intent: number, score: min(score, 1), sentence: best[number]?.sentence))
        }
        return Array(scored.sorted { ($0.score, $1.intent) > ($1.score, $0.intent) }.prefix(6))
    }

    /// Where the slots of an intent's best sentence, and its choices, stand in what was said.
    func spans(_ scored: Scored, scan: Scan, said: Normalised) -> [String: Range<Int>] {
        var spans: [String: Range<Int>] = [:]
        for hit in scan.hits {
            if let slot = choices[scored.intent][hit.feature], spans[slot] == nil {
                spans[slot] = said.raw(hit.letters)
            }
        }
        guard let sentence = scored.sentence.map({ sentences[$0] }) else { return spans }
        for (number, part) in sentence.parts.enumerated() {
            guard case .slot(let name) = part, spans[name] == nil else { continue }
            let before = sentence.parts[..<number].reversed().lazy.compactMap { anchor($0, scan) }.first
            let after = sentence.parts[(number + 1)...].lazy.compactMap { anchor($0, scan) }.first
            let start = before.map { wordEnd($0.upperBound, scan) } ?? 0
            let end = after.map { wordStart($0.lowerBound, scan) } ?? said.letters.count
            guard start < end else { continue }
            var range = start..<end
            if number + 1 < sentence.parts.count, case .word(_, let particle) = sentence.parts[number + 1] {
                let tail = particle.unicodeScalars.map(\.value)
                if !tail.isEmpty, range.count > tail.count, said.letters[range].suffix(tail.count).elementsEqual(tail) {
                    range = range.lowerBound..<range.upperBound - tail.count
                }
            }
            spans[name] = said.raw(range)
        }
        return spans
    }

    /// Where a word of a sentence was heard.
    private func anchor(_ part: Part, _ scan: Scan) -> Range<Int>? {
        guard case .word(let features, _) = part, !features.isEmpty else { return nil }
        return scan.hits.first { features.contains($0.feature) }?.letters
    }

    private func wordEnd(_ letter: Int, _ scan: Scan) -> Int {
        scan.words.first { $0.contains(letter - 1) }?.upperBound ?? letter
    }

    private func wordStart(_ letter: Int, _ scan: Scan) -> Int {
        scan.words.first { $0.contains(letter) }?.lowerBound ?? letter
    }
}
