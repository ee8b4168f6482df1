import District
import Record

/// A few words in an order, whatever stands between them: `<chest> <pain>`, `숨 못 쉬`.
///
/// A word matches wherever a syllable begins with it, also in the middle of a word, for recognisers lose spaces; one
/// that begins with `_` only at the beginning of a word. Where two are joined by `+`, at most one letter stands between.
struct Pattern: Sendable {
    /// One place in it: any of these.
    struct Place: Sendable {
        let words: [[UInt8]]
        let begins: Bool
        /// How many letters may stand before it.
        let gap: Int
    }
    let places: [Place]
    /// How many letters may stand between two places.
    static let gap = 7

    /// - Parameter groups: the words that a name in angle brackets stands for.
    init(_ text: String, groups: [String: [String]], file: String) throws(HandbookError) {
        var places: [Place] = []
        for (number, joined) in text.split(separator: " ").enumerated() {
            for (inner, part) in joined.split(separator: "+").enumerated() {
                let gap = number == 0 && inner == 0 ? 0 : inner > 0 ? 1 : Self.gap
                guard part.hasPrefix("<"), part.hasSuffix(">") else {
                    places.append(Place(words: [Jamo.codes(String(part))], begins: part.hasPrefix("_"), gap: gap))
                    continue
                }
                guard let words = groups[String(part.dropFirst().dropLast())] else {
                    throw HandbookError(file: file, place: text, rule: "no such group")
                }
                places.append(Place(words: words.map { Jamo.codes($0) }, begins: false, gap: gap))
            }
        }
        guard places.allSatisfy({ !$0.words.isEmpty && $0.words.allSatisfy { !$0.isEmpty } }), !places.isEmpty else {
            throw HandbookError(file: file, place: text, rule: "has an empty word")
        }
        self.places = places
    }

    /// Where it ends in what was said if it begins at a letter; nil where it does not.
    func end(in sound: Sound, from start: Int) -> Int? { match(0, from: start, in: sound) }

    private func match(_ place: Int, from letter: Int, in sound: Sound) -> Int? {
        let here = places[place]
        guard !here.begins || sound.begins(letter) else { return nil }
        for word in here.words {
            guard let end = sound.end(of: word, at: letter) else { continue }
            guard place + 1 < places.count else { return end }
            for next in end..<max(end, min(end + places[place + 1].gap + 1, sound.count)) {
                if let last = match(place + 1, from: next, in: sound) { return last }
            }
        }
        return nil
    }
}

/// Many patterns, of which only those are tried that may begin where one stands.
struct PatternSet: Sendable {
    private let byFirst: [UInt8: [Pattern]]

    init(_ patterns: [Pattern]) {
        var byFirst: [UInt8: [Pattern]] = [:]
        for pattern in patterns {
            for first in Set(pattern.places.first?.words.compactMap(\.first) ?? []) {
                byFirst[first, default: []].append(pattern)
            }
        }
        self.byFirst = byFirst
    }

    /// All places where one of them stands.
    func ranges(in sound: Sound) -> [Range<Int>] {
        (0..<sound.count).flatMap { start in
            (byFirst[sound.first(start)] ?? []).compactMap { $0.end(in: sound, from: start).map { start..<$0 } }
        }
    }

    /// Whether one of them begins at one of some letters.
    func begins(in sound: Sound, within letters: Range<Int>) -> Bool {
        letters.contains { start in
            byFirst[sound.first(start)]?.contains { $0.end(in: sound, from: start) != nil } ?? false
        }
    }

    /// Whether one of them stands anywhere.
    func stands(in sound: Sound) -> Bool {
        (0..<sound.count).contains { start in
            byFirst[sound.first(start)]?.contains { $0.end(in: sound, from: start) != nil } ?? false
        }
    }
}

/// What was said as a row of codes, with the letters they belong to.
struct Sound: Sendable {
    /// The codes.
    let codes: [UInt8]
    /// Where each letter's codes begin, and where the last one's end.
    let starts: [Int]
    /// The letters at which words begin.
    private let beginnings: Set<Int>

    /// How many letters there are.
    var count: Int { starts.count - 1 }

    init(_ said: Normalised) {
        var codes: [UInt8] = []
        var starts: [Int] = []
        codes.reserveCapacity(said.letters.count * 3)
        for letter in said.letters {
            starts.append(codes.count)
            codes += Jamo.codes(of: letter)
        }
        starts.append(codes.count)
        self.codes = codes
        self.starts = starts
        beginnings = Set(said.words.map(\.lowerBound))
    }

    /// Other codes for the same letters.
    init(codes: [UInt8], like sound: Sound) {
        self.codes = codes
        starts = sound.starts
        beginnings = sound.beginnings
    }

    /// Whether a stem may stand here: Korean anywhere, for recognisers lose its spaces; English only as whole words.
    func mayStand(_ letters: Range<Int>) -> Bool {
        guard let first = codes(letters).first, (60...89).contains(first) else { return true }
        return begins(letters.lowerBound) && (letters.upperBound == count || begins(letters.upperBound))
    }

    /// Whether a word begins at this letter.
    func begins(_ letter: Int) -> Bool { beginnings.contains(letter) || letter == count }

    /// The first code of a letter.
    func first(_ letter: Int) -> UInt8 { codes[starts[letter]] }

    /// The codes of some letters.
    func codes(_ letters: Range<Int>) -> ArraySlice<UInt8> {
        codes[starts[letters.lowerBound]..<starts[letters.upperBound]]
    }

    /// The letter after a word that begins at a letter; it may end within a syllable (`아프` in `아픈`).
    func end(of word: [UInt8], at letter: Int) -> Int? {
        let start = starts[letter]
        guard start + word.count <= codes.count, codes[start..<start + word.count].elementsEqual(word) else {
            return nil
        }
        var end = letter + 1
        while starts[end] < start + word.count { end += 1 }
        return end
    }
}
