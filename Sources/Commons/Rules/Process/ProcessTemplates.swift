import District
import Record

/// A usual case of a zone, from which a process is opened: its words, how long its phases last, who may do what.
struct ProcessTemplate: Sendable {
    let id: String
    let title: Words
    /// What a process of it has where whoever opens it says nothing else: members of the payload of `commons.process.opened`.
    let defaults: [String: JSON]
    /// Its phases, with how many days each lasts and how many lie before it.
    let phases: [(phase: Phase, days: Int64, gap: Int64)]

    /// The phases from a first day on.
    func plan(from first: KoreanDay) -> [PhaseDays] {
        var (day, plan) = (first, [PhaseDays]())
        for part in phases {
            let begins = day + part.gap
            plan.append(PhaseDays(phase: part.phase, begins: begins, ends: begins + (part.days - 1)))
            day = begins + part.days
        }
        return plan
    }
}

/// The handbook's templates.
struct ProcessTemplates: Sendable {
    let all: [ProcessTemplate]

    /// Reads `processes-templates.json`.
    /// - Throws: ``HandbookError`` naming the template that cannot be used.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "processes-templates.json"
        var all: [ProcessTemplate] = []
        for (index, entry) in (try book.read(file).json["templates"]?.elements ?? []).enumerated() {
            guard let id = entry["id"]?.text, let title = Words(entry["title"]), Words(entry["question"]) != nil,
                Words(entry["summary"]) != nil,
                let kind = entry["kind"]?.text, CivicProcess.Kind(rawValue: kind) != nil
            else { throw HandbookError(file: file, place: "templates[\(index)]", rule: "id, title, question, kind") }
            var phases: [(phase: Phase, days: Int64, gap: Int64)] = []
            for part in entry["phases"]?.elements ?? [] {
                guard let phase = part["phase"]?.text.flatMap(Phase.init), let days = part["days"]?.integer, days > 0
                else { throw HandbookError(file: file, place: id, rule: "phase and days") }
                phases.append((phase, days, part["gap"]?.integer ?? 0))
            }
            let template = ProcessTemplate(
                id: id, title: title,
                defaults: (entry.members ?? [:]).filter { $0.key != "phases" && $0.key != "id" }, phases: phases)
            guard (try? PhasePlan(template.plan(from: KoreanDay(number: 0)))) != nil else {
                throw HandbookError(file: file, place: id, rule: "phases in order, none twice")
            }
            all.append(template)
        }
        self.all = all
    }

    func find(_ id: String) -> ProcessTemplate? { all.first { $0.id == id } }
}
