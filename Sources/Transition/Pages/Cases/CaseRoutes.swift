import Access
import District
import Record
import Store
import Web

/// The cases as a table, and one case with its claims, sources and conditions. They are public.
struct CaseRoutes {
    let shelf: CaseShelf
    let desk: EconomyDesk

    static let path = "/transition/cases"

    var routes: [Web.Route] {
        [
            .get(Self.path, .anyone) { try await list($0) },
            .get("\(Self.path)/{case}", .anyone) { try await page($0) },
            .get("/transition/hubs", .anyone) { hubs($0) },
            .get(Self.choices, .signedIn) { try await choices($0) },
        ]
    }

    /// What a form's search box offers where a case is meant.
    static let choices = "/api/v1/transition/choices/case"

    private func choices(_ visit: Visit) async throws -> Reply {
        let words = (visit.query["q"] ?? "").lowercased()
        let all = try await visit.spine.district.store.read { [shelf] in try shelf.all(in: $0) }
        let found = all.filter { body in
            words.isEmpty || [body.id, body.name.ko, body.name.en].contains { $0.lowercased().contains(words) }
        }
        return .choices(found.prefix(20).map { ($0.id, $0.name[visit.language]) })
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let (all, answers) = try await visit.spine.district.store.read { [shelf] reader in
            let all = try shelf.all(in: reader)
            let home = try CaseTable.home(in: reader)
            return (all, try all.map { try CaseTable.answers(of: $0.id, at: home, in: reader) })
        }
        let ground = try await Ground.home(desk, for: visit.onlooker, in: visit.spine)
        let (trigger, mechanism) = (visit.query["trigger"] ?? "", visit.query["mechanism"] ?? "")
        let level = visit.query["level"] ?? ""
        let rows = zip(all, answers).filter { body, _ in
            (trigger.isEmpty || body.trigger.rawValue == trigger)
                && (mechanism.isEmpty || body.mechanisms.contains { $0.rawValue == mechanism })
                && (level.isEmpty || "\(body.level)" == level)
        }.map { body, answers -> [Table.Cell] in
            let held = HeldCondition.all(body, on: ground, answers: answers)
            let known = held.count { $0.state != .unknown }
            return [
                Table.Cell(body.city[visit.language], href: CaseView.path(body.id), isHead: true),
                Table.Cell(body.title[visit.language]), Table.Cell(body.trigger.words[visit.language]),
                Table.Cell(body.mechanisms.map { $0.words[visit.language] }.joined(separator: ", ")),
                Table.Cell(
                    badge: body.level == 1 ? "warn" : body.level == 2 ? "info" : "ok",
                    visit.word(body.level == 1 ? "cases_level_story" : "cases_level_short").replacing(
                        "{level}", with: "\(body.level)")),
                Table.Cell("\(body.outcomes.count)"),
                Table.Cell(
                    visit.word("cases_held_of").replacing("{held}", with: "\(held.count { $0.state == .held })")
                        .replacing("{all}", with: "\(held.count)")
                        .replacing("{unknown}", with: "\(held.count - known)")),
            ]
        }
        let query = TableQuery(visit.query, columns: [], sortedBy: "", size: 500)
        let columns = ["city", "title", "trigger", "mechanism", "level", "outcomes", "conditions"]
        let table = Table(
            "cases", caption: visit.word("cases_title"), path: Self.path, query,
            columns: columns.map { .init(nil, visit.word("cases_\($0)"), isNumber: $0 == "outcomes") },
            rows: rows, total: Int64(rows.count), empty: visit.word("cases_none"))
        var context: [String: JSON] = [
            "table": table.json, "sample_detail": CaseView.sampleDetail(visit),
            "filters": .array([
                filter("trigger", trigger, CityCase.Trigger.allCases.map { ($0.rawValue, $0.words) }, visit),
                filter("mechanism", mechanism, CityCase.Mechanism.allCases.map { ($0.rawValue, $0.words) }, visit),
                filter("level", level, CityCase.levels.map { ("\($0)", CityCase.meaning(of: $0)) }, visit),
            ]),
        ]
        if !(trigger + mechanism + level).isEmpty { context["filtered"] = true }
        if let ground { context["home"] = home(ground) }
        if mayEdit(visit) { context["add"] = .string("/do/\(AddCase.name)?next=\(Self.path)") }
        return .page("cases", title: visit.word("cases_title"), .object(context), live: true)
    }

    private func filter(_ name: String, _ chosen: String, _ options: [(String, Words)], _ visit: Visit) -> JSON {
        [
            "name": .string(name), "label": .string(visit.word("cases_\(name)")),
            "options": .array(
                options.map { value, words in
                    var option: [String: JSON] = ["value": .string(value), "label": .string(words[visit.language])]
                    if value == chosen { option["selected"] = true }
                    return .object(option)
                }),
        ]
    }

    private func home(_ ground: Ground) -> JSON {
        [
            "name": .string(ground.name), "year": .string("\(ground.year.year)"),
            "href": .string(EconomyView.region(ground.book.economy, ground.name)),
            "source": .string(ground.year.version.source),
        ]
    }

    /// Where an officer answers a condition for the region that cases are held against.
    private func answerPath(_ body: String, _ condition: String, _ ground: Ground?) -> String {
        let place = ground.map {
            "&economy=\(Table.encoded($0.book.economy))&region=\(Table.encoded($0.name))"
        }
        return
            "/do/\(AnswerCondition.name)?case=\(body)&condition=\(CaseChoices.name(condition, of: body))\(place ?? "")&next=\(CaseView.path(body))"
    }

    private func mayEdit(_ visit: Visit) -> Bool { !visit.caller.roles.isDisjoint(with: AddCase.people) }

    private func page(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["case"] ?? ""
        let (found, corrections, answers, added) = try await visit.spine.district.store.read { [shelf] reader in
            (
                try shelf.find(id, in: reader), try CaseTable.corrections(of: id, in: reader),
                try CaseTable.answers(of: id, at: CaseTable.home(in: reader), in: reader),
                try CaseTable.added(id, in: reader)
            )
        }
        guard let body = found else { throw CaseShelf.unknown }
        let ground = try await Ground.home(desk, for: visit.onlooker, in: visit.spine)
        let view = CaseView(visit: visit, body: body, corrections: corrections, mayCorrect: mayEdit(visit))
        let held = HeldCondition.all(body, on: ground, answers: answers)
        var context: [String: JSON] = [
            "city": .string(body.city[visit.language]), "country": .string(body.country[visit.language]),
            "about": .string(body.title[visit.language]), "badge": CaseView.badge(body.level, visit),
            "level": .string(CityCase.meaning(of: body.level)[visit.language]),
            "level_why": .string(body.levelWhy[visit.language]), "context": view.claims(body.context, "context"),
            "trigger_kind": .string(body.trigger.words[visit.language]),
            "trigger": .object(view.claim(body.triggered, "trigger")),
            "measures": .array(
                body.measures.enumerated().map { index, measure in
                    var members = view.claim(measure.claim, "measures.\(index + 1)")
                    members["actor"] = .string(measure.actor[visit.language])
                    members["date"] = .string(measure.date ?? visit.word("economy_unknown"))
                    members["cost"] = .string(measure.cost?[visit.language] ?? visit.word("economy_unknown"))
                    return .object(members)
                }),
            "mechanism_kind": .string(body.mechanisms.map { $0.words[visit.language] }.joined(separator: ", ")),
            "mechanism": .object(view.claim(body.mechanism, "mechanism")),
            "outcomes": .array(
                body.outcomes.enumerated().map { view.outcome($0.element, "outcomes.\($0.offset + 1)") }),
            "limits": view.claims(body.limits, "limits"), "sources": .array(body.sources.map(view.source)),
            "back": .string(Self.path), "sample_detail": CaseView.sampleDetail(visit),
            "conditions": .array(
                held.map { one in
                    CaseView.condition(one, visit) { condition in
                        mayEdit(visit)
                            ? answerPath(body.id, condition, ground) : nil
                    }
                }),
            "missing": .array(
                held.filter { $0.state == .missing }.map { .string($0.condition.words[visit.language]) }),
            "unknown_count": .string("\(held.count { $0.state == .unknown })"),
            "held_count": .string("\(held.count { $0.state == .held })"), "all_count": .string("\(held.count)"),
        ]
        if body.isOwnStory { context["story"] = true }
        if let ground { context["home"] = home(ground) }
        if let added, shelf.library.cases.contains(where: { $0.id == id }) {
            // A release brought a case of the same name: it stands, and what was added says that it does not.
            context["shadowed"] = .string("/trace/\(added.event)")
        } else if let added {
            context["added"] = [
                "by": .string(visit.doer(added.author)), "time": Show.time(added.at, visit.language),
                "trace": .string("/trace/\(added.event)"),
            ]
        }
        let places = try await places(body, ground, visit)
        context["places"] = .array(places)
        if !places.isEmpty { context["has_places"] = true }
        context["contents"] = Contents.json(
            [
                ("level", "cases_level"), ("context", "cases_context"), ("trigger", "cases_trigger"),
                ("measures", "cases_measures"), ("mechanism", "cases_mechanism"), ("outcomes", "cases_outcomes"),
                ("limits", "cases_limits"), ("conditions", "cases_conditions"),
                places.isEmpty ? nil : ("places", "cases_places"), ("sources", "cases_sources"),
            ], visit)
        return .page("case", title: body.name[visit.language], .object(context), live: true)
    }

    /// The regions of statistics here that are the case's own place, for whoever may see them.
    private func places(_ body: CityCase, _ ground: Ground?, _ visit: Visit) async throws -> [JSON] {
        let onlooker = visit.onlooker
        let places = try await desk.places(body.regions, for: onlooker, in: visit.spine)
        let shown = try await visit.spine.district.store.read { reader in
            try Set(places.map(\.economy)).filter { try EconomyTable.isShown($0, to: onlooker, in: reader) }
        }
        var found: [JSON] = []
        for place in places where shown.contains(place.economy) {
            var row: [String: JSON] = [
                "label": .string("\(place.region) · \(place.title)"),
                "href": .string("\(EconomyView.region(place.economy, place.region, place.year))#peers"),
            ]
            if let ground, ground.book.economy == place.economy,
                let index = ground.book.regions.firstIndex(of: place.region),
                let peer = try await desk.peers(of: ground.region, ground.book, ground.year)
                    .first(where: { $0.region == index })
            {
                row["distance"] = .string(EconomyView.number(peer.distance, decimals: 3))
            }
            found.append(.object(row))
        }
        return found
    }
}
