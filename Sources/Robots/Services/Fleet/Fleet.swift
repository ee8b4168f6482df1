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
    /// What was published to each vehicle, also to those that were withdrawn.
    private var journal: [ThingID: FleetJournal.Entry] = [:]
    /// Whether this node speaks to the vehicles; else it only listens.
    private var isMine = false
    var leads: Bool { isMine }
    /// When each vehicle was enrolled: one that was withdrawn and enrolled again begins anew.
    private var joined: [VehicleID: Timestamp] = [:]
    /// What each vehicle is about, for whoever decides in a transaction.
    nonisolated let doings = Doings()
    /// Whether the conductor of this node holds the lease.
    nonisolated let seat = Seat()
    private var lanes: [VehicleID: AsyncStream<Parcel>.Continuation] = [:]
    private var carry: (@Sendable (VehicleID, AsyncStream<Parcel>) -> Void)?
    /// Whether the broker is there.
    private var isConnected = false
    private var unreadable = 0
    /// Which site each vehicle is at, and the plans of the sites.
    private var stations: [VehicleID: String] = [:]
    private var grounds: [String: Ground] = [:]

    /// A site as vehicles are told its zones.
    struct Ground: Sendable, Hashable {
        let plan: SitePlan
        let sets: [VDAZoneSet]

        init(_ plan: SitePlan, edition: String) {
            self.plan = plan
            sets = VDAZoneSet.all(of: plan, edition: edition)
        }
    }

    /// As many strangers and refused messages as are remembered.
    private static let remembered = (strangers: 200, refusals: 20)

    /// What leaves for one vehicle, or is written down for it.
    enum Parcel: Sendable {
        case keep(FleetJournal.Entry)
        case send(topic: String, payload: [UInt8])
        case faulted(String, level: String, text: String?)
        case recovered(String)
        /// What its factsheet says that it carries at most, kg.
        case load(Double)
    }

    init(desk: VDADesk) { self.desk = desk }

    // MARK: - For whoever plans

    /// Has a vehicle drive a route; the journal's fence must not fall.
    func drive(_ vehicle: VehicleID, _ route: Route) async {
        giveWay()
        guard isMine else { return news.send(.refused(vehicle, order: route.order, .outdated)) }
        step(vehicle) { $0.drive(route, at: $1) }
            ?? news.send(.refused(vehicle, order: route.order, .lost))
    }

    /// Calls an order off; ``FleetNews/cancelled(_:order:)`` tells when the vehicle stands.
    func cancel(_ vehicle: VehicleID, order: String) async {
        giveWay()
        guard isMine else { return }
        step(vehicle) { $0.cancel(order, at: $1) }
    }

    /// Has a vehicle do something at once.
    func instant(_ vehicle: VehicleID, _ action: RouteAction) {
        giveWay()
        guard isMine else { return }
        step(vehicle) { $0.instant(action, at: $1) }
    }

    /// How a vehicle stands; nil where it is not enrolled. Its `order` is what was sent to it in truth and is not over: what
    /// was journaled but never left, or was called off, is not there.
    func standing(_ vehicle: VehicleID) -> VehicleStanding? {
        sessions[vehicle].map { session in
            VehicleStanding(
                vehicle: vehicle, version: session.address.version, presence: session.presence,
                report: session.report, factsheet: session.factsheet, faults: session.faults,
                contest: session.contest, order: session.sent, isCancelling: session.cancelling != nil,
                waits: session.pending != nil, ignored: session.ignored, refused: refused[vehicle] ?? [],
                zoneSets: session.state?.zoneSets ?? [],
                answers: session.answered.values.sorted { $0.request.id < $1.request.id })
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

    /// Says whether this node conducts; returns when its gateway has taken that in.
    func conduct(_ isMine: Bool) async {
        seat.set(isMine, at: clock())
        // The gateway looks twice a second; where there is none, nobody waits for long.
        for _ in 0..<150 where leads != isMine && !Task.isCancelled { try? await Task.sleep(for: .milliseconds(20)) }
    }

    // MARK: - For the gateway

    /// Begins: who carries what leaves.
    func open(
        clock: @escaping TimeSource, carry: @escaping @Sendable (VehicleID, AsyncStream<Parcel>) -> Void
    ) {
        self.clock = clock
        self.carry = carry
    }

    /// This node speaks to the vehicles from now on, and goes on from what was published.
    func lead(_ known: FleetMemory) {
        isMine = true
        // What an earlier turn still had to say went by another journal.
        for lane in lanes.values { lane.finish() }
        lanes = [:]
        journal = Dictionary(known.journal.map { ($0.thing, $0) }, uniquingKeysWith: { $1 })
        let now = clock()
        for vehicle in known.vehicles {
            sessions[vehicle.vehicle]?.resume(
                known.order(of: vehicle), fence: journal[vehicle.thing]?.fence ?? 0,
                faults: known.faults.filter { $0.thing == vehicle.thing }, at: now)
        }
        enrol(known)
    }

    /// Another node speaks to the vehicles from now on: this one listens, for its pages and for when its turn comes.
    func rest() {
        isMine = false
        for vehicle in sessions.keys { sessions[vehicle]?.rest() }
    }

    /// Takes over which vehicles there are; sessions of those that stay go on.
    func enrol(_ known: FleetMemory) {
        let now = clock()
        let kept = Dictionary(known.vehicles.map { ($0.vehicle, $0.enrolled) }, uniquingKeysWith: { $1 })
        for vehicle in sessions.keys where kept[vehicle] == nil || kept[vehicle] != joined[vehicle] {
            // Enrolled again, it must not be sent what it was driving when it left.
            step(vehicle) { $0.dismiss(at: $1) }
            sessions[vehicle] = nil
            doings.forget(vehicle.thing)
            lanes.removeValue(forKey: vehicle)?.finish()
        }
        joined = kept
        stations = Dictionary(known.vehicles.map { ($0.vehicle, $0.site.rawValue) }, uniquingKeysWith: { $1 })
        for enrolled in known.vehicles where sessions[enrolled.vehicle] == nil {
            let vehicle = enrolled.vehicle
            let entry = journal[vehicle.thing] ?? known.journal.first { $0.thing == vehicle.thing }
            var session = VehicleSession(vehicle, version: strangers[vehicle]?.version ?? .v21)
            session.resume(
                isMine ? known.order(of: enrolled, entry) : nil, fence: entry?.fence ?? 0,
                faults: known.faults.filter { $0.thing == vehicle.thing }, at: now)
            session.lastLoad = known.loads[vehicle.thing]
            doings.note(session)
            sessions[vehicle] = session
            strangers[vehicle] = nil
        }
        if let grounds = known.grounds { self.grounds = grounds }
        for vehicle in sessions.keys {
            sessions[vehicle]?.zones.wanted = stations[vehicle].flatMap { grounds[$0]?.sets } ?? []
        }
    }

    /// A node that stood still for longer than its lease only listens, before anything is decided: another may conduct.
    private func giveWay() {
        if isMine, seat.isStale(at: clock()) { rest() }
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
        giveWay()
        let now = clock()
        guard let session = sessions[address.vehicle] else { return meet(address, now) }
        switch desk.read(kind, address, payload) {
        case .failure(let refusal):
            refused[address.vehicle] = Array(
                ([RefusedMessage(topic: kind.rawValue, came: now, faults: refusal.faults)]
                    + (refused[address.vehicle] ?? [])).prefix(Self.remembered.refusals))
        case .success(let json):
            step(address.vehicle) { $0.hear(kind, json, from: address, at: $1) }
            if isMine, kind == .factsheet, let load = sessions[address.vehicle]?.factsheet?.maximumLoad,
                load != session.lastLoad
            {
                sessions[address.vehicle]?.lastLoad = load
                post(address.vehicle, .load(load))
            }
            if isMine, kind == .state {
                step(address.vehicle) { $0.greet(at: $1) }
                answer(address.vehicle)
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
        giveWay()
        for vehicle in sessions.keys.sorted() {
            step(vehicle) { $0.tick(at: $1, canSend: isConnected) }
            if isMine, isConnected { answer(vehicle) }
        }
    }

    /// Answers what a vehicle asks for besides its order.
    private func answer(_ vehicle: VehicleID) {
        guard let session = sessions[vehicle], session.state?.requests.isEmpty == false || !session.answered.isEmpty
        else { return }
        let traffic = stations[vehicle].flatMap { site in grounds[site].map { self.traffic(site, $0) } }
        step(vehicle) { session, now in
            session.answer(at: now) { traffic?.verdict($0, of: vehicle) ?? .rejected(.unknown) }
        }
    }

    private func traffic(_ site: String, _ ground: Ground) -> ZoneTraffic {
        let now = clock()
        return ZoneTraffic(
            plan: ground.plan, sets: ground.sets,
            parties: sessions.values.filter { stations[$0.vehicle] == site }.map { $0.party(at: now) })
    }

    // MARK: - What leaves

    @discardableResult
    private func step(
        _ vehicle: VehicleID, _ decide: (inout VehicleSession, Timestamp) -> [VehicleSession.Effect]
    ) -> Void? {
        guard var session = sessions[vehicle] else { return nil }
        let effects = decide(&session, clock())
        sessions[vehicle] = session
        doings.note(session)
        for effect in effects {
            guard isMine else {
                if case .tell(.report(let report)) = effect {
                    news.send(.report(report))
                    reports.send(report)
                }
                continue
            }
            switch effect {
            case .keep(let order):
                let entry = FleetJournal.Entry(thing: vehicle.thing, fence: session.fence, order: order)
                journal[vehicle.thing] = entry
                post(vehicle, .keep(entry))
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
