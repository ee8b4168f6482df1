import Access
import District
import Record
import Store
import Twin
import Web

/// The register: what is unacceptable, what is due, what waits to be read, and all assessments.
struct AssessmentListPage {
    let visit: Visit
    let book: AssessmentBook

    private static let path = "/safety/assessments"

    /// What the page reads, in one snapshot.
    private struct Read: Sendable {
        let lines: Listing<AssessmentLine>
        let counts: [RiskBand: Int64]
        let dues: [AssessmentDue]
        let unread: [Assessment]
        let announced: [Assessment]
        let names: [ThingID: Words]
        let sites: [Thing]
    }

    func reply() async throws -> Reply {
        let tenant = try visit.tenant
        let query = TableQuery(visit.query, columns: AssessmentLists.sortable, sortedBy: "-opened", size: 25)
        let band = RiskBand(rawValue: visit.query["band"] ?? "")
        let site = visit.query["site"].flatMap { $0.isEmpty ? nil : ThingID($0) }
        let (now, person) = (visit.now, visit.caller.person)
        let read = try await visit.spine.district.store.read { [book] reader -> Read in
            let lines = try AssessmentLists.page(
                .init(
                    words: query.filter, band: band, site: site, sort: query.sort, descending: query.descending,
                    limit: query.size, offset: query.offset), at: now, for: tenant, in: reader)
            let dues = try AssessmentLists.dues(by: KoreanDay(now) + 60, book, for: tenant, in: reader)
            let unread = try person.map { try AssessmentLists.unread(by: $0, for: tenant, in: reader) } ?? []
            let announced = try AssessmentLists.announced(from: now, for: tenant, in: reader)
            var names: [ThingID: Words] = [:]
            let things =
                lines.rows.flatMap { [$0.assessment.thing, $0.assessment.site] } + dues.map(\.thing)
                + (unread + announced).map(\.thing)
            for thing in Set(things) { names[thing] = try Things.find(thing, for: tenant, in: reader)?.name }
            let sites = try Things.list(
                ThingFilter(kinds: [.site, .building]), for: tenant, limit: 100, in: reader
            ).rows
            return Read(
                lines: lines, counts: try AssessmentLists.counts(at: now, for: tenant, in: reader), dues: dues,
                unread: unread, announced: announced, names: names, sites: sites)
        }
        var kept: [String: String] = [:]
        if let band { kept["band"] = band.rawValue }
        if let site { kept["site"] = site.rawValue }
        var members: [String: JSON] = [
            "headline": headline(read), "counts": .array(RiskBand.allCases.reversed().map { tile($0, band, read) }),
            "dues": .array(dues(read)), "unread": .array(read.unread.map { link($0, read, "/read") }),
            "announced": .array(read.announced.map { plan($0, read) }),
            "table": table(read, query, kept: kept), "cycle_href": "/safety/cycle",
        ]
        if read.sites.count > 1 { members["sites"] = ["list": .array(sites(read, chosen: site))] }
        if OpenAssessment.form.permission.allows(visit.caller) {
            members["open_href"] = .string("/do/safety.assessment.open?next=\(Self.path)")
        }
        return .page("assessments", title: visit.word("assessments_title"), .object(members), live: true)
    }

    private func headline(_ read: Read) -> JSON {
        let bad = (read.counts[.high] ?? 0) + (read.counts[.severe] ?? 0)
        let late = read.dues.count { $0.due(book).map { $0 < KoreanDay(visit.now) } ?? false }
        if bad == 0, late == 0 {
            return read.lines.total == 0 && read.counts.isEmpty
                ? ["kind": "unknown", "text": .string(visit.word("assessments_none"))]
                : ["kind": "ok", "text": .string(visit.word("assessments_fine"))]
        }
        let text =
            visit.language == .ko
            ? "허용할 수 없는 위험이 남은 평가 \(bad)건, 기한이 지난 평가 \(late)건"
            : "\(bad) assessments with risks that are not acceptable, \(late) past their due date"
        return [
            "kind": .string(late > 0 || (read.counts[.severe] ?? 0) > 0 ? "danger" : "warn"), "text": .string(text),
        ]
    }

    private func tile(_ band: RiskBand, _ chosen: RiskBand?, _ read: Read) -> JSON {
        var members: [String: JSON] = [
            "badge": Show.badge(band.badge, band.words[visit.language]),
            "count": .string(Show.count(read.counts[band] ?? 0)),
            "href": .string(chosen == band ? Self.path : "\(Self.path)?band=\(band.rawValue)"),
        ]
        if chosen == band { members["current"] = true }
        return .object(members)
    }

    private func sites(_ read: Read, chosen: ThingID?) -> [JSON] {
        var entries: [JSON] = []
        func add(_ label: String, _ href: String, _ isCurrent: Bool) {
            var members: [String: JSON] = ["label": .string(label), "href": .string(href)]
            if isCurrent { members["current"] = true }
            entries.append(.object(members))
        }
        add(visit.word("assessments_all_sites"), Self.path, chosen == nil)
        for site in read.sites {
            add(
                site.name[visit.language], "\(Self.path)?site=\(Table.encoded(site.id.rawValue))", chosen == site.id)
        }
        return entries
    }

    /// What is overdue or will be due within two months.
    private func dues(_ read: Read) -> [JSON] {
        let today = KoreanDay(visit.now)
        return read.dues.compactMap { entry -> (KoreanDay, JSON)? in
            guard let due = entry.due(book) else { return nil }
            let isLate = due < today
            return (
                due,
                [
                    "text": .string("\(name(entry.thing, read)) · \(entry.process)"), "due": .string(due.description),
                    "state": Show.badge(
                        isLate ? "danger" : "warn", visit.word(isLate ? "assessments_late" : "assessments_soon")),
                ]
            )
        }.sorted { $0.0 < $1.0 }.prefix(50).map(\.1)
    }

    private func name(_ thing: ThingID, _ read: Read) -> String {
        read.names[thing]?[visit.language] ?? thing.rawValue
    }

    private func link(_ assessment: Assessment, _ read: Read, _ tail: String = "") -> JSON {
        [
            "href": .string("\(Self.path)/\(assessment.id)\(tail)"),
            "text": .string("\(name(assessment.thing, read)) · \(assessment.process)"),
        ]
    }

    private func plan(_ assessment: Assessment, _ read: Read) -> JSON {
        guard case .object(var members) = link(assessment, read) else { return .null }
        members["time"] = Show.time(assessment.planned, visit.language)
        return .object(members)
    }

    private func table(_ read: Read, _ query: TableQuery, kept: [String: String]) -> JSON {
        func label(_ key: String) -> String { visit.word("assessments_column_\(key)") }
        let rows = read.lines.rows.map { line -> [Table.Cell] in
            let assessment = line.assessment
            return [
                Table.Cell(
                    "\(name(assessment.thing, read)) · \(assessment.process)",
                    href: "\(Self.path)/\(assessment.id)", isHead: true),
                line.band.map { Table.Cell(badge: $0.badge, $0.words[visit.language]) } ?? .none,
                Table.Cell(badge: assessment.state.badge, assessment.state.words[visit.language]),
                Table.Cell(assessment.kind.words[visit.language]), Table.Cell(Show.count(line.hazards)),
                line.lateControls > 0
                    ? Table.Cell(badge: "danger", Show.count(line.lateControls)) : Table.Cell("0"),
                line.readers > 0
                    ? Table.Cell("\(line.readers - line.unread) / \(line.readers)") : .none,
                Table.Cell(time: Show.time(assessment.opened, visit.language)),
            ]
        }
        return Table(
            "assessments", caption: visit.word("assessments_title"), path: Self.path, query,
            columns: [
                .init("process", label("what")), .init("band", label("band")), .init("state", label("state")),
                .init(nil, label("kind")), .init(nil, label("hazards"), isNumber: true),
                .init(nil, label("late"), isNumber: true), .init(nil, label("read"), isNumber: true),
                .init("opened", label("opened")),
            ], rows: rows, total: read.lines.total, filter: .init(visit.word("assessments_filter")),
            empty: visit.word("assessments_empty"), kept: kept
        ).json
    }
}
