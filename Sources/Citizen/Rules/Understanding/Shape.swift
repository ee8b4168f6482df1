/// Whether an utterance has the shape of a sentence: its words in their order, its particles, and something said where
/// each slot stands. Sentences of few words of their own (`{thing}에 {name} 등록해 줘`) are known by nothing else.
struct Shape {
    private let sentence: BookIndex.Sentence
    private let said: Normalised
    private let scan: Scan
    private let idle: Set<[UInt8]>
    /// The sentence's last word that counts; what follows it only makes it polite.
    private let last: Int

    /// How a sentence fits.
    struct Fit {
        /// Where its slots stand, in letters.
        var slots: [String: Range<Int>] = [:]
        /// How many of its words and particles were found in their places.
        var found = 0
    }

    /// So many words at most are one slot.
    private static let longest = 8
    /// The syllables 로 and 으.
    private static let (ro, eu): (UInt32, UInt32) = (0xB85C, 0xC73C)

    init(_ sentence: BookIndex.Sentence, said: Normalised, scan: Scan, idle: Set<[UInt8]>) {
        self.sentence = sentence
        self.said = said
        self.scan = scan
        self.idle = idle
        last =
            sentence.parts.lastIndex {
                switch $0 {
                case .slot: true
                case .word(let features, let particle): !features.isEmpty || !particle.isEmpty
                case .idle: false
                }
            } ?? -1
    }

    /// How what was said fits; nil where it does not, or the sentence has no slot.
    var fit: Fit? {
        guard sentence.parts.contains(where: \.isSlot) else { return nil }
        var word = 0
        // Words without a subject may come before.
        while word < scan.words.count {
            if let fit = fits(0, from: word) { return fit }
            guard idle.contains(scan.stems[word]) else { return nil }
            word += 1
        }
        return nil
    }

    private func fits(_ part: Int, from word: Int) -> Fit? {
        guard part <= last else {
            return scan.words.indices[word...].allSatisfy { idle.contains(scan.stems[$0]) } ? Fit() : nil
        }
        guard word < scan.words.count else { return nil }
        switch sentence.parts[part] {
        case .slot(let name): return fits(slot: name, part, from: word)
        case .idle(let stem):
            guard scan.stems[word] == stem else { return nil }
            return counted(fits(part + 1, from: word + 1))
        case .word(let features, _):
            // A particle without its slot, and words that were not heard here, fit nothing.
            guard
                let hit = scan.hits.first(where: {
                    features.contains($0.feature) && $0.letters.overlaps(scan.words[word])
                })
            else { return nil }
            var next = word
            while next < scan.words.count, scan.words[next].lowerBound < hit.letters.upperBound { next += 1 }
            return counted(fits(part + 1, from: next))
        }
    }

    /// A slot takes as few words as fit, the last of them with the particle that follows it.
    private func fits(slot name: String, _ part: Int, from word: Int) -> Fit? {
        var particle: [UInt32] = []
        if part + 1 < sentence.parts.count, case .word(let features, let text) = sentence.parts[part + 1],
            features.isEmpty
        {
            particle = text.unicodeScalars.map(\.value)
        }
        for end in word..<min(scan.words.count, word + Self.longest) {
            var letters = scan.words[word].lowerBound..<scan.words[end].upperBound
            if !particle.isEmpty {
                guard scan.words[end].count > particle.count,
                    said.letters[letters].suffix(particle.count) == particle[...]
                else { continue }
                letters = letters.lowerBound..<letters.upperBound - particle.count
                // `로` is `으로` after a consonant: `가정집으로`.
                if particle.first == Self.ro, letters.count > 1, said.letters[letters.upperBound - 1] == Self.eu {
                    letters = letters.lowerBound..<letters.upperBound - 1
                }
            }
            guard !particle.isEmpty || end > word || !idle.contains(scan.stems[end]),
                var fit = fits(part + (particle.isEmpty ? 1 : 2), from: end + 1)
            else { continue }
            fit.slots[name] = letters
            if !particle.isEmpty { fit.found += 1 }
            return fit
        }
        return nil
    }

    private func counted(_ fit: Fit?) -> Fit? {
        fit.map { Fit(slots: $0.slots, found: $0.found + 1) }
    }
}

extension BookIndex.Part {
    /// Whether something is said here.
    var isSlot: Bool {
        if case .slot = self { return true }
        return false
    }
}
