import District
import Record
import Synchronization

/// The private conversations of this machine, by the hash of the code that opens each. In memory alone.
final class PrivateLines: Sendable {
    /// After so much silence one is over, in seconds.
    static let silence = 900.0
    /// So many there may be at once.
    static let most = 5000

    private let lines = Mutex([String: PrivateLine]())
    private let busy = Mutex(Set<String>())

    /// Opens one.
    /// - Throws: ``Refusal`` where there are too many.
    func open(_ line: PrivateLine, code: String) throws(Refusal) {
        let isOpen = lines.withLock { lines in
            if lines.count >= Self.most {
                lines = lines.filter { line.last.seconds(since: $0.value.last) < Self.silence }
            }
            guard lines.count < Self.most else { return false }
            lines[DialogueTable.hash(code)] = line
            return true
        }
        guard isOpen else { throw TurnThrottle.refusal }
    }

    /// What a turn of one comes to.
    enum Turn {
        /// It is this one's turn now; ``put(_:code:)`` gives it back.
        case taken(PrivateLine)
        /// It was answered before.
        case answered(JSON)
        /// Another turn is being dealt with, or it does not follow the last.
        case refused(Refusal)
        /// The code opens no private conversation.
        case none
    }

    /// Takes one up for a turn.
    func take(_ code: String, _ number: Int64?, caller: String, at now: Timestamp) -> Turn {
        let key = DialogueTable.hash(code)
        guard let line = lines.withLock({ $0[key] }) else { return .none }
        guard line.caller == caller, now.seconds(since: line.last) < Self.silence else {
            _ = lines.withLock { $0.removeValue(forKey: key) }
            return .refused(Conversations.unknown)
        }
        let next = number ?? line.turn + 1
        if next == line.turn { return .answered(line.answer) }
        guard next == line.turn + 1 else { return .refused(Conversations.outOfOrder) }
        guard busy.withLock({ $0.insert(key).inserted }) else { return .refused(Conversations.busy) }
        return .taken(line)
    }

    /// Gives one back after its turn; nil where it is over.
    func put(_ line: PrivateLine?, code: String) {
        let key = DialogueTable.hash(code)
        lines.withLock { $0[key] = line }
        _ = busy.withLock { $0.remove(key) }
    }
}
