import Access
import District
import Record
import Store
import Web

/// The desk: who waits for a person, who waits for a call, and what came of it.
struct DeskRoutes {
    let view: DeskView

    var routes: [Route] {
        let staff = Permission.roles(DeskAsk.staff)
        return [
            .get("/citizen/desk", staff) { try await queue($0) },
            .get("/citizen/desk/handovers/{handover}", staff) { try await one($0) },
            .get("/citizen/desk/figures", staff) { try await DeskFiguresPage(view: view).page($0) },
        ]
    }

    private func queue(_ visit: Visit) async throws -> Reply {
        let tenant = try visit.tenant
        let (waiting, calls, taken, finished) = try await visit.spine.district.store.read { reader in
            (
                try HandoverTable.all(.waiting, for: tenant, in: reader).sorted {
                    // In danger first; else as they came.
                    ($0.endangered == nil ? 1 : 0, $0.requested, $0.id) < (
                        $1.endangered == nil ? 1 : 0, $1.requested, $1.id
                    )
                },
                try HandoverTable.all(.callback, for: tenant, in: reader),
                try HandoverTable.all(.taken, for: tenant, in: reader),
                try HandoverTable.all(.finished, limit: 20, for: tenant, in: reader)
            )
        }
        let (mine, others) = (
            taken.filter { $0.taker == visit.caller.person }, taken.filter { $0.taker != visit.caller.person }
        )
        // When somebody would like to be called is in their own words: who read it is written down.
        if [waiting, calls, taken, finished].joined().contains(where: { $0.wish != nil }) {
            try await visit.look(at: .zone, "citizen-desk")
        }
        let groups: [(name: String, rows: [Handover])] = [
            ("waiting", waiting), ("mine", mine), ("calls", calls), ("others", others), ("finished", finished),
        ]
        return .page(
            "desk", title: visit.word("desk_title"),
            [
                "groups": .array(
                    groups.map { group in
                        var members: [String: JSON] = [
                            "id": .string(group.name), "title": .string(visit.word("desk_group_\(group.name)")),
                            "many": .string(Show.count(group.rows.count)),
                            "rows": .array(group.rows.map { view.card($0, visit) }),
                        ]
                        if group.rows.isEmpty { members["empty"] = .string(visit.word("desk_none_\(group.name)")) }
                        return .object(members)
                    })
            ], live: true)
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let (tenant, id) = (try visit.tenant, visit.parameters["handover"] ?? "")
        let found = try await visit.spine.district.store.read {
            reader -> (Handover, [HandoverTable.Line], Dialogue?)? in
            guard let handover = try HandoverTable.find(id, for: tenant, in: reader) else { return nil }
            return (
                handover, try HandoverTable.lines(of: id, in: reader),
                try DialogueTable.find(id: handover.dialogue, in: reader)?.state
            )
        }
        guard let (handover, lines, dialogue) = found else {
            throw Refusal(.notFound, "handover.unknown", Words("그런 연결 요청이 없습니다.", "Nobody of that number waits."))
        }
        // What somebody said is theirs: who read it is written down.
        try await visit.look(at: handover.scope, "handover/\(id)")
        return .page(
            "desk-one", title: view.about(handover, visit), .object(view.page(handover, lines, dialogue, visit)),
            live: true)
    }

    /// For staff the people who wait.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: DeskAsk.staff) else { return [:] }
        let tenant = try visit.tenant
        let (waiting, calls) = try await visit.spine.district.store.read { reader in
            (
                try HandoverTable.count(.waiting, for: tenant, in: reader),
                try HandoverTable.count(.callback, for: tenant, in: reader)
            )
        }
        let kinds = [("waiting", waiting, "danger"), ("calls", calls, "warn")].filter { $0.1 > 0 }
        return [
            "tasks": .array(
                kinds.map { name, many, kind in
                    [
                        "href": .string("/citizen/desk#\(name)"), "text": .string(visit.word("desk_task_\(name)")),
                        "count": .string(Show.count(many)), "kind": .string(kind),
                        "state": .string(visit.word("desk_group_\(name)")),
                    ]
                })
        ]
    }
}
