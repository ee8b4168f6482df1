import Access
import District
import Record
import Web

/// One permit's page: what stands in the way, the air, who is inside, and what can be done now.
struct PermitPage {
    /// What was read for it.
    struct Found: Sendable {
        let permit: Permit
        let people: [PermitMember]
        let names: [PersonID: String]
        let place: Words
        let gates: PermitGates
        let story: [Event]
    }

    let visit: Visit
    let desk: PermitDesk
    let found: Found

    var permit: Permit { found.permit }
    var language: Language { visit.language }
    var title: String { "\(found.place[language]) · \(found.gates.kind.title[language])" }

    func context(_ refusal: Refusal?) -> JSON {
        let inside = found.people.filter(\.isInside)
        var context: [String: JSON] = [
            "number": .string(permit.number), "badge": PermitView(visit: visit, desk: desk).badge(permit),
            "work": .string(permit.work), "time": .string(PermitView.span(permit)),
            "day": .string(KoreanDay(permit.from).description), "supervisor": .string(name(permit.supervisor)),
            "base": .string("/safety/permits/\(permit.id)"), "heads": .string(Show.count(inside.count)),
            "gates": .array(found.gates.all.map(gate)), "people": .array(found.people.map(person)),
            "history": .array(found.story.reversed().map(step)), "key": key,
        ]
        if let watcher = permit.watcher { context["watcher"] = .string(name(watcher)) }
        if let air { context["air"] = ["gases": air] }
        if !found.gates.locks.isEmpty { context["isolation"] = ["locks": .array(found.gates.locks.map(lock))] }
        if permit.state == .suspended {
            var stopped: [String: JSON] = [
                "why": .string(visit.word("permits_because_\(permit.suspension ?? "person")"))
            ]
            if !inside.isEmpty {
                stopped["evacuate"] = [
                    "phrases": phrases(permit.suspension == "gas" ? "gas_danger" : "evacuate"),
                    "names": .string(inside.map { name($0.person) }.joined(separator: ", ")),
                ]
            }
            context["stopped"] = .object(stopped)
        }
        if let refusal {
            let texts = refusal.faults.isEmpty ? [refusal.words] : refusal.faults.map(\.words)
            context["errors"] = [
                "items": .array(texts.map { ["href": "#permit-gates", "text": .string($0[language])] })
            ]
        }
        actions(into: &context, inside.count)
        return .object(context)
    }

    func name(_ person: PersonID) -> String { found.names[person] ?? person.rawValue }

    /// “Leave at once, do not go in” in every language of the workers, Korean first, with its sign.
    func phrases(_ key: String) -> JSON {
        let phrases = desk.rules.phrases
        return [
            "sign": .string(phrases.pictogram(key) ?? "evacuate"),
            "lines": .array(
                WorkerLanguage.allCases.map { language in
                    [
                        "lang": .string(language.rawValue),
                        "text": .string("\(phrases.text(key, language)) \(phrases.text("do_not_enter", language))"),
                    ]
                }),
        ]
    }

    /// A new idempotency key for each button: pressed twice with gloves on, it counts once.
    private var key: JSON { .string(Identifier(at: visit.now).description) }

    /// Where what shuts a gate is put right.
    private func cure(_ gate: PermitGates.Gate) -> JSON? {
        let back = "next=/safety/permits/\(permit.id)"
        let cures: [String: (String, String)] = [
            "training": ("/safety/training", "permits_cure_training"), "tbm": ("/safety/tbm", "permits_cure_tbm"),
            "clash": ("/safety/permits", "permits_cure_clash"), "closed": ("/safety/closures", "permits_cure_closed"),
            "gas": ("/do/safety.gas.test?thing=\(permit.thing)&\(back)", "permits_cure_gas"),
            "watcher": (
                "/do/safety.permit.request?kind=\(permit.kind)&thing=\(permit.thing)&next=/safety/permits",
                "permits_cure_watcher"
            ),
        ]
        guard !gate.isOpen, let (href, word) = cures[gate.id] else { return nil }
        return ["href": .string(href), "label": .string(visit.word(word))]
    }

    private func gate(_ gate: PermitGates.Gate) -> JSON {
        var members: [String: JSON] = [
            "name": .string(visit.word("permits_gate_\(gate.id)")),
            "badge": gate.isOpen
                ? Show.badge("ok", visit.word("permits_gate_open"))
                : Show.badge("danger", visit.word("permits_gate_shut")),
            "faults": .array(gate.faults.map { ["text": .string($0.words[language])] }),
        ]
        if let cure = cure(gate) { members["cure"] = cure }
        return .object(members)
    }

    private var air: JSON? {
        guard let verdict = found.gates.air else { return nil }
        return .array(
            verdict.findings.map { finding in
                let limit = desk.rules.gate.limits[finding.gas]
                var members: [String: JSON] = [
                    "name": .string(limit?.title[language] ?? finding.gas.rawValue),
                    "limit": .string(limit?.words(PermitGates.text)[language] ?? ""),
                    "badge": finding.problem.map { Show.badge("danger", $0.words[language]) }
                        ?? Show.badge("ok", visit.word("permits_air_good")),
                ]
                if let limit, limit.isAdvice { members["advice"] = true }
                if let value = finding.value {
                    members["value"] = .string(PermitGates.text(value))
                    members["unit"] = .string(finding.gas.unit.sign)
                }
                if let reading = finding.reading {
                    members["at"] = Show.time(reading.observed, language, now: visit.now)
                    members["source"] = .string(reading.source)
                }
                return .object(members)
            })
    }

    private func person(_ member: PermitMember) -> JSON {
        var members: [String: JSON] = [
            "id": .string(member.person.rawValue), "name": .string(name(member.person)), "key": key,
            "badge": member.isInside
                ? Show.badge("warn", visit.word("permits_inside")) : Show.badge("off", visit.word("permits_outside")),
        ]
        if let since = member.since { members["since"] = Show.time(since, language, now: visit.now) }
        if CountHeads.leave.form.permission.allows(visit.caller) {
            if member.isInside { members["leaves"] = true }
            if !member.isInside, permit.state == .running { members["enters"] = true }
        }
        return .object(members)
    }

    private func lock(_ lock: PermitLock) -> JSON {
        var members: [String: JSON] = [
            "number": .string(lock.number), "point": .string(lock.point), "owner": .string(name(lock.owner)),
            "key": key,
            "badge": lock.isOn
                ? Show.badge("ok", visit.word("permits_lock_on")) : Show.badge("warn", visit.word("permits_lock_off")),
        ]
        if permit.isOpen, lock.owner == visit.caller.person { members[lock.isOn ? "takes_off" : "puts_on"] = true }
        return .object(members)
    }

    private func step(_ event: Event) -> JSON {
        var label = visit.eventName(event.type)
        if let person = event.payload["person"]?.text { label += " – \(name(PersonID(person)))" }
        return [
            "time": Show.time(event.recorded, language), "label": .string(label),
            "actor": .string(visit.authorName(event.author)),
        ]
    }

    private func actions(into context: inout [String: JSON], _ inside: Int) {
        let answers: Set<Role> = [.safetyManager, .executive]
        let isInCharge =
            permit.supervisor == visit.caller.person
            || permit.host == visit.caller.firm && !answers.isDisjoint(with: visit.caller.roles)
        let isRequesters = permit.requester == visit.caller.author.text
        // What can only be refused is not offered: the checklist is what the form itself fills.
        let shut = found.gates.all.filter { !$0.isOpen && !["checklist", "flammables"].contains($0.id) }
        if permit.state == .requested {
            context["who"] = .string(visit.word(isRequesters ? "permits_waits_for_other" : "permits_who_authorises"))
        }
        if permit.state == .requested, isInCharge, !isRequesters, shut.isEmpty {
            context["authorise"] = [
                "checks": .array(
                    found.gates.kind.checklist.map { check in
                        [
                            "id": .string(check.id), "words": .string(check.words[language]),
                            "citation": .string(
                                check.citation[language]
                                    + (check.isAdvice ? " · \(visit.word("permits_advice"))" : "")),
                        ]
                    }), "key": key,
            ]
        }
        if permit.state == .running, SuspendPermit.command.form.permission.allows(visit.caller) {
            context["suspends"] = ["key": key]
            if isInCharge, !isRequesters {
                context["extend_href"] = .string(
                    "/do/safety.permit.extend?permit=\(permit.id)&next=/safety/permits/\(permit.id)")
            }
        }
        if permit.state == .suspended, isInCharge, inside == 0 { context["resumes"] = ["key": key] }
        if permit.isOpen, isInCharge || isRequesters, inside == 0 {
            context[permit.state == .requested ? "withdraws" : "closes"] = ["key": key]
        }
        if permit.host == visit.caller.firm, permit.isOpen, found.gates.air != nil {
            context["test_href"] = .string(
                "/do/safety.gas.test?thing=\(permit.thing)&next=/safety/permits/\(permit.id)")
        }
        if found.gates.kind.postsFacts { context["facts_href"] = .string("/safety/permits/\(permit.id)/facts") }
    }
}
