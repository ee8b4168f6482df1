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
            .get("/citizen/desk/handovers/{handover}/form", staff) { try await wanted($0) },
            .get("/citizen/desk/handovers/{handover}/call", staff) { try await call($0) },
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
        // Nobody can call whoever left no number: they are no promise.
        let groups: [(name: String, rows: [Handover])] = [
            ("waiting", waiting), ("mine", mine), ("calls", calls.filter { !$0.isOutOfReach }),
            ("unreachable", calls.filter(\.isOutOfReach)), ("others", others), ("finished", finished),
        ].filter { $0.0 != "unreachable" || !$0.1.isEmpty }
        return .page(
            "desk", title: visit.word("desk_title"),
            [
                "groups": .array(
                    try groups.map { group in
                        var members: [String: JSON] = [
                            "id": .string(group.name), "title": .string(visit.word("desk_group_\(group.name)")),
                            "many": .string(Show.count(group.rows.count)),
                            "rows": .array(try group.rows.map { try view.card($0, visit) }),
                        ]
                        if group.rows.isEmpty { members["empty"] = .string(visit.word("desk_none_\(group.name)")) }
                        return .object(members)
                    })
            ], live: true)
    }

    /// A hand-over with all that the desk knows of it.
    struct Found {
        let handover: Handover
        let lines: [HandoverTable.Line]
        let dialogue: Dialogue?
        let done: DeskDone

        /// Whether nobody reads what is written to them: they wait for a call, and never wrote here.
        var isAbsent: Bool { handover.isCall && !lines.contains { $0.who == "citizen" } }
    }

    /// Reads a hand-over, and writes down who did: what somebody said is theirs.
    private func find(_ visit: Visit) async throws -> Found {
        let (tenant, id, district) = (try visit.tenant, visit.parameters["handover"] ?? "", visit.spine.district)
        let found = try await district.store.read { reader -> Found? in
            guard let handover = try HandoverTable.find(id, for: tenant, in: reader) else { return nil }
            return Found(
                handover: handover, lines: try HandoverTable.lines(of: id, in: reader),
                dialogue: try DialogueTable.find(id: handover.dialogue, in: reader)?.state,
                done: try DeskDone.find(handover, for: tenant, district, in: reader))
        }
        guard let found else {
            throw Refusal(.notFound, "handover.unknown", Words("그런 연결 요청이 없습니다.", "Nobody of that number waits."))
        }
        try await visit.look(at: found.handover.scope, "handover/\(id)")
        return found
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let found = try await find(visit)
        return .page(
            "desk-one", title: view.about(found.handover, visit), .object(try view.page(found, visit)), live: true)
    }

    /// The form of what they wanted, with all that is known filled in: nobody types again what was told before, and no
    /// address carries it. What is filed by it is filed once, and belongs to the conversation.
    private func wanted(_ visit: Visit) async throws -> Reply {
        let found = try await find(visit)
        let handover = found.handover
        try DeskAsk.checkOwn(handover, visit.caller)
        guard let intent = handover.intent, let form = visit.spine.district.forms[intent] else {
            throw Refusal(
                .notFound, "handover.no-form", Words("이어서 작성할 신청서가 없습니다.", "There is no form to finish."))
        }
        var entered = DeskEntered.values(of: form, found.dialogue, handover)
        entered["next"] = "/citizen/desk/handovers/\(handover.id)"
        return try visit.form(
            intent, entered: entered, key: "desk-\(handover.id)-\(found.done.attempts)",
            correlation: handover.correlation)
    }

    /// The promise of a call, with the number they left and the time they would like.
    private func call(_ visit: Visit) async throws -> Reply {
        let handover = try await find(visit).handover
        try DeskAsk.checkOwn(handover, visit.caller)
        var entered = ["handover": handover.id, "next": "/citizen/desk/handovers/\(handover.id)"]
        if let phone = handover.phone { entered["phone"] = DeskView.grouped(phone) }
        let due = try handover.due ?? view.wish(of: handover, visit).moment
        if let due, due > visit.now { entered["due"] = DeskEntered.written(due) }
        return try visit.form("citizen.callback.arrange", entered: entered)
    }

    /// For staff the people who wait.
    func tasks(_ visit: Visit) async throws -> [String: JSON] {
        guard !visit.caller.roles.isDisjoint(with: DeskAsk.staff) else { return [:] }
        let tenant = try visit.tenant
        let (waiting, calls) = try await visit.spine.district.store.read { reader in
            (
                try HandoverTable.count(.waiting, for: tenant, in: reader),
                try HandoverTable.calls(for: tenant, in: reader)
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
