import Access
import District
import Record
import Store

/// What people call processes, proposals and texts where a form, or somebody who speaks, refers to one.
enum CommonsNames {
    static func processes(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        try ProcessTable.all(in: reader).filter { $0.stopped == nil }.map {
            Named($0.id, [$0.title.ko, $0.title.en], label: $0.title)
        }
    }

    /// Proposals of processes that are not long over, and amendments to them.
    static func proposals(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        try reader.query(
            """
            SELECT id, title FROM commons_texts WHERE state = 'shown' AND kind = 'proposal' AND title <> ''
            ORDER BY written DESC LIMIT \(Named.most)
            """
        ).map { Named(try $0.text("id"), [try $0.text("title")]) }
    }

    static func amendments(_ caller: Caller, _ reader: any Reader) throws -> [Named] {
        try reader.query(
            """
            SELECT a.id, a.title FROM commons_texts a JOIN commons_texts p ON p.id = a.proposal
            WHERE a.state = 'shown' AND a.kind = 'amendment' AND p.state = 'shown' AND a.title <> ''
            ORDER BY a.written DESC LIMIT \(Named.most)
            """
        ).map { Named(try $0.text("id"), [try $0.text("title")]) }
    }
}
