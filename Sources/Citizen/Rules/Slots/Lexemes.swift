/// Words that mean something to a reader, found by their first letter; the longest that is written at a place counts.
struct Lexemes<Value: Sendable>: Sendable {
    private let byFirst: [UInt32: [(word: [UInt32], value: Value)]]

    /// - Parameter words: what is said, and what it means. A space in a word may be left out by who speaks.
    init(_ words: [(String, Value)]) {
        var byFirst: [UInt32: [(word: [UInt32], value: Value)]] = [:]
        for (text, value) in words {
            let word = Script.letters(text)
            guard let first = word.first else { continue }
            byFirst[first, default: []].append((word, value))
        }
        self.byFirst = byFirst.mapValues { $0.sorted { $0.word.count > $1.word.count } }
    }

    /// The longest word at a place, and where it ends.
    func longest(in script: Script, at index: Int) -> (value: Value, end: Int)? {
        guard index < script.count, let words = byFirst[script.letters[index]] else { return nil }
        var best: (value: Value, end: Int)?
        for (word, value) in words {
            guard let end = script.reads(word, at: index), end > best?.end ?? index else { continue }
            best = (value, end)
        }
        return best
    }
}

extension Lexemes where Value == Bool {
    /// Words that all mean the same.
    init(_ words: [String]) { self.init(words.map { ($0, true) }) }

    /// Where one of the words ends that is written at a place.
    func end(in script: Script, at index: Int) -> Int? { longest(in: script, at: index)?.end }
}
