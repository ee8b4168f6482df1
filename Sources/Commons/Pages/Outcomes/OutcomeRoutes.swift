import Access
import District
import Record
import Store
import Web

/// What became of what was accepted: how promises were kept, what is late, what is over, and each one's story.
struct OutcomeRoutes {
    var routes: [Web.Route] {
        [
            .get("/commons/outcomes", .anyone) { try await list($0) },
            .get("/commons/outcomes/{outcome}", .anyone) { try await one($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (items, news) = try await visit.spine.district.store.read { reader in
            let items = try OutcomeTable.items(in: reader)
            // Why one is late is what was said last of its day.
            let late = items.filter { OutcomeView(visit: visit).days($0) != nil }.prefix(Self.most)
            let news = try late.map { ($0.id, try OutcomeTable.news(of: $0.id, limit: 50, in: reader)) }
            return (items, Dictionary(news, uniquingKeysWith: { $1 }))
        }
        let view = OutcomeView(visit: visit)
        let score = PromiseScore(items, on: KoreanDay(visit.now))
        let (going, over) = (items.filter(\.isGoing), items.filter { !$0.isGoing })
        var context: [String: JSON] = [
            "figures": .array(figures(score, view)), "basis": .string(basis(score, view)),
            "items": .array(going.map { .object(view.facts($0)) }), "has_promises": .bool(!items.isEmpty),
            "late_table": late(items, news, view).json, "over_table": ended(over, view).json,
        ]
        if view.isOfficer { context["may_promise"] = true }
        return .page("outcomes-list", title: visit.word("outcomes_title"), .object(context))
    }

    /// As many late ones as one page lists.
    private static let most = 100

    private func figures(_ score: PromiseScore, _ view: OutcomeView) -> [JSON] {
        let share =
            score.share.map {
                view.word(
                    "outcomes_share_of",
                    ["share": "\($0)", "kept": Show.count(score.onTime), "many": Show.count(score.judged)])
            } ?? view.word("outcomes_share_none")
        return [
            ("outcomes_figure_all", Show.count(score.all)), ("outcomes_figure_share", share),
            ("outcomes_figure_done", Show.count(score.done)), ("outcomes_figure_dropped", Show.count(score.dropped)),
            ("outcomes_planned", view.money(score.priced == 0 ? nil : score.planned)),
            ("outcomes_spent", view.money(score.priced == 0 ? nil : score.spent)),
        ].map { ["label": .string(view.word($0.0)), "value": .string($0.1)] }
    }

    /// What the figures rest on, and what they leave out.
    private func basis(_ score: PromiseScore, _ view: OutcomeView) -> String {
        view.word(
            "outcomes_basis",
            [
                "ahead": Show.count(score.ahead), "dayless": Show.count(score.dayless),
                "priced": Show.count(score.priced), "unpriced": Show.count(score.all - score.priced),
            ])
    }

    private func late(_ items: [Promise], _ news: [String: [OutcomeTable.News]], _ view: OutcomeView) -> Table {
        let late = items.compactMap { item in view.days(item).map { (item, $0) } }
            .sorted { ($1.1, $0.0.id) < ($0.1, $1.0.id) }
        let rows: [[Table.Cell]] = late.prefix(Self.most).map { item, days in
            let told = (news[item.id] ?? []).filter { !$0.said.isEmpty }
            let why = told.first { $0.kind == OutcomeTable.slipped } ?? told.first { $0.kind == OutcomeTable.ended }
            return [
                Table.Cell(item.title, href: OutcomeView.path(item.id), isHead: true),
                Table.Cell(item.firstDue ?? "–"), Table.Cell(item.ended ?? item.due ?? "–"),
                Table.Cell(view.counted("outcomes_days", days)),
                Table.Cell(why?.said ?? view.word("outcomes_why_unknown")),
            ]
        }
        return Table(
            "late", caption: view.word("outcomes_late_title"), path: "", .whole,
            columns: [
                Table.Column(nil, view.word("outcomes_promise_one")),
                Table.Column(nil, view.word("outcomes_first_day")),
                Table.Column(nil, view.word("outcomes_day_now")),
                Table.Column(nil, view.word("outcomes_by"), isNumber: true),
                Table.Column(nil, view.word("outcomes_why")),
            ], rows: rows, total: Int64(rows.count), empty: view.word("outcomes_none_late"))
    }

    /// What is over, for as long as the Record stands; the last to end first.
    private func ended(_ over: [Promise], _ view: OutcomeView) -> Table {
        let query = TableQuery(view.visit.query, columns: [], sortedBy: "", size: 25)
        let sorted = over.sorted { ($1.ended ?? "", $0.id) < ($0.ended ?? "", $1.id) }
        let rows: [[Table.Cell]] = sorted.dropFirst(query.offset).prefix(query.size).map { item in
            [
                Table.Cell(item.title, href: OutcomeView.path(item.id), isHead: true),
                Table.Cell(view.word(item.state == "done" ? "outcomes_done" : "outcomes_dropped")),
                Table.Cell(item.firstDue ?? view.word("outcomes_no_day")), Table.Cell(item.ended ?? "–"),
                Table.Cell(view.money(item.planned)), Table.Cell(view.money(item.spent)),
            ]
        }
        return Table(
            "over", caption: view.word("outcomes_over_title"), path: "/commons/outcomes", query,
            columns: [
                Table.Column(nil, view.word("outcomes_promise_one")), Table.Column(nil, view.word("outcomes_how")),
                Table.Column(nil, view.word("outcomes_first_day")), Table.Column(nil, view.word("outcomes_ended")),
                Table.Column(nil, view.word("outcomes_planned"), isNumber: true),
                Table.Column(nil, view.word("outcomes_spent"), isNumber: true),
            ], rows: rows, total: Int64(over.count), empty: view.word("outcomes_none_over"))
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["outcome"] ?? ""
        let (found, news) = try await visit.spine.district.store.read { reader in
            (try OutcomeTable.item(id, in: reader), try OutcomeTable.news(of: id, in: reader))
        }
        guard let item = found else {
            throw Refusal(.notFound, "outcome.unknown", Words("그런 약속이 없습니다.", "There is no such promise."))
        }
        let view = OutcomeView(visit: visit)
        var context = view.facts(item)
        context["news"] = .array(
            news.map { news in
                [
                    "kind": .string(visit.eventName(news.kind)), "said": news.said.isEmpty ? false : .string(news.said),
                    "time": Show.time(news.at, visit.language), "figures": .string(view.figures(news)),
                    "trace": .string("/trace/\(news.event)"),
                ]
            })
        context["notice"] = view.notice(item).map { .string($0) } ?? false
        context["acts"] = .array(view.acts(item))
        context["data_href"] = .string("/api/v1/commons/outcomes/\(Table.encoded(id))")
        return .page("outcomes-one", title: item.title, .object(context))
    }
}
