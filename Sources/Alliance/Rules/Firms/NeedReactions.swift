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
        // Asked first: an alarm that chatters is quiet for weeks after a proposal, and whoever records it waits for this.
        if let last = try NeedTable.lastProposed(
            of: sign.firm, from: sign.source, subject: sign.subject, in: tables),
            event.observed.seconds(since: last) < Double(rule.quietDays) * 86_400
        {
            return []
        }
        let since = event.observed.advanced(bySeconds: -Double(rule.days) * 86_400)
        let seen = try ConsentTable.signs(
            sign.source, of: sign.firm, subject: sign.subject, since: since, newest: 50, in: tables)
        guard seen.total >= rule.count else { return [] }
        let evidence = NeedEvidence(
            thing: sign.subject, events: seen.newest, count: Int64(rule.count), days: rule.days,
            edition: signs.edition)
        let id = "\(Identifier(at: event.recorded))"
        let deadline = (KoreanDay(event.observed) + signs.deadlineDays).description
        // What is proposed, and on what it rests, is closed on the Record: its own firm reads it, on the need's page.
        let content: [String: JSON] = [
            "title": .string(rule.title.ko), "title_words": rule.title.json, "about": "", "musts": "",
            "kinds": Lists.json(rule.kinds), "avoided": [], "subject": .string(sign.subject),
            "deadline": .string(deadline), "evidence": evidence.json,
        ]
        return [
            Draft(
                NeedTable.proposed, stream: "need/\(id)", scope: .firm(sign.firm),
                payload: ["firm": .string(sign.firm.rawValue), "source": .string(sign.source.rawValue)],
                personal: content.mapValues { PersonalContent(of: NeedTable.vault(of: id), $0) })
        ]
    }
}
