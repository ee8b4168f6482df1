import Access
import District
import Record
import Store
import Web

/// Training as whoever learns sees it: what is open, what one is enrolled in, what one has earned; a programme by itself.
struct TrainingRoutes {
    var routes: [Route] {
        [
            .get("/alliance/training", .anyone) { try await page($0) },
            .get("/alliance/training/p/{programme}", .anyone) { try await programme($0) },
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (caller, today) = (visit.caller, KoreanDay(visit.now))
        let (programmes, mine, badges, ending, staff) = try await visit.spine.district.store.read { reader in
            let programmes = try TrainingTable.programmes(for: caller, in: reader)
            let listed = try programmes.filter { !$0.isClosed }.map { programme in
                let sessions = try TrainingTable.sessions(of: programme.id, in: reader).filter {
                    $0.cancelled == nil && $0.starts > visit.now
                }
                return (programme, try sessions.last.map { ($0, try EnrolmentTable.seats(of: $0.id, in: reader)) })
            }
            let mine = try (caller.person.map { try EnrolmentTable.of($0, in: reader) } ?? []).prefix(20).map {
                enrolment in
                (
                    enrolment, try TrainingTable.session(enrolment.session, in: reader),
                    try TrainingTable.programme(enrolment.programme, in: reader)
                )
            }
            let badges = try (caller.person.map { try BadgeTable.badges(of: $0, in: reader) } ?? []).map {
                ($0, try TrainingTable.programme($0.programme, in: reader))
            }
            return (
                listed, mine, badges, try Self.ending(caller, today, in: reader), try Self.staff(caller, in: reader)
            )
        }
        var context: [String: JSON] = [
            "programmes": .array(programmes.map { card($0.0, $0.1, visit) }), "known": .bool(caller.isKnown),
            "mine": .array(mine.compactMap { row($0.0, $0.1, $0.2, visit) }),
            "badges": .array(badges.map { badge($0.0, $0.1, visit) }),
            "people": .array(ending.map { person($0.0, $0.1, $0.2, visit) }),
        ]
        if mine.contains(where: { $0.0.email != nil }) || badges.contains(where: { $0.0.salt != nil }) {
            context["forget"] = TrainingShow.link("alliance.training.forget", [], next: "/alliance/training")
        }
        if caller.roles.contains(.executive), caller.firm != nil {
            context["heads"] = [
                "staff": .array(
                    staff.compactMap { enrolment, session, programme, name in
                        row(enrolment, session, programme, visit, of: name ?? visit.word("author_person"))
                    })
            ]
        }
        if caller.roles.contains(.executive) || TrainingRefusals.isRunner(caller) {
            context["oversees"] = ["count": .string(Show.count(ending.count))]
        }
        if TrainingRefusals.isRunner(caller) { context["runs"] = true }
        return .page("training-home", title: visit.word("training_home_title"), .object(context), live: true)
    }

    /// Whose credentials end soon, for the head of a firm or whoever runs the training.
    private static func ending(_ caller: Caller, _ today: KoreanDay, in reader: any Reader) throws -> [(
        BadgeCredential, TrainingProgramme?, String?
    )] {
        guard caller.roles.contains(.executive) || TrainingRefusals.isRunner(caller), let tenant = try? caller.tenant
        else { return [] }
        return try BadgeTable.ending(today + TrainingEnrolment.notice, from: today, for: tenant, in: reader).map {
            (
                $0, try TrainingTable.programme($0.programme, in: reader),
                try Directory.caller($0.person, in: reader)?.name
            )
        }
    }

    /// As many of a firm's enrolments as its head reads through.
    private static let mostStaff = 50

    /// What the people of a firm are enrolled in, for its head.
    private static func staff(_ caller: Caller, in reader: any Reader) throws -> [(
        TrainingEnrolment, TrainingSession?, TrainingProgramme?, String?
    )] {
        guard caller.roles.contains(.executive), let firm = caller.firm else { return [] }
        return try EnrolmentTable.staff(of: firm, limit: mostStaff, in: reader).map {
            (
                $0, try TrainingTable.session($0.session, in: reader),
                try TrainingTable.programme($0.programme, in: reader),
                try Directory.caller($0.person, in: reader)?.name
            )
        }
    }

    private func card(
        _ programme: TrainingProgramme, _ next: (TrainingSession, TrainingSession.Seats)?, _ visit: Visit
    ) -> JSON {
        var card: [String: JSON] = [
            "title": .string(programme.title[visit.language]), "about": .string(programme.about[visit.language]),
            "href": .string("/alliance/training/p/\(programme.id)"),
            "audience": .string(programme.audience.words[visit.language]),
            "length": .string(TrainingShow.length(programme.minutes, visit.language)),
        ]
        if let next { card["next"] = .object(TrainingShow.session(next.0, next.1, visit)) }
        return .object(card)
    }

    private func row(
        _ enrolment: TrainingEnrolment, _ session: TrainingSession?, _ programme: TrainingProgramme?, _ visit: Visit,
        of name: String? = nil
    ) -> JSON? {
        guard let session, let programme else { return nil }
        var row: [String: JSON] = [
            "title": .string(programme.title[visit.language]), "href": .string("/alliance/training/p/\(programme.id)"),
            "when": .string(TrainingShow.date(session)), "place": .string(session.place),
            "badge": Show.badge(enrolment.state.badge, enrolment.state.words[visit.language]),
        ]
        if let name { row["name"] = .string(name) }
        if enrolment.state == .cancelled { row["reason"] = session.cancelled.map { .string($0) } ?? .null }
        if enrolment.state.isOpen, session.starts > visit.now {
            row["withdraw"] = TrainingShow.link(
                "alliance.training.withdraw", [("enrolment", enrolment.id)], next: "/alliance/training")
        }
        return .object(row)
    }

    private func badge(_ badge: BadgeCredential, _ programme: TrainingProgramme?, _ visit: Visit) -> JSON {
        let state = badge.state(on: KoreanDay(visit.now))
        var row: [String: JSON] = [
            "title": .string(programme?.title[visit.language] ?? badge.programme),
            "badge": Show.badge(state.badge, state.words[visit.language]),
            "from": .string(KoreanDay(badge.from).description),
            "public_href": .string("/alliance/badges/c/\(badge.id)"),
            "show": TrainingShow.link(
                "alliance.training.badge.show",
                [("badge", badge.id)] + (badge.showsName ? [("name", "true")] : [])
                    + (badge.showsScore ? [("score", "true")] : []), next: "/alliance/training"),
        ]
        if badge.salt != nil {
            row["jwt"] = .string("/alliance/training/badge/\(badge.id)/jwt")
            row["json"] = .string("/alliance/training/badge/\(badge.id)/json")
        }
        if let through = badge.through { row["through"] = .string(through.description) }
        if let score = badge.score { row["score"] = .string(Show.count(score)) }
        if let revoked = badge.revoked { row["reason"] = .string(revoked.reason.words[visit.language]) }
        if state == .ending || state == .expired { row["renew"] = .string("/alliance/training/p/\(badge.programme)") }
        return .object(row)
    }

    private func person(
        _ badge: BadgeCredential, _ programme: TrainingProgramme?, _ name: String?, _ visit: Visit
    ) -> JSON {
        [
            "name": .string(name ?? visit.word("author_person")),
            "title": .string(programme?.title[visit.language] ?? badge.programme),
            "through": .string(badge.through?.description ?? "–"),
            "href": .string("/alliance/training/p/\(badge.programme)"),
        ]
    }

    private func programme(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["programme"] ?? ""
        let found = try await visit.spine.district.store.read { reader in
            try TrainingTable.programme(id, in: reader).map { programme in
                (
                    programme,
                    try TrainingTable.sessions(of: id, in: reader).map {
                        ($0, try EnrolmentTable.seats(of: $0.id, in: reader))
                    }
                )
            }
        }
        guard let (programme, sessions) = found, programme.isShown(to: visit.caller) else {
            throw Refusal(.notFound, "training.programme", Words("그런 교육 과정이 없습니다.", "There is no such programme."))
        }
        let (language, path, runs) = (
            visit.language, "/alliance/training/p/\(programme.id)", TrainingRefusals.isRunner(visit.caller)
        )
        let isHead = visit.caller.roles.contains(.executive)
        let listed = sessions.map { session, seats -> JSON in
            var shown = TrainingShow.session(session, seats, visit)
            let isOpen = session.cancelled == nil && session.starts > visit.now && !programme.isClosed
            if isOpen, visit.caller.isKnown, programme.isMeant(for: visit.caller) || isHead || runs {
                shown["enrol"] = TrainingShow.link("alliance.training.enrol", [("session", session.id)], next: path)
            }
            if !runs && !isHead { shown["href"] = .null }
            return .object(shown)
        }
        var context: [String: JSON] = [
            "about": .string(programme.about[language]), "audience": .string(programme.audience.words[language]),
            "roles": programme.roles.isEmpty
                ? .null : .string(programme.roles.sorted().map { $0.words[language] }.joined(separator: ", ")),
            "length": .string(TrainingShow.length(programme.minutes, language)),
            "share": .string("\(programme.rule.share)"), "pass": .string("\(programme.rule.pass)"),
            "months": programme.months == 0 ? .null : .string(Show.count(programme.months)),
            "modules": .array(
                programme.modules.map {
                    [
                        "title": .string($0.title[language]), "tested": .bool($0.isTested),
                        "length": .string(TrainingShow.length($0.minutes, language)),
                    ]
                }), "sessions": .array(listed), "closed": .bool(programme.isClosed),
            "signin": .bool(!visit.caller.isKnown),
        ]
        if runs, !programme.isClosed {
            context["plan"] = TrainingShow.link(
                "alliance.training.session.plan", [("programme", programme.id)], next: path)
            context["close"] = TrainingShow.link(
                "alliance.training.programme.close", [("programme", programme.id)], next: path)
        }
        return .page("training-programme", title: programme.title[language], .object(context), live: true)
    }
}
