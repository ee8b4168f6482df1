import Access
import District
import Record
import Store
import Web

/// Accords between cities, for everybody: what was agreed, what is done of it, what is late, what came of it.
struct AccordRoutes {
    let cited: [CitedAccord]

    var routes: [Web.Route] {
        [
            .get("/transition/accords", .anyone) { try await list($0) },
            .get("/transition/accords/{accord}", .anyone) { try await page($0) },
        ]
    }

    private func list(_ visit: Visit) async throws -> Reply {
        let today = KoreanDay(visit.now)
        let accords = try await visit.spine.district.store.read { reader in
            try AccordTable.accords(in: reader).map {
                (
                    $0, try AccordTable.undertakings(of: $0.id, in: reader),
                    try AccordTable.milestones(of: $0.id, in: reader)
                )
            }
        }
        let rows = accords.map { accord, undertakings, milestones -> JSON in
            var row = Self.accord(accord, visit)
            row["href"] = .string("/transition/accords/\(accord.id)")
            row["kinds"] = .array(
                AccordUndertaking.Kind.allCases.compactMap { kind in
                    let many = undertakings.count { $0.kind == kind }
                    return many == 0
                        ? nil : ["label": .string(kind.words[visit.language]), "count": .string(Show.count(many))]
                })
            row["reached"] = .string("\(milestones.count { $0.reached != nil })/\(milestones.count { !$0.isDropped })")
            let late = milestones.count { if case .slipped = $0.state(on: today) { true } else { false } }
            if late > 0 { row["late"] = Show.badge("danger", "\(visit.word("accords_late")) \(late)") }
            return .object(row)
        }
        return .page(
            "accords", title: visit.word("accords_title"),
            [
                "accords": .array(rows), "cited": .array(cited.map { citation($0, visit) }),
                "keeps": .bool(AccordAsk.isKeeper(visit.caller)),
                "sample_detail": .string(visit.word("accords_sample_detail")),
            ], live: true)
    }

    private func citation(_ accord: CitedAccord, _ visit: Visit) -> JSON {
        [
            "title": .string(accord.title[visit.language]), "signed": .string(accord.signed.description),
            "parties": .string(accord.parties.joined(separator: " – ")),
            "points": .array(accord.points.map { .string($0[visit.language]) }),
            "sources": .array(accord.sources.map { ["title": .string($0.title), "url": .string($0.url)] }),
        ]
    }

    private static func accord(_ accord: Accord, _ visit: Visit) -> [String: JSON] {
        [
            "title": .string(accord.title[visit.language]), "parties": .string(accord.parties.joined(separator: " – ")),
            "signed": .string(accord.signed.description),
            "until": accord.until.map { .string($0.description) } ?? .null,
            "fields": accord.fields.isEmpty ? .null : .string(accord.fields.joined(separator: ", ")),
            "source": .string(accord.source), "url": accord.url.map { .string($0) } ?? .null,
            "sample": .bool(accord.isSample),
        ]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["accord"] ?? ""
        let found = try await visit.spine.district.store.read { reader -> AccordView? in
            guard let accord = try AccordTable.accord(id, in: reader) else { return nil }
            return AccordView(
                accord: accord, undertakings: try AccordTable.undertakings(of: id, in: reader),
                milestones: try AccordTable.milestones(of: id, in: reader),
                outcomes: try AccordTable.outcomes(of: id, in: reader),
                travellers: try AccordTable.travellers(of: id, in: reader))
        }
        guard let found else {
            throw Refusal(.notFound, "accord.unknown", Words("그런 협약이 없습니다.", "There is no such accord."))
        }
        if AccordAsk.isKeeper(visit.caller), !found.travellers.isEmpty {
            try await visit.look(at: .zone, "accord-travellers/\(id)")
        }
        var context = Self.accord(found.accord, visit)
        context["back"] = "/transition/accords"
        context["undertakings"] = .array(found.undertakings.map { found.undertaking($0, visit) })
        if AccordAsk.isKeeper(visit.caller) {
            context["undertake"] = .string(
                "/do/transition.accord.undertake?accord=\(id)&next=/transition/accords/\(id)")
        }
        return .page("accord", title: found.accord.title[visit.language], .object(context), live: true)
    }
}

/// An accord with everything that it led to.
struct AccordView {
    let accord: Accord
    let undertakings: [AccordUndertaking]
    let milestones: [AccordMilestone]
    let outcomes: [AccordOutcome]
    let travellers: [AccordTraveller]

    func undertaking(_ undertaking: AccordUndertaking, _ visit: Visit) -> JSON {
        let (language, path) = (visit.language, "/transition/accords/\(accord.id)")
        let went = travellers.filter { $0.undertaking == undertaking.id }
        let keeps = AccordAsk.isKeeper(visit.caller)
        var row: [String: JSON] = [
            "kind": .string(undertaking.kind.words[language]), "title": .string(undertaking.title[language]),
            "about": .string(undertaking.about[language]), "office": .string(undertaking.office),
            "milestones": .array(milestones.filter { $0.undertaking == undertaking.id }.map { milestone($0, visit) }),
            "outcomes": .array(
                outcomes.filter { $0.undertaking == undertaking.id }.map {
                    [
                        "metric": .string($0.metric[language]), "value": .string(Show.number($0.value)),
                        "unit": .string($0.unit), "day": .string($0.day.description), "source": .string($0.source),
                    ]
                }),
        ]
        if undertaking.kind == .talent {
            row["exchange"] = [
                "places": .string(Show.count(undertaking.places ?? 0)), "went": .string(Show.count(went.count)),
                "back": .string(Show.count(went.count { $0.result != nil })),
                "people": .array(went.map { traveller($0, visit, keeps: keeps) }),
            ]
        }
        guard keeps else { return .object(row) }
        func link(_ command: String) -> JSON {
            .string("/do/transition.accord.\(command)?undertaking=\(undertaking.id)&next=\(path)")
        }
        row["keeps"] = [
            "milestone": link("milestone.set"), "measure": link("measure"),
            "send": undertaking.kind == .talent ? link("send") : .null,
        ]
        return .object(row)
    }

    private func milestone(_ milestone: AccordMilestone, _ visit: Visit) -> JSON {
        let state = milestone.state(on: KoreanDay(visit.now))
        var row: [String: JSON] = [
            "title": .string(milestone.title[visit.language]), "due": .string(milestone.due.description),
            "badge": Show.badge(state.badge, state.words[visit.language]),
        ]
        if milestone.moves > 0 || milestone.isDropped { row["reason"] = milestone.reason.map { .string($0) } ?? .null }
        if milestone.moves > 0 { row["moves"] = .string(Show.count(milestone.moves)) }
        if milestone.isOpen, milestone.owner == visit.caller.person || AccordAsk.isKeeper(visit.caller) {
            let path = "/transition/accords/\(accord.id)"
            func link(_ verb: String) -> JSON {
                .string("/do/transition.accord.milestone.\(verb)?milestone=\(milestone.id)&next=\(path)")
            }
            row["acts"] = ["reach": link("reach"), "move": link("move"), "drop": link("drop")]
        }
        return .object(row)
    }

    private func traveller(_ traveller: AccordTraveller, _ visit: Visit, keeps: Bool) -> JSON {
        var row: [String: JSON] = [
            "field": .string(traveller.field), "direction": .string(traveller.direction.words[visit.language]),
            "from": .string(traveller.from.description), "until": .string(traveller.until.description),
            "result": traveller.result.map { .string($0) } ?? .null,
        ]
        if keeps {
            row["name"] = .string(traveller.name ?? visit.word("accords_erased"))
            if traveller.name != nil {
                row["erase"] = .string(
                    "/do/transition.accord.erase?traveller=\(traveller.id)&next=/transition/accords/\(accord.id)")
            }
            if traveller.result == nil, traveller.until <= KoreanDay(visit.now) {
                row["bring"] = .string(
                    "/do/transition.accord.return?traveller=\(traveller.id)&next=/transition/accords/\(accord.id)")
            }
        }
        return .object(row)
    }
}

/// What accords put on the first page of whoever answers for something: what is late, and what is due soon.
enum AccordTasks {
    static func home(_ visit: Visit) async throws -> [String: JSON] {
        guard let person = visit.caller.person else { return [:] }
        let today = KoreanDay(visit.now)
        let open = try await visit.spine.district.store.read {
            try AccordTable.milestones(of: person, by: today + AccordMilestone.notice, in: $0)
        }
        let late = open.filter { $0.due < today }
        let tasks = [
            task(late, "danger", "late", visit), task(open.filter { $0.due >= today }, "warn", "soon", visit),
        ]
        return ["tasks": .array(tasks.compactMap { $0 })]
    }

    private static func task(_ milestones: [AccordMilestone], _ kind: String, _ word: String, _ visit: Visit) -> JSON? {
        guard let first = milestones.first else { return nil }
        let isOne = Set(milestones.map(\.accord)).count == 1
        return [
            "href": .string(isOne ? "/transition/accords/\(first.accord)" : "/transition/accords"),
            "text": .string(visit.word("accords_task_\(word)")), "count": .string(Show.count(milestones.count)),
            "kind": .string(kind), "state": .string(visit.word("accords_task_\(word)_state")),
        ]
    }
}
