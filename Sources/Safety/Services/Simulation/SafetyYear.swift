import Access
public import District
import Foundation
public import Record
import Store
import Synchronization
import Twin

/// A synthetic year of a whole district: its firms and people, marked as synthetic, and every tool-box meeting,
/// inspection, danger and action in it, as real events through the real district. The same seed gives the same year.
public struct SafetyYear: Sendable {
    private let firms: [SyntheticFirm]
    private let first: KoreanDay, end: KoreanDay
    private let seed: UInt64

    /// The firms and workers that the district is made for.
    public static let firms = 1954, people = 57_972

    /// How many events are recorded in one transaction.
    private static let batch = 500

    /// A year that ends where a moment's day begins.
    public init(
        firms: Int = SafetyYear.firms, people: Int = SafetyYear.people, days: Int = 365, seed: UInt64 = 1,
        until moment: Timestamp
    ) {
        self.firms = SyntheticFirm.district(firms: firms, people: people, seed: seed)
        end = KoreanDay(moment)
        first = end - Int64(days)
        self.seed = seed
    }

    /// What was written.
    public struct Written: Sendable, Hashable {
        /// Events in all, those that reactions added included.
        public var events: Int64 = 0
        /// Tool-box meetings and the attendances in them, inspections, dangers with their actions.
        public var meetings: Int64 = 0, attendances: Int64 = 0, inspections: Int64 = 0, actions: Int64 = 0
    }

    /// Writes the year into a district whose clock this is.
    /// - Parameter tell: told after each month.
    public func write(
        into district: District, clock: SyntheticClock, tell: (String, Written) -> Void = { _, _ in }
    ) async throws -> Written {
        var written = Written()
        clock.set(first.start.advanced(bySeconds: 8 * 3600))
        try await found(district, &written)
        let book = try DutyBook(Handbook(shipped: Bundle.module.resourcePath.map { "\($0)/Data" } ?? "Data"))
        // What runs on within a half-year or answers an event needs more than one piece; the rest is given once.
        let duties = book.duties.filter { !$0.rhythm.isRunning && $0.rhythm != .onEvent }
        var open: [Int: [SyntheticDay.Danger]] = [:]
        var (day, period) = (first, Optional<HalfYear>.none)
        while day < end {
            clock.set(day.start.advanced(bySeconds: 8.5 * 3600))
            if HalfYear(day) != period {
                period = HalfYear(day)
                try await HalfYearService(district: district, edition: book.edition).step()
            }
            var drafts: [Draft] = []
            for firm in firms {
                let work = SyntheticDay(firm: firm, day: day, seed: seed)
                drafts += work.evidence(duties, edition: book.edition)
                let dangers = (open[firm.number] ?? []) + work.found
                for draft in work.drafts(dangers) {
                    drafts.append(draft)
                    switch draft.type {
                    case "safety.tbm.held":
                        written.meetings += 1
                        written.attendances += Int64(firm.people)
                    case "safety.inspection.submitted": written.inspections += 1
                    case "safety.action.opened": written.actions += 1
                    default: break
                    }
                }
                open[firm.number] = dangers.filter { $0.verified.map { $0 > day } ?? ($0.due >= day) }
            }
            try await record(drafts, district, &written)
            if (day + 1).month != day.month { tell(day.month, written) }
            day = day + 1
        }
        return written
    }

    /// Firms, their sites, people and rounds of inspection.
    private func found(_ district: District, _ written: inout Written) async throws {
        var drafts: [Draft] = []
        for firm in firms {
            drafts.append(
                try AccessEvents.firmRegistered(
                    Firm(id: firm.id, name: firm.name.ko, registration: "synthetic", headcount: firm.people)))
            drafts.append(
                Draft(
                    "safety.firm.profiled", stream: "firm/\(firm.id)", scope: firm.scope,
                    payload: ["industry": .string(firm.industry), "synthetic": true]))
            drafts.append(
                Draft(
                    "safety.inspection.scheduled", stream: "inspection-schedule/\(firm.id)-round", scope: firm.scope,
                    payload: [
                        "schedule": .string("\(firm.id)-round"), "firm": .string(firm.id.rawValue),
                        "template": "synthetic", "place": .string(firm.site.rawValue), "every": 7,
                        "first": .string(first.monday.description),
                        "responsible": .string(firm.person(1).rawValue), "synthetic": true,
                    ]))
        }
        try await record(drafts, district, &written)
        let zone = try Caller.system("synthetic").tenant
        for part in stride(from: 0, to: firms.count, by: 200) {
            let things = firms[part..<min(part + 200, firms.count)].map {
                Thing(id: $0.site, kind: .site, name: $0.name, firm: $0.id, scope: $0.scope, sample: true)
            }
            let declared = try await district.store.read { try TwinEvents.declared(things, for: zone, in: $0) }
            try await record(declared, district, &written)
        }
        for firm in firms {
            var people: [Draft] = []
            for place in 1...firm.people {
                let person = Person(
                    id: firm.person(place), name: "합성 근로자 \(place)", firm: firm.id,
                    roles: place == 1 ? [.safetyManager] : [.worker])
                people.append(try AccessEvents.personAdded(person))
                people += person.roles.map { AccessEvents.roleGranted($0, to: person) }
            }
            try await record(people, district, &written)
        }
    }

    private func record(_ drafts: [Draft], _ district: District, _ written: inout Written) async throws {
        for start in stride(from: 0, to: drafts.count, by: Self.batch) {
            let part = Array(drafts[start..<min(start + Self.batch, drafts.count)])
            let events = try await district.record(part, origin: Origin(author: .system("synthetic")))
            written.events += Int64(events.count)
        }
    }
}

/// A clock that the simulation moves; whatever is recorded is recorded at its time.
public final class SyntheticClock: Sendable {
    private let now = Mutex(Timestamp(microseconds: 0))

    /// A clock that stands at the beginning of time until it is set.
    public init() {}

    /// What a district takes as its clock.
    public var read: TimeSource { { [self] in now.withLock { $0 } } }

    /// Moves it.
    public func set(_ moment: Timestamp) { now.withLock { $0 = moment } }
}
