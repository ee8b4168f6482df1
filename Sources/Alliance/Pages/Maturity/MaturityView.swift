import Access
import District
import Record
import Web

/// Assessments as their templates take them.
struct MaturityView {
    let items: MaturityItems

    /// A level in words, as tables show it.
    func level(_ level: Int?, _ visit: Visit) -> String {
        guard let level, let known = items.levels.first(where: { $0.number == level }) else {
            return visit.word("maturity_unknown")
        }
        return "\(level) \(known.words[visit.language])"
    }

    /// What lists show of an assessment.
    func head(_ found: MaturityAssessment, _ visit: Visit) -> [String: JSON] {
        var row: [String: JSON] = [
            "href": .string("/alliance/maturity/one/\(found.id)"), "is_open": .bool(found.submitted == nil),
            "day": .string(KoreanDay(found.submitted ?? found.started).description),
            "overall": .string(found.submitted == nil ? "–" : level(found.overall, visit)),
            "state": found.submitted == nil
                ? Show.badge("info", visit.word("maturity_going_on"))
                : found.overallVerified != nil
                    ? Show.badge("verified", visit.word("maturity_verified"))
                    : Show.badge("neutral", visit.word("maturity_declared")),
        ]
        if found.confirmed != nil { row["confirmed"] = .string(visit.word("maturity_confirmed")) }
        return row
    }

    /// One screen of questions: a dimension.
    func step(_ page: MaturityPage, _ visit: Visit) -> JSON {
        let open = items.dimensions.firstIndex { dimension in
            items.items(of: dimension.id).contains { page.answers[$0.id] == nil }
        }
        let last = items.dimensions.count
        let wanted = visit.query["step"].flatMap { Int($0) } ?? open.map { $0 + 1 } ?? last + 1
        let step = min(max(wanted, 1), last + 1)
        let path = "/alliance/maturity/one/\(page.assessment.id)"
        let left = items.items.filter { page.answers[$0.id] == nil }.count
        var members: [String: JSON] = [
            "assessment": .string(page.assessment.id), "key": .string("\(Identifier(at: visit.now))"),
            "left": .string("\(left)"), "is_done": .bool(left == 0), "total": .string("\(last)"),
            "may": .bool(!GrowthAsk.speakers.isDisjoint(with: visit.caller.roles)),
            "steps": .array(
                items.dimensions.enumerated().map { place, dimension in
                    let own = items.items(of: dimension.id)
                    var entry: [String: JSON] = [
                        "href": .string("\(path)?step=\(place + 1)"),
                        "name": .string("\(place + 1). \(dimension.words[visit.language])"),
                        "given": .string("\(own.filter { page.answers[$0.id] != nil }.count)/\(own.count)"),
                    ]
                    if place + 1 == step { entry["current"] = true }
                    return .object(entry)
                }),
        ]
        guard step <= last else {
            members["end"] = [
                "submit_href": .string("/do/alliance.maturity.submit?assessment=\(page.assessment.id)&next=\(path)")
            ]
            return .object(members)
        }
        let dimension = items.dimensions[step - 1]
        members["here"] = [
            "number": .string("\(step)"), "name": .string(dimension.words[visit.language]),
            "next": .string("\(path)?step=\(step + 1)"),
            "questions": .array(
                items.items(of: dimension.id).enumerated().map { question($1, $0, page.answers[$1.id], visit) }),
        ]
        return .object(members)
    }

    private func question(
        _ item: MaturityItems.Item, _ place: Int, _ answer: MaturityAnswer?, _ visit: Visit
    ) -> JSON {
        func option(_ value: String, _ label: String, _ about: String, _ isChosen: Bool) -> JSON {
            var option: [String: JSON] = [
                "value": .string(value), "label": .string(label), "about": .string(about),
            ]
            if isChosen { option["chosen"] = true }
            return .object(option)
        }
        let levels = item.levels.enumerated().map { level, words in
            option("\(level + 1)", "\(level + 1)", words[visit.language], answer?.declared == level + 1)
        }
        let unknown = option(
            "unknown", "?", visit.word("maturity_dont_know"), answer != nil && answer?.declared == nil)
        return [
            "place": .string("\(place)"), "item": .string(item.id), "text": .string(item.words[visit.language]),
            "options": .array(levels + [unknown]),
        ]
    }
}
