import Access
import District
import Record
import Web

/// What AI this city uses, why, with what effect, and how to object: for everybody, without signing in.
struct PublicPage {
    let rules: TierRules

    var routes: [Route] { [.get("/ai", .anyone) { try await page($0) }] }

    private func page(_ visit: Visit) async throws -> Reply {
        let uses = try await UseNow.all(visit.spine.district).filter(\.isPublic)
        let ended = uses.filter { $0.entry.retired != nil }
        return .page(
            "register-ai", title: visit.word("register_public_title"),
            [
                "uses": .array(uses.filter { $0.entry.retired == nil }.map { show($0, visit) }),
                "ended": .array(ended.map { .string($0.entry.text("name", visit.language)) }),
                "running": .string(Show.count(uses.count { $0.standing == .runs })),
                "total": .string(Show.count(uses.count - ended.count)),
                "law": .string(rules.law[visit.language]), "note": .string(rules.note[visit.language]),
                "export": "/api/v1/stewardship/register?format=csv",
            ])
    }

    private func show(_ use: UseNow, _ visit: Visit) -> JSON {
        let (entry, language) = (use.entry, visit.language)
        var shown: [String: JSON] = [
            "id": .string(entry.id), "name": .string(entry.text("name", language)),
            "state": Show.badge(use.badge, use.word(visit)),
            "appeal_href": .string("/ai/appeal?use=\(Table.encoded(entry.id))"),
            "facts": .array(
                [
                    "purpose", "affected", "role", "override", "evidence", "data", "personal", "legal_basis",
                    "department",
                    "contact", "appeal",
                ]
                .compactMap { RegisterField.named($0) }
                .compactMap { field in
                    let text = entry.text(field.key, language)
                    guard !text.isEmpty, field.key != "purpose" || text != entry.text("summary", language) else {
                        return nil
                    }
                    return [
                        "label": .string(field.label[language]), "text": .string(field.shown(text, language)),
                    ]
                }),
            "summary": .string(entry.text("summary", language)),
            "incidents": .string(Show.count(use.incidents.all)),
        ]
        if use.standing != .runs { shown["state_words"] = .string(use.standingWords[language]) }
        if use.isProvisional { shown["provisional"] = .string(entry.permit.map { UseNow.day($0.until) } ?? "") }
        if let tier = entry.tier { shown["tier"] = Show.badge(tier.badge, tier.words[language]) }
        if let notice = entry.fields["notice"], !notice.isEmpty {
            shown["notice"] = .string(entry.text("notice", language))
        }
        if let acts = use.acts { shown["acts"] = .string(Show.count(acts.ever)) }
        for verdict in AIUseJudged.Verdict.allCases {
            shown[verdict.rawValue] = .string(Show.count(use.verdicts[verdict] ?? 0))
        }
        if !use.verdicts.isEmpty { shown["judged"] = true }
        return .object(shown)
    }
}
