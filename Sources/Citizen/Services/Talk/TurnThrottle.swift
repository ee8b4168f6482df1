import District
import Record
import Synchronization

/// How many turns one address, one dialogue and the whole house may bring in a while. In memory alone: whoever speaks
/// without a name leaves no address behind.
final class TurnThrottle: Sendable {
    /// For so long something is remembered, in seconds.
    static let window = 60.0
    /// A hall with one address may hold many who speak; one dialogue is one mouth.
    static let perAddress = 600
    static let perDialogue = 60
    /// What a node takes of everybody who is not signed in: forty turns a second, about half of what it can understand.
    static let perHouse = 2400
    /// So many addresses and dialogues are remembered at once; whoever comes beyond them waits for the next window, so
    /// that invented addresses cannot fill the memory.
    static let remembered = 10_000

    private let seen = Mutex<(swept: Timestamp, counts: [String: Int])>((Timestamp(microseconds: 0), [:]))

    /// What is answered to a turn too many.
    static let refusal = Refusal(
        .tooOften, "turn.too-often",
        Words("잠시 뒤 다시 말씀해 주세요. 급하면 119에 전화하세요.", "Please wait a moment. If it is urgent, call 119."))

    /// How many turns what may still bring.
    struct Bound {
        let key: String
        let most: Int
    }

    /// The bounds of a turn.
    static func bounds(address: String, dialogue: String?, isKnown: Bool) -> [Bound] {
        var bounds = [Bound(key: "address \(address)", most: perAddress)]
        if let dialogue { bounds.append(Bound(key: "dialogue \(dialogue)", most: perDialogue)) }
        // People who have signed in are not shut out by a crowd that has not.
        if !isKnown { bounds.append(Bound(key: "house", most: perHouse)) }
        return bounds
    }

    /// Whether another turn may come in under each of these bounds; it counts only where it may.
    func admit(_ bounds: [Bound], at now: Timestamp) -> Bool {
        seen.withLock { seen in
            if now.seconds(since: seen.swept) >= Self.window || now < seen.swept { seen = (now, [:]) }
            let new = bounds.count { seen.counts[$0.key] == nil }
            guard new == 0 || seen.counts.count + new <= Self.remembered,
                bounds.allSatisfy({ (seen.counts[$0.key] ?? 0) < $0.most })
            else { return false }
            for bound in bounds { seen.counts[bound.key, default: 0] += 1 }
            return true
        }
    }
}
