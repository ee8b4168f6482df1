import District
import Record
import Store
import Synchronization

/// What the tables know of the fleet when a node begins to speak to it.
struct FleetMemory: Sendable {
    var vehicles: [EnrolledVehicle]
    /// The open faults.
    var faults: [VehicleFaultRow]
    var journal: [FleetJournal.Entry]
    /// The order that the conductor's journal says each vehicle drives; nil inside where it says that it drives none.
    var conducted: [ThingID: String?]
    /// The sites' plans; nil where they were not read.
    var grounds: [String: Fleet.Ground]?
    /// What each carries at most by its last factsheet, kg.
    var loads: [ThingID: Double] = [:]

    init(
        vehicles: [EnrolledVehicle], faults: [VehicleFaultRow] = [], journal: [FleetJournal.Entry] = [],
        conducted: [ThingID: String?] = [:]
    ) {
        (self.vehicles, self.faults, self.journal, self.conducted) = (vehicles, faults, journal, conducted)
    }

    /// Reads what there is for the whole zone.
    init(in reader: any Reader, for zone: some Tenancy) throws {
        vehicles = try VehicleTable.all(for: zone, in: reader)
        // What a person was called for is no fault that the vehicle says or takes back.
        faults = try VehicleTable.open(for: zone, in: reader).filter { RobotCall.Kind(fault: $0.fault) == nil }
        journal = try FleetJournal.all(in: reader)
        loads = try FleetJournal.loads(in: reader)
        grounds = [:]
        for site in try SiteTable.standing(in: reader) where vehicles.contains(where: { $0.site.rawValue == site.id }) {
            guard let plan = try SiteTable.compiled(site.id, in: reader)?.plan else { continue }
            grounds?[site.id] = Fleet.Ground(plan, edition: site.edition)
        }
        conducted = [:]
        for entry in try ReleaseJournal.entries(in: reader) {
            guard let json = try? JSON(parsing: entry.state), let memory = CrewMemory(json) else { continue }
            conducted[entry.vehicle.thing] = memory.drive?.id
        }
    }

    /// What a vehicle was sent last and is still to drive. An order from before it was enrolled, or one that the conductor no
    /// longer counts on, is of the past: nothing is reserved for it.
    func order(of vehicle: EnrolledVehicle, _ entry: FleetJournal.Entry? = nil) -> SentOrder? {
        guard let order = (entry ?? journal.first { $0.thing == vehicle.thing })?.order,
            order.sent >= vehicle.enrolled
        else { return nil }
        if let conducted = conducted[vehicle.thing], conducted != order.id { return nil }
        return order
    }
}

/// What vehicles are about just now, readable within a transaction.
final class Doings: Sendable {
    struct Doing: Sendable, Hashable {
        /// The order it has or is to get.
        var order: String?
        var isHere: Bool
        var isDriving: Bool
        /// What it carries at most by its last factsheet, kg; nil where it never sent one.
        var load: Double?
    }

    private let all = Mutex<[ThingID: Doing]>([:])

    func of(_ thing: ThingID) -> Doing? { all.withLock { $0[thing] } }
    func forget(_ thing: ThingID) { all.withLock { $0[thing] = nil } }
    func note(_ session: VehicleSession) {
        let doing = Doing(
            order: session.sent?.id ?? session.pending?.order ?? session.cancelling?.order,
            isHere: session.presence == .here, isDriving: session.state?.isDriving ?? false,
            load: session.factsheet?.maximumLoad ?? session.lastLoad)
        all.withLock { if $0[session.vehicle.thing] != doing { $0[session.vehicle.thing] = doing } }
    }
}

/// Who of a house's nodes conducts, as this one knows it: not this one, before its conductor has said so, and not for longer
/// than its lease: whoever was stopped and wakes up says nothing more before it has asked.
final class Seat: Sendable {
    private let held = Mutex<(isMine: Bool, since: Timestamp?)>((false, nil))

    func isMine(at now: Timestamp) -> Bool { held.withLock { $0.isMine && !Self.isOver($0.since, now) } }

    /// Whether it was this node's by its last word, and that word is too old.
    func isStale(at now: Timestamp) -> Bool { held.withLock { $0.isMine && Self.isOver($0.since, now) } }

    func set(_ isMine: Bool, at now: Timestamp) { held.withLock { $0 = (isMine, now) } }

    private static func isOver(_ since: Timestamp?, _ now: Timestamp) -> Bool {
        since.map { now.seconds(since: $0) >= ConductorLease.length } ?? true
    }
}
