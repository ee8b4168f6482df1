import Access
import District
import Record
import Store
import Web

/// The departments' ideas on one page: for staff as a board, for everybody to read.
struct IdeaRoutes {
    let departments: [Department]

    var routes: [Route] {
        [
            .get("/stewardship/ideas", WatchRoutes.staff) { try await board($0, isStaff: true) },
            .get("/ai/ideas", .anyone) { try await board($0, isStaff: false) },
        ]
    }

    private func board(_ visit: Visit, isStaff: Bool) async throws -> Reply {
        let (ideas, names) = try await visit.spine.district.store.read {
            (try IdeaTable.all(in: $0), try WatchRoutes.names(visit.language, in: $0))
        }
        let path = isStaff ? "/stewardship/ideas" : "/ai/ideas"
        let chosen = visit.query["state"].flatMap { Idea.State(rawValue: $0) }
        let shown = ideas.filter { chosen == nil || $0.state == chosen }
        let groups: [JSON] = departments.compactMap { department in
            let own = shown.filter { $0.department == department.id }
            guard !own.isEmpty else { return nil }
            return [
                "name": .string(department.name[visit.language]), "count": .string(Show.count(own.count)),
                "ideas": .array(own.map { card($0, names, visit, path: isStaff ? path : nil) }),
            ]
        }
        var views: [JSON] = [view(nil, "\(visit.word("idea_all")) \(ideas.count)", path, isCurrent: chosen == nil)]
        for state in Idea.State.allCases {
            let many = ideas.count { $0.state == state }
            views.append(
                view(state, "\(state.words[visit.language]) \(many)", path, isCurrent: chosen == state))
        }
        var context: [String: JSON] = ["groups": .array(groups), "views": .array(views)]
        if isStaff { context["propose_href"] = "/do/stewardship.idea.propose?next=/stewardship/ideas" }
        return .page("ideas", title: visit.word("ideas_title"), .object(context), live: isStaff)
    }

    private func view(_ state: Idea.State?, _ label: String, _ path: String, isCurrent: Bool) -> JSON {
        var entry: [String: JSON] = [
            "label": .string(label), "href": .string(state.map { "\(path)?state=\($0.rawValue)" } ?? path),
        ]
        if isCurrent { entry["current"] = true }
        return .object(entry)
    }

    private func card(_ idea: Idea, _ names: [String: String], _ visit: Visit, path: String?) -> JSON {
        var entry: [String: JSON] = [
            "title": .string(idea.title), "summary": .string(idea.summary), "benefit": .string(idea.benefit),
            "badge": Show.badge(idea.state.badge, idea.state.words[visit.language]),
            "changed": Show.time(idea.changed, visit.language),
        ]
        if let reason = idea.reason { entry["reason"] = .string(reason) }
        if let use = idea.use {
            entry["use"] = .string(names[use] ?? use)
            entry["use_href"] = .string(path == nil ? "/ai" : "/stewardship/uses/\(use)")
        }
        if let path {
            if let next = idea.state.next {
                entry["next"] = .string(next.words[visit.language])
                entry["next_href"] = .string(
                    "/do/stewardship.idea.advance?idea=\(idea.id)&state=\(next.rawValue)&next=\(path)")
            }
            if idea.state != .dropped {
                entry["drop_href"] = .string("/do/stewardship.idea.drop?idea=\(idea.id)&next=\(path)")
            }
        }
        return .object(entry)
    }
}
