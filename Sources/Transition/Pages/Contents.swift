import District
import Record
import Web

/// The parts of a long page, as the partial `economy-contents` takes them.
enum Contents {
    /// - Parameter parts: the anchor of each part and the key of its words; nil where the page lacks it.
    static func json(_ parts: [(anchor: String, word: String)?], _ visit: Visit) -> JSON {
        .array(
            parts.compactMap { part in
                part.map { ["href": .string("#\($0.anchor)"), "label": .string(visit.word($0.word))] }
            })
    }
}
