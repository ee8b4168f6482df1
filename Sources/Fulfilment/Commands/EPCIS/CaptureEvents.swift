import Access
import District
import Record
import Store

/// Takes in what somebody sent. Each event goes onto the Record by itself; where one is wrong, the others stay or are
/// all left out, as whoever sent them asked for.
struct CaptureEvents: Sendable {
    /// What becomes of the others where one event is wrong.
    enum Behaviour: String, Sendable, Hashable {
        case rollback, proceed
    }

    /// What came of it.
    struct Outcome: Sendable, Hashable {
        /// The capture.
        let id: String
        /// The events that were taken, as they are kept.
        let events: [EPCISEvent]
        let faults: [EPCISFault]
    }

    let district: District

    /// Takes in a document.
    /// - Returns: the capture, also where nothing was taken.
    func take(
        _ document: EPCISDocument, _ behaviour: Behaviour, by caller: Caller, scope: Scope
    ) async throws -> Outcome {
        let clock = district.clock
        let author = caller.author
        return try await district.transact { transaction in
            let id = Identifier(at: clock()).description
            var (events, faults): ([EPCISEvent], [EPCISFault]) = ([], document.faults)
            var seen: Set<Key> = []
            for (number, reading) in document.events.enumerated() {
                guard case .success(var event) = reading else { continue }
                // Whoever names none gets the one that follows from what the event says (CBV 2.0, 8.9).
                let eventID = event.eventID ?? EPCISHash.id(of: event)
                event.set("eventID", .string(eventID))
                event.set("recordTime", nil)
                guard event.json.canonical.count <= Self.largest else {
                    faults.append(EPCISFault("", .limit, "\(Self.largest) bytes", event: number))
                    continue
                }
                guard eventID.utf8.count <= Self.longestID else {
                    faults.append(EPCISFault("eventID", .limit, "\(Self.longestID) bytes", event: number))
                    continue
                }
                guard seen.insert(Key(id: eventID, declared: event.declared)).inserted,
                    try !EPCISTable.isTaken(eventID, declared: event.declared, in: scope, transaction.writer)
                else {
                    faults.append(EPCISFault("eventID", .exists, eventID, event: number))
                    continue
                }
                events.append(event)
            }
            faults.sort { ($0.event ?? 0, $0.path) < ($1.event ?? 0, $1.path) }
            if behaviour == .rollback, !faults.isEmpty { events = [] }
            let stream = EPCISDesk.captureStream + id
            let end: [String: JSON] = [
                "behaviour": .string(behaviour.rawValue), "count": .number(Double(document.events.count)),
                "captured": .number(Double(events.count)),
                "errors": .array(faults.prefix(Self.mostErrors).map(\.json)),
            ]
            let drafts =
                events.map { event in
                    Draft(
                        EPCISTable.captured, stream: stream, scope: scope,
                        observed: event.eventTime.capped(at: clock()),
                        payload: ["capture": .string(id), "event": event.json])
                } + [Draft(EPCISDesk.ended, stream: stream, scope: scope, payload: end)]
            _ = try transaction.record(drafts, origin: Origin(author: author))
            return Outcome(id: id, events: events, faults: faults)
        }
    }

    /// What an event is known by: its error is declared by the same event once more.
    private struct Key: Hashable {
        let id: String
        let declared: Timestamp?
    }

    /// How many bytes an identifier has at most: an index holds it.
    private static let longestID = 512

    /// How many bytes one event has at most: an event of the Record holds it.
    private static let largest = 256 * 1024

    /// How many errors of one capture are kept.
    private static let mostErrors = 200
}

extension EPCISFault {
    /// As a capture keeps it.
    var json: JSON {
        var members: [String: JSON] = [
            "path": .string(path), "rule": .string(rule.rawValue), "ko": .string(words.ko), "en": .string(words.en),
        ]
        if let event { members["event"] = .number(Double(event)) }
        return .object(members)
    }
}

extension Timestamp {
    /// The earlier of two.
    fileprivate func capped(at other: Timestamp) -> Timestamp { min(self, other) }
}
