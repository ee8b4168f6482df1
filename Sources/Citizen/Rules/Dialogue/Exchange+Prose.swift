import District
import Record

/// What is said where a text is being written: it sounds like much else, and is none of it.
extension Exchange {
    /// So well another wish must fit in the middle of prose.
    static let plainly = 0.95
    /// So many characters are more than a word that works everywhere.
    private static let word = 24

    /// Whether words of a text are awaited, as its title or as itself.
    func isProse(_ slot: Slot) -> Bool {
        Self.isText(slot.kind)
            && intent?.slots.contains { if case .text(let most) = $0.kind { most > 2000 } else { false } } == true
    }

    /// Whether a word that works everywhere only stands in such a text (`어르신이 할 수 있는 게 없어서`). Danger and the wish for
    /// a person are heard all the same.
    func isProse(_ always: Always, _ utterance: Utterance) -> Bool {
        guard d.phase == .filling, always != .emergency, always != .person, utterance.text.count > Self.word,
            let slot = intent?.slots.first(where: { $0.name == d.asking })
        else { return false }
        return isProse(slot)
    }
}
