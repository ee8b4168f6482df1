import Foundation
public import Record
import Synchronization

@testable public import Access

/// A clock that stands still until it is moved.
public final class Clock: Sendable {
    private let now = Mutex(Timestamp(iso8601: "2026-11-21T09:00:00+09:00") ?? Timestamp(microseconds: 0))

    /// A clock at Saturday 2026-11-21, 09:00 in Korea.
    public init() {}
    /// How the house reads it.
    public var read: TimeSource { { [self] in now.withLock { $0 } } }
    /// Moves it on.
    public func advance(by seconds: Double) { now.withLock { $0 = $0.advanced(bySeconds: seconds) } }
    /// Moves it to a moment written as ISO 8601.
    public func set(_ text: String) { now.withLock { $0 = Timestamp(iso8601: text) ?? $0 } }
}

extension Caller {
    /// Somebody who is signed in, with roles, in a firm or none.
    public static func person(_ id: String, _ roles: Set<Role>, firm: String? = nil) -> Caller {
        Caller(.person(PersonID(id)), name: id, roles: roles, firm: firm.map { FirmID($0) })
    }
    /// Who answers for a firm.
    public static func executive(_ firm: String) -> Caller { person("\(firm)-executive", [.executive], firm: firm) }
    /// Who keeps a firm safe.
    public static func manager(_ firm: String) -> Caller { person("\(firm)-manager", [.safetyManager], firm: firm) }
    /// Who works there.
    public static func worker(_ firm: String, _ number: Int = 1) -> Caller {
        person("\(firm)-worker-\(number)", [.worker], firm: firm)
    }
    /// The zone's officer.
    public static let officer = person("officer", [.zoneOfficer])
}
