import District
import Record

/// The duty table as the handbook has it, in one edition.
struct DutyBook: Sendable {
    /// The duties, in the order of the table.
    let duties: [Duty]
    /// What kinds of evidence are called.
    let kinds: [String: Words]
    /// SHA-256 of the file, by which events say which edition they followed.
    let edition: String

    private static let file = "duties.json"

    /// The duty of an identifier.
    subscript(id: String) -> Duty? { duties.first { $0.id == id } }

    /// Which duties an event is evidence of, with the kind it counts as.
    func proved(by event: Event) -> [(duty: Duty, kind: String)] {
        duties.flatMap { duty in
            duty.sources.filter { source in
                source.type == event.type && source.values.allSatisfy { event.payload[$0.key] == $0.value }
            }.map { (duty, $0.kind) }
        }
    }

    /// The duties that an event makes due.
    func triggered(by type: String) -> [Duty] { duties.filter { $0.triggers.contains(type) } }

    /// Every type of event that is evidence of some duty.
    var sourceTypes: [String] { Set(duties.flatMap { $0.sources.map(\.type) }).sorted() }
    /// Every type of event that makes a duty due.
    var triggerTypes: [String] { Set(duties.flatMap(\.triggers)).sorted() }

    /// Reads the handbook's table.
    /// - Throws: ``HandbookError`` naming the duty and the field that cannot be used.
    init(_ book: Handbook) throws(HandbookError) {
        let (json, edition) = try book.read(Self.file)
        self.edition = edition
        var kinds: [String: Words] = [:]
        for (kind, words) in json["kinds"]?.members ?? [:] {
            guard let read = Self.words(words) else { throw Self.wrong("kinds.\(kind)", "ko and en") }
            kinds[kind] = read
        }
        self.kinds = kinds
        var duties: [Duty] = []
        for entry in json["duties"]?.elements ?? [] { duties.append(try Self.duty(entry, kinds: kinds)) }
        guard !duties.isEmpty, Set(duties.map(\.id)).count == duties.count else {
            throw Self.wrong("duties", "at least one, each identifier once")
        }
        self.duties = duties
    }

    private static func duty(_ json: JSON, kinds: [String: Words]) throws(HandbookError) -> Duty {
        guard let id = json["id"]?.text, !id.isEmpty else { throw wrong("duties", "id") }
        guard let citation = words(json["citation"]), let title = words(json["title"]),
            let demands = words(json["demands"])
        else { throw wrong(id, "citation, title and demands in ko and en") }
        guard let text = json["text"]?.text, KoreanDay(text) != nil else { throw wrong(id, "text is a day") }
        guard let mark = json["mark"]?.text.flatMap({ Duty.Mark(rawValue: $0) }) else {
            throw wrong(id, "mark is law, 2nd or know")
        }
        guard let rhythm = json["period"]?.text.flatMap({ Duty.Rhythm(rawValue: $0) }) else {
            throw wrong(id, "period is known")
        }
        let signer = json["signer"]?.text.flatMap { Duty.Signer(rawValue: $0) }
        guard signer != nil || json["signer"] == .null else { throw wrong(id, "signer is known, or null") }
        let evidence = (json["evidence"]?.elements ?? []).compactMap(\.text)
        guard !evidence.isEmpty, evidence.allSatisfy({ kinds[$0] != nil }) else {
            throw wrong(id, "evidence names known kinds")
        }
        guard let years = json["keep"]?.integer, (1...30).contains(years) else { throw wrong(id, "keep is in years") }
        var conditions: [Duty.Condition] = []
        for entry in json["applies"]?.elements ?? [] { conditions.append(try condition(entry, id)) }
        guard !conditions.isEmpty else { throw wrong(id, "applies has a condition; {} holds for all") }
        var sources: [Duty.Source] = []
        for source in json["from"]?.elements ?? [] {
            guard let type = source["type"]?.text, let kind = source["kind"]?.text, evidence.contains(kind) else {
                throw wrong(id, "from names an event type and a kind of its evidence")
            }
            sources.append(Duty.Source(type: type, kind: kind, values: source["where"]?.members ?? [:]))
        }
        let since = json["since"]?.text
        let firstDay = since.flatMap { KoreanDay($0) }
        guard since == nil || firstDay != nil else { throw wrong(id, "since is a day") }
        return Duty(
            id: id, citation: citation, text: text, mark: mark, title: title, demands: demands, rhythm: rhythm,
            dueHalf: json["due"]?.integer == 1 ? 1 : 2, signer: signer, kinds: evidence, sources: sources,
            triggers: (json["triggers"]?.elements ?? []).compactMap(\.text), conditions: conditions, years: years,
            since: firstDay)
    }

    private static func condition(_ json: JSON, _ id: String) throws(HandbookError) -> Duty.Condition {
        let known: Set<String> = ["from", "industries", "industriesNot", "trait"]
        guard let members = json.members, members.keys.allSatisfy(known.contains) else {
            throw wrong(id, "applies knows from, industries, industriesNot and trait")
        }
        let trait = json["trait"]?.text.flatMap { FirmTrait(rawValue: $0) }
        guard trait != nil || json["trait"] == nil else { throw wrong(id, "trait is known") }
        return Duty.Condition(
            headcount: json["from"]?.integer.map { Int($0) },
            industries: (json["industries"]?.elements ?? []).compactMap(\.text),
            otherIndustries: (json["industriesNot"]?.elements ?? []).compactMap(\.text), trait: trait)
    }

    private static func words(_ json: JSON?) -> Words? {
        guard let ko = json?["ko"]?.text, let en = json?["en"]?.text, !ko.isEmpty, !en.isEmpty else { return nil }
        return Words(ko, en)
    }

    private static func wrong(_ place: String, _ rule: String) -> HandbookError {
        HandbookError(file: file, place: place, rule: rule)
    }
}
