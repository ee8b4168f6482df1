import District
import Record
import ServiceLifecycle
import Store

/// Runs the watch: live readings in, and what people changed (limits, cleared alarms).
struct WatchService: Service {
    let desk: Desk

    func run() async throws {
        // Listen first, so that nothing that arrives while the detectors warm up is missed.
        let arrivals = desk.spine.arrivals.listen()
        let commits = desk.spine.district.committed.listen()
        try await desk.watch.resume()
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await samples in arrivals.cancelOnGracefulShutdown() {
                    await desk.watch.observe(samples, arrived: desk.spine.district.clock())
                    desk.spine.gauges.set("slipway_watch_dropped_total", Double(desk.spine.arrivals.dropped))
                }
            }
            group.addTask {
                for await events in commits.cancelOnGracefulShutdown() {
                    for event in events { await follow(event) }
                }
            }
        }
    }

    private func follow(_ event: Event) async {
        switch event.type {
        case "sensing.alarm.cleared" where event.payload["by"]?.text == "person":
            await desk.watch.forget(event.payload["alarm"]?.text ?? "")
        case "sensing.limit.set":
            guard let thing = event.payload["thing"]?.text, let property = event.payload["property"]?.text else {
                return
            }
            await desk.watch.apply(
                LimitTable.Limit(
                    thing: ThingID(thing), property: property, low: event.payload["low"]?.double,
                    high: event.payload["high"]?.double, reason: event.payload["reason"]?.text ?? ""))
        default: break
        }
    }
}
