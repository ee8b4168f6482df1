import Access
import District
import Foundation
import Record
import ServiceLifecycle
import Store

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Tells subscribers what their queries find, following the Record in its own order: at least once, and each event in its
/// turn. Where a subscriber does not answer it waits longer each time, and ends the subscription after so many tries.
struct EPCISDelivery: Service {
    let spine: Spine
    let settings: EPCISSettings
    /// How long an answer may take, in seconds.
    var patience = 10.0
    /// The first wait after a failure, in seconds; it doubles each time, to an hour.
    var pause = 2.0
    /// Waiting is counted by real time, also where the house's clock stands still.
    var clock: TimeSource = { .now() }

    /// After so many failures in a row a subscription ends.
    static let mostTries: Int64 = 12
    /// How many events go in one message, and how many of the Record are looked at in one go.
    static let batch = 100
    private static let reach = 100
    /// How many of the Record are looked at for one subscriber before the others have their turn.
    private static let stride = 5000
    /// How many subscribers are told at the same time: one who is slow holds up no other.
    private static let abreast = 8

    func run() async throws {
        try await spine.district.store.write { try EPCISDesk.tidy(in: $0) }
        await beat(every: .milliseconds(500), in: spine.district, failing: "subscribers could not be told") {
            try await sweep()
        }
    }

    /// Tells every subscriber who is due.
    func sweep() async throws {
        // The house itself tells each subscriber what their firm may see.
        let zone = try Caller.system("fulfilment.epcis").tenant
        let all = try await spine.district.store.read { try EPCISDesk.subscriptions(for: zone, in: $0) }
        await withTaskGroup(of: Void.self) { group in
            for (number, one) in all.enumerated() where !Task.isCancelled {
                if number >= Self.abreast { await group.next() }
                group.addTask { await attempt(one) }
            }
        }
    }

    private func attempt(_ one: EPCISDesk.Subscription) async {
        do {
            try await tell(one)
        } catch {
            spine.district.report("a subscriber could not be told", error)
        }
    }

    /// A subscriber sees what their firm sees.
    private static func tenant(of one: EPCISDesk.Subscription) throws -> Tenant {
        if case .firm(let firm) = one.scope { return .firm(firm) }
        return try Caller.system("fulfilment.epcis").tenant
    }

    /// The event with which a subscription ends.
    static func end(_ one: EPCISDesk.Subscription, why: String) -> Draft {
        Draft(
            EPCISDesk.unsubscribed, stream: EPCISDesk.subscriptionStream + one.id, scope: one.scope,
            payload: ["why": .string(why), "query": .string(one.query)])
    }

    private func tell(_ one: EPCISDesk.Subscription) async throws {
        let (store, now) = (spine.district.store, clock())
        guard var delivery = try await delivery(of: one, now), delivery.due <= now else { return }
        let schedule = one.schedule.flatMap { EPCISSchedule($0) }
        if let schedule, delivery.tries == 0, !delivery.isUnderWay, !schedule.isDue(after: delivery.ran, until: now) {
            return
        }
        let (found, reached, isAll) = try await found(for: one, from: delivery.leaf)
        let isQuiet = found.isEmpty && !(schedule != nil && one.toldIfEmpty && isAll && !delivery.isUnderWay)
        if isQuiet {
            guard reached > delivery.leaf || schedule != nil else { return }
        } else {
            guard await send(found, to: one) else { return try await failed(one, delivery, now) }
            delivery.notified = now
        }
        delivery.leaf = reached
        delivery.tries = 0
        // Whoever is told at set times is told everything then: the rest follows at once.
        delivery.isUnderWay = schedule != nil && !isAll
        if isAll { delivery.ran = now }
        let kept = delivery
        try await store.write { try EPCISDesk.keep(kept, of: one.id, in: $0) }
    }

    private func failed(_ one: EPCISDesk.Subscription, _ before: EPCISDesk.Delivery, _ now: Timestamp) async throws {
        var delivery = before
        delivery.tries += 1
        guard delivery.tries < Self.mostTries else {
            try await spine.district.record(
                [Self.end(one, why: "unreachable")], origin: Origin(author: .system("fulfilment.epcis")))
            return
        }
        let wait = min(3600, pause * Double(1 << min(delivery.tries - 1, 12)))
        delivery.due = now.advanced(bySeconds: wait)
        let kept = delivery
        try await spine.district.store.write { try EPCISDesk.keep(kept, of: one.id, in: $0) }
    }

    /// How far the subscriber was told; one who is new begins behind the event of the subscription, or at an earlier time
    /// where that was asked for. nil while the Record has not numbered it yet.
    private func delivery(of one: EPCISDesk.Subscription, _ now: Timestamp) async throws -> EPCISDesk.Delivery? {
        let log = spine.district.log
        return try await spine.district.store.read { reader in
            if let known = try EPCISDesk.delivery(one.id, in: reader) { return known }
            guard let event = try Identifier(one.event).flatMap({ try log.event($0, in: reader) }),
                let leaf = event.leaf
            else { return nil }
            return EPCISDesk.Delivery(
                leaf: one.initial < one.created ? 0 : leaf + 1, due: event.recorded, ran: now)
        }
    }

    /// The next events for a subscriber, the leaf up to which the Record was looked at, and whether that was all of it.
    func found(
        for one: EPCISDesk.Subscription, from leaf: Int64
    ) async throws -> (events: [JSON], reached: Int64, isAll: Bool) {
        let log = spine.district.log
        let types = Set(StockEvent.types + [EPCISTable.captured])
        let tenant = try Self.tenant(of: one)
        return try await spine.district.store.read { reader in
            guard let named = try EPCISDesk.query(one.query, for: tenant, in: reader) else { return ([], leaf, true) }
            let asked = try EPCISQuery(named.content).and(.from(.record, one.initial))
            var (events, next): ([JSON], Int64) = ([], leaf)
            while next < leaf + Int64(Self.stride) {
                let batch = try log.events(fromLeaf: next, limit: Self.reach, in: reader)
                let records = batch.filter { types.contains($0.type) }.map(\.id.description)
                let kept =
                    records.isEmpty
                    ? [:]
                    : Dictionary(
                        grouping: try EPCISTable.page(
                            asked, size: 100_000, records: records, for: tenant, in: reader
                        ).events, by: \.record)
                // Whole events of the Record only: the place is kept by them.
                for event in batch {
                    events += (kept[event.id.description] ?? []).map(\.json)
                    next = (event.leaf ?? next) + 1
                    if events.count >= Self.batch { return (events, next, false) }
                }
                if batch.count < Self.reach { return (events, next, true) }
            }
            return (events, next, false)
        }
    }

    /// Sends a message; whether it was taken.
    private func send(_ events: [JSON], to one: EPCISDesk.Subscription) async -> Bool {
        // What the handbook no longer lists is no longer sent to.
        guard let url = URL(string: one.dest), let host = url.host(), settings.hosts.contains(host.lowercased()) else {
            return false
        }
        let body = EPCISDocument.answer(events, to: one.query, subscription: one.id, created: clock()).canonical
        var request = URLRequest(url: url, timeoutInterval: patience)
        request.httpMethod = "POST"
        request.httpBody = Data(body)
        request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        request.setValue(EPCISCalls.version, forHTTPHeaderField: "GS1-EPCIS-Version")
        request.setValue(EPCISCalls.version, forHTTPHeaderField: "GS1-CBV-Version")
        if let token = one.token {
            request.setValue(EPCISSignature.header(body, token: token), forHTTPHeaderField: "GS1-Signature")
        }
        guard case .answered(let status, _, _) = await BoundedReading.run(request, limit: 1 << 16, seconds: patience)
        else { return false }
        return (200..<300).contains(status)
    }
}
