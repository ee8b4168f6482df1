import Access
import District
import Record
import Store
import Web

/// What the pages and files about tenant firms show.
struct FirmPage {
    let visit: Visit

    private var language: Language { visit.language }

    func table(_ firms: Listing<FirmProfile>, _ query: TableQuery, _ filter: FirmProfiles.Filter) -> Table {
        Table(
            "firms", caption: visit.word("firms_title"), path: "/safety/firms", query,
            columns: [
                .init("name", visit.word("firms_name")), .init("industry", visit.word("firms_industry")),
                .init("headcount", visit.word("firms_headcount"), isNumber: true),
                .init(nil, visit.word("firms_state")), .init(nil, visit.word("firms_since")),
            ],
            rows: firms.rows.map(row), total: firms.total, filter: .init(visit.word("firms_find")),
            empty: visit.word("firms_empty"), kept: filter == .all ? [:] : ["view": filter.rawValue])
    }

    private func row(_ firm: FirmProfile) -> [Table.Cell] {
        let activation = firm.activation(at: visit.now)
        let (state, since): (Table.Cell, Timestamp?) =
            switch activation {
            case .active: (Table.Cell(badge: "ok", visit.word("firms_active")), firm.activated)
            case .invited: (Table.Cell(badge: "info", visit.word("firms_invited")), firm.inviteEnds)
            case .expired: (Table.Cell(badge: "warn", visit.word("firms_expired")), firm.inviteEnds)
            case .none: (Table.Cell(badge: "off", visit.word("firms_waiting")), nil)
            }
        return [
            Table.Cell(
                firm.name, href: "/do/safety.firm.profile?firm=\(Table.encoded(firm.firm.rawValue))&next=/safety/firms",
                isHead: true),
            Table.Cell(firm.industry?.description ?? "–"), Table.Cell(firm.headcount.map { Show.count($0) } ?? "–"),
            state, since.map { Table.Cell(time: Show.time($0, language)) } ?? .none,
        ]
    }

    func views(_ shown: FirmProfiles.Filter, _ counts: [FirmProfiles.Filter: Int64]) -> JSON {
        .array(
            FirmProfiles.Filter.allCases.map { filter in
                let words: [FirmProfiles.Filter: String] = [
                    .all: visit.word("firms_view_all"), .active: visit.word("firms_active"),
                    .invited: visit.word("firms_invited"), .waiting: visit.word("firms_view_waiting"),
                ]
                var members: [String: JSON] = [
                    "label": .string(words[filter] ?? ""), "href": .string("/safety/firms?view=\(filter.rawValue)"),
                    "count": .string(Show.count(counts[filter] ?? 0)),
                ]
                if filter == shown { members["current"] = true }
                return .object(members)
            })
    }

    func summary(_ report: FirmImports.Report) -> JSON {
        [
            "href": .string("/safety/firms/imports/\(report.id)"), "at": Show.time(report.at, language),
            "text": .string(
                language == .ko
                    ? "새 기업 \(Show.count(report.added))곳, 오류 \(Show.count(report.refused))줄"
                    : "\(Show.count(report.added)) new, \(Show.count(report.refused)) refused"),
        ]
    }

    func errors(_ refusal: Refusal) -> JSON {
        let faults = refusal.faults.isEmpty ? [("file", refusal.words)] : refusal.faults.map { ($0.field, $0.words) }
        return [
            "items": .array(
                faults.map {
                    ["href": .string("#f-\($0.0 == "list" ? "file" : $0.0)"), "text": .string($0.1[language])]
                })
        ]
    }

    func report(_ report: FirmImports.Report) -> JSON {
        let isClean = report.findings.isEmpty
        let verdict =
            report.refused > 0
            ? (language == .ko
                ? "\(Show.count(report.refused))줄을 빼고 가져왔습니다."
                : "All but \(Show.count(report.refused)) rows were taken.")
            : visit.word("firms_import_all")
        var members: [String: JSON] = [
            "verdict": ["kind": report.refused > 0 ? "warn" : "ok", "text": .string(verdict)],
            "at": Show.time(report.at, language), "rows": .string(Show.count(report.rows)),
            "added": .string(Show.count(report.added)), "changed": .string(Show.count(report.changed)),
            "unchanged": .string(Show.count(report.unchanged)), "refused": .string(Show.count(report.refused)),
            "findings": .array(report.findings.prefix(200).map(finding)),
        ]
        if !isClean { members["file_href"] = .string("/safety/firms/imports/\(report.id)/errors") }
        if report.findings.count > 200 {
            members["more"] = .string(
                language == .ko
                    ? "외 \(Show.count(report.findings.count - 200))줄은 파일에 있습니다."
                    : "\(Show.count(report.findings.count - 200)) more are in the file.")
        }
        return .object(members)
    }

    private func finding(_ finding: FirmListing.Finding) -> JSON {
        [
            "line": .string(Show.count(finding.line)), "field": .string(finding.column.words[language]),
            "rule": .string(said(finding)),
            "state": finding.rule.isDoubt
                ? Show.badge("warn", visit.word("firms_import_doubt"))
                : Show.badge("danger", visit.word("firms_import_refused")),
        ]
    }

    /// The rule in words, with the line or firm that it meets.
    private func said(_ finding: FirmListing.Finding) -> String {
        guard let other = finding.other else { return finding.rule.words[language] }
        let place =
            finding.rule == .twice
            ? (language == .ko ? "\(other)번째 줄" : "line \(other)") : other
        return "\(finding.rule.words[language]) (\(place))"
    }

    /// The findings as a file that a spreadsheet opens.
    func errorFile(_ report: FirmImports.Report) -> String {
        CommaText.mark
            + CommaText.row(
                [
                    visit.word("firms_import_line"), visit.word("firms_import_field"), "rule",
                    visit.word("firms_import_rule"),
                ])
            + report.findings.map {
                CommaText.row(["\($0.line)", $0.column.words[language], $0.rule.rawValue, said($0)])
            }.joined()
    }

    func json(_ report: FirmImports.Report) -> JSON {
        [
            "import": .string(report.id), "rows": .decimal(report.rows), "added": .decimal(report.added),
            "changed": .decimal(report.changed), "unchanged": .decimal(report.unchanged),
            "refused": .decimal(report.refused),
            "findings": .array(
                report.findings.map { finding in
                    [
                        "line": .number(Double(finding.line)), "field": .string(finding.column.rawValue),
                        "rule": .string(finding.rule.rawValue), "taken": .bool(finding.rule.isDoubt),
                        "words": .string(said(finding)),
                    ]
                }),
        ]
    }

    // MARK: Invitations

    func invitations(_ made: [Invitations.Made]) -> JSON {
        [
            "count": .string(Show.count(made.count)),
            "ends": made.first.map { Show.time($0.ends, language) } ?? .null,
            "links": .array(
                made.map {
                    ["firm": .string($0.firm.name), "id": .string($0.firm.firm.rawValue), "link": .string(address($0))]
                }),
        ]
    }

    func invitationFile(_ made: [Invitations.Made]) -> String {
        CommaText.mark
            + CommaText.row(
                [visit.word("firms_name"), "firm", visit.word("firms_link"), visit.word("firms_link_ends")])
            + made.map {
                CommaText.row([$0.firm.name, $0.firm.firm.rawValue, address($0), $0.ends.description])
            }.joined()
    }

    private func address(_ made: Invitations.Made) -> String { "\(visit.site)/setup/\(made.token)" }
}
