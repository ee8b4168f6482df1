import District
import Synchronization

/// The living parts of the room, one set for each house.
struct Desk: Sendable {
    let spine: Spine
    let ingest: Ingest
    let watch: Watch
    let replays: Replays

    init(_ spine: Spine) {
        self.spine = spine
        ingest = Ingest(spine: spine)
        watch = Watch(spine: spine, placing: ingest.placing, origin: "live")
        replays = Replays(spine: spine, placing: ingest.placing)
    }
}

/// Gives routes and services the same desk.
final class Desks: Sendable {
    private let made = Mutex<Desk?>(nil)

    func desk(_ spine: Spine) -> Desk {
        made.withLock { made in
            if let made { return made }
            let desk = Desk(spine)
            made = desk
            return desk
        }
    }
}
