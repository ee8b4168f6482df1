import Access
import District
import Record
import Store
import Web

extension Part {
    /// Grants and programmes: vouchers, seminars, who took part, what changed after.
    static func grants(_ book: Handbook) throws(HandbookError) -> Part {
        let kinds = try book.read("firms-kinds.json").json["kinds"]?.elements ?? []
        let solutions = kinds.compactMap { kind -> Field.Choice? in
            guard let id = kind["id"]?.text, let words = Words(kind["words"]) else { return nil }
            return Field.Choice(id, words)
        }
        var part = Part()
        part.migrations = [GrantTable.migration, GrantTable.changesMigration]
        part.projections = [GrantTable.projection]
        part.commands =
            OpenGrantProgramme(solutions: solutions).commands + [
                DecideGrant.apply, ReviseGrant.revise, ReviseGrant.withdraw, DecideGrant.grant, DecideGrant.grantLarge,
                DecideGrant.reject, SpendGrant.issue, SpendGrant.redeem, SpendGrant.pay, FollowGrant.seminar,
                FollowGrant.attend, FollowGrant.measure,
            ]
        part.answers = [GrantAnswers.open]
        part.routes = GrantRoutes().routes
        part.names = Self.grantNames
        part.doors = [
            Door(
                "/alliance/grants", Words("지원사업", "Programmes"),
                Words("신청하고, 이용권을 쓰고, 무엇이 달라졌는지 봅니다.", "Apply, use vouchers, and see what changed after."),
                roles: GrantRoutes.readers)
        ]
        part.home = { visit in
            guard !GrowthAsk.zone.isDisjoint(with: visit.caller.roles) else { return [:] }
            let tenant = try visit.tenant
            let waiting = try await visit.spine.district.store.read { reader in
                try GrantTable.waiting(for: tenant, in: reader)
            }
            guard waiting > 0 else { return [:] }
            return [
                "tasks": [
                    [
                        "href": "/alliance/grants", "text": .string(visit.word("grants_task")),
                        "count": .string("\(waiting)"), "kind": "info",
                        "state": .string(GrantState.filed.words[visit.language]),
                    ]
                ]
            ]
        }
        part.topics = [("alliance.grant.", "alliance-grants")]
        part.sample = { spine, _ in try await GrantSample.found(spine) }
        return part
    }

    private static var grantNames: [String: @Sendable (Caller, any Reader) throws -> [Named]] {
        [
            "grant-programme": { _, reader in
                try GrantTable.programmes(in: reader).map { Named($0.id, [$0.title.ko, $0.title.en], label: $0.title) }
            },
            "grant-application": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                let titles = Dictionary(
                    try GrantTable.programmes(in: reader).map { ($0.id, $0.title) }, uniquingKeysWith: { $1 })
                return try GrantTable.applications(for: tenant, in: reader).map { found in
                    let name = try Directory.firm(found.firm, for: tenant, in: reader)?.name ?? found.firm.rawValue
                    let title = titles[found.programme] ?? Words("신청", "Application")
                    return Named(found.id, [], label: Words("\(name) · \(title.ko)", "\(name) · \(title.en)"))
                }
            },
            "grant-voucher": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try GrantTable.openVouchers(for: tenant, in: reader).map {
                    Named(
                        $0.id, [],
                        label: Words(
                            "\($0.provider) \(Show.count($0.amount))원",
                            "\($0.provider), \(Show.count($0.amount)) won"))
                }
            },
            "grant-seminar": { _, reader in
                try GrantTable.seminars(in: reader).map { Named($0.id, ["\($0.day) \($0.title)"]) }
            },
            "grant-firm": { caller, reader in
                guard let tenant = try? caller.tenant, tenant.firm == nil else { return [] }
                return try Directory.firms(for: tenant, limit: Named.most, in: reader).rows.map {
                    Named($0.id.rawValue, [$0.name])
                }
            },
        ]
    }
}
