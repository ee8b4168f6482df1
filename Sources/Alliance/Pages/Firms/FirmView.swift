import District
import Record
import Store
import Web

/// How profiles, offers and needs are shown.
struct FirmView {
    let visit: Visit
    let lists: SolutionKinds

    /// A list of kinds in words.
    func kinds(_ ids: [String]) -> String { ids.map { lists.kind($0, visit.language) }.joined(separator: ", ") }
    /// A list of regions in words; everywhere where empty.
    func regions(_ ids: [String]) -> String {
        ids.isEmpty
            ? visit.word("firms_everywhere") : ids.map { lists.region($0, visit.language) }.joined(separator: ", ")
    }
    /// A list of languages in words.
    func languages(_ ids: [String]) -> String {
        (ids.isEmpty ? ["ko"] : ids).map { lists.language($0, visit.language) }.joined(separator: ", ")
    }

    /// Millions of won.
    func money(_ range: ClosedRange<Int64>?) -> String {
        guard let range else { return visit.word("firms_unsaid") }
        let (low, high) = (Show.count(range.lowerBound), Show.count(range.upperBound))
        let span = low == high ? low : "\(low)–\(high)"
        return visit.language == .ko ? "\(span)백만원" : "KRW \(span) million"
    }

    /// A text, or that nothing was said.
    func said(_ text: String) -> JSON { .string(text.isEmpty ? visit.word("firms_unsaid") : text) }

    func profile(_ profile: FirmProfile) -> [String: JSON] {
        [
            "name": .string(profile.name), "href": .string("/alliance/firms/\(profile.firm)"),
            "makes": .string(profile.makes), "industry": said(profile.industry), "processes": said(profile.processes),
            "region": .string(lists.region(profile.region, visit.language)),
            "languages": .string(languages(profile.languages)),
            "headcount": .string(profile.headcount.map { Show.count($0) } ?? visit.word("firms_unsaid")),
            "shown": .string(profile.shown.words[visit.language]), "time": Show.time(profile.changed, visit.language),
        ]
    }

    func offer(_ offer: FirmOffer, isOwn: Bool) -> JSON {
        var members: [String: JSON] = [
            "id": .string(offer.id), "title": .string(offer.title), "kinds": .string(kinds(offer.kinds)),
            "industries": .string(
                offer.industries.isEmpty ? visit.word("firms_any") : offer.industries.joined(separator: ", ")),
            "regions": .string(regions(offer.regions)), "languages": .string(languages(offer.languages)),
            "price": .string(money(offer.price)),
            "lead": .string("\(offer.leadDays)\(visit.word("firms_days"))"), "capacity": .string("\(offer.capacity)"),
        ]
        if !offer.about.isEmpty { members["about"] = .string(offer.about) }
        if !offer.certificates.isEmpty { members["certificates"] = .string(offer.certificates) }
        if isOwn {
            let back = "next=/alliance/firms/\(offer.firm)"
            members["acts"] = [
                "revise": .string("/do/\(PublishOffer.name)?offer=\(offer.id)&\(back)"),
                "close": .string("/do/\(CloseOffer.name)?offer=\(offer.id)&\(back)"),
            ]
        }
        return .object(members)
    }

    func need(_ need: FirmNeed, firm: String? = nil) -> [String: JSON] {
        var members: [String: JSON] = [
            "href": .string("/alliance/needs/\(need.id)"), "title": .string(need.title),
            "kinds": .string(kinds(need.kinds)), "budget": .string(money(need.budget)),
            "deadline": .string(need.deadline?.description ?? visit.word("firms_unsaid")),
            "meetings": .string("\(need.meetings)"), "musts": said(need.musts), "state": state(need.state),
        ]
        if let firm { members["firm"] = .string(firm) }
        if !need.about.isEmpty { members["about"] = .string(need.about) }
        if let source = need.source { members["source"] = .string(source.words[visit.language]) }
        return members
    }

    /// What on the Record a need rests on, each event a way to its story.
    func evidence(_ evidence: NeedEvidence, thing: String?) -> JSON {
        let rule =
            visit.language == .ko
            ? "\(evidence.days)일 안에 \(evidence.count)번이면 제안합니다. 이번에는 \(evidence.events.count)번입니다."
            : "Proposed at \(evidence.count) within \(evidence.days) days; this time there were \(evidence.events.count)."
        var members: [String: JSON] = [
            "rule": .string(rule), "edition": .string(String(evidence.edition.prefix(12))),
            "events": .array(
                evidence.events.map {
                    ["href": .string("/trace/\($0.id)"), "time": Show.time($0.at, visit.language)]
                }),
        ]
        if let thing { members["thing"] = .string(thing) }
        return .object(members)
    }

    func state(_ state: FirmNeed.State) -> JSON {
        switch state {
        case .proposed: Show.badge("warn", visit.word("firms_state_proposed"))
        case .open: Show.badge("info", visit.word("firms_state_open"))
        case .declined: Show.badge("off", visit.word("firms_state_declined"))
        case .closed: Show.badge("ok", visit.word("firms_state_closed"))
        case .withdrawn: Show.badge("off", visit.word("firms_state_withdrawn"))
        }
    }
}
