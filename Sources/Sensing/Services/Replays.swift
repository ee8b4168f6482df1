import Access
import District
import Record
import Series
import Store
import Twin

/// Streams a file's past on a virtual clock, into a thing of its own that is marked as a replay, and raises replay
/// alarms: what would have been noticed, and when. Nothing of it touches a live thing.
actor Replays {
    /// How a replay goes.
    struct Progress: Sendable {
        let thing: ThingID
        let scope: Scope
        let rows: Int
        var done = 0
        var alarms = 0
        var failure: String?
        var isOver: Bool { failure != nil || done >= rows }

        var json: JSON {
            [
                "thing": .string(thing.rawValue), "rows": .number(Double(rows)), "done": .number(Double(done)),
                "alarms": .number(Double(alarms)), "over": .bool(isOver),
                "failure": failure.map { .string($0) } ?? .null,
            ]
        }
    }

    private let spine: Spine
    private let placing: Placing
    private var running: [String: Progress] = [:]

    init(spine: Spine, placing: Placing) {
        self.spine = spine
        self.placing = placing
    }

    /// How a replay goes, for who may see its thing; nil where there is none of this number.
    func progress(_ id: String, for caller: Caller) throws -> Progress? {
        let sender = try Sender(caller)
        return running[id].flatMap { sender.takes($0.scope) ? $0 : nil }
    }

    /// Begins a replay of a table.
    /// - Parameters:
    ///   - name: what the thing is to be called; `replay-` comes before it.
    ///   - speed: seconds of the file's time in one second of ours; nil as fast as it goes.
    /// - Returns: its number, to ask for progress by.
    func begin(_ table: CSVReadings, name: String, speed: Double?, by caller: Caller) async throws -> String {
        let id = Identifier(at: spine.district.clock()).description
        let thing = ThingID("replay-\(SeriesName.property(name).replacing("_", with: "-"))")
        try await declare(thing, name: name, by: caller)
        guard let scope = try await placing.scopes(of: [thing], for: Sender(caller))[thing] else {
            throw Refusal(
                .conflict, "replay.taken",
                Words("이미 쓰이는 재생 이름입니다. 다른 이름을 넣어 주세요.", "This name is in use. Please give the replay another one."))
        }
        running[id] = Progress(thing: thing, scope: scope, rows: table.rows.count)
        Task { await run(id, table, thing, speed) }
        return id
    }

    private func declare(_ thing: ThingID, name: String, by caller: Caller) async throws {
        let zone = try Caller.system("replay").tenant
        let sender = try Sender(caller)
        let site: ThingID = sender.firm.map { ThingID("replay-site-\($0)") } ?? "replay-site"
        try await spine.district.transact { transaction in
            let writer = transaction.writer
            let coming = try [
                Thing(
                    id: site, kind: .site, name: Words("재생 자료", "Replays"), firm: sender.firm, scope: sender.scope,
                    attributes: ["replay": true]),
                Thing(
                    id: thing, kind: .machine, parent: site, name: Words("재생: \(name)", "Replay: \(name)"),
                    firm: sender.firm, scope: sender.scope, attributes: ["replay": true]),
            ].filter { try Things.find($0.id, for: zone, in: writer) == nil }
            try transaction.record(
                try TwinEvents.declared(coming, for: zone, in: writer), origin: Origin(author: sender.author))
        }
    }

    private func run(_ id: String, _ table: CSVReadings, _ thing: ThingID, _ speed: Double?) async {
        let watch = Watch(spine: spine, placing: placing, origin: "replay")
        let begun = spine.district.clock()
        let before = spine.gauges.value("slipway_alarms_raised_total", labels: "origin=\"replay\"")
        guard let first = table.rows.first?.time else { return }
        // A second of file time goes in at once, so that a fast replay does not commit row by row.
        var at = table.rows.startIndex
        do {
            while at < table.rows.endIndex {
                let end = table.rows[at].time.advanced(bySeconds: max(1, (speed ?? 400) / 20))
                var next = at
                var samples: [Sample] = []
                while next < table.rows.endIndex, next == at || table.rows[next].time < end {
                    samples += table.samples(ofRow: next, thing: thing)
                    next += 1
                }
                if let speed {
                    let due = begun.advanced(bySeconds: table.rows[at].time.seconds(since: first) / speed)
                    let wait = due.seconds(since: spine.district.clock())
                    if wait > 0 { try await Task.sleep(for: .seconds(wait)) }
                }
                _ = try await spine.series.append(samples)
                await watch.observe(samples, arrived: spine.district.clock())
                at = next
                running[id]?.done = at
                let raised = spine.gauges.value("slipway_alarms_raised_total", labels: "origin=\"replay\"")
                running[id]?.alarms = Int(raised - before)
            }
        } catch {
            running[id]?.failure = "\(error)"
            spine.district.report("a replay ended early", error)
        }
    }
}

extension CSVReadings {
    /// The readings of one row.
    func samples(ofRow index: Int, thing: ThingID) -> [Sample] {
        rows[index].values.map { value in
            Sample(SeriesKey(thing, value.property), Reading(time: rows[index].time, value: value.value))
        }
    }
}
