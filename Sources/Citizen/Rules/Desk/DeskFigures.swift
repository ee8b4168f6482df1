import District
import Record

/// What conversations came to: counts, never without the count they are of.
struct DeskFigures: Sendable, Hashable {
    /// How one conversation ended.
    struct End: Sendable, Hashable {
        let ended: Timestamp
        let outcome: String
        let intent: String?
        let turns: Int
        let channel: String
        let age: String?

        /// Whether the machine did what was asked for.
        var isComplete: Bool { outcome == "done" || outcome == "looked-up" }
    }

    /// So many of so many.
    struct Share: Sendable, Hashable {
        let count: Int64, total: Int64
    }

    let ends: [End]

    /// Conversations by the Korean week they ended in (Monday first), the latest first, and by how they ended.
    var weeks: [(monday: String, counts: [String: Int64], total: Int64)] {
        Dictionary(grouping: ends) { Self.monday($0.ended) }.sorted { $0.key > $1.key }.map { monday, ends in
            (monday, Dictionary(grouping: ends, by: \.outcome).mapValues { Int64($0.count) }, Int64(ends.count))
        }
    }

    /// Those in which the machine did what was asked for, of all that asked for something: whoever said nothing that
    /// could be done is counted too, for a machine that drives people away must not look good.
    var completion: Share { share(\.isComplete) }

    /// Those that a person took over.
    var handedOver: Share { share { $0.outcome == "handed-over" } }

    /// Turns of the completed ones: the middle one; nil where there is none.
    var medianTurns: Int? {
        let turns = ends.filter(\.isComplete).map(\.turns).sorted()
        return turns.isEmpty ? nil : turns[(turns.count - 1) / 2]
    }

    /// Those not completed, by a group of people or a channel; emergencies are no failure.
    func unfinished(by group: (End) -> String) -> [(group: String, share: Share)] {
        Dictionary(grouping: ends, by: group).sorted { $0.key < $1.key }.map { name, ends in
            (name, DeskFigures(ends: ends).share { !$0.isComplete && $0.outcome != "emergency" })
        }
    }

    private func share(_ isOne: (End) -> Bool) -> Share {
        Share(count: Int64(ends.count(where: isOne)), total: Int64(ends.count))
    }

    /// The Monday of a moment's Korean week: `2026-11-16`.
    static func monday(_ moment: Timestamp) -> String {
        let civil = moment.civil(offsetSeconds: 32_400)
        let back = Double((civil.weekday + 6) % 7) * -86_400
        return String(moment.advanced(bySeconds: back).civil(offsetSeconds: 32_400).text.prefix(10))
    }
}
