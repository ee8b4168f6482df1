import Access
public import ServiceLifecycle
import Store

/// Sweeps away what has run out, once a day: sessions, set-up links, counters of failed sign-ins.
public struct PruneService: Service {
    private let district: District
    private let pause: Duration

    /// Sweeps a district's tables as often as `pause` says.
    public init(district: District, pause: Duration = .seconds(86_400)) {
        self.district = district
        self.pause = pause
    }

    /// Runs until the house closes.
    public func run() async throws { await beat(every: pause) { await sweep() } }

    /// Sweeps once.
    func sweep() async {
        let now = district.clock()
        do {
            try await district.store.write { try AccessTables.prune(at: now, in: $0) }
        } catch {
            district.report("what has run out could not be swept away", error)
        }
    }
}
