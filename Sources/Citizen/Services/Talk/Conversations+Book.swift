import District
import Record

extension Conversations {
    /// Conversations over what the handbook knows: its words, its services, its desk.
    /// - Throws: ``HandbookError`` where a file cannot be used.
    /// - Parameter engines: what may propose a request where none was understood.
    convenience init(_ book: Handbook, engines: Engines? = nil) throws(HandbookError) {
        let services = try CityServices(book)
        // Read once now, so that a house whose words are broken does not start.
        let lexicon = try Lexicon.read(book)
        let calendar: LunarCalendar
        do {
            calendar = try LunarCalendar()
        } catch {
            throw HandbookError(file: "the lunar calendar", place: "\(error.year)", rule: error.rule)
        }
        self.init(
            replies: try Replies(book), desk: try DeskHours(book), use: try Self.use(book), lookups: services.lookups,
            launches: services.launches,
            receipt: { outcome, spine in
                await services.receipt(of: outcome, in: spine, within: Self.patience)
            }, mask: { Masking.mask($0) }, engines: engines,
            listener: { spine in
                Self.ear(
                    lexicon, services, calendar, forms: spine.district.forms, phrasings: spine.district.phrasings,
                    inquiries: spine.district.inquiries.values)
            })
    }

    /// So long an answer of the city's is awaited before it is said that it is not known.
    static let patience = Duration.milliseconds(1500)

    /// The ear of a house with these forms.
    static func ear(
        _ lexicon: Lexicon, _ services: CityServices, _ calendar: LunarCalendar, forms: [String: Form],
        phrasings: [Phrasing], inquiries: some Sequence<Inquiry> = []
    ) -> Ear {
        let parser = SlotParser(calendar)
        let byCommand = Dictionary(
            services.offered.compactMap { service in service.command.map { ($0, service) } },
            uniquingKeysWith: { first, _ in first })
        var ear = Ear(
            IntentBook(
                forms: forms, phrasings: phrasings, lookups: services.lookups, inquiries: inquiries,
                launches: services.launches, lexicon: lexicon),
            hear: { utterance, slot, place in
                parser.hear(
                    slot, in: utterance, at: place.now, near: place.near, isAsked: place.isAsked, names: place.names)
            },
            correct: { utterance, known, place in
                var heard: [String: Heard] = [:]
                for (slot, answer) in known {
                    let correction = parser.correct(
                        slot, from: answer.filled, in: utterance, at: place.now, names: place.names)
                    if correction != .nothing { heard[slot.name] = correction }
                }
                return heard
            })
        ear.advise = { lexicon.advice.advise($0) }
        ear.objections = { intent, values, now in
            byCommand[intent].map { RequestCheck(now: now).faults(values, of: $0) } ?? []
        }
        return ear
    }
}
