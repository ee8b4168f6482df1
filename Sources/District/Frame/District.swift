import Access
public import Logging
public import Record
public import Store
import Synchronization

/// The frame that every room stands in: it holds what was asked against its form, decides, records, projects and
/// reacts in one transaction, and tells whoever listens after the commit.
public final class District: Sendable {
    /// The database of the Record and of the rooms' tables.
    public let store: Store
    /// The Record.
    public let log: RecordLog
    /// Where time comes from.
    public let clock: TimeSource
    /// Events, told after their commit.
    public let committed = Hub<[Event]>()
    /// Sizes of the tree, told when a checkpoint over it is signed.
    public let signed = Hub<Int64>(capacity: 16)
    /// The rooms, the frame's own first.
    public let rooms: [any Capability]
    /// How much those may write whom nobody knows.
    public let anonymous = AnonymousBound()
    let logger: Logger
    let plan: Plan
    let ledger: Ledger

    /// Builds the house; `open` it before use.
    /// - Throws: ``PlanError`` where the rooms contradict each other.
    public init(
        store: Store, rooms: [any Capability], clock: @escaping TimeSource = Timestamp.now, logger: Logger
    ) throws {
        self.store = store
        self.clock = clock
        self.logger = logger
        log = RecordLog(clock: clock)
        let spine: [any Capability] = [AccessRoom(), TwinRoom()]
        self.rooms = [House(guests: rooms)] + spine + rooms
        plan = try Plan(self.rooms)
        ledger = Ledger(log: log, plan: plan, clock: clock)
    }

    /// Brings tables up to this release; a room that is new here catches up from the Record.
    public func open() async throws {
        try await store.migrate(RecordLog.migrations)
        for room in rooms { try await store.migrate(room.migrations) }
        let keepsRegister = keepsRegister
        try await store.write { try AIPermits.setKept(keepsRegister, in: $0) }
        for room in rooms {
            let fresh = try await store.read { reader in
                try room.projections.filter { try FrameTables.cursor(Self.cursor($0), in: reader) == nil }
            }
            // Tables that a fresh projection empties are filled again by all that share them.
            let tables = Set(fresh.flatMap(\.tables))
            let sharing = room.projections.filter { !tables.isDisjoint(with: $0.tables) }
            if !sharing.isEmpty { try await catchUp(sharing) }
        }
    }

    /// The forms of all commands, by name.
    public var forms: [String: Form] { plan.commands.mapValues(\.form) }

    /// Whether a room keeps the register of uses of AI: then none runs that the register does not permit.
    public var keepsRegister: Bool { rooms.contains(where: \.keepsRegister) }

    /// The declared uses of AI.
    public var aiUses: [AIUse] { plan.aiUses.values.sorted { $0.id < $1.id } }

    /// Whether a declared use of AI may run now.
    public func mayRun(_ use: AIUse) async throws -> Bool {
        try await standing(of: use) == .runs
    }

    /// Whether a declared use of AI may run now, and why not.
    public func standing(of use: AIUse) async throws -> AIStanding {
        guard plan.aiUses[use.id] != nil else { return .unregistered }
        let now = clock()
        return try await store.read { try use.standing(in: $0, at: now) }
    }

    /// Whether a use of AI may be called now, and counts the call against a pilot's cap where it may: for calls of which
    /// nothing stands on the Record. Of two that ask at once for the last one, one is refused.
    public func call(_ use: AIUse) async throws -> AIStanding {
        let (ledger, now) = (ledger, clock())
        return try await store.write { writer in
            let standing = try ledger.standing(of: use.id, in: writer)
            if standing == .runs { try AIPermits.countCall(of: use.id, at: now, in: writer) }
            return standing
        }
    }

    /// What somebody who meets a declared use of AI is told.
    public func notice(of use: AIUse) async throws -> Words {
        try await store.read { try use.notice(in: $0) }
    }

    /// How people ask for the rooms' commands in their own words.
    public var phrasings: [Phrasing] { rooms.flatMap(\.phrasings) }

    /// The payload of an event as today's code reads it, personal content disclosed or marked erased.
    public func payload(of event: Event, in reader: any Reader) throws -> [String: JSON] {
        plan.upcast(event, try log.disclosed(event, in: reader))
    }

    /// The payload of an event as today's code reads it, with what is personal left closed.
    public func publicPayload(of event: Event) -> [String: JSON] { plan.upcast(event, event.payload) }

    /// Records what a service or a machine observed, with all that follows from it.
    /// - Returns: every event recorded.
    /// - Throws: ``Refusal`` where a model's use is not registered or is switched off.
    @discardableResult
    public func record(_ drafts: [Draft], origin: Origin) async throws -> [Event] {
        let ledger = ledger
        let events = try await store.write { try ledger.settle(drafts, origin: origin, in: $0) }
        committed.send(events)
        return events
    }

    /// Says in the log what a service could not do and will try again.
    public func report(_ what: String, _ error: any Error) {
        logger.error("\(what)", metadata: ["reason": "\(error)"])
    }

    /// Says in the log what was noticed and needs no one.
    public func note(_ what: String, _ detail: String) {
        logger.notice("\(what)", metadata: ["detail": "\(detail)"])
    }

    func tell(_ events: [Event]) { if !events.isEmpty { committed.send(events) } }

    /// Where it is kept that a projection has caught up; one that follows other types than before catches up anew.
    static func cursor(_ projection: Projection) -> String {
        let types = ContentHash.sha256(projection.types.sorted().joined(separator: " ").utf8)
        return "projection.\(projection.tables.sorted().joined(separator: "+")).\(types.prefix(8))"
    }

    /// Runs projections that are new here over the whole Record, in one pass.
    private func catchUp(_ projections: [Projection]) async throws {
        let ledger = ledger
        let types = Set(projections.flatMap(\.types))
        let tables = projections.flatMap(\.tables)
        var next: Int64 = 0
        while true {
            let from = next
            let last = try await store.write { transaction -> Int64? in
                if from == 0 {
                    try Sequencer(clock: ledger.clock).sequenceAll(in: transaction)
                    // An earlier start may have come to its end halfway.
                    for table in tables.reversed() { try transaction.execute("DELETE FROM \(table)") }
                }
                let events = try ledger.log.events(fromLeaf: from, limit: 1000, in: transaction)
                let isEvery = types.contains(Projection.every)
                for event in events where isEvery || types.contains(event.type) {
                    let payload = ledger.plan.upcast(event, try ledger.log.disclosed(event, in: transaction))
                    for projection in projections where projection.follows(event.type) {
                        try projection.apply(event, payload, transaction)
                    }
                }
                if events.isEmpty {
                    for projection in projections {
                        try FrameTables.setCursor(Self.cursor(projection), from, in: transaction)
                    }
                }
                return events.last?.leaf
            }
            guard let last else { return }
            next = last + 1
        }
    }
}
