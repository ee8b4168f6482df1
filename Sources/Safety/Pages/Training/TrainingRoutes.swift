import Access
import District
import Record
import Store
import Web

/// Training's pages: one's own standing, what a firm lacks, and the matrix of people and courses.
struct TrainingRoutes {
    let courses: TrainingCourses

    /// Who may see how others stand.
    static let overseers: Set<Role> = [.safetyManager, .executive, .zoneOfficer]

    var routes: [Route] {
        [
            .get("/safety/training", .signedIn) { try await overview($0) },
            .get("/safety/training/matrix", .roles(Self.overseers)) { try await matrix($0) },
            .get("/api/v1/safety/training/missing", .roles(Self.overseers).orToken("read")) { try await missing($0) },
        ]
    }

    /// What waits for whoever looks: sessions that lack their signature.
    func home(_ visit: Visit) async throws -> [String: JSON] {
        guard let person = visit.caller.person, let tenant = try? visit.caller.tenant else { return [:] }
        let waiting = try await visit.spine.district.store.read {
            try TrainingTable.unsigned(by: person, for: tenant, in: $0)
        }
        guard !waiting.isEmpty else { return [:] }
        return [
            "tasks": [
                [
                    "text": .string(visit.word("training_unsigned_task")), "href": "/safety/training",
                    "count": .string(Show.count(waiting.count)), "kind": "info",
                    "state": .string(visit.word("training_unsigned_state")),
                ]
            ]
        ]
    }

    private func overview(_ visit: Visit) async throws -> Reply {
        let (tenant, day, courses) = (try visit.tenant, KoreanDay(visit.now), courses)
        let oversees = !Self.overseers.isDisjoint(with: visit.caller.roles)
        let (person, half) = (visit.caller.person, TrainingPeriod(.half, of: day).name)
        let found = try await visit.spine.district.store.read { reader in
            Overview(
                own: try person.map { try TrainingTable.evidence(of: [$0], for: tenant, in: reader)[$0] ?? .init() },
                unsigned: try person.map { try TrainingTable.unsigned(by: $0, for: tenant, in: reader) } ?? [],
                missing: oversees ? try TrainingTable.missing(courses, on: day, for: tenant, in: reader) : [],
                sessions: oversees ? try TrainingTable.sessions(for: tenant, in: reader) : [],
                reviewed: oversees ? try TrainingTable.reviewed(half, for: tenant, in: reader) : nil)
        }
        if oversees { try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "training/missing") }
        let view = TrainingView(visit: visit, courses: courses)
        var context: [String: JSON] = [
            "mine": .array(found.own.map { view.own($0, on: day) } ?? []),
            "unsigned": .array(found.unsigned.map(view.unsigned)),
        ]
        if oversees {
            context["oversees"] = view.oversight(
                missing: found.missing, sessions: found.sessions, half: half, reviewed: found.reviewed)
        }
        return .page("training", title: visit.word("training_title"), .object(context), live: true)
    }

    private struct Overview: Sendable {
        let own: TrainingTable.Evidence?
        let unsigned: [HeldSession]
        let missing: [MissingTraining]
        let sessions: [HeldSession]
        let reviewed: Timestamp?
    }

    private func matrix(_ visit: Visit) async throws -> Reply {
        let (tenant, day) = (try visit.tenant, KoreanDay(visit.now))
        let query = TableQuery(visit.query, columns: ["name"], sortedBy: "name", size: 25)
        let (people, evidence) = try await visit.spine.district.store.read { reader in
            let people = try Directory.people(
                for: tenant, containing: query.filter, limit: query.size, offset: query.offset, in: reader)
            return (people, try TrainingTable.evidence(of: people.rows.map(\.id), for: tenant, in: reader))
        }
        try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "training/matrix")
        let view = TrainingView(visit: visit, courses: courses)
        return .page(
            "training-matrix", title: visit.word("training_matrix"),
            [
                "courses": .array(courses.list.map(view.heading)),
                "people": .array(
                    people.rows.filter(\.active).map { view.row($0, evidence[$0.id] ?? .init(), on: day) }),
                "filter": query.filterBox("/safety/training/matrix", label: visit.word("training_filter")),
                "pager": query.pager("/safety/training/matrix", shown: people.rows.count, total: people.total),
            ], live: true)
    }

    private func missing(_ visit: Visit) async throws -> Reply {
        let (tenant, day, courses) = (try visit.tenant, KoreanDay(visit.now), courses)
        let missing = try await visit.spine.district.store.read {
            try TrainingTable.missing(courses, on: day, for: tenant, in: $0)
        }
        return .json([
            "day": .string(day.description), "edition": .string(courses.edition),
            "missing": .array(
                missing.map { ["person": .string($0.person.rawValue), "course": .string($0.course.id)] }),
        ])
    }
}
