import District
import Record
import Synchronization

/// The fleet as the gateway deals with it: a session for each vehicle, and what leaves in the order in which it was decided.
/// Whoever plans calls ``drive(_:_:)`` and listens to ``news``.
actor Fleet {
    /// Everything that happens to routes and vehicles.
    nonisolated let news = Hub<FleetNews>(capacity: 16_384)
    /// Reports only.
    nonisolated let reports = Hub<VehicleReport>(capacity: 16_384)

    let desk: VDADesk
    private var clock: TimeSource = { .now() }
    private var sessions: [VehicleID: VehicleSession] = [:]
    private var refused: [VehicleID: [RefusedMessage]] = [:]
    private var strangers: [VehicleID: Stranger] = [:]
    private var journal: [ThingID: FleetJournal.Entry] = [:]
    private var lanes: [VehicleID: AsyncStream<Parcel>.Continuation] = [:]
    private var carry: (@Sendable (VehicleID, AsyncStream<Parcel>) -> Void)?
    /// Whether the broker is there.
    private var isConnected = false
    private var unreadable = 0

    /// As many strangers and refused messages as are remembered.
    private static let remembered = (strangers: 200, refusals: 20)

    /// What leaves for one vehicle, or is written down for it.
    enum Parcel: Sendable {
        case keep(FleetJournal.Entry)
        case send(topic: String, payload: [UInt8])
        case faulted(String, level: String, text: String?)
        case recovered(String)
    }

    init(desk: VDADesk) { self.desk = desk }

    // MARK: - For whoever plans

    /// Has a vehicle drive a route; the journal's fence must not fall.
    func drive(_ vehicle: VehicleID, _ route: Route) async {
        step(vehicle) { $0.drive(route, at: $1) }
            ?? news.send(.refused(vehicle, order: route.order, .lost))
    }

    /// Calls an order off; ``FleetNews/cancelled(_:order:)`` tells when the vehicle stands.
    func cancel(_ vehicle: VehicleID, order: String) async { step(vehicle) { $0.cancel(order, at: $1) } }

    /// Has a vehicle do something at once.
    func instant(_ vehicle: VehicleID, _ action: RouteAction) { step(vehicle) { $0.instant(action, at: $1) } }

    /// How a vehicle stands; nil where it is not enrolled.
    func standing(_ vehicle: VehicleID) -> VehicleStanding? {
        sessions[vehicle].map { session in
            VehicleStanding(
                vehicle: vehicle, version: session.address.version, presence: session.presence,
                report: session.report, factsheet: session.factsheet, faults: session.faults,
                contest: session.contest, order: session.sent, isCancelling: session.cancelling != nil,
                waits: session.pending != nil, ignored: session.ignored, refused: refused[vehicle] ?? [])
        }
    }

    /// How every vehicle stands.
    func standings() -> [VehicleStanding] { sessions.keys.sorted().compactMap { standing($0) } }

    /// The last report of every vehicle that was heard.
    func latest() -> [VehicleReport] { sessions.values.compactMap(\.report) }

    /// Who speaks without being enrolled, the latest first.
    func unknown() -> [Stranger] { strangers.values.sorted { $0.last > $1.last } }

    /// Messages that name no vehicle, or were refused before one was known.
    func counts() -> (strangers: Int, refused: Int, connected: Bool) {
        (strangers.count, refused.values.reduce(unreadable) { $0 + $1.count }, isConnected)
    }

    // MARK: - For the gateway

    /// Begins: what was published before, which faults are open, and who carries what leaves.
    func open(
        clock: @escaping TimeSource, journal entries: [FleetJournal.Entry],
        carry: @escaping @Sendable (VehicleID, AsyncStream<Parcel>) -> Void
    ) {
        self.clock = clock
        self.carry = carry
        journal = Dictionary(entries.map { ($0.thing, $0) }, uniquingKeysWith: { $1 })
    }

    /// Takes over which vehicles there are; sessions of those that stay go on.
    func enrol(_ vehicles: [VehicleID], open faults: [ThingID: [String: String]]) {
        let now = clock()
        for vehicle in vehicles where sessions[vehicle] == nil {
            let known = journal[vehicle.thing]
            let version = strangers[vehicle]?.version ?? .v21
            var session = VehicleSession(
                vehicle, version: version, resuming: known?.order, fence: known?.fence ?? 0)
            for (type, level) in faults[vehicle.thing] ?? [:] {
                session.faults[type] = .init(level: level, seen: now)
            }
            sessions[vehicle] = session
            strangers[vehicle] = nil
        }
        let kept = Set(vehicles)
        for vehicle in sessions.keys where !kept.contains(vehicle) {
            sessions[vehicle] = nil
            lanes.removeValue(forKey: vehicle)?.finish()
        }
    }

    /// A person has decided who speaks under a name.
    func settle(_ thing: ThingID) {
        guard let vehicle = sessions.keys.first(where: { $0.thing == thing }) else { return }
        sessions[vehicle]?.settle()
    }

    /// Takes in a message from the broker.
    func hear(topic: String, _ payload: [UInt8]) {
        guard let (address, kind) = VDAAddress.read(topic), VDATopic.fromVehicles.contains(kind) else {
            unreadable += 1
            return
        }
        let now = clock()
        guard let session = sessions[address.vehicle] else { return meet(address, now) }
        switch desk.read(kind, address, payload) {
        case .failure(let refusal):
            refused[address.vehicle] = Array(
                ([RefusedMessage(topic: kind.rawValue, came: now, faults: refusal.faults)]
                    + (refused[address.vehicle] ?? [])).prefix(Self.remembered.refusals))
        case .success(let json):
            step(address.vehicle) { $0.hear(kind, json, from: address, at: $1) }
            if kind == .state, session.factsheet == nil, session.presence != .here {
                step(address.vehicle) { $0.greet(at: $1) }
            }
        }
    }

    private func meet(_ address: VDAAddress, _ now: Timestamp) {
        if strangers[address.vehicle] == nil, strangers.count >= Self.remembered.strangers,
            let oldest = strangers.values.min(by: { $0.last < $1.last })
        {
            strangers[oldest.vehicle] = nil
        }
        var stranger =
            strangers[address.vehicle]
            ?? Stranger(vehicle: address.vehicle, version: address.version, first: now, last: now)
        stranger.last = now
        stranger.messages += 1
        strangers[address.vehicle] = stranger
    }

    /// Lets every session do what the time demands.
    func tick(isConnected: Bool) {
        self.isConnected = isConnected
        for vehicle in sessions.keys.sorted() { step(vehicle) { $0.tick(at: $1, canSend: isConnected) } }
    }

    // MARK: - What leaves

    @discardableResult
    private func step(
        _ vehicle: VehicleID, _ decide: (inout VehicleSession, Timestamp) -> [VehicleSession.Effect]
    ) -> Void? {
        guard var session = sessions[vehicle] else { return nil }
        let effects = decide(&session, clock())
        sessions[vehicle] = session
        for effect in effects {
            switch effect {
            case .keep(let order):
                post(vehicle, .keep(.init(thing: vehicle.thing, fence: session.fence, order: order)))
            case .send(let topic, let json):
                let faults = desk.faults(in: json, topic, session.address)
                guard faults.isEmpty else {
                    // What breaks the standard does not leave, whoever asked for it.
                    let message = RefusedMessage(topic: "→ \(topic.rawValue)", came: clock(), faults: faults)
                    refused[vehicle] = Array(([message] + (refused[vehicle] ?? [])).prefix(Self.remembered.refusals))
                    continue
                }
                post(vehicle, .send(topic: session.address.topic(topic), payload: json.canonical))
            case .tell(let one):
                news.send(one)
                if case .report(let report) = one { reports.send(report) }
            case .faulted(let type, let level, let text):
                post(vehicle, .faulted(type, level: level, text: text))
            case .recovered(let type): post(vehicle, .recovered(type))
            }
        }
        return ()
    }

    private func post(_ vehicle: VehicleID, _ parcel: Parcel) {
        if lanes[vehicle] == nil, let carry {
            let (stream, continuation) = AsyncStream.makeStream(of: Parcel.self)
            lanes[vehicle] = continuation
            carry(vehicle, stream)
        }
        lanes[vehicle]?.yield(parcel)
    }
}
