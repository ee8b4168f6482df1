import District
import Record
import Synchronization

/// The line to the city's systems: where they are now, and whether it is worth calling them.
final class CityLine: Sendable {
    let endpoint: CityEndpoint
    private let breaker = Mutex(Breaker())

    init(_ endpoint: CityEndpoint) { self.endpoint = endpoint }

    /// Where they are: as named when the house was started, else by the handbook; nil where there are none.
    func address(_ spine: Spine) -> String? {
        guard let named = spine.outside["city"] else { return endpoint.url }
        return named.isEmpty ? nil : named
    }

    /// Asks something that changes nothing. After several silences it is not asked at all for a while, so that nobody
    /// waits for what does not answer.
    func ask(_ path: String, _ query: [String: String], _ spine: Spine) async -> CityExchange.Outcome {
        guard let base = address(spine) else { return .unreached }
        let now = ContinuousClock.now
        guard breaker.withLock({ $0.lets(at: now) }) else { return .unreached }
        let outcome = await CityExchange(base: base, patience: endpoint.quickness).get(path, query)
        breaker.withLock { breaker in
            if case .answered(let status, _) = outcome, status < 500 {
                breaker.succeeded()
            } else {
                breaker.failed(at: .now)
            }
        }
        return outcome
    }
}

/// A circuit breaker: opens after several failures in a row, and lets one try pass when it has rested.
struct Breaker: Sendable {
    /// How many failures in a row open it.
    static let most = 3
    /// How long it rests.
    static let rest = Duration.seconds(20)

    private var failures = 0
    private var opened: ContinuousClock.Instant?

    init() {}

    /// Whether a call may go out; of several after the rest, one.
    mutating func lets(at now: ContinuousClock.Instant) -> Bool {
        guard let opened else { return true }
        guard opened.duration(to: now) >= Self.rest else { return false }
        self.opened = now
        return true
    }

    mutating func failed(at now: ContinuousClock.Instant) {
        failures += 1
        if failures >= Self.most { opened = now }
    }

    mutating func succeeded() {
        failures = 0
        opened = nil
    }
}
