import Access
import District
import Record
import Store
import Twin
import Web

/// The contracts of a firm, and one of them with all that was done under it.
struct ContractRoutes {
    let criteria: ContractorCriteria

    private static let readers = Permission.roles([.safetyManager, .executive, .worker, .zoneOfficer])

    var routes: [Route] {
        [
            .get("/safety/contractors", Self.readers) { try await list($0) },
            .get("/safety/contractors/{contract}", Self.readers) { try await one($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let contracts = try await visit.spine.district.store.read { reader in
            try ContractTable.list(for: tenant, in: reader).map { try view($0, visit, tenant, reader) }
        }
        return .page(
            "contractors", title: visit.word("contractors_title"),
            [
                "contracts": .array(contracts),
                "may_add": .bool(!OpenContract.roles.isDisjoint(with: visit.caller.roles)),
            ], live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["contract"] ?? "")
        let found = try await visit.spine.district.store.read { reader -> (JSON, [ContractRecord], Contract)? in
            guard let contract = try ContractTable.find(id, for: tenant, in: reader) else { return nil }
            return (
                try view(contract, visit, tenant, reader), try ContractTable.records(of: id, for: tenant, in: reader),
                contract
            )
        }
        guard let (view, records, contract) = found, case .object(var members) = view else { throw Contracts.unknown }
        try await visit.look(at: contract.scope, "contract/\(id)")
        let signs = tenant.firm == contract.contractor && !OpenContract.roles.isDisjoint(with: visit.caller.roles)
        members["records"] = .array(
            records.map { record in
                var entry: [String: JSON] = [
                    "duty": .string(visit.word("contractors_duty_\(Self.key(record.duty))")),
                    "day": .string(record.day.description), "note": .string(record.note),
                    "state": Show.badge(
                        record.isCountersigned ? "ok" : "unknown",
                        visit.word(record.isCountersigned ? "contractors_signed" : "contractors_unsigned")),
                ]
                if let file = record.file { entry["file_href"] = .string("/attachments/\(file)") }
                if signs, !record.isCountersigned {
                    entry["sign_href"] = .string(
                        "/do/safety.contractor.countersign?record=\(record.id)&next=/safety/contractors/\(id)")
                }
                return .object(entry)
            })
        if tenant.firm.map({ $0 == contract.client }) ?? true, !contract.isEnded {
            let back = "contract=\(id)&next=/safety/contractors/\(id)"
            members["actions"] = .array(
                [("record", "contractors_do_record"), ("score", "contractors_do_score"), ("end", "contractors_do_end")]
                    .map {
                        [
                            "href": .string("/do/safety.contractor.\($0.0)?\(back)"),
                            "label": .string(visit.word($0.1)),
                        ]
                    })
        }
        if !contract.isAccepted, !contract.isEnded {
            let accept = "/do/safety.contractor.accept?contract=\(id)&next=/safety/contractors/\(id)"
            members["waiting"] = signs ? ["accept_href": .string(accept)] : [:]
        }
        return .page("contractor", title: contract.work, .object(members), live: true)
    }

    /// A contract with its duties and their days.
    private func view(_ contract: Contract, _ visit: Visit, _ tenant: Tenant, _ reader: any Reader) throws -> JSON {
        let today = KoreanDay(visit.now)
        let late = Set(contract.overdue(on: today))
        var members: [String: JSON] = [
            "href": .string("/safety/contractors/\(contract.id)"), "work": .string(contract.work),
            "client": .string(try ContractTable.name(of: contract.client, in: reader)),
            "contractor": .string(try ContractTable.name(of: contract.contractor, in: reader)),
            "span": .string("\(contract.starts) – \(contract.ends)"),
            "state": contract.isRunning(on: today)
                ? late.isEmpty
                    ? Show.badge("ok", visit.word("contractors_in_time"))
                    : Show.badge("danger", visit.word("contractors_overdue"))
                : Show.badge("off", visit.word("contractors_over")),
            "duties": .array(
                ContractDuty.allCases.map { duty in
                    [
                        "name": .string(visit.word("contractors_duty_\(Self.key(duty))")),
                        "last": .string(contract.last[duty]?.description ?? visit.word("contractors_never")),
                        "due": .string(contract.due(duty).description),
                        "state": late.contains(duty)
                            ? Show.badge("danger", visit.word("contractors_overdue"))
                            : Show.badge("ok", visit.word("contractors_in_time")),
                    ]
                }),
        ]
        if let thing = try Things.find(contract.thing, for: tenant, in: reader) {
            members["place"] = .string(thing.name[visit.language])
        }
        if let score = contract.score {
            members["score"] = [
                "text": .string("\(Int(score.rounded()))"),
                "state": Show.badge(
                    score >= criteria.pass ? "ok" : "warn",
                    visit.word(score >= criteria.pass ? "contractors_enough" : "contractors_short")),
            ]
        }
        return .object(members)
    }

    private static func key(_ duty: ContractDuty) -> String { duty.rawValue.replacing("-", with: "_") }
}
