import Access
import District
import Record
import Store
import Web

/// What waits for who looks, on the house's first page.
struct DutyTasks {
    let book: DutyBook

    func home(_ visit: Visit) async throws -> [String: JSON] {
        let (roles, period, now) = (visit.caller.roles, HalfYear(visit.now), visit.now)
        guard !roles.isDisjoint(with: [.executive, .safetyManager, .zoneOfficer]) else { return [:] }
        let tenant = try visit.tenant
        guard let firm = visit.caller.firm else { return try await zone(visit, period, tenant) }
        let found = try await visit.spine.district.store.read { [book] reader in
            try DutyTable.board(firm, period, book, at: now, for: tenant, in: reader).map { found in
                (found.board, try OpinionTable.counts(of: firm, for: tenant, in: reader)[.waiting] ?? 0)
            }
        }
        guard let (board, opinions) = found else { return [:] }
        let left = period.daysLeft(at: now)
        var tasks: [JSON] = []
        if !board.lacking.isEmpty {
            tasks.append(
                task(
                    "/safety/duties",
                    Words(
                        "이번 반기에 증거가 없는 의무 (\(left)일 남음)", "Duties without evidence this half-year (\(left) days left)"),
                    board.lacking.count, kind: "danger", state: Words("증거 없음", "No evidence"), visit))
        }
        if roles.contains(.executive) || roles.contains(.safetyManager) {
            let hands: Set<Duty.Signer> = Set(
                (roles.contains(.executive) ? [.executive] : []) + (roles.contains(.safetyManager) ? [.manager] : []))
            let unsigned = board.unsigned.count { SignDuty.waits($0, for: hands) }
            if unsigned > 0 {
                tasks.append(
                    task(
                        "/safety/duties", Words("내 서명을 기다리는 의무", "Duties that wait for your signature"), unsigned,
                        kind: "warn", state: Words("서명", "Sign"), visit))
            }
            if opinions > 0 {
                tasks.append(
                    task(
                        "/safety/opinions", Words("답을 기다리는 근로자 의견", "Workers' opinions without an answer"),
                        Int(opinions), kind: "info", state: Words("답변 대기", "To answer"), visit))
            }
        }
        return tasks.isEmpty ? [:] : ["tasks": .array(tasks)]
    }

    private func zone(_ visit: Visit, _ period: HalfYear, _ tenant: Tenant) async throws -> [String: JSON] {
        let summary = try await visit.spine.district.store.read {
            try DutyTable.summary(of: period, for: tenant, in: $0)
        }
        guard summary.lacking > 0 else { return [:] }
        return [
            "tasks": [
                task(
                    "/safety/duties/firms", Words("이번 반기 증거가 부족한 기업", "Firms whose half-year lacks evidence"),
                    Int(summary.lacking), kind: "warn", state: Words("증거 부족", "Lacking"), visit)
            ]
        ]
    }

    private func task(
        _ path: String, _ text: Words, _ count: Int, kind: String, state: Words, _ visit: Visit
    ) -> JSON {
        [
            "href": .string(path), "text": .string(text[visit.language]), "count": .string(Show.count(count)),
            "kind": .string(kind), "state": .string(state[visit.language]),
        ]
    }
}
