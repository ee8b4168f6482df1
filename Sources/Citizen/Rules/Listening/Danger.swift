/// A kind of danger for which something of its own is said: whom to call, and what to do until they come.
enum Danger: String, Sendable, Hashable, CaseIterable {
    /// The chest or the heart.
    case heart
    /// Somebody who does not want to live.
    case despair
    /// Somebody who is hurt, threatened or robbed by others.
    case crime
    /// Somebody who cannot be found.
    case missing
    /// Somebody who does not know the way.
    case lost
}
