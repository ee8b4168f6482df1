import Access
import District
import Record
import Store
import Twin
import Web

/// The two pages that somebody signed in keeps on their phone: stop work, and report a danger. Both work without a
/// connection: what is sent then waits in the phone's outbox.
struct WorkerFormRoutes {
    let view: WorkerView

    init(phrases: Phrases) { view = WorkerView(phrases: phrases) }

    /// One of the two.
    private struct Page {
        let path: String
        let command: String
        let title: String
        let next: String
        let isStop: Bool
    }

    private static let stop = Page(
        path: "/safety/stop", command: "safety.work.stop", title: "stop_title", next: "/safety/stops", isStop: true)
    private static let report = Page(
        path: "/safety/report", command: "safety.hazard.report", title: "report_title", next: "/safety/hazards",
        isStop: false)

    var routes: [Route] {
        [Self.stop, Self.report].map { page in
            .get(page.path, .roles(StopWork.roles)) { try await show(page, $0) }
        }
    }

    /// Both, for those who work.
    func kept(_ visit: Visit) async throws -> [OfflinePage] {
        guard !visit.caller.roles.isDisjoint(with: StopWork.roles), visit.caller.firm != nil else { return [] }
        let places = try await places(visit).map { "\($0.id) \($0.name[visit.language])" }
        let tag = ContentHash.sha256(Array(places.joined(separator: "\n").utf8)).prefix(16)
        return [Self.stop, Self.report].map { page in
            OfflinePage(page.path, title: view.phrases.text(page.title, Self.tongue(visit)), tag: "1-\(tag)")
        }
    }

    /// Korean and English as the page; whoever reads another language chose it by `l` or by the browser.
    private static func tongue(_ visit: Visit) -> WorkerLanguage {
        visit.query["l"].flatMap { WorkerLanguage(rawValue: $0) } ?? (visit.language == .ko ? .ko : .en)
    }

    private func places(_ visit: Visit) async throws -> [Thing] {
        let tenant = try visit.tenant
        return try await visit.spine.district.store.read {
            try Things.list(ThingFilter(language: visit.language), for: tenant, limit: 500, in: $0).rows
        }.filter { thing in
            guard case .firm(let firm) = thing.scope else { return false }
            return tenant.firm == nil || firm == tenant.firm
        }
    }

    private func show(_ page: Page, _ visit: Visit) async throws -> Reply {
        let (tongue, wanted) = (Self.tongue(visit), visit.query["thing"])
        let title = view.phrases.text(page.title, tongue)
        var context: [String: JSON] = [
            "tongue": .string(tongue.tag), "action": .string("/do/\(page.command)"), "command": .string(page.command),
            "next": .string(page.next), "key": .string(Secret.code()),
            "types": view.types(tongue, chosen: ""), "languages": view.languages(page.path, tongue),
            "w": view.words(tongue),
            "places": .array(
                try await places(visit).map { thing in
                    var entry: [String: JSON] = [
                        "value": .string(thing.id.rawValue), "label": .string(thing.name[visit.language]),
                    ]
                    if thing.id.rawValue == wanted { entry["selected"] = true }
                    return .object(entry)
                }),
        ]
        if page.isStop { context["stop"] = true } else { context["report"] = true }
        return .page("worker-form", title: title, .object(context))
    }
}
