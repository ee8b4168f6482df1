import Record
import Store

/// How long a further sign-in has to wait after so many failures: pure, so that the table below it only counts.
struct ThrottleRule: Sendable {
    /// Failures that cost no wait yet.
    let free: Int64
    /// The longest wait, in seconds.
    static let longest: Int64 = 900
    /// After this long without a failure all are forgotten, in seconds.
    static let memory: Double = 86_400

    /// A person mistypes a few times.
    static let account = ThrottleRule(free: 4)
    /// A whole firm may sign in from one address.
    static let address = ThrottleRule(free: 20)

    /// Seconds to wait after the last failure: 1, 2, 4 … doubling with each beyond the free ones.
    func delay(failures: Int64) -> Int64 {
        guard failures > free else { return 0 }
        return min(Self.longest, 1 << min(failures - free - 1, 20))
    }

    /// Seconds still to wait, rounded up.
    func wait(failures: Int64, last: Timestamp, now: Timestamp) -> Int {
        let passed = now.seconds(since: last)
        guard passed < Self.memory else { return 0 }
        return max(0, Int((Double(delay(failures: failures)) - passed).rounded(.up)))
    }
}

/// Failed sign-ins per account and per address.
enum Throttle {
    static let migration = Migration(
        "access.003.throttle",
        [
            """
            CREATE TABLE access_throttle (
              subject TEXT PRIMARY KEY, failures BIGINT NOT NULL, last BIGINT NOT NULL)
            """,
            "CREATE INDEX access_throttle_last ON access_throttle (last)",
        ])

    /// Counts an attempt as a failure before its password is looked at, so that many at once gain nothing.
    /// - Throws: ``AccessError`` with code `throttled` where it comes too early; then nothing is counted.
    static func enter(
        _ subjects: [(name: String, rule: ThrottleRule)], at now: Timestamp, in transaction: any Writer
    ) throws {
        var counts: [(String, Int64)] = []
        for (name, rule) in subjects {
            let row = try transaction.first(
                "SELECT failures, last FROM access_throttle WHERE subject = ?", [.text(name)])
            let failures = try row?.integer("failures") ?? 0
            let last = Timestamp(microseconds: try row?.integer("last") ?? 0)
            let wait = rule.wait(failures: failures, last: last, now: now)
            guard wait == 0 else { throw AccessError.throttled(seconds: wait) }
            counts.append((name, now.seconds(since: last) < ThrottleRule.memory ? failures + 1 : 1))
        }
        for (name, failures) in counts {
            try transaction.execute(
                """
                INSERT INTO access_throttle (subject, failures, last) VALUES (?, ?, ?)
                ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, last = excluded.last
                """, [.text(name), .integer(failures), .integer(now.microseconds)])
        }
    }

    /// Forgets an account's failures; an address loses only this one, lest a good account shield guesses at others.
    static func succeed(account: String, address: String, in transaction: any Writer) throws {
        try transaction.execute("DELETE FROM access_throttle WHERE subject = ?", [.text(account)])
        try transaction.execute(
            "UPDATE access_throttle SET failures = failures - 1 WHERE subject = ? AND failures > 0", [.text(address)])
    }

    static func prune(at now: Timestamp, in transaction: any Writer) throws {
        try transaction.execute(
            "DELETE FROM access_throttle WHERE last < ?",
            [.integer(now.advanced(bySeconds: -ThrottleRule.memory).microseconds)])
    }
}
