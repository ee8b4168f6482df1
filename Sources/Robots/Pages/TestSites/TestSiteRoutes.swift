import Access
import District
import Record
import Store
import Web

/// Test sites: what may be tried where, when they are taken, and one's own bookings.
struct TestSiteRoutes {
    let sites: TestSites

    var routes: [Web.Route] {
        [.get("/robots/testsites", .roles(BookTestSite.bookers)) { try await page($0) }]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (tenant, now, sites) = (try visit.tenant, visit.now, sites)
        let (own, taken, firms, guests) = try await visit.spine.district.store.read { reader in
            let own = try BookingTable.coming(after: now.advanced(bySeconds: -7 * 86_400), for: tenant, in: reader)
            var firms: [FirmID: String] = [:]
            for firm in Set(own.compactMap(\.firm)) {
                firms[firm] = try Directory.firm(firm, for: tenant, in: reader)?.name
            }
            return (
                own, try sites.all.map { try BookingTable.taken($0.id, after: now, in: reader) }, firms,
                tenant.firm == nil ? try GuestTable.all(for: tenant, in: reader) : []
            )
        }
        let isOfficer = visit.caller.roles.contains(.zoneOfficer)
        let next = "&next=/robots/testsites"
        return .page(
            "testsites", title: visit.word("testsites_title"),
            [
                "terms": .string(sites.terms[visit.language]),
                "sites": .array(
                    zip(sites.all, taken).map { site, times in
                        .sparse([
                            "name": .string(site.words[visit.language]), "limit": .string(site.limit[visit.language]),
                            "book_href": .string("/do/robots.testsite.book?testsite=\(site.id)\(next)"),
                            "taken": times.isEmpty
                                ? .null
                                : .string(
                                    times.prefix(12).map { Self.span($0.start, $0.end, visit.language) }
                                        .joined(separator: " · ")),
                        ])
                    }),
                "bookings": .array(
                    own.sorted {
                        ($0.state == .asked ? 0 : 1, $0.start, $0.id) < ($1.state == .asked ? 0 : 1, $1.start, $1.id)
                    }
                    .map { row($0, firms, isOfficer: isOfficer, next, visit) }),
                "is_officer": .bool(isOfficer),
                "guests": .array(
                    guests.map { guest in
                        [
                            "name": .string(guest.name),
                            "contact": .string(
                                [guest.contact, guest.phone].compactMap(\.self).joined(separator: " · ")),
                            "invite_href": .string("/people?role=guest&firm=\(Table.encoded(guest.firm.rawValue))"),
                        ]
                    }),
            ], live: true)
    }

    private func row(_ booking: Booking, _ firms: [FirmID: String], isOfficer: Bool, _ next: String, _ visit: Visit)
        -> JSON
    {
        let number = booking.id.dropFirst("testsite/".count)
        let name = sites.all.first { $0.id == booking.testSite }?.words[visit.language] ?? booking.testSite
        var row: [String: JSON] = [
            "name": .string(name), "span": .string(Self.span(booking.start, booking.end, visit.language)),
            "state": Show.badge(booking.state.badge, booking.state.words[visit.language]),
            "purpose": .string(booking.purpose), "robots": .string(booking.robots),
            "insurance": .string(booking.insurance),
        ]
        if let firm = booking.firm { row["firm"] = .string(firms[firm] ?? firm.rawValue) }
        if let weight = booking.weight, let speed = booking.speed {
            row["build"] = .string("\(Show.number(weight)) kg · \(Show.number(speed)) km/h")
        }
        if let reason = booking.reason { row["reason"] = .string(reason) }
        let isOpen = booking.end > visit.now && (booking.state == .asked || booking.state == .approved)
        if isOpen, BookTestSite.mayCancel(booking, visit.caller) {
            row["cancel_href"] = .string("/do/robots.testsite.cancel?booking=\(number)\(next)")
        }
        if isOpen, isOfficer, booking.state == .asked {
            row["approve_href"] = .string("/do/robots.testsite.approve?booking=\(number)\(next)")
        }
        return .object(row)
    }

    /// `11월 23일 10:00–12:00`.
    static func span(_ start: Timestamp, _ end: Timestamp, _ language: Language) -> String {
        let (one, other) = (start.civil(offsetSeconds: 32_400), end.civil(offsetSeconds: 32_400))
        let day =
            language == .ko ? "\(one.month)월 \(one.day)일" : KoreanDay(start).description
        return "\(day) \(one.text.dropFirst(11).prefix(5))–\(other.text.dropFirst(11).prefix(5))"
    }

    /// For officers the bookings that wait for them.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard visit.caller.roles.contains(.zoneOfficer) else { return [:] }
        let (tenant, now) = (try visit.tenant, visit.now)
        let many = try await visit.spine.district.store.read {
            try BookingTable.coming(after: now, for: tenant, in: $0).filter { $0.state == .asked }.count
        }
        guard many > 0 else { return [:] }
        return [
            "tasks": [
                [
                    "href": "/robots/testsites", "text": .string(visit.word("testsites_task")),
                    "count": .string(Show.count(many)), "kind": "info",
                    "state": .string(Booking.State.asked.words[visit.language]),
                ]
            ]
        ]
    }
}
