import Record

extension RegisterEntry {
    /// As its row keeps it.
    var json: JSON {
        var members: [String: JSON] = [
            "id": .string(id), "declared_here": .bool(isDeclared), "outside": .bool(isOutside),
            "state": .string(state.rawValue), "fields": .object(fields.mapValues { .string($0) }),
            "entered": .string(entered.description), "changed": .string(changed.description),
            "expired": .bool(isExpired),
            "assessments": .object(
                Dictionary(
                    uniqueKeysWithValues: assessments.map { kind, done in
                        (
                            kind.rawValue,
                            [
                                "outcome": .string(done.outcome.rawValue), "summary": .string(done.summary),
                                "measures": .string(done.measures), "at": .string(done.at.description),
                            ]
                        )
                    })),
            "tests": .array(
                tests.map {
                    [
                        "dimension": .string($0.dimension), "group": .string($0.group), "cases": .decimal($0.cases),
                        "right": .decimal($0.right), "note": .string($0.note), "material": .string($0.material),
                        "at": .string($0.at.description),
                    ]
                }),
            "approval": .array(approval.map(\.json)), "owners": .array(owners.sorted().map { .string($0) }),
        ]
        if let declared { members["declared"] = .string(declared) }
        if let first { members["first"] = first.json }
        if let reopened { members["reopened"] = .string(reopened) }
        if let piloted { members["piloted"] = .string(piloted.description) }
        if let review { members["review"] = .string(review.description) }
        if let retired { members["retired"] = .string(retired.description) }
        if let triage {
            members["triage"] = [
                "tier": .string(triage.tier.rawValue), "reasons": .array(triage.reasons.map { .string($0) }),
                "edition": .string(triage.edition), "text": .string(triage.text), "at": .string(triage.at.description),
            ]
        }
        if let permit {
            var permitted: [String: JSON] = [
                "hash": .string(permit.hash), "until": .string(permit.until.description),
                "basis": .string(permit.basis.rawValue),
            ]
            if let cap = permit.cap { permitted["cap"] = .decimal(cap) }
            members["permit"] = .object(permitted)
        }
        if let toggle {
            members["toggle"] = [
                "on": .bool(toggle.isOn), "reason": .string(toggle.reason), "at": .string(toggle.at.description),
            ]
        }
        return .object(members)
    }

    /// From its row; nil where the row is of another shape.
    init?(_ json: JSON) {
        func moment(_ json: JSON?) -> Timestamp? { json?.text.flatMap { Timestamp(iso8601: $0) } }
        guard let id = json["id"]?.text, let entered = moment(json["entered"]), let changed = moment(json["changed"])
        else { return nil }
        self.init(id: id, entered: entered, changed: changed)
        isDeclared = json["declared_here"]?.bool ?? false
        isOutside = json["outside"]?.bool ?? false
        isExpired = json["expired"]?.bool ?? false
        state = json["state"]?.text.flatMap { UseState(rawValue: $0) } ?? .draft
        fields = (json["fields"]?.members ?? [:]).compactMapValues(\.text)
        declared = json["declared"]?.text
        reopened = json["reopened"]?.text
        // A row of before knows its owner of now.
        owners = Set((json["owners"]?.elements ?? []).compactMap(\.text) + [fields["owner"]].compactMap { $0 })
        piloted = moment(json["piloted"])
        (review, retired) = (moment(json["review"]), moment(json["retired"]))
        first = json["first"].flatMap { Approval($0) }
        approval = (json["approval"]?.elements ?? []).compactMap { Approval($0) }
        for (key, done) in json["assessments"]?.members ?? [:] {
            guard let kind = AssessmentKind(rawValue: key), let at = moment(done["at"]),
                let outcome = done["outcome"]?.text.flatMap({ AssessmentOutcome(rawValue: $0) })
            else { continue }
            assessments[kind] = Assessment(
                outcome: outcome, summary: done["summary"]?.text ?? "", measures: done["measures"]?.text ?? "", at: at)
        }
        tests = (json["tests"]?.elements ?? []).compactMap { test in
            guard let at = moment(test["at"]) else { return nil }
            return SubgroupTest(
                dimension: test["dimension"]?.text ?? "", group: test["group"]?.text ?? "",
                cases: test["cases"]?.integer ?? 0, right: test["right"]?.integer ?? 0,
                note: test["note"]?.text ?? "", material: test["material"]?.text ?? "", at: at)
        }
        if let kept = json["triage"], let at = moment(kept["at"]),
            let tier = kept["tier"]?.text.flatMap({ RiskTier(rawValue: $0) })
        {
            triage = Triage(
                tier: tier, reasons: (kept["reasons"]?.elements ?? []).compactMap(\.text),
                edition: kept["edition"]?.text ?? "", text: kept["text"]?.text ?? "", at: at)
        }
        if let kept = json["permit"], let until = moment(kept["until"]) {
            permit = Permit(
                hash: kept["hash"]?.text ?? "", until: until, cap: kept["cap"]?.integer,
                basis: kept["basis"]?.text.flatMap { PermitBasis(rawValue: $0) } ?? .provisional)
        }
        if let kept = json["toggle"], let at = moment(kept["at"]) {
            toggle = Toggle(isOn: kept["on"]?.bool ?? false, reason: kept["reason"]?.text ?? "", at: at)
        }
    }
}

extension RegisterEntry.Approval {
    var json: JSON {
        [
            "person": .string(person), "material": .string(material), "signed": .string(signed),
            "at": .string(at.description),
        ]
    }

    init?(_ json: JSON) {
        guard let person = json["person"]?.text, let at = json["at"]?.text.flatMap({ Timestamp(iso8601: $0) }) else {
            return nil
        }
        self.init(person: person, material: json["material"]?.text ?? "", signed: json["signed"]?.text ?? "", at: at)
    }
}
