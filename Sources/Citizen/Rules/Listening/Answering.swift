import Access
import District
import Record

/// A question that changes nothing: to a service (the next bus, the air, the water bill), or to a room of the house.
struct Lookup: Sendable {
    /// The intent it answers: `lookup:bus`.
    let intent: Intent
    /// The room's own form, where it is a room that answers.
    var room: Form?
    /// Asks the service. The values are those of the intent's slots.
    let answer:
        @Sendable (_ values: [String: JSON], _ caller: Caller, _ spine: Spine, _ language: Language) async -> Answer

    /// What a service answered.
    enum Answer: Sendable, Hashable {
        /// What is said: a template over fields that the service returned, and those fields.
        case said(String, fields: JSON)
        /// The service has no such thing.
        case unknown(String)
        /// A field must be known first, or what was said for it cannot be: it is asked for.
        case lacks(field: String, String)
        /// Whoever asks is told no, and why.
        case refused(String)
        /// The service did not answer.
        case unavailable
    }
}

/// A public app that can be opened with what was said filled in.
struct Launch: Sendable {
    /// The intent it answers: `launch:hometax`.
    let intent: Intent
    /// Where it leads, given the values of the slots.
    let link: @Sendable (_ values: [String: JSON]) -> Link

    /// Where an app is opened.
    struct Link: Sendable, Hashable {
        /// The address.
        let url: String
        /// What the app is called.
        let title: Words
        /// What one needs for it, and when it is open.
        let needs: Words
    }
}

/// What somebody who asked for something is told in the end, read from the service's own answer.
enum Receipt: Sendable, Hashable {
    /// It was taken, under a number of the service's.
    case number(String)
    /// It was done, and there is no number.
    case done
    /// It is kept in this house under this number and waits for a member of staff: no system of the city takes it.
    case kept(String)
    /// Whether it was taken is not known yet: it must be looked up before it is asked for again.
    case unconfirmed
    /// The service refused it, for this reason.
    case refused(Words)
}
