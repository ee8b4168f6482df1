import Access
import District
import Record
import Store
import Twin
import Web

/// The register, one assessment, the hazards that are offered, and the page on which workers confirm.
struct AssessmentRoutes {
    let book: AssessmentBook
    let seeds: HazardSeeds
    let phrases: Phrases

    /// The phrases of the workers' page.
    private static let sentences = [
        "assess_read", "assess_ask", "assess_danger", "assess_measure", "stop_right", "stop_no_penalty", "read_confirm",
    ]

    static let readers: Set<Role> = AssessmentAsk.everyone.union([.zoneOfficer])

    var routes: [Route] {
        [
            .get("/safety/assessments", .roles(Self.readers)) { visit in
                try await AssessmentListPage(visit: visit, book: book).reply()
            },
            .get("/safety/assessments/{assessment}", .roles(Self.readers)) { try await one($0) },
            .get("/safety/assessments/{assessment}/seeds", .roles(AssessmentAsk.everyone)) { try await offer($0) },
            .get("/safety/assessments/{assessment}/read", .roles(Self.readers)) { try await read($0) },
        ]
    }

    private func load(_ visit: Visit) async throws -> AssessmentView {
        let (tenant, id) = (try visit.tenant, visit.parameters["assessment"] ?? "")
        let found = try await visit.spine.district.store.read { [book, seeds] reader -> AssessmentView? in
            guard let assessment = try AssessmentRegister.find(id, for: tenant, in: reader) else { return nil }
            return try AssessmentView.load(
                visit, assessment, book: book, seeds: seeds, tenant: tenant, reader)
        }
        guard let found else {
            throw AssessmentAsk.unknown("assessment", Words("그런 위험성평가가 없습니다.", "There is no such assessment."))
        }
        return found
    }

    private func one(_ visit: Visit) async throws -> Reply {
        let view = try await load(visit)
        try await visit.look(at: view.assessment.scope, "assessment/\(view.assessment.id)")
        return .page("assessments-one", title: view.title, view.context, live: true)
    }

    /// The hazards of the handbook for a kind of workplace, each a step away from the form.
    private func offer(_ visit: Visit) async throws -> Reply {
        let view = try await load(visit)
        let (assessment, language) = (view.assessment, visit.language)
        let back = "/safety/assessments/\(assessment.id)"
        let form =
            "/do/safety.assessment.add-hazard?assessment=\(assessment.id)&method=\(assessment.method.rawValue)"
            + "&thing=\(Table.encoded(assessment.thing.rawValue))&next=\(back)"
        let place = seeds.places.first { $0.key == visit.query["place"] } ?? seeds.places.first
        let known = Set(view.hazards.map(\.description))
        return .page(
            "assessments-seeds", title: visit.word("assessments_seeds_title"),
            [
                "form_href": .string(form), "back_href": .string(back), "note": .string(seeds.note[language]),
                "places": .array(
                    seeds.places.map { entry in
                        var members: [String: JSON] = [
                            "href": .string("\(back)/seeds?place=\(entry.key)"), "label": .string(entry.name[language]),
                        ]
                        if entry.key == place?.key { members["current"] = true }
                        return .object(members)
                    }),
                "seeds": .array(
                    (place?.hazards ?? []).map { seed in
                        var members: [String: JSON] = [
                            "text": .string(seed.words[language]),
                            "accident": .string(seed.accident.words[language]),
                            "source": .string(seed.citation ?? visit.word("assessments_advice")),
                            "controls": .array(
                                seed.controls.map {
                                    [
                                        "step": .string($0.step.rawValue),
                                        "step_name": .string($0.step.words[language]),
                                        "text": .string($0.words[language]),
                                    ]
                                }),
                            "href": .string(
                                form + "&accident=\(seed.accident.rawValue)"
                                    + "&description=\(Table.encoded(seed.words[language]))"),
                        ]
                        if known.contains(seed.words[language]) { members["known"] = true }
                        return .object(members)
                    }),
            ])
    }

    /// Hazards and measures in short, framed in the worker's language, with the button that gives the receipt.
    private func read(_ visit: Visit) async throws -> Reply {
        let view = try await load(visit)
        let assessment = view.assessment
        let tongue =
            WorkerLanguage(rawValue: visit.query["language"] ?? "")
            ?? view.readers.first { $0.person == visit.caller.person }?.language.flatMap {
                WorkerLanguage(rawValue: $0)
            }
            ?? (visit.language == .ko ? .ko : .en)
        let here = "/safety/assessments/\(assessment.id)/read"
        let receipt = view.readers.first { $0.person == visit.caller.person }
        var members: [String: JSON] = [
            "tongue": .string(tongue.tag), "place": .string(view.title),
            "languages": .array(
                WorkerLanguage.allCases.map { language in
                    var entry: [String: JSON] = [
                        "href": .string("\(here)?language=\(language.rawValue)"),
                        "label": .string(language.ownName), "code": .string(language.tag),
                    ]
                    if language == tongue { entry["current"] = true }
                    return .object(entry)
                }),
            "phrases": .object(
                Dictionary(
                    Self.sentences.map { ($0, .string(phrases.text($0, tongue))) }, uniquingKeysWith: { $1 })),
            "hazards": .array(
                view.hazards.filter { !$0.isRemoved }.map { hazard in
                    let band = hazard.residual(on: assessment.scale, at: visit.now).band
                    return [
                        "text": .string(hazard.description), "place": .string(view.name(hazard.thing)),
                        "band": Show.badge(band.badge, phrases.text("risk_\(band.rawValue)", tongue)),
                        "controls": .array(
                            hazard.controls.map {
                                ["step": .string($0.step.rawValue), "text": .string($0.description)]
                            }),
                    ]
                }),
        ]
        // The phrases are translated, what people wrote is not: said plainly, in the reader's language.
        if tongue != .ko { members["untranslated"] = .string(phrases.text("written_in_korean", tongue)) }
        if let read = receipt?.read {
            members["given"] = Show.time(read, visit.language)
        } else if assessment.shared != nil, visit.caller.person != nil,
            ReadAssessment.form.permission.allows(visit.caller)
        {
            members["confirm"] = [
                "hidden": Show.hidden([
                    ("idempotency", Identifier(at: visit.now).description), ("next", here),
                    ("assessment", assessment.id), ("language", tongue.rawValue),
                ])
            ]
        }
        return .page("assessments-read", title: visit.word("assessments_read_title"), .object(members))
    }
}

extension WorkerLanguage {
    /// What its own speakers call it.
    var ownName: String {
        switch self {
        case .ko: "한국어"
        case .en: "English"
        case .vi: "Tiếng Việt"
        case .zh: "中文"
        case .ne: "नेपाली"
        case .km: "ខ្មែរ"
        case .id: "Bahasa Indonesia"
        case .th: "ไทย"
        case .uz: "Oʻzbekcha"
        case .my: "မြန်မာ"
        }
    }
}
