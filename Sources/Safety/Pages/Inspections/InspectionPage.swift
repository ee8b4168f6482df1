import Access
import District
import Record
import Web

/// One inspection: what was asked and answered, when by which clock, what failed, and what the reviewer said.
struct InspectionPage: Sendable {
    let row: InspectionRow
    let template: InspectionTemplate
    let correlation: Identifier
    let payload: [String: JSON]
    let review: [String: JSON]?
    let reviewer: String?
    /// What is to be done about what failed, from this inspection and from others of the round.
    let actions: [SafetyAction]
    let names: InspectionNames

    func context(_ visit: Visit) -> JSON {
        let view = InspectionView(visit: visit, names: names)
        var context: [String: JSON] = [
            "place": .string(names.place(row.place, visit.language)), "by": .string(names.person(row.inspector)),
            "revision": .string("\(row.version)"), "day": .string("\(row.day)"), "due": .string("\(row.due)"),
            "arrived": Show.time(row.arrived, visit.language), "trace": .string("/trace/\(correlation)"),
            "answers": .array(answers(visit, view)), "outcome": outcome(visit),
        ]
        if !actions.isEmpty {
            context["actions"] = [
                "items": .array(
                    actions.map { action in
                        [
                            "href": .string("/safety/actions/\(action.id)"), "title": .string(action.title),
                            "badge": Show.badge(action.band.badge, action.state.words[visit.language]),
                            "due": .string("\(action.firstDue)"),
                        ]
                    })
            ]
        }
        let late = Recurrence.overdue(row.due, on: row.day)
        if late > 0 {
            context["late"] = Show.badge(
                "warn", visit.language == .ko ? "기한보다 \(late)일 늦게 점검" : "taken \(late) days late")
        }
        if row.isOffline { context["offline"] = offline(visit) }
        if let begun = payload["begun"]?.text.flatMap({ Timestamp(iso8601: $0) }), row.isOffline {
            // Both by the phone's own clock, so its error falls out.
            context["span"] = .string(Show.span(row.claimed.seconds(since: begun), visit.language))
        }
        if let verdict = row.verdict, let reviewed = row.reviewed {
            var said: [String: JSON] = [
                "badge": verdict == "accepted"
                    ? Show.badge("ok", visit.word("inspections_accepted"))
                    : Show.badge("warn", visit.word("inspections_returned")),
                "time": Show.time(reviewed, visit.language),
            ]
            if let reviewer { said["by"] = .string(reviewer) }
            if let note = review?["note"]?.text { said["note"] = .string(note) }
            context["review"] = .object(said)
        } else if !visit.caller.roles.isDisjoint(with: InspectionRoutes.overseers),
            visit.caller.person != row.inspector
        {
            context["judge"] = [
                "inspection": .string(row.id), "key": .string(Identifier(at: visit.now).description),
                "next": .string(visit.path),
            ]
        }
        return .object(context)
    }

    private func outcome(_ visit: Visit) -> JSON {
        let good = payload["good"]?.integer ?? 0
        let skipped = payload["skipped"]?.integer ?? 0
        let ko = "적합 \(good) · 부적합 \(row.failed) · 해당 없음 \(skipped)"
        let en = "\(good) good · \(row.failed) failed · \(skipped) not applicable"
        return Show.badge(row.failed == 0 ? "ok" : row.worst?.badge ?? "warn", visit.language == .ko ? ko : en)
    }

    /// The times of what was filled in without a connection.
    private func offline(_ visit: Visit) -> JSON {
        let (arrival, ko) = (row.arrival, visit.language == .ko)
        var members: [String: JSON] = [
            "claimed": Show.time(row.claimed, visit.language),
            "corrected": Show.time(row.claimed.advanced(bySeconds: -row.skew), visit.language),
            "form": .string(payload["offline"]?["form"]?.text ?? ""),
        ]
        if arrival.showsSkew {
            let span = Show.span(row.skew, visit.language)
            members["skew"] = Show.badge(
                "warn",
                row.skew > 0
                    ? (ko ? "기기 시계가 \(span) 빠름" : "the device's clock was \(span) fast")
                    : (ko ? "기기 시계가 \(span) 느림" : "the device's clock was \(span) slow"))
        }
        if arrival.isLate {
            let span = Show.span(arrival.delay, visit.language)
            members["late"] = Show.badge("info", ko ? "\(span) 뒤에 도착" : "arrived \(span) later")
        }
        if arrival.isImpossible {
            members["impossible"] = Show.badge("danger", visit.word("inspections_impossible"))
        }
        return .object(members)
    }

    private func answers(_ visit: Visit, _ view: InspectionView) -> [JSON] {
        let given = Dictionary(
            (payload["answers"]?.elements ?? []).map { ($0["question"]?.text ?? "", $0) }, uniquingKeysWith: { $1 })
        let words = payload["words"]
        let isErased = words?["erased"] == true
        return template.questions.compactMap { question in
            let answer = given[question.id]
            let said = words?[question.id]
            guard answer != nil || said != nil || isErased && question.kind == .text else { return nil }
            var members: [String: JSON] = ["question": .string(question.words[visit.language])]
            if let value = answer?["value"]?.text, !value.isEmpty {
                members["badge"] = badge(question, value, visit)
            }
            if let text = said?["words"]?.text { members["words"] = .string(text) }
            if let note = said?["note"]?.text { members["note"] = .string(note) }
            if isErased, question.kind == .text { members["words"] = .string(visit.word("inspections_erased")) }
            let photos = (answer?["photos"]?.elements ?? []).compactMap(\.text)
            if !photos.isEmpty {
                members["photos"] = .array(
                    photos.map { ["href": .string("/attachments/\($0)"), "hash": .string(String($0.prefix(12)))] })
            }
            if let citation = question.citation { members["cite"] = .string(view.cite(citation)) }
            return .object(members)
        }
    }

    private func badge(_ question: Question, _ value: String, _ visit: Visit) -> JSON {
        let shown =
            switch (question.kind, value) {
            case (_, Answer.notApplicable): visit.word("inspections_na")
            case (.check, "yes"): visit.word("inspections_yes")
            case (.check, "no"): visit.word("inspections_no")
            case (.number(let bounds), _): "\(value) \(bounds.unit)"
            case (.choice(let options), _): options.first { $0.value == value }?.words[visit.language] ?? value
            default: value
            }
        if value == Answer.notApplicable { return Show.badge("neutral", shown) }
        let failed = (try? question.fails(value).get()) ?? true
        return failed
            ? Show.badge(
                question.severity.badge == "ok" ? "info" : question.severity.badge,
                "\(shown) · \(visit.word("inspections_failed"))(\(question.severity.words[visit.language]))")
            : Show.badge("ok", shown)
    }
}
