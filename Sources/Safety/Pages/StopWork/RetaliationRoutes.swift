import Access
import District
import Record
import Store
import Web

/// Measures that followed on somebody's speaking up, and what people report of how they are treated: for the zone, the
/// executive and the workers' representative, and for everybody what concerns themself.
struct RetaliationRoutes {
    let book: StopWorkBook

    var routes: [Route] { [.get("/safety/retaliation", .signedIn) { try await page($0) }] }

    /// What is marked, for those who must see it.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard visit.caller.isKnown, let tenant = try? visit.tenant else { return [:] }
        let since = visit.now.advanced(bySeconds: -30 * 86_400)
        let many = try await visit.spine.district.store.read { reader -> Int in
            switch try RetaliationSight.of(visit.caller, in: reader) {
            case .zone, .executive, .representative:
                try RetaliationTable.flagged(for: tenant, in: reader).count { $0.at >= since }
            case .own(let person):
                try RetaliationTable.flagged(about: person, for: tenant, in: reader).count { $0.at >= since }
            case .none: 0
            }
        }
        guard many > 0 else { return [:] }
        return [
            "tasks": [
                [
                    "href": "/safety/retaliation", "text": .string(visit.word("retaliation_task")),
                    "count": .string(Show.count(many)), "kind": "warn",
                    "state": .string(visit.word("retaliation_task_state")),
                ]
            ]
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, language) = (try visit.tenant, visit.language)
        let (sight, measures, reports, names) = try await visit.spine.district.store.read { reader in
            let sight = try RetaliationSight.of(visit.caller, in: reader)
            let (measures, reports): ([RetaliationTable.Measure], [RetaliationTable.Report]) =
                switch sight {
                case .zone, .representative:
                    (
                        try RetaliationTable.flagged(for: tenant, in: reader),
                        try RetaliationTable.reports(executive: false, for: tenant, in: reader)
                    )
                case .executive:
                    (
                        try RetaliationTable.flagged(for: tenant, in: reader),
                        try RetaliationTable.reports(executive: true, for: tenant, in: reader)
                    )
                case .own(let person):
                    (
                        try RetaliationTable.flagged(about: person, for: tenant, in: reader),
                        try RetaliationTable.reports(executive: false, for: tenant, in: reader).filter {
                            $0.person == person
                        }
                    )
                case .none: ([], [])
                }
            var names: [PersonID: String] = [:]
            for person in Set((measures.map(\.person) + reports.map(\.person)).compactMap { $0 }) {
                names[person] = try Directory.person(person, for: tenant, in: reader)?.name
            }
            return (sight, measures, reports, names)
        }
        func name(_ person: PersonID?) -> JSON {
            .string(person.flatMap { names[$0] } ?? visit.word("retaliation_forgotten"))
        }
        // Whoever looks for themself alone looks at nobody else, and is not written down for it.
        if case .own = sight {
        } else {
            try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "retaliation")
        }
        var context: [String: JSON] = [
            "about": .string(
                visit.word("retaliation_about").replacing("{days}", with: "\(book.retaliationDays)")),
            "citation": .string(book.citation[language]),
            "measures": .array(
                measures.map { measure in
                    [
                        "person": name(measure.person), "kind": .string(measure.kind.words[language]),
                        "reason": .string(measure.reason ?? "–"), "at": Show.time(measure.at, language),
                        "voice": .string(measure.voice?.words[language] ?? ""),
                        "days": .string(Show.count(measure.days ?? 0)),
                        "trace_href": .string("/trace/\(measure.event)"),
                    ]
                }),
            "reports": .array(
                reports.map { report in
                    [
                        "person": name(report.person), "kind": .string(report.kind.words[language]),
                        "text": .string(report.text ?? "–"), "at": Show.time(report.at, language),
                    ]
                }),
        ]
        if case .own = sight { context["own"] = true }
        if ReportRetaliation.command.form.permission.allows(visit.caller), tenant.firm != nil {
            context["may_report"] = true
        }
        if MeasurePersonnel.command.form.permission.allows(visit.caller), tenant.firm != nil {
            context["may_measure"] = true
        }
        return .page("retaliation", title: visit.word("retaliation_title"), .object(context), live: true)
    }
}
