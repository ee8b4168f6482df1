import Access
import District
import Record
import Store

/// The firms that a permit joins: the host, and a contractor that works there. What one may not see of the other, a
/// permit's gates must: a contractor's worker is held back by the host's sensor, and the host asks for the contractor's
/// training. Each is read as that firm's own, and those who ask are told the reason, no more.
struct PermitFirms: Sendable, Hashable {
    let host: FirmID
    let contractor: FirmID?

    /// On whose behalf the place is read: its things, sensors, meetings and substances.
    var place: Tenant { .firm(host) }
    /// On whose behalf people are read, the host first.
    var tenants: [Tenant] { [.firm(host)] + (contractor.map { [.firm($0)] } ?? []) }

    /// Someone who works for one of them; nil where they do not, or have left.
    func person(_ id: PersonID, in reader: any Reader) throws -> Person? {
        for tenant in tenants {
            guard let person = try Directory.person(id, for: tenant, in: reader), person.active,
                person.firm == tenant.firm
            else { continue }
            return person
        }
        return nil
    }

    /// Whether someone's training is valid, by the records of either.
    func isTrained(
        _ person: PersonID, _ course: TrainingCourse, on day: KoreanDay, in reader: any Reader
    ) throws -> Bool {
        for tenant in tenants {
            if try TrainingTable.valid(person, course: course, on: day, for: tenant, in: reader) { return true }
        }
        return false
    }
}

extension Permit {
    /// The firms it joins.
    var firms: PermitFirms { PermitFirms(host: host, contractor: contractor) }
}
