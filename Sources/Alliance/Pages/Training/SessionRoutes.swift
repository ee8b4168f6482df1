import Access
import District
import Record
import Store
import Web

/// Sessions as whoever runs them sees them: the roster of a module to be filled in, and all sessions that wait for it.
struct SessionRoutes {
    private static let readers = Permission.roles(TrainingProgramme.runners.union([.executive]))

    var routes: [Route] {
        [
            .get("/alliance/training/sessions", TrainingRefusals.runners) { try await list($0) },
            .get("/alliance/training/s/{session}", Self.readers) { try await page($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let found = try await visit.spine.district.store.read { reader in
            try EnrolmentTable.unsettled(before: visit.now, in: reader).map {
                (
                    $0, try TrainingTable.programme($0.programme, in: reader),
                    try EnrolmentTable.seats(of: $0.id, in: reader)
                )
            }
        }
        let rows = found.map { session, programme, seats -> JSON in
            var row = TrainingShow.session(session, seats, visit)
            row["title"] = .string(programme?.title[visit.language] ?? session.programme)
            row["taken"] = .string(Show.count(seats.taken))
            return .object(row)
        }
        return .page(
            "training-sessions", title: visit.word("training_sessions_title"), ["sessions": .array(rows)], live: true)
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["session"] ?? ""
        let (caller, runs) = (visit.caller, TrainingRefusals.isRunner(visit.caller))
        let found = try await visit.spine.district.store.read { reader -> SessionRoster? in
            guard let session = try TrainingTable.session(id, in: reader),
                let programme = try TrainingTable.programme(session.programme, in: reader),
                programme.isShown(to: caller)
            else { return nil }
            // An administrator who is no officer stands for no tenant, and runs the district's training all the same.
            let all = try EnrolmentTable.roster(of: id, in: reader)
            let roster = runs ? all : all.filter { $0.firm != nil && $0.firm == caller.firm }
            var names: [PersonID: String] = [:]
            for person in Set(roster.map(\.person)) { names[person] = try Directory.caller(person, in: reader)?.name }
            return SessionRoster(
                session: session, programme: programme, roster: roster, names: names,
                marks: try EnrolmentTable.marks(of: id, in: reader),
                seats: try EnrolmentTable.seats(of: id, in: reader),
                badges: Dictionary(
                    try BadgeTable.badges(ofSession: id, in: reader).map { ($0.enrolment, $0) },
                    uniquingKeysWith: { first, _ in first }))
        }
        guard let found else {
            throw Refusal(.notFound, "training.session", Words("그런 교육 일정이 없습니다.", "There is no such session."))
        }
        try await visit.look(at: runs ? .zone : caller.firm.map { .firm($0) } ?? .zone, "training-session/\(id)")
        return .page(
            "training-session", title: found.programme.title[visit.language], found.context(visit, runs: runs),
            live: true)
    }
}

/// A session with everything that is known of its people.
struct SessionRoster {
    let session: TrainingSession
    let programme: TrainingProgramme
    let roster: [TrainingEnrolment]
    let names: [PersonID: String]
    let marks: [String: [String: CompletionRule.Mark]]
    let seats: TrainingSession.Seats
    let badges: [String: BadgeCredential]

    func context(_ visit: Visit, runs: Bool) -> JSON {
        let (language, path) = (visit.language, "/alliance/training/s/\(session.id)")
        let placed = roster.filter { $0.state == .placed }
        let hasBegun = session.starts <= visit.now && session.cancelled == nil
        var context = TrainingShow.session(session, seats, visit)
        context["programme_href"] = .string("/alliance/training/p/\(programme.id)")
        context["people"] = .array(roster.map { person($0, visit, runs: runs) })
        context["modules"] = .array(programme.modules.map { ["title": .string($0.title[language])] })
        guard runs else { return .object(context) }
        if hasBegun, !placed.isEmpty {
            context["rosters"] = .array(
                programme.modules.map { module in
                    [
                        "id": .string(module.id), "title": .string(module.title[language]),
                        "tested": .bool(module.isTested), "session": .string(session.id), "next": .string(path),
                        "key": .string(Identifier(at: visit.now).description),
                        "people": .array(placed.enumerated().map { line($0.offset, $0.element, module, visit) }),
                    ]
                })
        }
        if session.ends <= visit.now, session.cancelled == nil, !placed.isEmpty {
            context["settle"] = TrainingShow.link("alliance.training.settle", [("session", session.id)], next: path)
        }
        if session.starts > visit.now, session.cancelled == nil {
            context["resize"] = TrainingShow.link(
                "alliance.training.session.resize", [("session", session.id), ("places", "\(session.places)")],
                next: path)
            context["cancel"] = TrainingShow.link(
                "alliance.training.session.cancel", [("session", session.id)], next: path)
        }
        return .object(context)
    }

    private func name(_ enrolment: TrainingEnrolment, _ visit: Visit) -> String {
        names[enrolment.person] ?? visit.word("author_person")
    }

    private func person(_ enrolment: TrainingEnrolment, _ visit: Visit, runs: Bool) -> JSON {
        let known = marks[enrolment.id] ?? [:]
        let cells = programme.modules.map { module -> JSON in
            let mark = known[module.id]
            let word =
                switch mark?.present {
                case true?: "training_present"
                case false?: "training_absent"
                case nil: "training_unmarked"
                }
            return [
                "label": .string(module.title[visit.language]), "text": .string(visit.word(word)),
                "score": mark?.score.map { .string(Show.count($0)) } ?? .null,
            ]
        }
        var row: [String: JSON] = [
            "name": .string(name(enrolment, visit)), "cells": .array(cells),
            "badge": Show.badge(enrolment.state.badge, enrolment.state.words[visit.language]),
            "renewal": .bool(enrolment.isRenewal && enrolment.state == .waiting),
        ]
        if let badge = badges[enrolment.id], runs {
            row["credential"] = .string("/alliance/badges/c/\(badge.id)")
            if badge.revoked == nil {
                row["revoke"] = TrainingShow.link(
                    "alliance.training.badge.revoke", [("badge", badge.id)], next: "/alliance/training/s/\(session.id)")
            }
        }
        return .object(row)
    }

    private func line(
        _ place: Int, _ enrolment: TrainingEnrolment, _ module: TrainingProgramme.Module, _ visit: Visit
    ) -> JSON {
        let mark = marks[enrolment.id]?[module.id]
        return [
            "place": .string("\(place)"), "enrolment": .string(enrolment.id), "name": .string(name(enrolment, visit)),
            "module": .string(module.id), "tested": .bool(module.isTested), "present": .bool(mark?.present == true),
            "absent": .bool(mark?.present == false), "score": mark?.score.map { .string("\($0)") } ?? .null,
        ]
    }
}
