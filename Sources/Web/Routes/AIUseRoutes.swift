import Access
import District
import Record

/// The declared uses of AI: what each is for, on what evidence, how a person overrules it, and its switch.
struct AIUseRoutes {
    var routes: [Route] {
        [.get("/ai-uses", .signedIn) { try await page($0) }]
    }

    private func page(_ visit: Visit) async throws -> Reply {
        let (district, language) = (visit.spine.district, visit.language)
        let maySwitch = district.forms["district.ai.switch"]?.permission.allows(visit.caller) ?? false
        var uses: [JSON] = []
        for use in district.aiUses {
            let standing = try await district.standing(of: use)
            let on = standing == .runs
            let room = district.rooms.first { use.id.hasPrefix($0.name + ".") }?.title[language] ?? ""
            var members: [String: JSON] = [
                "id": .string(use.id), "name": .string(use.title[language]), "purpose": .string(use.purpose[language]),
                "model": .string(use.model), "evidence": .string(use.evidence[language]),
                "override": .string(use.override[language]), "room": .string(room),
                "state": Show.badge(on ? "ok" : "off", visit.word(on ? "ai_on" : "ai_off")),
            ]
            if !on { members["why"] = .string(standing.words[language]) }
            if maySwitch {
                members["href"] = .string(
                    "/do/district.ai.switch?use=\(use.id)&on=\(standing == .off)&next=/ai-uses")
                members["switch_label"] = .string(visit.word(standing == .off ? "ai_start" : "ai_stop"))
            }
            uses.append(.object(members))
        }
        var context: [String: JSON] = ["uses": .array(uses)]
        if district.keepsRegister { context["register"] = true }
        return .page("ai-uses", title: visit.word("ai_title"), .object(context))
    }
}
