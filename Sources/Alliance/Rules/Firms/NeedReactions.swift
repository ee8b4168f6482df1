import District
import Record
import Store

/// What shows that a firm needs something, where the firm consents: it is proposed to the firm, and to nobody else.
struct NeedReactions {
    let signs: NeedSigns

    var all: [Reaction] {
        [
            Reaction(
                "alliance.propose-need-of-alarms", to: AlarmRaised.type, yields: [NeedTable.proposed], respond: propose),
            Reaction(
                "alliance.propose-need-of-actions", to: ActionEscalated.type, yields: [NeedTable.proposed],
                respond: propose),
        ]
    }

    /// Proposes a need where a sign came so often that the handbook's rule is met. The projection that keeps signs keeps
    /// none without consent, so that without it there is nothing to count.
    @Sendable private func propose(_ event: Event, _ tables: any Reader) throws -> [Draft] {
        guard let sign = NeedSign(event), let rule = signs[sign.source],
            try ConsentTable.holds(sign.source, of: sign.firm, in: tables)
        else { return [] }
        let since = event.observed.advanced(bySeconds: -Double(rule.days) * 86_400)
        let seen = try ConsentTable.signs(
            sign.source, of: sign.firm, subject: sign.subject, since: since, in: tables)
        guard seen.count >= rule.count else { return [] }
        if let last = try NeedTable.lastProposed(
            of: sign.firm, from: sign.source, subject: sign.subject, in: tables),
            event.observed.seconds(since: last) < Double(rule.quietDays) * 86_400
        {
            return []
        }
        let evidence = NeedEvidence(
            thing: sign.subject, events: Array(seen.suffix(50)), count: Int64(rule.count), days: rule.days,
            edition: signs.edition)
        return [
            Draft(
                NeedTable.proposed, stream: "need/\(Identifier(at: event.recorded))", scope: .firm(sign.firm),
                payload: [
                    "firm": .string(sign.firm.rawValue), "title": .string(rule.title.ko),
                    "title_words": rule.title.json,
                    "about": "", "musts": "", "kinds": Lists.json(rule.kinds), "avoided": [],
                    "source": .string(sign.source.rawValue), "subject": .string(sign.subject),
                    "deadline": .string((KoreanDay(event.observed) + signs.deadlineDays).description),
                    "evidence": evidence.json,
                ])
        ]
    }
}
