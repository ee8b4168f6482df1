import District
import Record
import Store

/// What is to come in, less what orders wait for already.
enum Coming {
    static func expected(
        _ items: [String], in centre: String, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [Intake.Expected]] {
        guard !items.isEmpty else { return [:] }
        let waited = try OrderTable.waited(for: items, in: centre, for: tenant, in: reader)
        var coming: [String: [Intake.Expected]] = [:]
        let announced = try arrivals(of: items, in: centre, at: now, for: tenant, in: reader)
        for item in items {
            var (open, left) = (waited[item] ?? 0, [Intake.Expected]())
            for next in announced[item] ?? [] {
                let gone = min(open, next.quantity)
                open -= gone
                if next.quantity > gone { left.append(.init(at: next.at, quantity: next.quantity - gone)) }
            }
            coming[item] = left
        }
        return coming
    }

    /// How long goods take from the dock to where they can be promised, in seconds.
    private static let inside = 4 * 3600.0

    /// For how long a delivery that is late is still believed in, in seconds: then nobody knows when it comes.
    static let patience = 86_400.0

    /// What is announced of items, the earliest first, whoever waits for it. What is late is here in a while at best,
    /// and never has been here already.
    static func arrivals(
        of items: [String], in centre: String, at now: Timestamp, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [Intake.Expected]] {
        try InboundTable.expected(of: items, in: centre, for: tenant, in: reader).mapValues { announced in
            announced.filter { now.seconds(since: $0.due) < patience }
                .map { Intake.Expected(at: max($0.due, now).advanced(bySeconds: inside), quantity: $0.quantity) }
                .sorted { $0.at < $1.at }
        }
    }
}
