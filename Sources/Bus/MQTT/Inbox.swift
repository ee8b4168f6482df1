/// The one batch between the network thread, which collected it, and the consumer, who says when it is stored.
///
/// Pure: it decides, ``MQTTLane`` locks, waits and resumes. One batch at a time, because the library's acknowledgements
/// leave in the order of arrival: a second batch could not be acknowledged without the first.
struct Inbox: Sendable {
    /// A batch, numbered so that an old consumer cannot release a later one.
    struct Batch: Sendable, Equatable {
        let number: UInt64
        let messages: [BusMessage]
    }

    private enum Phase {
        case empty
        case offered(Batch)
        case taken(Batch)
        case released
    }

    private var phase = Phase.empty
    private var number: UInt64 = 0

    /// Takes in what was received.
    mutating func offer(_ messages: [BusMessage]) {
        number += 1
        phase = .offered(Batch(number: number, messages: messages))
    }

    /// The batch to work on: the one offered, or the one that an earlier consumer took and never released.
    mutating func take() -> Batch? {
        switch phase {
        case .offered(let batch), .taken(let batch):
            phase = .taken(batch)
            return batch
        case .empty, .released: return nil
        }
    }

    /// Notes that a batch is stored; whether it was still the one that counts.
    mutating func release(_ number: UInt64) -> Bool {
        guard case .taken(let batch) = phase, batch.number == number else { return false }
        phase = .released
        return true
    }

    /// Whether the batch offered last has been released; makes room for the next one if so.
    mutating func emptied() -> Bool {
        guard case .released = phase else { return false }
        phase = .empty
        return true
    }

    /// The messages received and not released.
    var held: [BusMessage] {
        switch phase {
        case .offered(let batch), .taken(let batch): batch.messages
        case .empty, .released: []
        }
    }
}
