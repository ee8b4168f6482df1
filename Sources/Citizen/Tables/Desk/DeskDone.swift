import Access
import District
import Record
import Store

/// What was done for somebody in their conversation: what the machine filed before it handed them over, and what a
/// member of staff did for them since.
struct DeskDone: Sendable {
    /// What was asked of the city, the oldest first.
    let requests: [CityRequest]
    /// What else staff did since, by the type of its event.
    let others: [(type: String, correlation: Identifier)]
    /// How often staff filed or did something: the next time is another one.
    let attempts: Int
    /// Whether staff did what was wanted, so that nobody does it twice. What the city refused was not done.
    let isFiled: Bool

    static func find(
        _ handover: Handover, for tenant: some Tenancy, _ district: District, in reader: any Reader
    ) throws -> DeskDone {
        guard let correlation = handover.correlation else {
            return DeskDone(requests: [], others: [], attempts: 0, isFiled: false)
        }
        let events = try district.log.events(withCorrelation: correlation, in: reader)
        let submitted = events.filter { $0.type == RequestEvents.submitted }
        // A member of staff, not whoever spoke with the machine before.
        let since = events.filter { event in
            guard case .person(let person) = event.author, person != handover.subject else { return false }
            return event.recorded >= handover.requested
        }
        let requests = try submitted.compactMap { try RequestTable.find(id: CityRequest.id($0.stream), in: reader) }
        let staff = since.filter { event in
            tenant.sees(event.scope) && !event.type.hasPrefix("citizen.") && !event.type.hasPrefix("district.")
        }
        let filed = since.filter { $0.type == RequestEvents.submitted }
        let streams = Set(filed.map { CityRequest.id($0.stream) })
        let isFiled = requests.contains { streams.contains($0.id) && $0.state != .refused } || !staff.isEmpty
        return DeskDone(
            requests: requests, others: staff.map { ($0.type, $0.correlation) }, attempts: filed.count + staff.count,
            isFiled: isFiled)
    }
}
