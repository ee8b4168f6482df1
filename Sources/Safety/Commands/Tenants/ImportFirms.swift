import Access
import District
import Record

/// Takes in the list of tenant firms: every good row becomes a firm, every bad one is named, and the same list again
/// changes nothing. What a row said of people goes to the vault; the list itself is not kept.
enum ImportFirms {
    static let form = Form(
        "safety.tenants.import", title: Words("입주기업 명단 가져오기", "Import the list of tenant firms"),
        help: Words(
            "CSV(UTF-8) 명단을 읽어 새 기업을 등록합니다. 잘못된 줄은 이유와 함께 알려 드리고 나머지는 등록합니다.",
            "Registers the firms of a CSV list (UTF-8). Bad rows are named with their reason; the others are taken."),
        fields: [
            Field("list", Words("명단(CSV)", "List (CSV)"), .longText(maximum: 4_000_000), isPersonal: true),
            Field(
                "update", Words("이미 있는 기업의 내용도 바꿈", "Change firms that exist already"), .flag, required: false),
        ],
        permission: .roles([.zoneOfficer]).orToken("command:safety.tenants.import"), surfaces: [.http, .cli])

    /// So many findings go on the Record; an event has its bounds, and a list with more is to be mended first.
    static let mostFindings = 5000

    static let command = Command(form) { ask, tables in
        let tenant = try ask.tenant
        let listing = try FirmListing(CommaText.text(Array(ask.values.text("list").utf8)))
        let plan = FirmImport(
            listing, known: try FirmImports.known(for: tenant, in: tables), updates: ask.values.flag("update"))
        guard !plan.added.isEmpty || !plan.changed.isEmpty || plan.unchanged > 0 || !plan.findings.isEmpty else {
            let words = Words("명단에 기업이 없습니다.", "There is no firm in the list.")
            throw Refusal(.invalid, "list.empty", of: "list", "empty", words)
        }
        var drafts = [report(plan, rows: listing.count, at: ask.now)]
        do throws(AccessError) {
            for entry in plan.added { drafts += [try AccessEvents.firmRegistered(entry.firm), profiled(entry)] }
            for entry in plan.changed { drafts += [try AccessEvents.firmChanged(entry.firm), profiled(entry)] }
        } catch {
            throw Refusal(error)
        }
        return drafts
    }

    private static func profiled(_ entry: FirmListing.Entry) -> Draft {
        ProfileFirm.profiled(
            entry.firm.id, industry: entry.industry, address: entry.address, traits: nil, contact: entry.contact)
    }

    private static func report(_ plan: FirmImport, rows: Int, at now: Timestamp) -> Draft {
        let findings: [JSON] = plan.findings.prefix(mostFindings).map { finding in
            var members: [String: JSON] = [
                "line": .number(Double(finding.line)), "field": .string(finding.column.rawValue),
                "rule": .string(finding.rule.rawValue),
            ]
            if let other = finding.other { members["other"] = .string(other) }
            return .object(members)
        }
        return Draft(
            "safety.tenants.imported", stream: "firm-import/\(Identifier(at: now))", scope: .zone,
            payload: [
                "rows": .number(Double(rows)), "added": .number(Double(plan.added.count)),
                "changed": .number(Double(plan.changed.count)), "unchanged": .number(Double(plan.unchanged)),
                "refused": .number(Double(plan.refused)), "findings": .array(findings),
            ])
    }
}
