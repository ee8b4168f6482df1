import Record

extension BookIndex {
    /// An intent with its best sentence.
    struct Scored: Sendable {
        let intent: Int
        let score: Double
        let sentence: Int?
        /// Where its slots stand in letters, where what was said has the sentence's shape.
        var slots: [String: Range<Int>] = [:]
    }

    /// What weighs a word that nobody knows, beside those that are known.
    private static let unknownWeight = 2.2
    /// What weighs it where the intent takes words that nobody can foresee.
    private static let slotWeight = 0.7
    /// The evidence that is enough: about two words that few intents know.
    private static let enough = 6.0

    /// What a choice weighs in a sentence.
    private static let choiceWeight = 2.0
    /// Below it a word is only one of several that name a choice.
    private static let part = 0.5
    /// The least that must be said of the subject itself.
    private static let least = 1.5

    /// What a shape without a word of the subject is worth: it is asked about, never taken at its word.
    private static let shape = 0.5
    /// What a shape with a word of the subject is worth.
    private static let fullShape = 0.62
    /// What each word and particle more in its place adds: `…에서 …로 … 보내` is no accident.
    private static let moreShape = 0.1
    /// So many words and particles in their places are a shape.
    private static let shapely = 2

    /// The sentences, all of whose words were heard, whose shape the utterance has: by intent, with the worth of it.
    private func shapes(_ scan: Scan, _ said: Normalised) -> [Int: (fit: Shape.Fit, sentence: Int, worth: Double)] {
        var best: [Int: (fit: Shape.Fit, sentence: Int, worth: Double)] = [:]
        var seen: Set<Int> = []
        for number in bare + scan.heard.keys.sorted().flatMap({ postings[$0] }) where seen.insert(number).inserted {
            let sentence = sentences[number]
            guard sentence.features.allSatisfy({ scan.heard[$0] != nil }),
                let fit = Shape(sentence, said: said, scan: scan, idle: idle).fit, fit.found >= Self.shapely
            else { continue }
            let isNamed = sentence.features.contains { !isLight[$0] }
            if isNamed, fit.found <= Self.shapely { continue }
            let more = Self.moreShape * Double(fit.found - Self.shapely)
            let worth = isNamed ? Self.fullShape : min(Self.shape + more, Self.fullShape)
            if let before = best[sentence.intent], (before.worth, before.fit.found) >= (worth, fit.found) { continue }
            best[sentence.intent] = (fit, number, worth)
        }
        return best
    }

    /// The intents that what was heard may mean, best first.
    func score(_ scan: Scan, _ said: Normalised) -> [Scored] {
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
                // A choice that the sentence asks for is a word of it, whichever is said.
                for slot in sentence.choices {
                    all += Self.choiceWeight
                    if scan.heard.keys.contains(where: { choices[sentence.intent][$0] == slot }) {
                        hit += Self.choiceWeight
                    }
                }
                let coverage = all > 0 ? hit / all : 0
                // Of two alike, the first in order: the answer is the same on every machine.
                if let before = best[sentence.intent], (before.coverage, -before.sentence) >= (coverage, -number) {
                    continue
                }
                best[sentence.intent] = (coverage, number)
            }
        }
        let shapes = shapes(scan, said)
        var scored: [Scored] = []
        for (number, bag) in bags.enumerated() {
            var known = 0.0
            var subject = 0.0
            var subjects = 0
            var clear = 0
            var chosen = 0
            for (feature, quality) in scan.heard {
                guard let share = bag[feature] else { continue }
                known += weights[feature] * quality * share
                if !isLight[feature] {
                    subject += weights[feature] * quality * share
                    subjects += 1
                    if quality >= 0.9 { clear += 1 }
                    if share < Self.part || share < 1 && choices[number][feature] != nil { chosen += 1 }
                }
            }
            guard known > 0 || shapes[number] != nil else { continue }
            let foreign = scan.heard.reduce(0) { sum, heard in
                bag[heard.key] == nil && !isLight[heard.key] && heard.value >= 0.9 ? sum + heard.value : sum
            }
            let strange = takesWords[number] ? scan.unknown - 0.8 * scan.places : scan.unknown
            let unknown = strange * (takesWords[number] ? Self.slotWeight : Self.unknownWeight)
            let explained = known > 0 ? known / (total + unknown) : 0
            let coverage = best[number]?.coverage ?? 0
            let isBare =
                best[number].map { sentences[$0.sentence].features.count + sentences[$0.sentence].choices.count } == 1
            var score = 0.4 * explained + 0.3 * coverage + 0.3 * min(1, known / Self.enough)
            // A sentence of one word that many share, or that is made of its slots, says nothing by itself.
            let isOpen =
                subjects == 0
                && best[number].map { best in
                    let sentence = sentences[best.sentence]
                    return sentence.features.count < 2 || sentence.parts.contains(where: \.isSlot)
                } == true
            if coverage > 0.97, explained > 0.9, !isOpen {
                score = 1
            } else if subject < Self.least {
                // Only words that many subjects share: nothing is meant by them yet.
                score *= 0.5
            } else if subjects == chosen, coverage < 0.9 {
                // Nothing but what could be chosen: somebody speaks of it, and asks for something else.
                score *= 0.65
            } else if subjects == 1, strange + foreign >= 0.5, coverage < 0.97 || isBare {
                // One word of the subject, and beside it something that nobody knows: hardly this.
                score *= 0.72
            }
            // Only a word misheard, and nothing beside it: somebody may have said another.
            if clear == 0, subjects == 1 { score *= scan.unknown > 0.2 ? 0.7 : 0.85 }
            if let shape = shapes[number] {
                scored.append(
                    Scored(
                        intent: number, score: min(max(score, shape.worth), 1), sentence: shape.sentence,
                        slots: shape.fit.slots))
            } else {
                scored.append(Scored(intent: number, score: min(score, 1), sentence: best[number]?.sentence))
            }
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
        for (slot, letters) in scored.slots { spans[slot] = said.raw(letters) }
        guard let sentence = scored.sentence.map({ sentences[$0] }) else { return spans }
        var guessed: [(slot: String, range: Range<Int>)] = []
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
            guessed.append((name, range))
        }
        // What is said once fills one slot: where several would take the same words, nobody knows which was meant.
        for (slot, range) in guessed where guessed.count(where: { $0.range.overlaps(range) }) == 1 {
            spans[slot] = said.raw(range)
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
