import District
import Record
import Synchronization

/// How often an address may send unknown codes, and accounts that are not on the list; and how many ballots were refused, why. A
/// mistyped code is found by its check letter and does not count. Kept in memory alone: nothing of it leads to a person.
final class WrongCodes: Sendable {
    /// What one address may send within an hour. Accounts are harder to come by than codes, and many share a flat's address. What
    /// a ballot does not say is bounded by the ballot's number, not by the address: nobody finds out what it says by trying.
    private static let most = ["code.unknown": 30, "census.not-there": 300, "ballot.differs": 5]
    /// The refusals that are counted for officers, those of each vote.
    static let told = ["code.unknown", "census.not-there", tooOften, "vote.voted"]
    private static let tooOften = "code.too-often"
    private static let window = 3600.0
    private static let addresses = 20_000
    private static let votes = 1000

    private struct Key: Hashable {
        let address: String
        let code: String
    }

    private struct Seen {
        var addresses: [Key: (count: Int, since: Timestamp)] = [:]
        var refused: [String: [String: Int]] = [:]
    }

    private let seen = Mutex(Seen())

    init() {}

    /// Refuses a code that is sent from where too many unknown ones came from.
    /// - Throws: ``Refusal`` that says when to come again.
    func check(_ address: String, for code: String = "code.unknown", at now: Timestamp) throws(Refusal) {
        if let refusal = bound(Key(address: address, code: code), at: now) { throw refusal }
    }

    /// Counts a refusal.
    /// - Returns: what is said to whoever sent the ballot: the refusal itself, or that there were too many.
    func refused(_ refusal: Refusal, of vote: String, _ address: String, at now: Timestamp) -> Refusal {
        let key = Key(address: address, code: refusal.code)
        let isOver = Self.most[refusal.code] != nil && refusal.code != "code.unknown" ? bound(key, at: now) : nil
        seen.withLock { seen in
            let told = (isOver ?? refusal).code
            if Self.told.contains(told), seen.refused[vote] != nil || seen.refused.count < Self.votes {
                seen.refused[vote, default: [:]][told, default: 0] += 1
            }
            guard Self.most[refusal.code] != nil, isOver == nil else { return }
            if seen.addresses.count >= Self.addresses {
                seen.addresses = seen.addresses.filter { now.seconds(since: $0.value.since) < Self.window }
            }
            let isKnown = seen.addresses[key] != nil || seen.addresses.count < Self.addresses
            let kept = isKnown ? key : Key(address: "", code: refusal.code)
            let (count, since) = seen.addresses[kept] ?? (0, now)
            seen.addresses[kept] = now.seconds(since: since) < Self.window ? (count + 1, since) : (1, now)
        }
        return isOver ?? refusal
    }

    /// How many ballots of a vote were refused since the house was started, by the refusal's code.
    func refused(of vote: String) -> [String: Int] { seen.withLock { $0.refused[vote] ?? [:] } }

    private func bound(_ key: Key, at now: Timestamp) -> Refusal? {
        let wait = seen.withLock { seen -> Double in
            guard let (count, since) = seen.addresses[key] else { return 0 }
            let left = Self.window - now.seconds(since: since)
            return count < Self.most[key.code] ?? .max || left <= 0 ? 0 : left
        }
        guard wait > 0 else { return nil }
        let minutes = Int(wait / 60) + 1
        let words =
            key.code == "code.unknown"
            ? Words(
                "없는 코드를 너무 많이 보냈습니다. \(minutes)분 뒤에 다시 하거나 안내 전화로 물어봐 주세요.",
                "Too many unknown codes were sent. Please come again in \(minutes) min, or call.")
            : key.code == "ballot.differs"
                ? Words(
                    "이 번호로 다른 내용을 너무 많이 보냈습니다. \(minutes)분 뒤에 다시 해 주세요.",
                    "Too many other ballots were sent under this number. Please come again in \(minutes) min.")
                : Words(
                    "명부에 없는 계정으로 너무 많이 시도했습니다. \(minutes)분 뒤에 다시 하거나 편지의 코드로 투표해 주세요.",
                    "Too many accounts that are not on the list tried from here. Please come again in \(minutes) min.")
        return Refusal(.tooOften, Self.tooOften, words, retryAfter: Int(wait.rounded(.up)))
    }
}
