import Access
import District
import Record
import Store
import Web

/// The room's first page, for everybody: what runs, what comes, what is over, and the ways into the other subjects.
struct CommonsHome {
    let doors: [Door]

    var routes: [Route] { [.get("/commons", .anyone) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let view = CivicView(visit: visit)
        let found = try await visit.spine.district.store.read { reader in
            try ProcessTable.all(in: reader).map { ($0, try ProposalTable.counts(of: $0.id, in: reader)) }
        }
        func group(_ id: String, _ wanted: (CivicProcess.Standing) -> Bool) -> JSON {
            let processes = found.filter { wanted($0.0.standing(on: view.today)) }
            return [
                "id": .string(id), "title": .string(view.word("commons_group_\(id)")),
                "empty": .string(view.word("commons_group_\(id)_none")),
                "processes": .array(processes.map { card($0.0, $0.1, view) }),
            ]
        }
        var context: [String: JSON] = [
            "groups": [
                group("running") {
                    switch $0 {
                    case .running, .between: true
                    default: false
                    }
                },
                group("coming") { if case .coming = $0 { true } else { false } },
                group("ended") { $0.isOver },
            ],
            "doors": .array(
                doors.filter { $0.isOpen(to: visit.caller) }.map { $0.json(visit.language) }),
        ]
        if visit.caller.person != nil { context["mine_href"] = "/commons/mine" }
        if view.isModerator {
            context["open_href"] = .string("/do/\(OpenProcess.name)?next=/commons/processes/{it}")
            context["moderation_href"] = "/commons/moderation"
        }
        return .page("commons-home", title: visit.word("commons_title"), .object(context), live: visit.caller.isKnown)
    }

    private func card(_ process: CivicProcess, _ counts: (proposals: Int64, supports: Int64), _ view: CivicView) -> JSON
    {
        [
            "title": .string(process.title[view.language]), "href": .string(CivicView.href(process)),
            "question": .string(process.question[view.language]), "kind": .string(process.kind.words[view.language]),
            "state": view.state(process), "days": .string(view.now(process)),
            "many": .string(view.counts(counts)),
        ]
    }
}
