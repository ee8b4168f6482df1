import District
import Record
import Synchronization

/// The line to the city's systems: where they are now, and whether it is worth calling them.
final class CityLine: Sendable {
    let endpoint: CityEndpoint
    private let breaker = Mutex(EngineBreaker())

    init(_ endpoint: CityEndpoint) { self.endpoint = endpoint }

    /// Where they are: as named when the house was started, else by the handbook; nil where there are none.
    func address(_ spine: Spine) -> String? {
        guard let named = spine.outside["city"] else { return endpoint.url }
        return named.isEmpty ? nil : named
    }

    /// Asks something that changes nothing. After several silences it is not asked at all for a while, so that nobody
    /// waits for what does not answer.
    /// - Parameter isPersonal: whether the question is about a person: then it stands in no address.
    func ask(
        _ path: String, _ query: [String: String], isPersonal: Bool = false, _ spine: Spine
    ) async -> CityExchange.Outcome {
        guard let base = address(spine) else { return .unreached }
        guard breaker.withLock({ $0.enter(at: .now()) }) else { return .unreached }
        let exchange = CityExchange(base: base, patience: endpoint.quickness)
        let outcome =
            isPersonal
            ? await exchange.post(path, .object(query.mapValues { .string($0) }), key: nil)
            : await exchange.get(path, query)
        let isWell = if case .answered(let status, _) = outcome { status < 500 } else { false }
        breaker.withLock { $0.leave(isWell, at: .now()) }
        return outcome
    }
}
