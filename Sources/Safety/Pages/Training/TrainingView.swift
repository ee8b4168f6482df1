import Access
import District
import Record
import Web

/// How training is shown.
struct TrainingView {
    let visit: Visit
    let courses: TrainingCourses

    /// One's own courses: those needed, and those held beyond that.
    func own(_ evidence: TrainingTable.Evidence, on day: KoreanDay) -> [JSON] {
        courses.list.compactMap { course in
            let standing = evidence.standing(course, on: day)
            let needed = evidence.needs(course, roles: visit.caller.roles, on: day)
            guard needed || standing.isValid else { return nil }
            return [
                "title": .string(course.title[visit.language]), "badge": badge(standing, needed: needed),
                "detail": .string(detail(course, standing)), "basis": .string(basis(course)),
            ]
        }
    }

    func unsigned(_ session: HeldSession) -> JSON {
        [
            "id": .string(session.id), "title": .string(title(session.course)), "day": .string(session.day.description),
            "hours": .string(Show.number(session.hours)), "key": .string(Identifier(at: visit.now).description),
        ]
    }

    func oversight(
        missing: [MissingTraining], sessions: [HeldSession], half: String, reviewed: Timestamp?
    ) -> JSON {
        var members: [String: JSON] = [
            "half": .string(half),
            "missing": .array(
                missing.prefix(200).map { lack in
                    [
                        "person": .string(lack.name ?? "–"), "course": .string(lack.course.title[visit.language]),
                        "hours": .string("\(Show.number(lack.hours)) / \(Show.number(lack.course.hours))"),
                        "basis": .string(basis(lack.course)),
                    ]
                }),
            "count": .string(Show.count(missing.count)),
            "sessions": .array(
                sessions.map { session in
                    var members: [String: JSON] = [
                        "title": .string(title(session.course)), "day": .string(session.day.description),
                        "hours": .string(Show.number(session.hours)),
                        "language": .string(
                            WorkerLanguage(rawValue: session.language)?.words[visit.language] ?? session.language),
                        "instructor": .string(session.instructor ?? "–"),
                    ]
                    if let file = session.file { members["file"] = .string("/attachments/\(file)") }
                    return .object(members)
                }),
            "records": .bool(visit.caller.firm != nil), "reviews": .bool(visit.caller.roles.contains(.executive)),
        ]
        if let reviewed { members["reviewed"] = Show.time(reviewed, visit.language) }
        return .object(members)
    }

    func heading(_ course: TrainingCourse) -> JSON {
        ["title": .string(course.title[visit.language]), "basis": .string(basis(course))]
    }

    func row(_ person: Person, _ evidence: TrainingTable.Evidence, on day: KoreanDay) -> JSON {
        [
            "name": .string(person.name ?? "–"),
            "role": .string(person.roles.sorted().map { $0.words[visit.language] }.joined(separator: ", ")),
            "cells": .array(
                courses.list.map { course in
                    let standing = evidence.standing(course, on: day)
                    let needed = evidence.needs(course, roles: person.roles, on: day)
                    var cell: [String: JSON] = ["course": .string(course.title[visit.language])]
                    if needed || standing.isValid { cell["badge"] = badge(standing, needed: needed) }
                    if let through = standing.through { cell["through"] = .string(through.description) }
                    return .object(cell)
                }),
        ]
    }

    private func badge(_ standing: TrainingStanding, needed: Bool) -> JSON {
        switch standing.state {
        case .held: Show.badge("ok", visit.word("training_held"))
        case .expiring: Show.badge("warn", visit.word("training_expiring"))
        case .missing: Show.badge(needed ? "danger" : "off", visit.word("training_missing"))
        }
    }

    private func detail(_ course: TrainingCourse, _ standing: TrainingStanding) -> String {
        if let through = standing.through { return visit.word("training_through") + " \(through)" }
        if standing.isValid { return visit.word("training_endless") }
        return "\(Show.number(standing.hours)) / \(Show.number(course.hours)) \(visit.word("training_hours_unit"))"
    }

    private func basis(_ course: TrainingCourse) -> String {
        course.citation[visit.language] + (course.isAdvice ? " · " + visit.word("training_advice") : "")
    }

    private func title(_ course: String) -> String { courses[course]?.title[visit.language] ?? course }
}
