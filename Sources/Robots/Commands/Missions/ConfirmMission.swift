import Access
import District
import Record
import Store

/// What is carried changes hands: by the digits that the recipient was told, or by somebody's badge.
struct ConfirmMission {
    let settings: MissionSettings
    let loading: LoadMission

    /// Not on the web's own forms: a wrong code is an event and no refusal, and only pages of this room can say so.
    var command: Command {
        Command(
            Form(
                "robots.mission.confirm", title: Words("인수 확인", "Confirm the hand-over"),
                help: Words(
                    "인수 번호나 직원증으로 확인합니다. 번호가 틀리면 `robots.mission.mistaken`이 남습니다.",
                    "By code or badge. A wrong code is answered with the event `robots.mission.mistaken`."),
                fields: [
                    MissionFound.field,
                    Field("code", Words("인수 번호", "Code"), .text(maximum: 12), required: false, isPersonal: true),
                    Field("badge", Words("직원증", "Badge"), .text(maximum: 80), required: false, isPersonal: true),
                    Field(
                        "why", Words("직원증이나 번호 없이 전달하는 사유", "Why without a badge or code"), .text(maximum: 200),
                        required: false,
                        help: Words(
                            "직원증 없이 로그인한 사람이, 또는 번호 없이 운영자가 받는 분을 확인하고 전달할 때 꼭 필요하고 기록에 남습니다. 환자 이름이나 병명은 적지 마세요.",
                            "Needed where an account confirms without a badge, or an operator without the code after checking the person. It stands on the Record. No patients' names, please."
                        )),
                ], permission: .roles(MissionFound.staff).orToken("command:robots.mission.confirm"),
                surfaces: [.http, .cli])
        ) { try decide($0, $1) }
    }

    private func decide(_ ask: Ask, _ tables: any Reader) throws -> [Draft] {
        let kept = try MissionFound.named(ask, tables)
        let leg = kept.mission.leg
        guard kept.mission.isAtStop, !kept.mission.isServed, let stop = kept.mission.stop, stop.task != .visit else {
            throw Refusal(
                .conflict, "mission.not-here",
                Words("로봇이 아직 도착하지 않았거나 이미 전달했습니다.", "The robot is not there yet, or it is done already."))
        }
        if stop.task == .drop { try demandCold(kept, ask.now, tables) }
        switch stop.proof {
        case .none where stop.isLoadedByHand: return [try loading.loaded(kept, ask, tables)]
        case .none: return [try Self.handed(kept, leg, .none)]
        case .code: return try byCode(kept, leg, ask)
        case .badge:
            let (person, isOwn) = try badge(ask, kept, tables)
            var draft = try Self.handed(kept, leg, .badge, person)
            // Who was signed in is not who held a badge to the robot: the Record tells the two apart.
            draft.payload["by"] = .string(isOwn ? "account" : "number")
            if isOwn { draft.payload["why"] = .string(try Self.reason(ask, Self.badgeless)) }
            return [draft]
        }
    }

    private func byCode(_ kept: MissionCase, _ leg: Int, _ ask: Ask) throws -> [Draft] {
        let entered = ask.values.text("code")
        if entered.isEmpty, let person = ask.caller.person, !ask.caller.roles.isDisjoint(with: MissionFound.operators),
            ask.values["why"] != nil
        {
            // Whoever steers the fleet has looked at the person: also where the code is locked or lost.
            var draft = try Self.handed(kept, leg, .none, person)
            draft.payload["by"] = "checked"
            draft.payload["why"] = .string(try Self.reason(ask, Self.codeless))
            return [draft]
        }
        guard !entered.isEmpty else {
            let words = Words("인수 번호를 입력해 주세요.", "Please enter the code.")
            throw Refusal(.invalid, "mission.code", of: "code", "required", words)
        }
        switch HandOver.judge(entered, kept, tries: settings.tries) {
        case .right: return [try Self.handed(kept, leg, .code)]
        case .wrong(let left):
            // Whoever asked has the digits by the link they were given: their slips, away from the robot, lock nobody out.
            if ask.caller.person != nil, kept.author == ask.caller.author.text {
                return [MissionEvents.mistaken(kept, leg: leg, left: left + 1, isAsker: true)]
            }
            // A refusal would leave no trace and so no bound: the wrong try is recorded, the digits are not.
            var drafts = [MissionEvents.mistaken(kept, leg: leg, left: left)]
            if left == 0 {
                drafts.append(
                    try MissionFound.drafting { () throws(MissionFault) in try MissionEvents.called(kept, .tries) })
            }
            return drafts
        case .closed:
            throw Refusal(
                .tooOften, "mission.tries",
                Words(
                    "인수 번호가 여러 번 틀려 잠겼습니다. 담당자가 확인합니다.", "The code was wrong too often. A person was called."))
        }
    }

    /// Whoever holds the badge: somebody of a firm that the mission concerns. An empty field is whoever is signed in, which is
    /// never the easier way: only the named recipient or somebody of the place itself, and only with a reason.
    private func badge(_ ask: Ask, _ kept: MissionCase, _ tables: any Reader) throws -> (PersonID, isOwn: Bool) {
        let shown = ask.values.text("badge")
        let person = shown.isEmpty ? ask.caller.person : try Self.known(shown, kept.mission.scope, tables)
        let holder = try person.flatMap { try Directory.caller($0, in: tables) }
        guard let person, let holder, !holder.roles.isDisjoint(with: MissionFound.staff),
            try holder.tenant.sees(kept.mission.scope)
        else {
            let words = Words("이 물건을 받을 수 있는 직원증이 아닙니다.", "This badge may not receive this.")
            throw Refusal(.forbidden, "mission.badge", of: "badge", "holder", words)
        }
        if shown.isEmpty, !Self.isOfThePlace(holder, kept) {
            let words = Words(
                "직원증을 로봇에 대 주세요. 직원증 없이는 받는 사람이나 그곳 직원만 확인할 수 있습니다.",
                "Please hold a badge to the robot. Without one only the recipient or somebody who works there may confirm."
            )
            throw Refusal(.forbidden, "mission.account", of: "badge", "place", words)
        }
        return (person, shown.isEmpty)
    }

    /// Whether somebody is the named recipient, works for the firm whose place it is, or answers for the zone.
    private static func isOfThePlace(_ holder: Caller, _ kept: MissionCase) -> Bool {
        if holder.roles.contains(.zoneOfficer) { return true }
        if let name = holder.name, name == kept.secret.recipient { return true }
        switch kept.mission.scope {
        case .firm(let firm), .contract(let firm, _): return holder.firm == firm
        default: return false
        }
    }

    static let codeless = Words(
        "번호 없이 전달하려면 받는 분을 어떻게 확인했는지 적어 주세요. 기록에 남습니다.",
        "Without the code please say how you checked the person. It stands on the Record.")

    static let badgeless = Words(
        "직원증 없이 받으려면 사유를 적어 주세요. 사유는 기록에 남습니다.",
        "Without a badge please say why. It stands on the Record.")

    /// So many letters are a reason; a dot or a space is none.
    private static let shortest = 4

    /// Why somebody confirms without what was agreed on.
    private static func reason(_ ask: Ask, _ words: Words) throws(Refusal) -> String {
        let why = ask.values.text("why").split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard why.count(where: \.isLetter) >= shortest else {
            throw Refusal(.invalid, "mission.reason", of: "why", "required", words)
        }
        return why
    }

    /// Whose badge a number is, among the firms that a mission concerns; what is too short is nobody's.
    private static func known(_ number: String, _ scope: Scope, _ tables: any Reader) throws -> PersonID? {
        let firms: [FirmID] =
            switch scope {
            case .firm(let firm): [firm]
            case .contract(let one, let other): [one, other]
            default: []
            }
        for firm in firms {
            guard let badge = try? BadgeNumber(number, of: firm) else { return nil }
            if let person = try BadgeTable.holder(of: badge.hash, in: tables) { return person }
        }
        return nil
    }

    private func demandCold(_ kept: MissionCase, _ now: Timestamp, _ tables: any Reader) throws {
        let (last, warmest) = try MissionTable.coldness(of: kept.id, in: tables)
        let verdict = ColdChain.verdict(kept.cold, last: last, warmest: warmest, stale: settings.stale, at: now)
        guard let reason = verdict.reason else { return }
        throw Refusal(
            .conflict, reason == .cold ? "mission.cold-broken" : "mission.cold-unknown",
            Words(
                "\(reason.words.ko) 받지 마시고 담당자에게 알려 주세요.",
                "\(reason.words.en) Please do not take it, and tell whoever sent it."))
    }

    private static func handed(
        _ kept: MissionCase, _ leg: Int, _ proof: Mission.Stop.Proof, _ person: PersonID? = nil
    ) throws(Refusal) -> Draft {
        try MissionFound.drafting { () throws(MissionFault) in
            try MissionEvents.handed(kept, leg: leg, proof: proof, to: person)
        }
    }
}
