/// A text whose type is known.
struct TypeExample: Sendable, Hashable {
    let text: String
    let type: AccidentType
    let source: Source

    /// Where a text comes from. Only those that a person wrote about one case stand for what comes tomorrow.
    enum Source: String, Sendable {
        /// Written by us, in Korean or English.
        case written
        /// Put together from our templates.
        case composed
        /// A report of this district whose type a person confirmed.
        case confirmed
    }

    /// Whether it may be used to judge a model: composed sentences are too alike to say anything of others.
    var isTested: Bool { source != .composed }
}
