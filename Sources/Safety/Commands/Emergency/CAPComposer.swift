import Access
import District
import Record
import Store
import Twin

/// Makes the CAP messages of an emergency out of what is on the Record: always the same bytes for the same events.
struct CAPComposer: Sendable {
    let scenarios: Scenarios
    let desk: CAPDesk
    let phrases: Phrases

    /// A message of an emergency's, the last where no number is given; nil where there is none of that number.
    func message(
        _ number: Int? = nil, of emergency: Emergency, for tenant: Tenant, in reader: any Reader
    ) throws -> CAPAlert? {
        let places = emergency.messages
        guard let scenario = scenarios[emergency.scenario],
            let place = number.map({ one in places.first { $0.number == one } }) ?? places.last
        else { return nil }
        let thing = try Things.find(emergency.thing, for: tenant, in: reader)
        let geometry = try Self.geometry(emergency.thing, for: tenant, in: reader)
        let manual = try ManualTable.manual(of: emergency.site, emergency.scenario, for: tenant, in: reader)
        let assembly = try (manual?.assembly ?? []).compactMap {
            try Things.find($0, for: tenant, in: reader)?.name
        }
        let name = thing?.name ?? Words(emergency.thing.rawValue, emergency.thing.rawValue)
        let news = emergency.news.filter { $0.at <= place.sent }.last?.words
        return CAPAlert(
            emergency, at: place, scenario: scenario, desk: desk,
            infos: WorkerLanguage.allCases.map {
                info($0, scenario, at: name, gathering: assembly, news: news, isEnd: place.isEnd)
            }, area: CAPArea("\(name.ko) / \(name.en)", geometry))
    }

    private func info(
        _ language: WorkerLanguage, _ scenario: Scenario, at place: Words, gathering: [Words], news: Words?, isEnd: Bool
    ) -> CAPAlert.Info {
        let tag = desk.tags[language] ?? language.rawValue
        // Names of places stand in Korean for Koreans and as the plan spells them in Latin letters for all others.
        let here = language == .ko ? place.ko : place.en
        let there = gathering.map { language == .ko ? $0.ko : $0.en }.joined(separator: ", ")
        let event = scenario.event[language] ?? scenario.words.en
        let clear = desk.clear[tag] ?? "All clear"
        let evacuate = phrases.text(scenario.phrase == "go_assembly" ? "evacuate" : scenario.phrase, language)
        var instruction = there.isEmpty ? evacuate : phrases.text("go_assembly", language, ["place": there])
        if isEnd { instruction = clear }
        // Koreans and those who read English get the news; who reads neither gets what the phrase book can say.
        let told = language == .ko ? news?.ko : language == .en ? news?.en : nil
        return CAPAlert.Info(
            language: tag, event: event, headline: isEnd ? clear : "\(event): \(evacuate)",
            description: [isEnd ? clear : event, here, told].compactMap { $0 }.filter { !$0.isEmpty }
                .joined(separator: ". "), instruction: instruction)
    }

    /// The shape of a thing, or of the next thing above that has one.
    private static func geometry(_ id: ThingID, for tenant: Tenant, in reader: any Reader) throws -> Geometry? {
        try Things.path(to: id, for: tenant, in: reader).reversed().lazy.compactMap(\.geometry)
            .first { $0.frame == .wgs84 }
    }
}

/// A CAP message was handed to the authority: to whom, and which bytes.
struct HandOverCAP {
    let composer: CAPComposer

    var command: Command {
        Command(
            Form(
                "safety.cap.hand-over", title: Words("CAP 메시지 인계", "Hand over the CAP message"),
                help: Words(
                    "공공 경보는 행정기관이 냅니다. 우리는 파일을 내려받아 인계하고 그 사실을 남깁니다.",
                    "Public alerts are the authority's. We hand over the file, and keep that we did."),
                fields: [
                    EmergencyAsk.field,
                    Field("number", Words("메시지 번호", "Message number"), .integer(1...1000, unit: nil), required: false),
                    Field("to", Words("인계한 기관", "Handed to"), .text(maximum: 100)),
                ],
                permission: .roles(EmergencyAsk.people.union([.zoneOfficer])))
        ) { [composer] ask, tables in
            let emergency = try EmergencyAsk.find(ask, tables, running: false)
            let number = ask.values.integer("number").map { Int($0) }
            guard let alert = try composer.message(number, of: emergency, for: ask.tenant, in: tables) else {
                throw EmergencyAsk.refusal(
                    .notFound, "cap.unknown", "number", "reference", Words("그런 메시지가 없습니다.", "There is no such message.")
                )
            }
            let document = alert.document
            // What does not hold against the standard is not handed to anybody.
            let faults = CAPRules.check(document)
            guard faults.isEmpty else {
                throw Refusal(
                    .conflict, "cap.invalid", Words("메시지가 표준에 맞지 않습니다.", "The message breaks the standard."),
                    faults: faults.map {
                        .init(field: $0.place, rule: $0.rule, words: Words($0.description, $0.description))
                    })
            }
            return [
                EmergencyAsk.draft(
                    "safety.cap.handed-over", emergency,
                    [
                        "message": .string(alert.identifier), "status": .string(alert.status.rawValue),
                        "hash": .string(ContentHash.sha256(Array(document.utf8))), "to": .string(ask.values.text("to")),
                    ], stream: "cap")
            ]
        }
    }
}
