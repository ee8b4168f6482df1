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
            let room = district.rooms.first { use.id.hasPrefix($0.name + ".") }?.title[language] ?? ""
            uses.append(
                entry(
                    use.id, use.title, use.purpose, use.modelWords, use.evidence, use.override, room,
                    try await district.standing(of: use), maySwitch, visit))
        }
        for use in try await district.usesElsewhere() {
            uses.append(
                entry(
                    use.id, use.title, use.purpose, use.model, use.evidence, use.override, use.place[language],
                    use.standing, maySwitch && use.isSwitchable, visit))
        }
        var context: [String: JSON] = ["uses": .array(uses)]
        if district.keepsRegister { context["register"] = true }
        return .page("ai-uses", title: visit.word("ai_title"), .object(context))
    }

    private func entry(
        _ id: String, _ title: Words, _ purpose: Words, _ model: Words, _ evidence: Words, _ override: Words,
        _ place: String, _ standing: AIStanding, _ maySwitch: Bool, _ visit: Visit
    ) -> JSON {
        let (language, on) = (visit.language, standing == .runs)
        func shown(_ words: Words) -> JSON { .string(words[language].isEmpty ? "–" : words[language]) }
        var members: [String: JSON] = [
            "id": .string(id), "name": .string(title[language]), "purpose": shown(purpose), "model": shown(model),
            "evidence": shown(evidence), "override": shown(override), "room": .string(place),
            "state": Show.badge(on ? "ok" : "off", visit.word(on ? "ai_on" : "ai_off")),
        ]
        if !on { members["why"] = .string(standing.words[language]) }
        if maySwitch {
            members["href"] = .string(
                "/do/district.ai.switch?use=\(Table.encoded(id))&on=\(standing == .off)&next=/ai-uses")
            members["switch_label"] = .string(visit.word(standing == .off ? "ai_start" : "ai_stop"))
        }
        return .object(members)
    }
}
