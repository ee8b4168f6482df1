import Access
import District
import Record
import Web

extension MaturityView {
    /// What it came to, what moved, and what to do next.
    func result(_ page: MaturityPage, _ visit: Visit) -> JSON {
        let (found, language) = (page.assessment, visit.language)
        var members = head(found, visit)
        let known = found.overall.flatMap { level in items.levels.first { $0.number == level } }
        members["overall"] = .string(level(found.overall, visit))
        members["korea"] = .string(known.map { $0.korea[language] } ?? visit.word("maturity_unknown"))
        members["acatech"] = .string(known?.acatech.map { Self.stage($0, language) }.joined(separator: " – ") ?? "–")
        members["verified"] = .string(
            found.overallVerified.map { level($0, visit) } ?? visit.word("maturity_not_yet"))
        members["crosswalk"] = .string(items.crosswalk[language])
        if let firm = page.firm { members["firm"] = .string(firm) }
        members["picture"] = MaturityPicture(items: items).json(page, visit)
        members["steps"] = .array(MaturityPage.weakest(page.lines).map { step($0, page, visit) })
        members["effect"] = effect(visit)
        members["items"] = .array(items.dimensions.map { dimension(of: $0, page, visit) })
        members["actions"] = .array(actions(found, visit))
        members["consent"] = .string(visit.word(found.isNamed ? "maturity_named" : "maturity_unnamed"))
        return .object(members)
    }

    /// A stage by its name, and to Korean readers by the name under which it is found elsewhere as well.
    private static func stage(_ words: Words, _ language: Language) -> String {
        language == .ko ? "\(words.ko)(\(words.en))" : words.en
    }

    private func effect(_ visit: Visit) -> JSON {
        let effect = items.effect
        let (more, defects, cost, firms) = (
            Show.number(effect.productivity), Show.number(effect.defects), Show.number(effect.cost),
            Show.count(effect.firms)
        )
        return [
            "text": .string(
                Words(
                    "생산성 +\(more)%, 불량 \(defects)%, 원가 \(cost)% (\(effect.period)년 도입 기업 \(firms)곳 평균)",
                    "Productivity +\(more) %, defects \(defects) %, cost \(cost) % (mean of \(firms) firms, \(effect.period))"
                )[visit.language]),
            "level": .string(
                "\(visit.word("maturity_evidence_level")) \(effect.scale == 1 ? "1" : "1–\(effect.scale)") / 5"),
            "caution": .string(effect.caution[visit.language]), "source": .string(effect.source[visit.language]),
            "address": .string(effect.address),
        ]
    }

    private func actions(_ found: MaturityAssessment, _ visit: Visit) -> [JSON] {
        guard visit.caller.firm == found.firm else { return [] }
        let back = "assessment=\(found.id)&next=/alliance/maturity/one/\(found.id)"
        var actions: [JSON] = []
        func action(_ command: String, _ word: String, _ more: String = "") {
            actions.append([
                "href": .string("/do/alliance.maturity.\(command)?\(back)\(more)"), "label": .string(visit.word(word)),
            ])
        }
        if found.confirmed == nil, found.submittedBy != visit.caller.author.text {
            action("confirm", "maturity_do_confirm")
        }
        if !GrowthAsk.speakers.isDisjoint(with: visit.caller.roles) {
            action("name", found.isNamed ? "maturity_do_hide" : "maturity_do_name", "&named=\(!found.isNamed)")
        }
        return actions
    }

    /// The next step in a weak dimension, with who helps.
    private func step(_ line: MaturityLine, _ page: MaturityPage, _ visit: Visit) -> JSON {
        guard let dimension = items.dimensions.first(where: { $0.id == line.dimension }) else { return .null }
        let offered = page.offered[line.dimension]
        func offers(_ offers: [MaturityOffers.Offer]?) -> JSON {
            .array(
                (offers ?? []).map { offer in
                    var entry: [String: JSON] = [
                        "name": .string(offer.name[visit.language]),
                        "reasons": .string(offer.reasons.map { $0[visit.language] }.joined(separator: " · ")),
                    ]
                    if let address = offer.address { entry["address"] = .string(address) }
                    return .object(entry)
                })
        }
        return [
            "name": .string(dimension.words[visit.language]), "level": .string(level(line.level, visit)),
            "is_unknown": .bool(line.level == nil),
            "text": .string(dimension.step(from: line.level)?.words[visit.language] ?? ""),
            "suppliers": offers(offered?.suppliers), "grants": offers(offered?.grants),
            "courses": offers(offered?.courses),
            "silent": .string(offered?.silent?[visit.language] ?? visit.word("maturity_no_suppliers")),
        ]
    }

    /// A dimension's items: declared and verified side by side.
    private func dimension(of dimension: MaturityItems.Dimension, _ page: MaturityPage, _ visit: Visit) -> JSON {
        let (id, roles) = (page.assessment.id, visit.caller.roles)
        let isOwn = visit.caller.firm == page.assessment.firm && !GrowthAsk.speakers.isDisjoint(with: roles)
        let isAssessor = !GrowthAsk.zone.isDisjoint(with: roles)
        return [
            "name": .string(dimension.words[visit.language]),
            "rows": .array(
                items.items(of: dimension.id).map { item in
                    let answer = page.answers[item.id]
                    func told(_ level: Int?) -> String {
                        level.map { "\($0) – \(item.levels[$0 - 1][visit.language])" } ?? visit.word("maturity_unknown")
                    }
                    var row: [String: JSON] = [
                        "text": .string(item.words[visit.language]), "declared": .string(told(answer?.declared)),
                        "siri": .string(item.siri.joined(separator: ", ")),
                        "verified": .string(answer?.verified.map { told($0) } ?? visit.word("maturity_not_yet")),
                    ]
                    if let file = answer?.evidence { row["file"] = .string("/attachments/\(file)") }
                    let to = "assessment=\(id)&item=\(item.id)&next=/alliance/maturity/one/\(id)"
                    if isOwn { row["attach"] = .string("/do/alliance.maturity.attach?\(to)") }
                    if isAssessor { row["verify"] = .string("/do/alliance.maturity.verify?\(to)") }
                    return .object(row)
                }),
        ]
    }
}
