import Access
import District
import Record
import Store
import Twin
import Web

/// The continuous cycle of a site, month by month, and the way to today's tool-box meeting.
struct CycleRoutes {
    var routes: [Route] {
        [.get("/safety/cycle", .roles(AssessmentRoutes.readers)) { try await page($0) }]
    }

    private struct Read: Sendable {
        let sites: [Thing]
        let site: Thing
        let cycle: WorkCycle
        let meetings: [HeldTBM]
        let reviews: [HeldReview]
        let names: [ThingID: Words]
        let topics: [String]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let today = KoreanDay(visit.now)
        let asked = visit.query["month"].flatMap { KoreanDay("\($0)-01") } ?? today
        let wanted = visit.query["site"].map { ThingID($0) }
        let read = try await visit.spine.district.store.read { reader -> Read? in
            let sites = try Things.list(
                ThingFilter(kinds: [.site, .building]), for: tenant, limit: 200, in: reader
            ).rows.filter { $0.firm != nil }
            guard let site = sites.first(where: { $0.id == wanted }) ?? sites.first else { return nil }
            let first = asked.firstOfMonth.monday
            let last = asked.firstOfMonth.adding(months: 1) + 6
            let kept = try CycleTable.kept(from: first, through: last, for: tenant, in: reader)[site.id] ?? .init()
            let begun = try CycleTable.begun(for: tenant, in: reader)[site.id]
            let meetings = try TBMTable.list(from: today - 6, through: today, for: tenant, in: reader)
            let reviews = try CycleTable.reviews(from: today - 92, for: tenant, in: reader)
            var names: [ThingID: Words] = [:]
            for thing in Set(meetings.map(\.thing) + reviews.map(\.thing)) {
                names[thing] = try Things.find(thing, for: tenant, in: reader)?.name
            }
            return Read(
                sites: sites, site: site,
                cycle: WorkCycle(monthOf: asked, kept: kept, today: today, begun: begun), meetings: meetings,
                reviews: reviews, names: names,
                topics: try TodaysTopics.of(site.id, at: visit.now, for: tenant, in: reader))
        }
        guard let read else { return .page("assessments-cycle", title: visit.word("cycle_title"), [:]) }
        try await visit.look(at: read.site.scope, "cycle/\(read.site.id)")
        return .page(
            "assessments-cycle", title: visit.word("cycle_title"), context(read, asked, visit), live: true)
    }

    private func context(_ read: Read, _ month: KoreanDay, _ visit: Visit) -> JSON {
        let site = Table.encoded(read.site.id.rawValue)
        func badge(_ standing: WorkCycle.Standing) -> JSON {
            Show.badge(standing.badge, visit.word("cycle_\(standing.rawValue)"))
        }
        func name(_ thing: ThingID) -> JSON { .string(read.names[thing]?[visit.language] ?? thing.rawValue) }
        func monthLink(_ months: Int64) -> JSON {
            .string("/safety/cycle?site=\(site)&month=\(month.firstOfMonth.adding(months: months).month)")
        }
        var own: [String: JSON] = [
            "name": .string(read.site.name[visit.language]), "month": .string(month.month),
            "previous_href": monthLink(-1), "next_href": monthLink(1), "finding": badge(read.cycle.month),
            "weeks": .array(
                read.cycle.weeks.map { ["label": .string($0.monday.description), "state": badge($0.standing)] }),
            "days": .array(
                read.cycle.days.map { day in
                    [
                        "label": .string(String(day.day.description.suffix(2))),
                        "date": .string(day.day.description), "kind": .string(day.standing.badge),
                        "word": .string(visit.word("cycle_\(day.standing.rawValue)")),
                    ]
                }),
            "headline": read.cycle.missed == 0
                ? ["kind": "ok", "text": .string(visit.word("cycle_whole"))]
                : [
                    "kind": "danger",
                    "text": .string(
                        visit.language == .ko
                            ? "이 달에 빠진 발굴·점검·회의 \(read.cycle.missed)건" : "\(read.cycle.missed) missed in this month"),
                ],
        ]
        // The day a worker may enter into the calendar: first blank cells, by the weekday of the first.
        let first = month.firstOfMonth
        own["blanks"] = .array((0..<Int(first.number - first.monday.number)).map { _ in [:] })
        if HoldTBM.form.permission.allows(visit.caller) {
            own["tbm_href"] = .string("/safety/tbm?thing=\(site)")
            own["finding_href"] = .string("/do/safety.cycle.review?thing=\(site)&kind=finding&next=/safety/cycle")
            own["weekly_href"] = .string("/do/safety.cycle.review?thing=\(site)&kind=weekly&next=/safety/cycle")
        }
        var members: [String: JSON] = [
            "site": .object(own),
            "topics": .array(read.topics.prefix(8).map { .string($0) }),
            "meetings": .array(
                read.meetings.map { meeting in
                    [
                        "place": name(meeting.thing), "time": Show.time(meeting.held, visit.language),
                        "heads": .string("\(meeting.heads)"),
                        "topics": .string(meeting.topics.joined(separator: " · ")),
                        "language": .string(
                            WorkerLanguage(rawValue: meeting.language)?.words[visit.language] ?? meeting.language),
                    ]
                }),
            "reviews": .array(
                read.reviews.map { review in
                    [
                        "place": name(review.thing), "day": .string(review.day.description),
                        "kind": .string(review.kind.words[visit.language]), "heads": .string("\(review.heads)"),
                        "text": .string(review.findings ?? visit.word("assessments_forgotten")),
                    ]
                }),
        ]
        if read.sites.count > 1 {
            members["sites"] = [
                "list": .array(
                    read.sites.map { entry in
                        var link: [String: JSON] = [
                            "label": .string(entry.name[visit.language]),
                            "href": .string("/safety/cycle?site=\(Table.encoded(entry.id.rawValue))"),
                        ]
                        if entry.id == read.site.id { link["current"] = true }
                        return .object(link)
                    })
            ]
        }
        return .object(members)
    }
}
