import District
import Record
import Web

/// What the pages of incidents say alike.
struct IncidentView {
    let law: IncidentLaw

    /// A finding by a definition: what is not known is shown as such, never as “no”.
    func finding(_ id: String, _ finding: SeriousAccident.Finding, _ visit: Visit) -> JSON {
        guard let definition = law.definitions.first(where: { $0.id == id }) else { return .null }
        let (kind, word) =
            switch finding {
            case .serious: ("danger", "incidents_serious")
            case .notSerious: ("ok", "incidents_not_serious")
            case .undecided: ("unknown", "incidents_undecided")
            }
        let reasons = finding.reasons.map { visit.word("incidents_reason_\($0.rawValue)") }.sorted()
        return [
            "title": .string(definition.title[visit.language]), "badge": Show.badge(kind, visit.word(word)),
            "source": source(definition.source, visit), "reasons": .array(reasons.map { .string($0) }),
        ]
    }

    /// The short state of a list's row: the worse of the two definitions.
    func state(_ incident: Incident, _ visit: Visit) -> (kind: String, word: String) {
        let both = [incident.osh.text, incident.sapa.text]
        if both.contains("serious") { return ("danger", visit.word("incidents_serious")) }
        if both.contains("undecided") { return ("unknown", visit.word("incidents_undecided")) }
        return ("ok", visit.word(incident.isFirstAidOnly ? "incidents_first_aid" : "incidents_not_serious"))
    }

    /// How Form 30 stands on a day.
    func form30(_ incident: Incident, _ today: KoreanDay, _ visit: Visit) -> (kind: String, word: String) {
        if let filed = incident.form30Filed {
            return (filed <= incident.form30Due ? "ok" : "warn", "\(visit.word("incidents_filed")) \(filed)")
        }
        if incident.form30 == .notNeeded { return ("off", visit.word("incidents_form30_not")) }
        let days = incident.form30Due.number - today.number
        if days < 0 { return ("danger", "\(visit.word("incidents_form30_late")) \(incident.form30Due)") }
        let word = incident.form30 == .undecided ? "incidents_form30_open" : "incidents_form30_due"
        return (days <= 7 ? "warn" : "info", "\(visit.word(word)) \(incident.form30Due)")
    }

    /// Where a rule comes from.
    func source(_ source: IncidentLaw.Source, _ visit: Visit) -> JSON {
        let mark = visit.word("incidents_mark_\(source.mark)")
        return .string("\(source.citation[visit.language]) (\(source.text)) · \(mark)")
    }

    /// `사망 1, 부상 2`.
    func harm(_ casualties: Casualties, _ visit: Visit) -> String {
        let parts = [
            (casualties.deaths, "incidents_deaths"), (casualties.injured, "incidents_injured"),
            (casualties.ill, "incidents_ill"),
        ].filter { $0.0 > 0 }.map { "\(visit.word($0.1)) \($0.0)" }
        return parts.isEmpty ? visit.word("incidents_nobody") : parts.joined(separator: ", ")
    }
}
