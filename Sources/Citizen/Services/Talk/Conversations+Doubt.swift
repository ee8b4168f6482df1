import District
import Record
import Store

extension Conversations {
    /// What somebody can do whose request may or may not have been taken: have it looked up by a word that is on a
    /// button, or look themself, under the number that the house gave it.
    func doubt(_ said: Said, _ kept: DialogueTable.Kept, in district: District) async throws -> Said {
        guard said.receipt?.state == "unconfirmed" else { return said }
        var shown = said
        let look = Self.look[kept.state.language]
        if !shown.choices.contains(look) { shown.choices.insert(look, at: 0) }
        let id = kept.id
        let number = try await district.store.read { reader -> String? in
            let sent = try district.log.events(withCorrelation: id, in: reader).last {
                $0.type == RequestEvents.submitted
            }
            return try sent.flatMap { try RequestTable.find(id: CityRequest.id($0.stream), in: reader) }?.number
        }
        if let number {
            let title = Words("문의할 때 쓰는 번호 \(number)", "Number to ask by: \(number)")[kept.state.language]
            shown.links.append(Said.Link(href: "/citizen/requests?number=\(number)", title: title))
        }
        return shown
    }

    /// The word that has it looked up.
    private static let look = Words("확인", "check")
}
