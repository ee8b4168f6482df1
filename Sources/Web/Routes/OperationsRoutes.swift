import Access
import District
import Record
import Series
import Store

/// For whoever watches the house: is it alive, is it ready, what do its counters say.
struct OperationsRoutes {
    let started: Timestamp

    var routes: [Route] {
        [
            .get("/health/live", .anyone) { _ in .json(["status": "ok"]) },
            .get("/health/ready", .anyone) { visit in
                _ = try await visit.spine.district.store.read { try $0.query("SELECT 1") }
                return .json(["status": "ok"])
            },
            // Counters name routes and rooms, never people or firms; still they are for those who run the house.
            .get("/metrics", .roles([.administrator, .zoneOfficer]).orToken("metrics:read")) { visit in
                let gauges = visit.spine.gauges
                gauges.set("slipway_up_seconds", visit.now.seconds(since: started))
                gauges.set("slipway_series", Double(visit.spine.series.latest().count))
                gauges.set("slipway_live_events_dropped_total", Double(visit.spine.district.committed.dropped))
                gauges.set("slipway_reactions_waiting", Double(try await visit.spine.district.waitingReactions()))
                let size = try await visit.spine.district.store.read { try Signer.latest(in: $0)?.checkpoint.size ?? 0 }
                gauges.set("slipway_record_signed_events", Double(size))
                return .text(gauges.exposition, type: "text/plain; version=0.0.4; charset=utf-8")
            },
        ]
    }
}
