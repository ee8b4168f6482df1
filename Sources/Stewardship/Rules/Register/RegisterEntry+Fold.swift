import District
import Record

/// The events of an entry.
enum UseEvents {
    static let entered = "stewardship.use.entered"
    static let described = "stewardship.use.described"
    static let triaged = "stewardship.use.triaged"
    static let assessed = "stewardship.use.assessed"
    static let tested = "stewardship.use.tested"
    static let seconded = "stewardship.use.approval-given"
    static let approved = "stewardship.use.approved"
    static let piloted = "stewardship.use.piloted"
    static let live = "stewardship.use.live"
    static let review = "stewardship.use.review-begun"
    static let reopened = "stewardship.use.reopened"
    static let retired = "stewardship.use.retired"
    static let expired = "stewardship.use.expired"
    static let switched = "district.ai.switched"

    static let all = [
        entered, described, triaged, assessed, tested, seconded, approved, piloted, live, review, reopened, retired,
        expired, AIUsePermitted.type, AIUseWithdrawn.type, switched,
    ]

    static func stream(_ use: String) -> String { "ai-register/\(use)" }

    static func draft(_ type: String, _ use: String, _ payload: [String: JSON] = [:]) -> Draft {
        var payload = payload
        payload["use"] = .string(use)
        return Draft(type, stream: stream(use), scope: .zone, payload: payload)
    }

    /// Lets it run, under what the permit rests on.
    static func permitted(_ entry: RegisterEntry, until: Timestamp, cap: Int64?, basis: PermitBasis) -> Draft {
        var payload = AIUsePermitted(use: entry.id, hash: entry.running, until: until, cap: cap).payload
        payload["basis"] = .string(basis.rawValue)
        return draft(AIUsePermitted.type, entry.id, payload)
    }

    static func withdrawn(_ use: String, _ reason: String) -> Draft {
        draft(AIUseWithdrawn.type, use, ["reason": .string(reason)])
    }
}

extension RegisterEntry {
    /// The entry that an event begins.
    init?(_ event: Event) {
        guard event.type == UseEvents.entered, let id = event.payload["use"]?.text else { return nil }
        self.init(id: id, entered: event.recorded, changed: event.recorded)
        apply(event)
    }

    /// Takes in what an event says.
    mutating func apply(_ event: Event) {
        let (payload, at) = (event.payload, event.recorded)
        func text(_ key: String) -> String { payload[key]?.text ?? "" }
        func moment(_ key: String) -> Timestamp? { payload[key]?.text.flatMap { Timestamp(iso8601: $0) } }
        changed = at
        switch event.type {
        case UseEvents.entered:
            isDeclared = payload["hash"] != nil
            isOutside = payload["outside"]?.bool ?? false
            declared = payload["hash"]?.text
            describe(payload["fields"])
        case UseEvents.described: describe(payload["fields"])
        case UseEvents.triaged:
            guard let tier = RiskTier(rawValue: text("tier")) else { return }
            triage = Triage(
                tier: tier, reasons: (payload["reasons"]?.elements ?? []).compactMap(\.text),
                edition: text("edition"), text: text("text"), at: at)
            state = .triaged
            fallFirst()
        case UseEvents.assessed:
            guard let kind = AssessmentKind(rawValue: text("kind")),
                let outcome = AssessmentOutcome(rawValue: text("outcome"))
            else { return }
            assessments[kind] = Assessment(
                outcome: outcome, summary: text("summary"), measures: text("measures"), at: at)
            if state == .triaged, payload["completes"]?.bool == true { state = .assessed }
            fallFirst()
        case UseEvents.tested:
            tests.append(
                SubgroupTest(
                    dimension: text("dimension"), group: text("group"), cases: payload["cases"]?.integer ?? 0,
                    right: payload["right"]?.integer ?? 0, note: text("note"), material: text("material"), at: at))
            fallFirst()
        case UseEvents.seconded: first = approval(payload, at)
        case UseEvents.approved:
            let both = [first, approval(payload, at)].compactMap { $0 }
            (approval, first, state, reopened, piloted) = (both, nil, .approved, nil, nil)
        case UseEvents.piloted: (state, piloted) = (.pilot, piloted ?? at)
        case UseEvents.live: (state, review) = (.live, moment("review"))
        case UseEvents.review: state = .review
        case UseEvents.reopened: reopen(payload, text("reason"))
        case UseEvents.retired: (state, retired, first) = (.retired, at, nil)
        case UseEvents.expired: isExpired = true
        case AIUsePermitted.type:
            guard let until = moment("until") else { return }
            permit = Permit(
                hash: text("hash"), until: until, cap: payload["cap"]?.integer,
                basis: PermitBasis(rawValue: text("basis")) ?? .provisional)
            isExpired = false
        case AIUseWithdrawn.type: permit = nil
        default: toggle = Toggle(isOn: payload["on"]?.bool ?? false, reason: text("reason"), at: at)
        }
    }

    private mutating func describe(_ said: JSON?) {
        for (key, value) in said?.members ?? [:] { fields[key] = value.text }
        // The first signature was for something else.
        if let first, first.material != material { self.first = nil }
        if let owner = said?["owner"]?.text { owners.insert(owner) }
        fallFirst()
    }

    private func approval(_ payload: [String: JSON], _ at: Timestamp) -> Approval {
        Approval(
            person: payload["approver"]?.text ?? "", material: payload["material"]?.text ?? "",
            signed: payload["signed"]?.text ?? "", at: at)
    }

    /// The first signature falls with what it was given for. One of before, which did not say for what, is left to the
    /// approval that follows it on the Record.
    private mutating func fallFirst() {
        if let first, !first.signed.isEmpty, first.signed != signed { self.first = nil }
    }

    /// Back to where approval is asked for anew; what was assessed stays, its tests count only for what was tested.
    private mutating func reopen(_ payload: [String: JSON], _ reason: String) {
        if let hash = payload["hash"]?.text { (declared, isDeclared) = (hash, true) }
        if let outside = payload["outside"]?.bool { isOutside = outside }
        owners = Set([fields["owner"]].compactMap { $0 })
        describe(payload["fields"])
        (approval, first, retired, isExpired, reopened, piloted) = ([], nil, nil, false, reason, nil)
        switch state {
        case .draft, .triaged, .assessed: break
        case .approved, .pilot, .live, .review: state = .assessed
        case .retired: state = triage == nil ? .draft : .triaged
        }
    }
}
