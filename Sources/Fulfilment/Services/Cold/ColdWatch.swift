import Access
import District
import Record
import Series
import ServiceLifecycle
import Store
import Web

/// Looks at the temperature of cold rooms, and keeps back what lies there once it was too warm or too cold for too long: a
/// hard rule, no use of AI.
struct ColdWatch: Service {
    let spine: Spine
    let settings: ColdSettings

    private static let author = Author.system("fulfilment.cold")

    func run() async throws {
        await beat(every: .seconds(10), in: spine.district, failing: "cold rooms could not be looked at") {
            try await look()
        }
    }

    /// One look at every room that is watched.
    func look() async throws {
        let house = try Caller.system("fulfilment.cold").tenant
        for watch in try await spine.district.store.read({ try ColdTable.list(for: house, in: $0) }) {
            guard let limits = settings.limits[watch.climate] else { continue }
            let now = spine.district.clock()
            let readings = try await spine.series.readings(
                SeriesKey(watch.sensor, watch.property),
                from: now.advanced(bySeconds: -2 * limits.patience - settings.stale),
                to: now.advanced(bySeconds: settings.stale), limit: 50_000)
            try await keep(watch, ColdState.of(readings, limits, stale: settings.stale, at: now), of: house)
        }
    }

    /// Records what changed; while an excursion lasts, what was put there meanwhile is kept back too.
    private func keep(_ watch: ColdTable.Watch, _ state: ColdState, of house: Tenant) async throws {
        if watch.state == state.name, state.name != "excursion" { return }
        try await spine.district.transact { transaction in
            let reader = transaction.writer
            // Another node may have been quicker, or a person took the watch away.
            guard let watch = try ColdTable.find(watch.id, for: house, in: reader) else { return }
            var (drafts, lots, orders): ([Draft], Set<String>, Set<String>) = ([], [], [])
            if case .excursion = state {
                for (found, within) in try ColdStock.lots(under: watch, in: reader) {
                    drafts += found.kept(.temperature, note: "", within: within, extra: ["watch": .string(watch.id)])
                    lots.insert(found.stock.lot.isEmpty ? found.stock.item : "\(found.stock.item) \(found.stock.lot)")
                    orders.formUnion(found.orders(within: within))
                }
            }
            if watch.state != state.name { drafts.insert(Self.changed(watch, state, lots, orders), at: 0) }
            guard !drafts.isEmpty else { return }
            try transaction.record(drafts, origin: Origin(author: Self.author))
        }
    }

    private static func changed(
        _ watch: ColdTable.Watch, _ state: ColdState, _ lots: Set<String>, _ orders: Set<String>
    ) -> Draft {
        var payload: [String: JSON] = ["watch": .string(watch.id), "state": .string(state.name)]
        switch state {
        case .good(let celsius): payload["celsius"] = .number(celsius)
        case .drifting(let celsius, let since):
            payload["celsius"] = .number(celsius)
            payload["since"] = .string(since.description)
        case .excursion(let worst, let since):
            payload["worst"] = .number(worst)
            payload["since"] = .string(since.description)
            payload["lots"] = .array(lots.sorted().map { .string($0) })
            payload["orders"] = .array(orders.sorted().map { .string($0) })
        case .unknown(let since): if let since { payload["since"] = .string(since.description) }
        }
        return Draft(ColdTable.changed, stream: "cold/\(watch.id)", scope: watch.scope, payload: payload)
    }
}
