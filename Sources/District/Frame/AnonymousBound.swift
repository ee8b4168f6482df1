import Record
import Synchronization

/// Where a request has come from over the network, for as long as it is being answered: set by whoever serves the network,
/// read where it is performed, so that no route can forget to say it. Nil for what comes from within the house.
public enum Arrival {
    /// The network address, as ``AnonymousBound`` counts it.
    @TaskLocal public static var address: String?
}

/// How much may be written by those whom nobody knows: so much from one address, and so much of one command from all
/// addresses together, so that nobody fills the Record or buries what others ask for. Only what was done counts; the same
/// request sent again does not. Kept in memory alone: whoever asks without a name leaves no address behind.
///
/// Each key has a moment up to which what it sent is “paid”; one more moves it on by window / most (the generic cell rate
/// algorithm, ITU-T I.371): a burst of `most` at once, then as many an hour, and the time to come again is exact.
public final class AnonymousBound: Sendable {
    /// How many in an hour.
    public struct Limits: Sendable, Hashable {
        /// From one address, of all commands: a hall or a whole carrier may share one.
        public var perAddress: Int
        /// Of one command, from all addresses.
        public var perCommand: Int

        /// How many in an hour.
        public init(perAddress: Int = 60, perCommand: Int = 3000) {
            self.perAddress = perAddress
            self.perCommand = perCommand
        }
    }

    /// So long a full bound takes to be free again, in seconds.
    static let window = 3600.0
    /// How many addresses are told apart at a time; those beyond share one bound.
    static let most = 20_000
    private let state: Mutex<State>

    private struct State {
        var limits: Limits
        var paid: [String: Timestamp] = [:]
    }

    /// A bound that nothing has counted against yet.
    public init(_ limits: Limits = Limits()) { state = Mutex(State(limits: limits)) }

    /// Other limits, from the next request on.
    public func set(_ limits: Limits) { state.withLock { $0.limits = limits } }

    /// How many keys are kept.
    var count: Int { state.withLock { $0.paid.count } }

    /// What was taken in, and can be given back where nothing came of it.
    struct Place: Sendable {
        fileprivate let keys: [Key]
    }

    fileprivate struct Key: Sendable {
        let name: String
        let most: Int
        /// By how much one more moves the paid moment, in seconds.
        var step: Double { AnonymousBound.window / Double(max(most, 1)) }
    }

    /// Takes one more in.
    /// - Throws: ``Refusal`` that says when to come again; then nothing is counted.
    func enter(_ command: String, from address: String, at now: Timestamp) throws(Refusal) -> Place {
        let (place, wait, isAddress) = state.withLock { state -> (Place, Double, Bool) in
            var sender = "a \(address)"
            if state.paid[sender] == nil, state.paid.count >= Self.most {
                state.paid = state.paid.filter { $0.value > now }
                if state.paid.count >= Self.most { sender = "a" }
            }
            let keys = [
                Key(name: sender, most: state.limits.perAddress),
                Key(name: "c \(command)", most: state.limits.perCommand),
            ]
            for (index, key) in keys.enumerated() {
                let wait = Self.after(key, state.paid[key.name], now).seconds(since: now) - Self.window
                // A rounding of microseconds is no wait.
                if wait > 0.001 { return (Place(keys: []), wait, index == 0) }
            }
            for key in keys { state.paid[key.name] = Self.after(key, state.paid[key.name], now) }
            return (Place(keys: keys), 0, false)
        }
        guard wait > 0 else { return place }
        throw Self.refusal(Int(wait.rounded(.up)), isAddress: isAddress)
    }

    /// Gives back what came to nothing.
    func leave(_ place: Place) {
        state.withLock { state in
            for key in place.keys { state.paid[key.name] = state.paid[key.name]?.advanced(bySeconds: -key.step) }
        }
    }

    /// The moment that is paid up to with one more.
    private static func after(_ key: Key, _ paid: Timestamp?, _ now: Timestamp) -> Timestamp {
        // Further ahead than a full bound it can only be where the clock was set back.
        guard let paid, paid > now, paid.seconds(since: now) <= window + 1 else {
            return now.advanced(bySeconds: key.step)
        }
        return paid.advanced(bySeconds: key.step)
    }

    private static func refusal(_ seconds: Int, isAddress: Bool) -> Refusal {
        let minutes = (seconds + 59) / 60
        let (ko, en) = (
            "\(minutes)분 뒤에 다시 해 주세요. 급하면 전화나 방문으로도 하실 수 있습니다.", "Please come again in \(minutes) min, or call."
        )
        return isAddress
            ? Refusal(
                .tooOften, "anonymous.address",
                Words("이 인터넷 주소에서 짧은 시간에 너무 많이 보냈습니다. \(ko)", "Too much was sent from this address. \(en)"),
                retryAfter: seconds)
            : Refusal(
                .tooOften, "anonymous.command",
                Words("지금 접수가 몰려 더 받을 수 없습니다. \(ko)", "Too many are sending this at the moment. \(en)"),
                retryAfter: seconds)
    }
}
