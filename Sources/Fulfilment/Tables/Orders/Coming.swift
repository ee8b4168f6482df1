import District
import Record
import Store

/// What is to come in, less what orders wait for already.
enum Coming {
    static func expected(
        _ items: [String], in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [String: [Intake.Expected]] {
        guard !items.isEmpty else { return [:] }
        let waited = try OrderTable.waited(for: items, in: centre, for: tenant, in: reader)
        var coming: [String: [Intake.Expected]] = [:]
        for item in items {
            var (open, left) = (waited[item] ?? 0, [Intake.Expected]())
            for next in try arrivals(of: item, in: centre, for: tenant, in: reader).sorted(by: { $0.at < $1.at }) {
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

    private static func arrivals(
        of item: String, in centre: String, for tenant: some Tenancy, in reader: any Reader
    ) throws -> [Intake.Expected] {
        try InboundTable.expected(item, in: centre, for: tenant, in: reader).map {
            Intake.Expected(at: $0.due.advanced(bySeconds: inside), quantity: $0.quantity)
        }
    }
}
