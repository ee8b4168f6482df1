import Access
import District
import Record
import Series
import ServiceLifecycle
import Store
import Web

/// Watches the missions that wait for somebody or go on no more, and the temperature of what must stay cold.
struct MissionWatch: Service {
    let spine: Spine
    let settings: MissionSettings

    private var journal: MissionJournal { MissionJournal(district: spine.district) }

    func run() async throws {
        await beat(every: .seconds(2), in: spine.district, failing: "missions that wait could not be looked at") {
            try await look()
        }
    }

    /// One look at all open missions.
    func look() async throws {
        let now = spine.district.clock()
        let since = now.advanced(bySeconds: -settings.gone)
        let gone = try await spine.district.store.read { try MissionTable.gone(since: since, in: $0) }
        for kept in try await journal.open() {
            if let limit = kept.cold { try await chill(kept, limit, now) }
            if kept.mission.state == .waiting { try await wait(kept, now) }
            try await worry(kept, gone, now)
        }
    }

    private func wait(_ kept: MissionCase, _ now: Timestamp) async throws {
        let giveUp = settings.giveUp
        try await journal.record(kept.id, by: .system("robots.missions")) { (kept) throws(MissionFault) in
            let why: MissionReason = kept.mission.isLoading ? .notLoaded : .nobody
            return switch MissionPatience.due(kept, giveUp: giveUp, at: now) {
            case .nothing: []
            case .call: [try MissionEvents.called(kept, why)]
            case .pass: [try MissionEvents.passed(kept, leg: kept.mission.leg)]
            case .fail: [try MissionEvents.failed(kept, why)]
            }
        }
    }

    /// Calls a person to a mission that nobody drives any more, or that is late.
    private func worry(_ kept: MissionCase, _ gone: Set<ThingID>, _ now: Timestamp) async throws {
        let untaken = settings.untaken
        let trouble = { @Sendable (kept: MissionCase) in
            MissionPatience.trouble(
                kept, isGone: kept.mission.vehicle.map { gone.contains($0.thing) } ?? false, untaken: untaken, at: now)
        }
        guard trouble(kept) != nil else { return }
        try await journal.record(kept.id, by: .system("robots.missions")) { (kept) throws(MissionFault) in
            guard let reason = trouble(kept) else { return [] }
            return [try MissionEvents.called(kept, reason)]
        }
    }

    /// Keeps the last reading where rules can see it, and records the first one above the limit while goods are aboard.
    private func chill(_ kept: MissionCase, _ limit: ColdLimit, _ now: Timestamp) async throws {
        let key = SeriesKey(limit.thing, limit.property)
        guard let reading = spine.series.latest(key), reading.quality == .good else { return }
        let cold = ColdReading(celsius: reading.value, observed: reading.time)
        let stale = settings.stale
        try await spine.district.transact { transaction in
            let (last, warmest) = try MissionTable.coldness(of: kept.id, in: transaction.writer)
            if last != cold { try MissionTable.keep(cold, of: kept.id, in: transaction.writer) }
            let verdict = ColdChain.verdict(limit, last: cold, warmest: nil, stale: stale, at: now)
            guard case .warm = verdict, kept.mission.isLoaded, warmest == nil else { return }
            try transaction.record(
                [MissionEvents.warmed(kept, limit, cold), try MissionEvents.called(kept, .cold)],
                origin: Origin(author: .system("robots.missions")))
        }
    }
}
