import District
import Record

/// What the law says of accidents, as data: what is serious, who must be called, when the form is due.
struct IncidentLaw: Sendable {
    /// A rule's origin, which every page that states the rule shows.
    struct Source: Sendable, Hashable {
        let citation: Words
        /// The date of the text that was read.
        let text: String
        /// law, 2nd or know: read in the law, on a secondary page, or general knowledge.
        let mark: String
    }

    /// A definition of a serious accident.
    struct Definition: Sendable, Hashable {
        let id: String
        let title: Words
        let source: Source
        /// So many deaths make it one.
        let deaths: Int64
        /// So many people who need so many months of care make it one.
        let carePeople: Int64, careMonths: Double
        /// So many hurt or ill at once make it one; nil where the law does not say so.
        let together: Int64?
        /// So many cases of one listed illness within so many days make it one.
        let diseaseCases: Int64?, diseaseDays: Int64?
    }

    /// A call that is due at once.
    struct Call: Sendable, Hashable {
        let id: String
        let number: String
        let title: Words
        let source: Source
        /// Due where anybody is hurt worse than by first aid, else only where the accident is or may be serious.
        let whenHurt: Bool
        /// Minutes since the accident after which a missing call stands in red: our own advice, not the law's.
        let redMinutes: Double
    }

    /// An illness that reports choose from.
    struct Disease: Sendable, Hashable {
        let id: String
        let words: Words
    }

    let definitions: [Definition]
    let calls: [Call]
    let diseases: [Disease]
    /// The choice that stands for all illnesses the definition does not list.
    let unlisted: String
    let form30: Source
    /// Days off work from which Form 30 is due, and within how many months.
    let form30Days: Int64, form30Months: Int64
    let scene: Source
    /// SHA-256 of the file.
    let edition: String

    /// From `incidents-law.json`.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "incidents-law.json"
        let (json, edition) = try book.read(file)
        func broken(_ place: String, _ rule: String) -> HandbookError {
            HandbookError(file: file, place: place, rule: rule)
        }
        func words(_ json: JSON?, _ place: String) throws(HandbookError) -> Words {
            guard let ko = json?["ko"]?.text, let en = json?["en"]?.text else { throw broken(place, "ko and en") }
            return Words(ko, en)
        }
        func source(_ json: JSON?, _ place: String) throws(HandbookError) -> Source {
            guard let text = json?["text"]?.text, KoreanDay(text) != nil, let mark = json?["mark"]?.text,
                ["law", "2nd", "know"].contains(mark)
            else { throw broken(place, "a citation, the date of its text and its mark") }
            return Source(citation: try words(json?["citation"], place), text: text, mark: mark)
        }
        var definitions: [Definition] = []
        for entry in json["serious"]?.elements ?? [] {
            let id = entry["id"]?.text ?? "serious"
            guard let deaths = entry["deaths"]?.integer, deaths > 0, let people = entry["care"]?["people"]?.integer,
                people > 0, let months = entry["care"]?["months"]?.double, months > 0
            else { throw broken(id, "deaths, care.people and care.months above 0") }
            definitions.append(
                Definition(
                    id: id, title: try words(entry["title"], id), source: try source(entry, id), deaths: deaths,
                    carePeople: people, careMonths: months, together: entry["together"]?.integer,
                    diseaseCases: entry["disease"]?["cases"]?.integer, diseaseDays: entry["disease"]?["days"]?.integer))
        }
        guard Set(definitions.map(\.id)) == ["osh", "sapa"] else { throw broken("serious", "osh and sapa, once each") }
        var calls: [Call] = []
        for entry in json["calls"]?.elements ?? [] {
            let id = entry["id"]?.text ?? ""
            guard !id.isEmpty, let number = entry["number"]?.text, let red = entry["red_minutes"]?.double, red >= 0,
                let when = entry["when"]?.text, ["hurt", "serious"].contains(when)
            else { throw broken("calls \(id)", "id, number, red_minutes, when: hurt or serious") }
            calls.append(
                Call(
                    id: id, number: number, title: try words(entry["title"], id), source: try source(entry, id),
                    whenHurt: when == "hurt", redMinutes: red))
        }
        var diseases: [Disease] = []
        for entry in json["diseases"]?.elements ?? [] {
            guard let id = entry["id"]?.text else { throw broken("diseases", "id") }
            diseases.append(Disease(id: id, words: try words(entry, id)))
        }
        guard let unlisted = json["unlisted_disease"]?.text, diseases.contains(where: { $0.id == unlisted }) else {
            throw broken("unlisted_disease", "one of the diseases")
        }
        guard let days = json["form30"]?["days_off"]?.integer, days > 0,
            let months = json["form30"]?["months"]?.integer, months > 0
        else { throw broken("form30", "days_off and months above 0") }
        self.definitions = definitions
        self.calls = calls
        self.diseases = diseases
        self.unlisted = unlisted
        form30 = try source(json["form30"], "form30")
        form30Days = days
        form30Months = months
        scene = try source(json["scene"], "scene")
        self.edition = edition
    }
}
