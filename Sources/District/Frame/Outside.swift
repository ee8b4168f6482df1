import Synchronization

/// Addresses of systems outside the house that were named when it was started, by what they are for (`city`). They
/// come before what a room's handbook says, and may become known only once the house runs.
public final class Outside: Sendable {
    private let addresses = Mutex<[String: String]>([:])

    init() {}

    /// The address for a purpose, where one was named.
    public subscript(_ purpose: String) -> String? { addresses.withLock { $0[purpose] } }

    /// Names an address.
    public func name(_ address: String, for purpose: String) { addresses.withLock { $0[purpose] = address } }
}
