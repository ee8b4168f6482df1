import Access
import District
import Record
import Store
import Twin
import Web

/// One assessment with everything that belongs to it, as its page shows it.
struct AssessmentView {
    let visit: Visit
    let book: AssessmentBook
    let seeds: HazardSeeds
    let assessment: Assessment
    let hazards: [AssessedHazard]
    let rounds: [Participation]
    let readers: [AssessmentReader]
    /// The texts of hazards at other places.
    let others: [String: [String]]
    let people: [PersonID: String]
    let things: [ThingID: Words]

    /// Reads what the page needs.
    static func load(
        _ visit: Visit, _ assessment: Assessment, book: AssessmentBook, seeds: HazardSeeds, tenant: Tenant,
        _ reader: any Reader
    ) throws -> AssessmentView {
        let hazards = try AssessmentRegister.hazards(of: assessment.id, for: tenant, in: reader)
        let rounds = try AssessmentRegister.rounds(of: assessment.id, for: tenant, in: reader)
        let readers = try AssessmentRegister.readers(of: assessment.id, for: tenant, in: reader)
        let ids = Set(
            rounds.flatMap(\.participants) + readers.map(\.person) + hazards.flatMap(\.controls).map(\.owner))
        var people: [PersonID: String] = [:]
        for id in ids { people[id] = try Directory.person(id, for: tenant, in: reader)?.name }
        var things: [ThingID: Words] = [:]
        for id in Set(hazards.map(\.thing) + [assessment.thing, assessment.site]) {
            things[id] = try Things.find(id, for: tenant, in: reader)?.name
        }
        return AssessmentView(
            visit: visit, book: book, seeds: seeds, assessment: assessment, hazards: hazards, rounds: rounds,
            readers: readers, others: try AssessmentRegister.texts(besides: assessment, for: tenant, in: reader),
            people: people, things: things)
    }

    private var language: Language { visit.language }
    private var back: String { "/safety/assessments/\(assessment.id)" }
    private var isManager: Bool { !visit.caller.roles.isDisjoint(with: AssessmentAsk.managers) }
    private var takesPart: Bool { !visit.caller.roles.isDisjoint(with: AssessmentAsk.everyone) }
    private var mayAdd: Bool { takesPart && assessment.state == .open }
    private var check: SubmitCheck { SubmitCheck(assessment, hazards: hazards, rounds: rounds, others: others) }

    func name(_ thing: ThingID) -> String { things[thing]?[language] ?? thing.rawValue }
    private func name(_ person: PersonID) -> String { people[person] ?? visit.word("author_person") }

    var title: String { "\(name(assessment.thing)) · \(assessment.process)" }

    var context: JSON {
        var members: [String: JSON] = [
            "state": Show.badge(assessment.state.badge, assessment.state.words[language]),
            "facts": .array(facts), "hazards": .array(hazards.filter { !$0.isRemoved }.map(hazard)),
            "removed": .array(hazards.filter(\.isRemoved).map { .string($0.description) }),
            "rounds": .array(rounds.map(round)), "actions": .array(actions),
            "rules": .array(
                book.rules.map { rule in
                    [
                        "text": .string(rule.words[language]),
                        "source": .string(rule.citation ?? visit.word("assessments_advice")),
                    ]
                }),
        ]
        let worst = hazards.filter { !$0.isRemoved }
            .map { $0.residual(on: assessment.scale, at: visit.now).band }.max()
        if let worst { members["band"] = Show.badge(worst.badge, worst.words[language]) }
        if assessment.state == .open {
            members["obstacles"] = .array(
                check.obstacles.map { obstacle in
                    [
                        "text": .string(obstacle.words[language]),
                        "faults": .array(obstacle.faults.map { .string($0.words[language]) }),
                    ]
                })
        }
        if assessment.shared != nil { members["receipts"] = receipts }
        if mayAdd {
            members["add_href"] = .string("\(back)/seeds")
            members["walk_href"] = .string(
                "/do/safety.assessment.walk-round?assessment=\(assessment.id)&way=walk&next=\(back)")
        }
        return .object(members)
    }

    private var facts: [JSON] {
        var facts: [JSON] = []
        func add(_ word: String, _ text: String, href: String? = nil) {
            var fact: [String: JSON] = ["label": .string(visit.word(word)), "text": .string(text)]
            if let href { fact["href"] = .string(href) }
            facts.append(.object(fact))
        }
        func add(_ word: String, _ moment: Timestamp?) {
            guard let moment else { return }
            facts.append(["label": .string(visit.word(word)), "time": Show.time(moment, language)])
        }
        add("assessments_site", name(assessment.site))
        add("assessments_kind", assessment.kind.words[language])
        add("assessments_method", assessment.method.words[language])
        add("assessments_planned", assessment.planned)
        add("assessments_work_starts", assessment.workStarts)
        if let source = assessment.copiedFrom {
            add("assessments_copied", visit.word("assessments_copied_open"), href: "/safety/assessments/\(source)")
        }
        add("assessments_reported", assessment.reported)
        if let reported = assessment.reported {
            add("assessments_next", book.nextDue(after: reported).description)
            add("assessments_keep", book.keepUntil(reported).description)
        }
        add("assessments_shared", assessment.shared)
        add("assessments_closed", assessment.closed)
        return facts
    }

    private func hazard(_ hazard: AssessedHazard) -> JSON {
        let residual = hazard.residual(on: assessment.scale, at: visit.now)
        let inherent = Residual.inherent(hazard.inherent, on: assessment.scale)
        var members: [String: JSON] = [
            "id": .string(hazard.id), "text": .string(hazard.description), "thing": .string(name(hazard.thing)),
            "accident": .string(hazard.accident.words[language]),
            "inherent": Show.badge(inherent.badge, inherent.words[language]),
            "inherent_score": .string(score(hazard.inherent)),
            "residual": Show.badge(residual.band.badge, residual.band.words[language]),
            "residual_score": .string(score(residual.risk)), "controls": .array(hazard.controls.map(control)),
        ]
        if let until = residual.until { members["until"] = Show.time(until, language) }
        if residual.band > assessment.scale.band(residual.risk) { members["floor"] = true }
        if hazard.copiedFrom != nil { members["copied"] = true }
        if hazard.copiedFrom != nil || check.source != nil {
            let isConfirmed = check.walks.contains { $0.id == hazard.confirmed }
            members["confirmed"] = Show.badge(
                isConfirmed ? "verified" : "unknown",
                visit.word(isConfirmed ? "assessments_confirmed" : "assessments_unconfirmed"))
            if mayAdd, !isConfirmed, !check.walks.isEmpty {
                members["confirm_href"] = .string(
                    "/do/safety.assessment.confirm-hazard?hazard=\(hazard.id)&next=\(back)")
            }
        }
        if takesPart, assessment.state != .closed {
            members["control_href"] = .string("/do/safety.assessment.add-control?hazard=\(hazard.id)&next=\(back)")
            if let offers = suggestions(hazard) { members["offers"] = ["suggestions": .array(offers)] }
        }
        if !hazard.unexplained.isEmpty, isManager, assessment.state != .closed {
            members["reject_href"] = .string(
                "/do/safety.assessment.reject-higher-steps?hazard=\(hazard.id)&next=\(back)")
        }
        members["reasons"] = .array(
            ControlStep.allCases.compactMap { step in
                hazard.rejections[step].map {
                    ["step": .string(step.words[language]), "text": .string($0)]
                }
            })
        return .object(members)
    }

    /// `4 × 4`, or the level where the method does not multiply.
    private func score(_ risk: Risk) -> String {
        switch assessment.scale.banding {
        case .product: "\(risk.likelihood) × \(risk.severity) = \(risk.likelihood * risk.severity)"
        case .level:
            risk.severity >= assessment.scale.severities ? visit.word("assessments_lethal") : ""
        }
    }

    private func control(_ control: PlannedControl) -> JSON {
        let state = control.state(at: visit.now)
        var members: [String: JSON] = [
            "step": .string(control.step.rawValue), "step_name": .string(control.step.words[language]),
            "text": .string(control.description), "owner": .string(name(control.owner)),
            "due": Show.time(control.due, language), "state": Show.badge(state.badge, state.words[language]),
        ]
        if let evidence = control.evidence { members["evidence"] = .string("/attachments/\(evidence)") }
        if let verification = control.verification, verification.isGood {
            members["until"] = Show.time(verification.validUntil, language)
        }
        if control.isReused { members["reused"] = true }
        if isManager {
            members["verify_href"] = .string(
                "/do/safety.assessment.verify-control?control=\(control.id)&next=\(back)")
        }
        return .object(members)
    }

    /// What is usually done about a hazard that was taken from the handbook and has no control yet.
    private func suggestions(_ hazard: AssessedHazard) -> [JSON]? {
        guard hazard.controls.isEmpty, let seed = seeds.seed(of: hazard.description) else { return nil }
        return seed.controls.map { control in
            let text = Table.encoded(control.words[language])
            return [
                "step": .string(control.step.rawValue), "step_name": .string(control.step.words[language]),
                "text": .string(control.words[language]),
                "href": .string(
                    "/do/safety.assessment.add-control?hazard=\(hazard.id)&step=\(control.step.rawValue)"
                        + "&description=\(text)&next=\(back)"),
            ]
        }
    }

    private func round(_ round: Participation) -> JSON {
        var members: [String: JSON] = [
            "way": .string(round.way.words[language]), "time": Show.time(round.at, language),
            "people": .string(round.participants.map(name).joined(separator: ", ")),
            "workers": .string("\(round.workers)"), "seen": .string(round.seen ?? visit.word("assessments_forgotten")),
        ]
        if let photo = round.photo { members["photo"] = .string("/attachments/\(photo)") }
        if round.at < assessment.opened { members["unannounced"] = true }
        return .object(members)
    }

    private var receipts: JSON {
        let unread = readers.filter { $0.read == nil }
        return [
            "read": .string("\(readers.count - unread.count)"), "total": .string("\(readers.count)"),
            "unread": .array(unread.prefix(100).map { .string(name($0.person)) }),
            "given": .array(
                readers.compactMap { reader in
                    guard let read = reader.read else { return nil }
                    let tongue = reader.language.flatMap { WorkerLanguage(rawValue: $0) }
                    return [
                        "name": .string(name(reader.person)), "time": Show.time(read, language),
                        "language": .string(tongue?.words[language] ?? ""),
                    ]
                }),
            "href": .string("\(back)/read"),
        ]
    }

    private var actions: [JSON] {
        guard isManager else { return [] }
        func action(_ command: String, _ word: String, primary: Bool = false) -> JSON {
            var members: [String: JSON] = [
                "href": .string("/do/safety.assessment.\(command)?assessment=\(assessment.id)&next=\(back)"),
                "label": .string(visit.word(word)),
            ]
            if primary { members["primary"] = true }
            return .object(members)
        }
        switch assessment.state {
        case .open: return [action("submit", "assessments_do_submit", primary: check.obstacles.isEmpty), copyAction]
        case .reported: return [action("share", "assessments_do_share", primary: true), copyAction]
        case .shared: return [action("close", "assessments_do_close", primary: true), copyAction]
        case .closed: return [copyAction]
        }
    }

    private var copyAction: JSON {
        [
            "href": .string("/do/safety.assessment.copy?source=\(assessment.id)&next=/safety/assessments"),
            "label": .string(visit.word("assessments_do_copy")),
        ]
    }
}
