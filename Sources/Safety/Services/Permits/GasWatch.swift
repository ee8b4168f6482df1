import Access
import District
import Record
import Series
import ServiceLifecycle
import Store
import Twin

/// Follows gas sensors, keeps their newest readings for the gates, and stops running work when the air turns bad, when
/// nobody knows any more how it is, or when its time is over.
actor GasWatch: Service {
    /// The least time between two kept readings of a series, in seconds; a turn for the worse is kept at once.
    static let pause: Double = 0.9

    private let district: District
    private let arrivals: Hub<[Sample]>
    private let desk: PermitDesk
    private var kept: [SeriesKey: (at: Timestamp, isSafe: Bool)] = [:]
    private var scopes: [ThingID: Scope] = [:]

    init(district: District, arrivals: Hub<[Sample]>, desk: PermitDesk) {
        self.district = district
        self.arrivals = arrivals
        self.desk = desk
    }

    func run() async throws {
        let arrivals = arrivals.listen()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [self] in
                for await samples in arrivals.cancelOnGracefulShutdown() { await take(samples) }
            }
            group.addTask { [self] in await beat(every: .seconds(1)) { await self.look() } }
        }
    }

    /// Keeps what gas sensors say, and looks after those inside at once where it is bad.
    func take(_ samples: [Sample]) async {
        let now = district.clock()
        var coming: [(Sample, Scope)] = []
        var isBad = false
        for sample in samples {
            guard let gas = Gas(rawValue: sample.series.property) else { continue }
            let isSafe = isSafe(sample, gas, at: now)
            if let last = kept[sample.series], last.isSafe == isSafe, now.seconds(since: last.at) < Self.pause {
                continue
            }
            guard let scope = await scope(of: sample.series.thing) else { continue }
            kept[sample.series] = (now, isSafe)
            isBad = isBad || !isSafe
            coming.append((sample, scope))
        }
        guard !coming.isEmpty else { return }
        do {
            let batch = coming
            try await district.store.write { writer in
                for (sample, scope) in batch { try AirTable.keep(sample, scope: scope, in: writer) }
            }
        } catch {
            // Not kept: the last one grows old, and what is old lets nobody in.
            for (sample, _) in coming { kept[sample.series] = nil }
            district.report("gas readings could not be kept", error)
        }
        if isBad { await look() }
    }

    /// Holds the air of every place of running work against the limits, and suspends what is not safe.
    func look() async {
        let (desk, district) = (desk, district)
        do {
            let doubtful = try await district.store.read { reader in
                try PermitTable.running(in: reader).filter {
                    try Self.reason(for: $0, desk, at: district.clock(), in: reader) != nil
                }
            }
            for permit in doubtful { try await suspend(permit.id) }
        } catch {
            district.report("the air of those inside could not be judged", error)
        }
    }

    private func suspend(_ id: String) async throws {
        let (desk, district) = (desk, district)
        try await district.transact { transaction in
            // Once more within the transaction: it may be over, or suspended, by now.
            let reader = transaction.writer
            guard let permit = try PermitTable.running(in: reader).first(where: { $0.id == id }),
                let reason = try Self.reason(for: permit, desk, at: district.clock(), in: reader)
            else { return }
            let inside = try PermitTable.people(of: id, in: reader).filter(\.isInside)
            var payload: [String: JSON] = [
                "reason": .string(reason.name), "inside": .array(inside.map { .string($0.person.rawValue) }),
                "edition": .string(desk.rules.edition),
            ]
            if let air = reason.air { payload["readings"] = air.json }
            try transaction.record(
                [permit.draft("suspended", payload)], origin: Origin(author: .rule("safety.gas-gate")))
        }
    }

    private struct Reason: Sendable {
        let name: String
        let air: GasGate.Verdict?
    }

    private static func reason(
        for permit: Permit, _ desk: PermitDesk, at now: Timestamp, in reader: any Reader
    ) throws -> Reason? {
        // A kind that the handbook no longer knows cannot be judged, and so is not safe.
        guard let kind = desk.rules[permit.kind] else { return Reason(name: "gas", air: nil) }
        // Where heads are counted, air that nobody breathes stops nobody: it keeps them from going in.
        let isEmpty = try kind.countsHeads && !PermitTable.people(of: permit.id, in: reader).contains(where: \.isInside)
        if !isEmpty, let air = try desk.air(permit, at: now, in: reader), !air.isSafe {
            return Reason(name: "gas", air: air)
        }
        return now >= permit.to ? Reason(name: "time", air: nil) : nil
    }

    private func isSafe(_ sample: Sample, _ gas: Gas, at now: Timestamp) -> Bool {
        let reading = GasReading(
            gas: gas, source: "\(sample.series)", value: sample.reading.value, unit: sample.unit,
            isGood: sample.reading.quality == .good, observed: sample.reading.time, isPortable: false)
        return desk.rules.gate.judge([reading], required: [gas], watched: [], at: now).isSafe
    }

    private func scope(of thing: ThingID) async -> Scope? {
        if let known = scopes[thing] { return known }
        let found = try? await district.store.read { reader in
            try Things.find(thing, for: Caller.system("safety.permits").tenant, in: reader)?.scope
        }
        if let scope = found ?? nil { scopes[thing] = scope }
        return scopes[thing]
    }
}
