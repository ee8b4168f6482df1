/// What an amendment changes: a text as words that stay, go and come.
struct TextChange: Sendable, Hashable {
    enum Kind: String, Sendable { case same, removed, added }

    struct Piece: Sendable, Hashable {
        let kind: Kind
        let text: String
    }

    let pieces: [Piece]

    /// The least change by words (Myers 1986, through the library's difference); spaces belong to the word before them.
    init(from old: String, to new: String) {
        let (before, after) = (Self.words(old), Self.words(new))
        var (removed, added) = (Set<Int>(), Set<Int>())
        for change in after.difference(from: before) {
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
        self.pieces = pieces
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
