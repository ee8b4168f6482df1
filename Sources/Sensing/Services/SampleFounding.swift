import Access
import District
import Record
import Series
import Store
import Twin

/// Founds the sample district once: firms and things on the Record, a limit or two, and half an hour of history, marked
/// as sample, so that the detectors know what is usual when the first live reading comes.
struct SampleFounding: Sendable {
    let spine: Spine
    let seed: UInt64

    /// How much history the detectors are given, in seconds.
    static let history = 1800

    func found() async throws {
        let sample = SampleDistrict(seed: seed)
        try await declare(sample)
        try await remember(sample)
    }

    private func declare(_ sample: SampleDistrict) async throws {
        let zone = try Caller.system("sample").tenant
        let origin = Origin(author: .system("sample"))
        try await spine.district.transact { transaction in
            let writer = transaction.writer
            // Firms first: whoever is known stays as they are, so that a second start founds nothing twice.
            for firm in sample.firms where try Directory.firm(firm.id, for: zone, in: writer) == nil {
                try transaction.record(
                    [
                        try AccessEvents.firmRegistered(
                            Firm(
                                id: firm.id, name: firm.name.ko, registration: firm.registration,
                                headcount: firm.headcount))
                    ], origin: origin)
            }
            for person in sample.people where try Directory.person(person.id, for: zone, in: writer) == nil {
                try transaction.record(
                    [try AccessEvents.personAdded(person)]
                        + person.roles.sorted().map { AccessEvents.roleGranted($0, to: person) }, origin: origin)
            }
            let coming = try sample.things.filter { try Things.find($0.id, for: zone, in: writer) == nil }
            let things = coming.map { thing in
                Thing(
                    id: thing.id, kind: ThingKind(rawValue: thing.kind) ?? .other, parent: thing.parent,
                    name: thing.name, firm: thing.firm, scope: thing.firm.map { .firm($0) } ?? .everyone,
                    geometry: Self.point(thing), sample: true)
            }
            try transaction.record(
                try TwinEvents.declared(things, for: zone, in: writer), origin: origin)
            if try Things.find(HostSensors.thing, for: zone, in: writer) == nil {
                let machine = Thing(
                    id: HostSensors.thing, kind: .machine, name: Words("이 서버", "This machine"), scope: .zone)
                try transaction.record(try TwinEvents.declared([machine], for: zone, in: writer), origin: origin)
            }
        }
    }

    /// History up to now; what the house was away for stays a gap, for nobody measured it.
    private func remember(_ sample: SampleDistrict) async throws {
        let now = spine.district.clock()
        let latest = spine.series.series().filter { series in sample.sensors.contains { $0.series == series.key } }
        guard latest.allSatisfy({ $0.count < 300 }) else { return }
        var batch: [Sample] = []
        for second in stride(from: -Self.history, to: 0, by: 1) {
            batch += sample.samples(at: now.advanced(bySeconds: Double(second)), faults: [])
            if batch.count >= 10_000 {
                _ = try await spine.series.append(batch)
                batch = []
            }
        }
        if !batch.isEmpty { _ = try await spine.series.append(batch) }
    }

    private static func point(_ thing: SampleThing) -> Geometry? {
        guard let latitude = thing.latitude, let longitude = thing.longitude else { return nil }
        return Geometry(.point(Geometry.Position(longitude, latitude)), frame: .wgs84)
    }
}
