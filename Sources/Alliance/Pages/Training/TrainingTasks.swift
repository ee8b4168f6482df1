import Access
import District
import Record
import Store
import Web

/// What training puts on the first page: credentials that end, sessions ahead, sessions that wait to be settled.
enum TrainingTasks {
    /// From how many days before it a session stands among the tasks.
    private static let ahead: Int64 = 7

    static func home(_ visit: Visit) async throws -> [String: JSON] {
        guard visit.caller.isKnown else { return [:] }
        let (caller, now, today) = (visit.caller, visit.now, KoreanDay(visit.now))
        let soon = today + TrainingEnrolment.notice
        let isHead = caller.roles.contains(.executive)
        let found = try await visit.spine.district.store.read { reader -> (Int, Int, Int, Int) in
            let person = caller.person
            let mine = try person.map { try BadgeTable.badges(of: $0, in: reader) } ?? []
            let latest = Dictionary(mine.map { ($0.programme, $0) }, uniquingKeysWith: { first, _ in first }).values
            let ending = latest.count { $0.state(on: today) == .ending }
            let sessions = try (person.map { try EnrolmentTable.of($0, in: reader) } ?? []).filter {
                $0.state == .placed
            }.count { enrolment in
                guard let session = try TrainingTable.session(enrolment.session, in: reader) else { return false }
                return session.starts > now && KoreanDay(session.starts) <= today + ahead
            }
            var people = 0
            if isHead, case .firm = try? caller.tenant, let tenant = try? caller.tenant {
                people = try BadgeTable.ending(soon, from: today, for: tenant, in: reader).count
            }
            let unsettled =
                TrainingRefusals.isRunner(caller) ? try EnrolmentTable.unsettled(before: now, in: reader).count : 0
            return (ending, sessions, people, unsettled)
        }
        let tasks = [
            task(found.0, "warn", "renew", visit), task(found.1, "info", "ahead", visit),
            task(found.2, "warn", "people", visit),
            task(found.3, "warn", "settle", visit, href: "/alliance/training/sessions"),
        ]
        return ["tasks": .array(tasks.compactMap { $0 })]
    }

    private static func task(
        _ count: Int, _ kind: String, _ word: String, _ visit: Visit, href: String = "/alliance/training"
    ) -> JSON? {
        guard count > 0 else { return nil }
        return [
            "href": .string(href), "text": .string(visit.word("training_task_\(word)")),
            "count": .string(Show.count(count)), "kind": .string(kind),
            "state": .string(visit.word("training_task_\(word)_state")),
        ]
    }
}
