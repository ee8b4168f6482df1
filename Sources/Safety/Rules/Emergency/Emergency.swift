import Record

/// An emergency that was declared, or a drill of one.
struct Emergency: Sendable, Hashable {
    /// Its identifier: the stream `emergency/…`.
    let id: String
    let scope: Scope
    let firm: FirmID
    /// The site that musters.
    let site: ThingID
    /// The place that is evacuated.
    let thing: ThingID
    let scenario: String
    let isDrill: Bool
    let declared: Timestamp
    /// Who commands by now; nil where nobody does yet.
    let commander: PersonID?
    /// When all clear was given.
    let cleared: Timestamp?
    /// The news that were given out, in order.
    let news: [News]
    /// The drill's report was written.
    let isReported: Bool
    /// The event that declared it, which everything later answers.
    let event: Identifier?

    /// Something everyone must hear.
    struct News: Sendable, Hashable {
        let at: Timestamp
        let words: Words
    }

    /// Whether it goes on.
    var isRunning: Bool { cleared == nil }

    /// The places of its CAP messages: the alert, each news, and the cancellation once all clear was given.
    var messages: [CAPAlert.Place] {
        let moments = [declared] + news.map(\.at) + (cleared.map { [$0] } ?? [])
        return moments.indices.map { index in
            CAPAlert.Place(
                number: index + 1, sent: moments[index], isEnd: cleared != nil && index == moments.count - 1,
                earlier: Array(moments[..<index]))
        }
    }

    /// Whether marks made at a moment belong to it: from its beginning to its end, by the house's clock.
    func holds(_ moment: Timestamp) -> Bool { declared <= moment && cleared.map { moment <= $0 } ?? true }
}
