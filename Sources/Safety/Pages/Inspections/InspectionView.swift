import Access
import District
import Record
import Web

/// How inspections are shown.
struct InspectionView {
    let visit: Visit
    let names: InspectionNames

    private var language: Language { visit.language }

    func tabs(_ current: String) -> JSON {
        let tabs = [
            ("due", "/safety/inspections", "inspections_due"),
            ("results", "/safety/inspections/results", "inspections_results"),
            ("templates", "/safety/inspections/templates", "inspections_templates"),
        ]
        return .array(
            tabs.map { name, path, word in
                ["href": .string(path), "label": .string(visit.word(word)), "current": .bool(name == current)]
            })
    }

    func headline(_ counts: (overdue: Int64, today: Int64)) -> JSON {
        let (kind, ko, en): (String, String, String) =
            counts.overdue > 0
            ? (
                "danger", "기한이 지난 점검이 \(counts.overdue)건 있습니다. 오늘 할 점검은 \(counts.today)건입니다.",
                "\(counts.overdue) inspections are overdue, \(counts.today) are due today."
            )
            : counts.today > 0
                ? ("info", "오늘 할 점검이 \(counts.today)건 있습니다.", "\(counts.today) inspections are due today.")
                : ("ok", "오늘 할 점검이 없습니다.", "No inspection is due today.")
        return ["kind": .string(kind), "text": .string(language == .ko ? ko : en)]
    }

    /// A round as a card of the list.
    func round(_ round: InspectionSchedule, on day: KoreanDay) -> JSON {
        let template = names.template(round.template, of: round.firm)
        return [
            "id": .string(round.id), "title": .string(template?.title[language] ?? round.template),
            "place": .string(names.place(round.place, language)), "badge": due(round, on: day),
            "responsible": .string(names.person(round.responsible)), "firm": .string(names.firm(round.firm)),
            "every": .string(every(round.round.every)), "href": .string("/safety/inspections/take/\(round.id)"),
            "last": .string(round.last?.description ?? visit.word("inspections_never")),
        ]
    }

    /// When it is due, as a badge: overdue days, today, or the day.
    func due(_ round: InspectionSchedule, on day: KoreanDay) -> JSON {
        let late = Recurrence.overdue(round.due, on: day)
        if late > 0 {
            return Show.badge("danger", language == .ko ? "\(late)일 지남" : "\(late) days overdue")
        }
        if round.due == day { return Show.badge("warn", visit.word("inspections_today")) }
        return Show.badge("neutral", "\(round.due)")
    }

    private func every(_ days: Int64) -> String {
        switch (days, days % 7) {
        case (1, _): visit.word("inspections_daily")
        case (_, 0): language == .ko ? "\(days / 7)주마다" : "every \(days / 7) weeks"
        default: language == .ko ? "\(days)일마다" : "every \(days) days"
        }
    }

    /// What a phone needs to ask the questions by itself.
    func spec(_ round: InspectionSchedule, _ template: InspectionTemplate) -> JSON {
        [
            "schedule": .string(round.id), "template": .string(template.id),
            "version": .number(Double(template.version)), "form": .string(template.form),
            "title": .string(template.title[language]), "place": .string(names.place(round.place, language)),
            "questions": .array(template.questions.map(question)),
        ]
    }

    private func question(_ question: Question) -> JSON {
        var members: [String: JSON] = [
            "id": .string(question.id), "text": .string(question.words[language]), "kind": .string(question.kind.name),
            "required": .bool(question.isRequired), "na": .bool(question.mayNotApply && question.kind != .text),
            "photo": .bool(question.needsPhoto), "severity": .string(question.severity.rawValue),
            "severityLabel": .string(question.severity.words[language]),
        ]
        if let condition = question.condition {
            members["when"] = ["question": .string(condition.question), "is": .string(condition.answer)]
        }
        if let citation = question.citation { members["cite"] = .string(cite(citation)) }
        switch question.kind {
        case .number(let bounds):
            members["unit"] = .string(bounds.unit)
            members["bounds"] = .string(self.bounds(bounds))
            for (key, value) in [("low", bounds.low), ("high", bounds.high), ("below", bounds.below)] {
                if let value { members[key] = .number(value) }
            }
        case .choice(let options):
            members["choices"] = .array(
                options.map {
                    ["value": .string($0.value), "label": .string($0.words[language]), "fails": .bool($0.fails)]
                })
        case .check, .text: break
        }
        return .object(members)
    }

    /// `18 이상 23.5 미만 %`.
    func bounds(_ bounds: Question.Bounds) -> String {
        let ko = language == .ko
        var parts: [String] = []
        if let low = bounds.low { parts.append(ko ? "\(Show.number(low)) 이상" : "at least \(Show.number(low))") }
        if let high = bounds.high { parts.append(ko ? "\(Show.number(high)) 이하" : "at most \(Show.number(high))") }
        if let below = bounds.below { parts.append(ko ? "\(Show.number(below)) 미만" : "below \(Show.number(below))") }
        return parts.joined(separator: ko ? " " : ", ")
    }

    /// A citation, and how sure it is.
    func cite(_ citation: Question.Citation) -> String {
        let mark =
            switch citation.mark {
            case "law": ""
            case "secondary": " · " + visit.word("inspections_cite_secondary")
            default: " · " + visit.word("inspections_cite_advice")
            }
        return citation.words[language] + mark
    }
}
