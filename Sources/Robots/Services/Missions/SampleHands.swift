import District
import Record
import ServiceLifecycle
import Web

/// The people of the sample district who load what its own missions carry. What a visitor asks for they leave to the visitor.
struct SampleHands: Service {
    let spine: Spine

    /// How long they take to put goods aboard, in seconds.
    static let loading = 40.0

    func run() async throws {
        await beat(every: .seconds(2), in: spine.district, failing: "the sample's people could not load a robot") {
            try await look()
        }
    }

    /// One look at who waits to be loaded.
    func look() async throws {
        let journal = MissionJournal(district: spine.district)
        let now = spine.district.clock()
        for kept in try await journal.open() where kept.isSample && kept.mission.isLoading {
            guard let arrived = kept.arrived, now.seconds(since: arrived) >= Self.loading else { continue }
            try await journal.record(kept.id, by: .system("robots.sample")) { (kept) throws(MissionFault) in
                guard kept.mission.isLoading else { return [] }
                return [try MissionEvents.handed(kept, leg: kept.mission.leg, proof: .none)]
            }
        }
    }
}
