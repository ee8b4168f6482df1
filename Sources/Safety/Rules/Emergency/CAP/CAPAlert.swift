import Record

/// A CAP 1.2 message about an emergency of ours.
///
/// It is made from the emergency and from nothing else, so that two things cannot go wrong: its status follows from
/// whether the emergency is a drill (no one can state it), and its scope is never public, for public alerts belong to
/// the authority: we hand the file over.
struct CAPAlert: Sendable {
    /// Whom it is for: there is no third case.
    enum Audience: Sendable, Hashable {
        /// Those at these addresses alone.
        case addresses([String])
        /// Those of whom a sentence says who they are.
        case restriction(String)
    }

    /// What one language says of it.
    struct Info: Sendable, Hashable {
        /// BCP 47, such as `ko-KR`.
        let language: String
        let event: String
        let headline: String
        let description: String
        let instruction: String
    }

    /// Which message of the emergency's it is: the alert first, then one for each news, and the cancellation last.
    struct Place: Sendable, Hashable {
        /// From 1.
        let number: Int
        let sent: Timestamp
        /// All clear was given.
        let isEnd: Bool
        /// When the earlier ones were sent, in order.
        let earlier: [Timestamp]
    }

    private let emergency: String
    private let isDrill: Bool
    private let place: Place
    private let desk: CAPDesk
    private let scenario: Scenario
    private let infos: [Info]
    private let area: CAPArea

    /// A message about an emergency: the only way to make one.
    init(_ emergency: Emergency, at place: Place, scenario: Scenario, desk: CAPDesk, infos: [Info], area: CAPArea) {
        self.emergency = emergency.id
        isDrill = emergency.isDrill
        self.place = place
        self.desk = desk
        self.scenario = scenario
        self.infos = infos
        self.area = area
    }

    /// A drill is an exercise, always.
    var status: CAPWords.Status { isDrill ? .exercise : .actual }

    /// What kind of message it is.
    var type: CAPWords.MessageType { place.isEnd ? .cancel : place.number == 1 ? .alert : .update }

    /// Unique for the sender.
    var identifier: String { Self.identifier(emergency, place.number) }

    private static func identifier(_ emergency: String, _ number: Int) -> String { "slipway-\(emergency)-\(number)" }

    /// The message as a document.
    var document: String { markup.document(namespace: CAPWords.namespace) }

    /// The message, its elements in the order of the schema.
    var markup: Markup {
        var parts = [
            Markup("identifier", identifier), Markup("sender", desk.sender),
            Markup("sent", Self.moment(place.sent)), Markup("status", status.rawValue),
            Markup("msgType", type.rawValue),
        ]
        switch desk.audience {
        case .restriction(let text):
            parts += [Markup("scope", CAPWords.Reach.restricted.rawValue), Markup("restriction", text)]
        case .addresses(let addresses):
            parts += [
                Markup("scope", CAPWords.Reach.private.rawValue),
                Markup("addresses", addresses.map(Self.quoted).joined(separator: " ")),
            ]
        }
        // An exercise says so in words too, for whoever's software does not look at the status.
        if isDrill { parts.append(Markup("note", "훈련 / Exercise")) }
        if !place.earlier.isEmpty {
            let references = place.earlier.enumerated().map { index, sent in
                "\(desk.sender),\(Self.identifier(emergency, index + 1)),\(Self.moment(sent))"
            }
            parts.append(Markup("references", references.joined(separator: " ")))
        }
        parts.append(Markup("incidents", emergency))
        return Markup("alert", parts + infos.map(info))
    }

    private func info(_ info: Info) -> Markup {
        let (response, urgency): (CAPWords.Response, CAPWords.Urgency) =
            place.isEnd ? (.allClear, .past) : (scenario.response, .immediate)
        func said(_ text: String) -> String {
            isDrill ? "\(desk.exercise[info.language] ?? "[EXERCISE]") \(text)" : text
        }
        return Markup(
            "info",
            [
                Markup("language", info.language), Markup("category", scenario.category.rawValue),
                Markup("event", said(info.event)), Markup("responseType", response.rawValue),
                Markup("urgency", urgency.rawValue), Markup("severity", scenario.severity.rawValue),
                Markup("certainty", CAPWords.Certainty.observed.rawValue),
                Markup("senderName", desk.name), Markup("headline", said(info.headline)),
                Markup("description", said(info.description)), Markup("instruction", said(info.instruction)),
                area.markup,
            ])
    }

    /// `2026-11-21T09:00:00+09:00`: seconds, and an offset that is never `Z` (CAP 1.2, 3.3.2).
    static func moment(_ moment: Timestamp) -> String {
        "\(moment.civil(offsetSeconds: KoreanDay.offset).text.prefix(19))+09:00"
    }

    /// An address with a space in it stands in quotes.
    private static func quoted(_ address: String) -> String {
        address.contains(where: \.isWhitespace) ? "\"\(address.replacing("\"", with: ""))\"" : address
    }
}
