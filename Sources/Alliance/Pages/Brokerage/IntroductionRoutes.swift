import Access
import District
import Record
import Store
import Web

/// Introductions: whom a firm was introduced to, what waits for it, and what came of each.
struct IntroductionRoutes {
    let lists: SolutionKinds

    static let readers: Set<Role> = [.executive, .zoneOfficer]

    var routes: [Web.Route] {
        [
            .get("/alliance/introductions", .roles(Self.readers)) { try await list($0) },
            .get("/alliance/introductions/{introduction}", .roles(Self.readers)) { try await one($0) },
        ]
    }

    /// Introductions that wait for an answer of one's firm, and those that are to be looked at again by whoever looks.
    func home(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: Self.readers), let tenant = try? visit.caller.tenant else {
            return [:]
        }
        let today = KoreanDay(visit.now)
        let (waiting, overdue, changed) = try await visit.spine.district.store.read { reader in
            let waiting =
                tenant.firm == nil ? 0 : try IntroductionTable.count(.waiting, on: today, for: tenant, in: reader)
            // Whoever moved the day need not be told of it.
            let changed =
                tenant.firm == nil ? 0 : try IntroductionTable.count(.changed, on: today, for: tenant, in: reader)
            return (waiting, try IntroductionTable.count(.overdue, on: today, for: tenant, in: reader), changed)
        }
        var tasks: [JSON] = []
        for (many, view, kind, word, state) in [
            (overdue, IntroductionTable.View.overdue, "warn", "brokerage_task_overdue", "brokerage_overdue"),
            (changed, .changed, "warn", "brokerage_task_changed", "brokerage_changed"),
            (waiting, .waiting, "info", "brokerage_task_waiting", "brokerage_unanswered"),
        ] where many > 0 {
            tasks.append([
                "href": .string("/alliance/introductions?view=\(view.rawValue)"), "text": .string(visit.word(word)),
                "count": .string(Show.count(many)), "kind": .string(kind), "state": .string(visit.word(state)),
            ])
        }
        return ["tasks": .array(tasks)]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (tenant, today) = (try visit.tenant, KoreanDay(visit.now))
        let view = IntroductionTable.View(rawValue: visit.query["view"] ?? "") ?? .all
        let query = TableQuery(visit.query, columns: ["day"], sortedBy: "day", size: 25)
        let (page, names, funnel) = try await visit.spine.district.store.read { reader in
            let page = try IntroductionTable.page(
                view, on: today, limit: query.size, offset: query.offset, for: tenant, in: reader)
            return (
                page, try IntroductionTable.names(of: page.rows, in: reader),
                try IntroductionTable.funnel(for: tenant, in: reader)
            )
        }
        let show = IntroductionView(visit: visit, lists: lists)
        let table = Table(
            "introductions", caption: visit.word("brokerage_introductions"), path: "/alliance/introductions", query,
            columns: ["firms_need", "firms_firm", "firms_supplier", "brokerage_follow_up", "brokerage_state"].map {
                .init(nil, visit.word($0))
            },
            rows: page.rows.map { one in
                let badge = show.state(one, on: today)
                return [
                    .init(one.needTitle, href: "/alliance/introductions/\(one.id)", isHead: true),
                    .init(names[one.firm] ?? one.firm.rawValue), .init(names[one.supplier] ?? one.supplier.rawValue),
                    .init(one.isEnded ? "–" : one.followUp?.description ?? "–"),
                    .init(badge: badge["kind"]?.text ?? "info", badge["label"]?.text ?? ""),
                ]
            }, total: page.total, empty: visit.word("brokerage_no_introductions"), kept: ["view": view.rawValue])
        let views: [JSON] = IntroductionTable.View.allCases.map {
            [
                "href": .string("/alliance/introductions?view=\($0.rawValue)"),
                "label": .string(visit.word("brokerage_view_\($0.rawValue)")), "current": .bool($0 == view),
            ]
        }
        return .page(
            "brokerage-introductions", title: visit.word("brokerage_introductions"),
            ["table": table.json, "views": .array(views), "funnel": show.funnel(funnel)], live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id, district) = (
            try visit.tenant, visit.parameters["introduction"] ?? "", visit.spine.district
        )
        let found = try await district.store.read {
            reader -> (Introduction, [FirmID: String], [Event], Set<FirmID>, Contacts)? in
            guard let one = try IntroductionTable.find(id, for: tenant, in: reader) else { return nil }
            return (
                one, try IntroductionTable.names(of: [one], in: reader),
                try district.log.events(inStream: "introduction/\(id)", in: reader),
                // A firm may be introduced and yet show its profile to nobody.
                Set(try [one.firm, one.supplier].filter { try ProfileTable.find($0, for: tenant, in: reader) != nil }),
                Contacts(
                    other: try ContactTable.other(of: one, for: tenant, in: reader),
                    own: try ContactTable.own(for: tenant, in: reader))
            )
        }
        guard let (one, names, events, shown, contacts) = found else {
            throw Refusal(.notFound, "introduction.unknown", Words("그런 소개가 없습니다.", "There is no such introduction."))
        }
        try await visit.look(at: one.scope, "introduction/\(id)")
        let (today, show) = (KoreanDay(visit.now), IntroductionView(visit: visit, lists: lists))
        let side = tenant.firm.flatMap { one.side(of: $0) }
        var context: [String: JSON] = [
            "state": show.state(one, on: today), "date": .string(one.date.description),
            "firm_name": .string(names[one.firm] ?? one.firm.rawValue),
            "supplier_name": .string(names[one.supplier] ?? one.supplier.rawValue),
            "firm_answer": show.answer(one.answers[.firm]), "supplier_answer": show.answer(one.answers[.supplier]),
            "need_title": .string(one.needTitle), "offer_title": .string(one.offerTitle),
            "kinds": .string(FirmView(visit: visit, lists: lists).kinds(one.kinds)),
            "firm_why": .string(DayRoutes.words(one.firmReasons, visit)),
            "supplier_why": .string(DayRoutes.words(one.supplierReasons, visit)),
            "follow_up": .string(one.isEnded ? "–" : one.followUp?.description ?? "–"),
            "owner": .string(
                one.owner.isEmpty ? visit.word("brokerage_zone") : names[FirmID(one.owner)] ?? one.owner),
            "acts": .array(acts(one, side, visit)), "story": .array(events.map { told($0, visit) }),
        ]
        if let held = one.held {
            context["hours"] = .string("\(DayHours.clock(held.begins))–\(DayHours.clock(held.ends))")
        }
        if let place = one.held?.place, !place.isEmpty { context["place"] = .string(place) }
        if one.stage >= .agreed, !one.isEnded || one.stage == .contract {
            context["meeting"] = .object(meeting(one, side, contacts, names, visit))
        }
        if shown.contains(one.firm) { context["firm_href"] = .string("/alliance/firms/\(one.firm)") }
        if shown.contains(one.supplier) { context["supplier_href"] = .string("/alliance/firms/\(one.supplier)") }
        if !one.needAbout.isEmpty { context["about"] = .string(one.needAbout) }
        if !one.needMusts.isEmpty { context["musts"] = .string(one.needMusts) }
        return .page("brokerage-introduction", title: one.needTitle, .object(context), live: true)
    }

    /// What a firm knows of whom to call.
    private struct Contacts: Sendable {
        let other: FirmContact?, own: FirmContact?
    }

    /// When and where the two sit, and for the two alone whom to call at the other.
    private func meeting(
        _ one: Introduction, _ side: Introduction.Side?, _ contacts: Contacts, _ names: [FirmID: String], _ visit: Visit
    ) -> [String: JSON] {
        var members: [String: JSON] = [
            "when": .string(
                one.seat.map { "\(one.date) \(DayHours.clock($0.hour))" } ?? visit.word("brokerage_no_seat"))
        ]
        if let seat = one.seat { members["table"] = .string(Show.count(seat.table)) }
        guard let side else { return members }
        let other = side == .firm ? one.supplier : one.firm
        var contact: [String: JSON] = ["of": .string(names[other] ?? other.rawValue)]
        if let found = contacts.other, !found.phone.isEmpty {
            contact["name"] = .string(found.name)
            contact["phone"] = .string(found.phone)
            contact["call"] = .string("tel:" + found.phone.filter { $0.isNumber || $0 == "+" })
            if !found.mail.isEmpty { contact["mail"] = .string(found.mail) }
        }
        members["contact"] = .object(contact)
        if contacts.own == nil, visit.caller.roles.contains(.executive) {
            members["give"] = .string("/do/\(KeepContact.name)?next=/alliance/introductions/\(one.id)")
        }
        return members
    }

    /// What whoever looks may do with it now.
    private func acts(_ one: Introduction, _ side: Introduction.Side?, _ visit: Visit) -> [JSON] {
        let back = "introduction=\(one.id)&next=/alliance/introductions/\(one.id)"
        var acts: [(String, String)] = []
        if let side, one.mayChange(side, on: KoreanDay(visit.now)), visit.caller.roles.contains(.executive) {
            let contrary = one.answers[side] == .accepted ? "decline" : "accept"
            acts.append(
                ("/do/\(AnswerIntroduction.name)?answer=\(contrary)&\(back)", "brokerage_do_change_\(contrary)"))
        }
        if let side, !one.isEnded, one.answers[side] == nil, visit.caller.roles.contains(.executive) {
            acts.append(("/do/\(AnswerIntroduction.name)?answer=accept&\(back)", "brokerage_do_accept"))
            acts.append(("/do/\(AnswerIntroduction.name)?answer=decline&\(back)", "brokerage_do_decline"))
        }
        if one.stage >= .agreed, !one.isEnded { acts.append(("/do/\(NoteOutcome.name)?\(back)", "brokerage_do_note")) }
        return acts.map { ["href": .string($0.0), "label": .string(visit.word($0.1))] }
    }

    private func told(_ event: Event, _ visit: Visit) -> JSON {
        var members: [String: JSON] = [
            "time": Show.time(event.observed, visit.language), "name": .string(visit.eventName(event.type)),
            "who": .string(visit.authorName(event.author)), "trace": .string("/trace/\(event.correlation)"),
        ]
        if let outcome = event.payload["outcome"]?.text.flatMap({ Introduction.Outcome(rawValue: $0) }) {
            members["outcome"] = .string(outcome.words[visit.language])
        }
        if let side = event.payload["side"]?.text {
            members["outcome"] = .string(visit.word(side == "supplier" ? "firms_supplier" : "firms_firm"))
        }
        for key in ["note", "reason"] {
            if let text = event.payload[key]?.text, !text.isEmpty { members["note"] = .string(text) }
        }
        if event.type == IntroductionTable.moved, let day = event.payload["date"]?.text {
            members["outcome"] = .string(
                [day, event.payload["begins"]?.text, event.payload["place"]?.text].compactMap(\.self)
                    .joined(separator: " "))
        }
        if let day = event.payload["follow_up"]?.text { members["follow_up"] = .string(day) }
        return .object(members)
    }
}
