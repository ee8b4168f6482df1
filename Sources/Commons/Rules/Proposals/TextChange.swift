/// What an amendment changes: a text as words that stay, go and come.
struct TextChange: Sendable, Hashable {
    enum Kind: String, Sendable { case same, removed, added }

    struct Piece: Sendable, Hashable {
        let kind: Kind
        let text: String
    }

    /// As many words go and come at most: whoever changes more has written another text. What it costs to find the least change
    /// grows with the square of it, and anybody may ask.
    static let most = 400

    let pieces: [Piece]
    /// Whether too much changed to be told word by word: then the whole text goes, and another one comes.
    let isWhole: Bool

    /// The least change by words (Myers 1986, through the library's difference); spaces belong to the word before them.
    init(from old: String, to new: String) {
        let (before, after) = (Self.words(old), Self.words(new))
        // Numbers are compared sooner than words.
        var numbers: [Substring: Int] = [:]
        func numbered(_ words: [Substring]) -> [Int] {
            words.map { word in
                let number = numbers[word] ?? numbers.count
                numbers[word] = number
                return number
            }
        }
        let (one, other) = (numbered(before), numbered(after))
        guard Self.differ(one, other, byAtMost: Self.most) else {
            isWhole = true
            pieces = [Piece(kind: .removed, text: old), Piece(kind: .added, text: new)].filter { !$0.text.isEmpty }
            return
        }
        isWhole = false
        pieces = Self.pieces(before, after, other.difference(from: one))
    }

    private static func pieces(
        _ before: [Substring], _ after: [Substring], _ changes: CollectionDifference<Int>
    ) -> [Piece] {
        var (removed, added) = (Set<Int>(), Set<Int>())
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): added.insert(offset)
            }
        }
        var (pieces, one, other) = ([Piece](), 0, 0)
        func add(_ kind: Kind, _ word: Substring) {
            if let last = pieces.last, last.kind == kind {
                pieces[pieces.count - 1] = Piece(kind: kind, text: last.text + word)
            } else {
                pieces.append(Piece(kind: kind, text: String(word)))
            }
        }
        while one < before.count || other < after.count {
            if one < before.count, removed.contains(one) {
                add(.removed, before[one])
                one += 1
            } else if other < after.count, added.contains(other) {
                add(.added, after[other])
                other += 1
            } else {
                add(.same, after[other])
                one += 1
                other += 1
            }
        }
        return pieces
    }

    /// Whether so many removals and insertions at most lead from one to the other: the furthest places that each number of them
    /// reaches on each diagonal (Myers 1986), and no more of them than asked for.
    static func differ(_ one: [Int], _ other: [Int], byAtMost most: Int) -> Bool {
        guard abs(one.count - other.count) <= most else { return false }
        var reached = [Int](repeating: 0, count: 2 * most + 3)
        let middle = most + 1
        for edits in 0...most {
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let (below, above) = (reached[middle + diagonal - 1], reached[middle + diagonal + 1])
                var x = diagonal == -edits || (diagonal != edits && below < above) ? above : below + 1
                var y = x - diagonal
                while x < one.count, y < other.count, one[x] == other[y] {
                    x += 1
                    y += 1
                }
                if x >= one.count, y >= other.count { return true }
                reached[middle + diagonal] = x
            }
        }
        return false
    }

    /// The text before, or after, the change.
    func text(_ kind: Kind) -> String { pieces.filter { $0.kind == .same || $0.kind == kind }.map(\.text).joined() }

    /// How many words went and came.
    var size: Int { pieces.filter { $0.kind != .same }.reduce(0) { $0 + Self.words($1.text).count } }

    private static func words(_ text: String) -> [Substring] {
        var (words, start, place) = ([Substring](), text.startIndex, text.startIndex)
        var isSpace = false
        while place < text.endIndex {
            let space = text[place].isWhitespace
            if isSpace, !space {
                words.append(text[start..<place])
                start = place
            }
            isSpace = space
            place = text.index(after: place)
        }
        if start < text.endIndex { words.append(text[start...]) }
        return words
    }
}
