import Access
import District
import Record
import Store
import Web

extension Part {
    /// Contracted work: the contractor's ability, council, patrols, joint checks (SAPA decree 4(9); OSH 61, 64).
    static func contractors(_ book: Handbook) throws(HandbookError) -> Part {
        let (json, edition) = try book.read("contractors-criteria.json")
        let criteria = try ContractorCriteria(json, edition: edition, file: "contractors-criteria.json")
        var part = Part()
        part.migrations = [ContractTable.migration]
        part.commands = [
            OpenContract.command, ScoreContractor(criteria: criteria).command, RecordContractDuty.command,
            CountersignContractRecord.command, AcceptContract.command, EndContract.command,
        ]
        part.projections = [ContractTable.projection]
        part.routes = ContractRoutes(criteria: criteria).routes
        part.doors = [
            Door(
                "/safety/contractors", Words("도급·수급인", "Contractors"),
                Words("함께 일하는 기업을 평가하고 협의·점검합니다.", "Judge, meet and check the firms that work at your place."),
                roles: [.safetyManager, .executive, .zoneOfficer])
        ]
        part.home = { visit in
            guard !OpenContract.roles.isDisjoint(with: visit.caller.roles) else { return [:] }
            let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
            let late = try await visit.spine.district.store.read { reader in
                try ContractTable.list(for: tenant, in: reader).filter { $0.client == tenant.firm }
                    .reduce(0) { $0 + $1.overdue(on: today).count }
            }
            guard late > 0 else { return [:] }
            return [
                "tasks": [
                    [
                        "href": "/safety/contractors", "text": .string(visit.word("contractors_task")),
                        "count": .string("\(late)"), "kind": "warn",
                        "state": .string(visit.word("contractors_overdue")),
                    ]
                ]
            ]
        }
        part.topics = [("safety.contractor.", "contractors")]
        part.sample = { spine, _ in try await ContractSample.found(spine) }
        return part
    }
}
