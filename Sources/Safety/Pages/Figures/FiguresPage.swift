import Access
import District
import Record
import Store
import Web

/// Lagging and leading figures of a firm or of the zone: each with the count behind it, its interval and what it means.
struct FiguresPage {
    static let readers = Permission.roles([.safetyManager, .executive, .worker, .zoneOfficer])

    var routes: [Route] {
        [
            .get("/safety/figures", Self.readers) { try await page($0) },
            .get("/api/v1/safety/figures", Self.readers.orToken("read")) { try await json($0) },
        ]
    }

    /// What is asked for: twelve months up to one, of a firm or of all.
    private struct Asked: Sendable {
        let firm: FirmID?
        let name: String?
        let first: KoreanDay, last: KoreanDay
        let exposure: Exposure
        let firms: Int
        let leading: Leading
    }

    private func asked(_ visit: Visit) async throws -> Asked {
        let (tenant, now) = (try visit.tenant, visit.now)
        let firm = visit.caller.firm ?? visit.query["firm"].map { FirmID($0) }
        let this = KoreanDay(now).firstOfMonth
        let last = visit.query["until"].flatMap { KoreanDay("\($0)-01") }.map { min($0, this) } ?? this
        let first = last.adding(months: -11)
        return try await visit.spine.district.store.read { reader in
            var name: String?
            if let firm {
                guard let found = try Directory.firm(firm, for: tenant, in: reader) else { throw Self.unknown }
                name = found.name
            }
            var months = try IncidentTable.counts(
                from: first.month, through: last.month, firm: firm, for: tenant, in: reader)
            // A firm that reported nothing is not a firm without injuries: its months are there, and unknown.
            let blank = (0..<12).map { MonthOfWork(month: first.adding(months: $0).month) }
            for firm in try firm.map({ [$0] }) ?? Self.firms(tenant, reader) where months[firm] == nil {
                months[firm] = blank
            }
            let span = LeadingTable.Span(first: first, end: last.adding(months: 1), firm: firm)
            return Asked(
                firm: firm, name: name, first: first, last: last,
                exposure: Exposure(months: months.values.flatMap(\.self)), firms: months.count,
                leading: try LeadingTable.leading(span, at: now, for: tenant, in: reader))
        }
    }

    private static func firms(_ tenant: Tenant, _ reader: any Reader) throws -> [FirmID] {
        try FirmProfiles.all(for: tenant, in: reader).map(\.firm)
    }

    private static let unknown = Refusal(
        .notFound, "figures.firm", Words("그런 기업이 없습니다.", "There is no such firm."))

    private func page(_ visit: Visit) async throws -> Reply {
        let asked = try await asked(visit)
        try await visit.look(at: asked.firm.map { .firm($0) } ?? .zone, "figures")
        let view = FiguresView(visit: visit)
        let earlier = asked.last.adding(months: -12).month
        let kept = asked.firm != nil && visit.caller.firm == nil ? "&firm=\(asked.firm?.rawValue ?? "")" : ""
        return .page(
            "figures", title: visit.word("figures_title"),
            [
                "of": .string(asked.name ?? "\(visit.word("figures_zone")) (\(Show.count(Int64(asked.firms))))"),
                "span": .string("\(asked.first.month) – \(asked.last.month)"),
                "earlier": .string("/safety/figures?until=\(earlier)\(kept)"),
                "lagging": .array(Indicator.allCases.map { view.lagging(asked.exposure.reading($0)) }),
                "leading": .array(view.leading(asked.leading, asked.exposure)),
                "report": .bool(!visit.caller.roles.isDisjoint(with: [.safetyManager, .executive])),
            ])
    }

    private func json(_ visit: Visit) async throws -> Reply {
        let asked = try await asked(visit)
        return .json([
            "from": .string(asked.first.month), "through": .string(asked.last.month),
            "firm": asked.firm.map { .string($0.rawValue) } ?? .null,
            "lagging": .array(
                Indicator.allCases.map { indicator in
                    let reading = asked.exposure.reading(indicator)
                    return [
                        "name": .string(indicator.rawValue), "count": .decimal(reading.rate.count),
                        "base": reading.rate.base.map { .number($0) } ?? .null,
                        "value": reading.rate.value.map { .number($0) } ?? .null,
                        "low": reading.rate.interval.map { .number($0.low) } ?? .null,
                        "high": reading.rate.interval.map { .number($0.high) } ?? .null,
                        "months_known": .number(Double(reading.known)), "months": .number(Double(reading.of)),
                        "left_out": .decimal(reading.leftOut),
                    ]
                }),
        ])
    }
}
