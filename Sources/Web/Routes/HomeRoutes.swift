import Access
import District
import Record
import Store

/// The first page: what needs me now? Each room adds its part; the last checkpoint is the spine's own.
struct HomeRoutes {
    let rooms: [any Room]
    let ways: Ways

    var routes: [Route] {
        [.get("/", .signedIn) { try await page($0) }]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        // Whoever stands for no firm has none of its figures: what is open to them is their first page.
        guard (try? visit.tenant) != nil else {
            return try await openPage(visit)
        }
        let (signed, moment) = try await visit.spine.district.store.read { reader in
            (try Signer.latest(in: reader), try Signer.latestMoment(in: reader))
        }
        let covered = signed?.checkpoint.size ?? 0
        var loop: [String: JSON] = [:]
        var tasks = try await RequestRoutes.tasks(visit)
        var quick: [JSON] = []
        for step in ["sense", "decide", "act"] {
            loop[step] = ["value": "–", "unit": "", "detail": .string(visit.word("home_loop_none")), "href": "/"]
        }
        loop["verify"] = [
            "value": .string(Show.count(covered)), "unit": .string(visit.word("record_size_unit")),
            "detail": .string(visit.word("home_loop_verify_detail")), "href": "/record",
        ]
        var context: [String: JSON] = [
            "headline": ["kind": "unknown", "text": .string(visit.word("home_headline_unknown"))], "alarms": [],
            "counts": [], "alarms_href": "/",
        ]
        for room in rooms {
            guard case .object(let members) = try await room.home(visit) else { continue }
            for (key, value) in members where !["loop", "tasks", "quick"].contains(key) { context[key] = value }
            loop.merge(members["loop"]?.members ?? [:]) { $1 }
            tasks += members["tasks"]?.elements ?? []
            quick += members["quick"]?.elements ?? []
        }
        context["loop"] = .object(loop)
        if !tasks.isEmpty { context["tasks"] = ["items": .array(Self.byUrgency(tasks))] }
        if let signed, let moment {
            context["checkpoint"] = [
                "state": Show.badge("verified", visit.word("home_checkpoint_verified")),
                "size": .string(Show.count(covered)), "href": "/record",
                "root": .string(String(signed.checkpoint.root.description.prefix(16))),
                "time": Show.time(moment, visit.language, now: visit.now),
            ]
        }
        if !quick.isEmpty { context["quick"] = ["items": .array(quick)] }
        return .page("home", title: visit.word("home_title"), .object(context), live: true)
    }

    /// What waits for somebody who belongs to no firm, and the ways that are open to them.
    private func openPage(_ visit: Visit) async throws -> Reply {
        var tasks = try await RequestRoutes.tasks(visit)
        for room in rooms {
            // A room whose figures are those of a firm has nothing to say here.
            tasks += (try? await room.home(visit))?["tasks"]?.elements ?? []
        }
        var context: [String: JSON] = ["ways": ways.json(for: visit)]
        if !tasks.isEmpty { context["tasks"] = ["items": .array(Self.byUrgency(tasks))] }
        return .page("ways", title: visit.word("ways_title"), .object(context))
    }

    /// Lives first (`life`), then what is in danger of being too late, then the rest; within these as the rooms said them.
    private static func byUrgency(_ tasks: [JSON]) -> [JSON] {
        let order = ["danger", "warn", "info", "ok"]
        func rank(_ task: JSON) -> Int {
            if task["life"]?.bool == true { return -1 }
            return order.firstIndex(of: task["kind"]?.text ?? "") ?? order.count
        }
        return tasks.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }.map(
            \.element)
    }
}
