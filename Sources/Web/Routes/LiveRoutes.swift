import Access
import District
import Record
import Series
import Store
import Synchronization
import Twin

/// What changes, told as it changes (server-sent events). A page fetches what it shows; the stream only names the
/// topic that changed, each at most once a second and always after its last change.
struct LiveRoutes {
    let rooms: [any Room]

    /// A sign of life after so many quiet seconds.
    private static let rest = 15

    var routes: [Route] {
        [
            .get("/live", .signedIn) { visit in
                let (tenant, spine, topics) = (try visit.tenant, visit.spine, rooms.flatMap(\.topics))
                return .events { writer in
                    spine.gauges.add("slipway_live_pages", 1)
                    defer { spine.gauges.add("slipway_live_pages", -1) }
                    let changed = Changed()
                    writer.send("hello", "{}")
                    await withTaskGroup(of: Void.self) { group in
                        group.addTask {
                            for await events in spine.district.committed.listen() {
                                for event in events where tenant.sees(event.scope) {
                                    changed.mark("record")
                                    for topic in topics where event.type.hasPrefix(topic.prefix) {
                                        changed.mark(topic.name)
                                    }
                                }
                            }
                        }
                        group.addTask {
                            var seen: [ThingID: Bool] = [:]
                            for await samples in spine.arrivals.listen() {
                                for id in Set(samples.map(\.series.thing)) where seen[id] == nil {
                                    seen[id] = await Self.sees(id, tenant, spine)
                                }
                                if samples.contains(where: { seen[$0.series.thing] == true }) {
                                    changed.mark("readings")
                                }
                            }
                        }
                        group.addTask {
                            for await _ in spine.district.signed.listen() { changed.mark("checkpoint") }
                        }
                        group.addTask { await Self.tell(changed, writer) }
                        // The first to end (the listener left, the house closes) ends all.
                        await group.next()
                        group.cancelAll()
                    }
                }
            }
        ]
    }

    /// Whether a thing is one that the listener may see. One that cannot be looked up now is not told of.
    private static func sees(_ thing: ThingID, _ tenant: Tenant, _ spine: Spine) async -> Bool {
        do {
            return try await spine.district.store.read { try Things.find(thing, for: tenant, in: $0) != nil }
        } catch {
            spine.district.report("whose readings these are could not be looked up", error)
            return false
        }
    }

    private static func tell(_ changed: Changed, _ writer: EventWriter) async {
        var quiet = 0
        while !Task.isCancelled {
            do { try await Task.sleep(for: .seconds(1)) } catch { return }
            let topics = changed.take()
            for topic in topics.sorted() { writer.send(topic, "{}") }
            quiet = topics.isEmpty ? quiet + 1 : 0
            if quiet >= rest {
                writer.ping()
                quiet = 0
            }
        }
    }

    /// The topics that changed since they were last told.
    private final class Changed: Sendable {
        private let topics = Mutex<Set<String>>([])

        func mark(_ topic: String) { topics.withLock { _ = $0.insert(topic) } }

        func take() -> Set<String> {
            topics.withLock { topics in
                defer { topics = [] }
                return topics
            }
        }
    }
}
