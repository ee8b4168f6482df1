import Record

/// What the house itself does on the talk page: hear, speak, and what people must be told of either.
struct HouseVoice: Sendable, Hashable {
    var hears = false
    var says = false
    /// One sentence each: who gets what.
    var notices: [Words] = []
}
