import District
import Foundation
import Record
import ServiceLifecycle
import Store
import Synchronization
import Web

#if canImport(Glibc)
    import Glibc
#endif

/// Simulates what was asked, one question after the other, on a thread of its own that gives way to everything else: neither
/// requests nor whoever conducts the real robots wait for it.
struct WhatIfRunner: Service {
    let spine: Spine
    let settings: WhatIfSettings

    func run() async throws {
        await beat(every: .milliseconds(500), in: spine.district, failing: "a what-if could not be simulated") {
            try await next()
        }
    }

    /// Takes up the oldest question and simulates it to its end.
    func next() async throws {
        let district = spine.district
        let now = district.clock()
        guard let row = try await district.store.write({ try WhatIfTable.take(at: now, in: $0) }) else { return }
        let settings = settings
        let simulation: WhatIf?
        do {
            simulation = try await district.store.read { reader in
                guard let site = try SiteTable.compiled(row.site, in: reader) else { return nil }
                // The demand of the moment at which it was asked: so the same question has the same answer.
                let since = row.asked.advanced(bySeconds: -Double(settings.days) * 86_400)
                let missions = try WhatIfTable.demand(site: row.site, since: since, of: row.scope, in: reader)
                    .filter { $0.mission.asked <= row.asked }
                return try WhatIf(row.question, at: site, WhatIfDemand(missions, at: site), settings)
            }
        } catch is Refusal {
            simulation = nil
        }
        guard let simulation else { return try await end(row.id, .failed, nil) }
        try await follow(simulation, row.id)
    }

    private func follow(_ simulation: WhatIf, _ id: String) async throws {
        let run = Run(limit: settings.limit)
        let thread = Thread {
            #if canImport(Glibc)
                // Of this thread alone, on Linux: whoever drives real robots goes first.
                _ = setpriority(Int32(PRIO_PROCESS.rawValue), 0, 15)
            #endif
            run.finish(simulation.run { run.goesOn($0) })
        }
        thread.name = "slipway.what-if"
        thread.stackSize = 16 << 20
        thread.start()
        let district = spine.district
        while !run.isOver {
            do {
                try await Task.sleep(for: .milliseconds(300))
                let (done, now) = (run.done, district.clock())
                let mayGoOn = try await district.store.write {
                    try WhatIfTable.tell(id, done: done, at: now, in: $0)
                }
                if !mayGoOn { run.stop() }
            } catch {
                // The house stops, or its tables cannot be reached: the thread ends by itself within a simulated minute.
                run.stop()
                throw error
            }
        }
        switch run.answer {
        case let answer?: try await end(id, .done, answer)
        case nil: try await end(id, run.isLate ? .late : .stopped, nil)
        }
    }

    private func end(_ id: String, _ state: WhatIfTable.State, _ answer: WhatIfAnswer?) async throws {
        let now = spine.district.clock()
        try await spine.district.store.write { try WhatIfTable.end(id, state, answer, at: now, in: $0) }
    }

    /// What the thread and whoever waits for it tell each other.
    private final class Run: Sendable {
        private struct State {
            var done = 0
            var isStopped = false, isLate = false, isOver = false
            var answer: WhatIfAnswer?
        }
        private let state = Mutex(State())
        private let deadline: ContinuousClock.Instant

        init(limit: Double) { deadline = .now.advanced(by: .seconds(limit)) }

        func goesOn(_ done: Int) -> Bool {
            state.withLock { state in
                state.done = done
                if ContinuousClock.now > deadline { state.isLate = true }
                return !state.isStopped && !state.isLate
            }
        }
        func stop() { state.withLock { $0.isStopped = true } }
        func finish(_ answer: WhatIfAnswer?) { state.withLock { ($0.answer, $0.isOver) = (answer, true) } }
        var done: Int { state.withLock(\.done) }
        var isOver: Bool { state.withLock(\.isOver) }
        var isLate: Bool { state.withLock(\.isLate) }
        var answer: WhatIfAnswer? { state.withLock(\.answer) }
    }
}
