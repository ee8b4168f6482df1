import Access
import District
import Record
import Store
import Web

/// What the model proposes: for one report, and all that waits for a person; and how good it is.
struct TypePages {
    /// What the shipped model was found to be.
    let shipped: TypeCalibration?

    static let readers = Permission.roles(ConfirmType.roles.union([.executive]))

    /// The proposals about one report, as a part of its page.
    func one(_ visit: Visit) async throws -> Reply {
        let (tenant, hazard, district) = (try visit.tenant, visit.parameters["hazard"] ?? "", visit.spine.district)
        guard let report = try await HazardText.find(hazard, for: tenant, district) else { throw HazardText.unknown }
        try await visit.look(at: report.scope, "hazard/\(hazard)/types")
        let (kept, confirmed) = try await district.store.read { reader in
            (
                try TypeTable.proposals(of: hazard, for: tenant, in: reader),
                try TypeTable.confirmed(hazard, for: tenant, in: reader)
            )
        }
        let next = "/safety/hazards/\(hazard)"
        var context: [String: JSON] = [
            "here": .string("\(next)/types"), "back": .string(next),
            "proposals": .array(kept.map { view($0, visit, next: next) }),
            "may": .bool(!ConfirmType.roles.isDisjoint(with: visit.caller.roles)),
            "other": .string("/do/safety.type.confirm?hazard=\(hazard)&next=\(next)"),
        ]
        let standing = try await district.standing(of: ProposalUses.type)
        if standing != .runs { context["off"] = .string(standing.words[visit.language]) }
        if !report.text.isEmpty { context["text"] = .string(report.text) }
        let chosen = confirmed?.accident ?? report.accident
        if let chosen {
            context["confirmed"] = Show.badge("ok", chosen.words[visit.language])
        }
        return .page("proposals-types", title: visit.word("proposals_types_title"), .object(context), live: true)
    }

    /// What waits for a person, and what the model is worth.
    func overview(_ visit: Visit) async throws -> Reply {
        let (tenant, district) = (try visit.tenant, visit.spine.district)
        let query = TableQuery(visit.query, columns: ["time"], sortedBy: "-time", size: 10)
        let (waiting, texts, editions, agreement) = try await district.store.read { reader in
            let waiting = try TypeTable.waiting(for: tenant, limit: query.size, offset: query.offset, in: reader)
            var texts: [String: String] = [:]
            for kept in waiting.rows {
                guard let event = try ConfirmType.report(of: kept.hazard, for: tenant, in: reader) else { continue }
                texts[kept.hazard] = HazardReport(event, try district.payload(of: event, in: reader))?.text
            }
            return (
                waiting, texts, try TypeTable.editions(for: tenant, in: reader),
                try TypeTable.agreement(for: tenant, in: reader)
            )
        }
        try await visit.look(at: tenant.firm.map { .firm($0) } ?? .zone, "proposals")
        let standing = try await district.standing(of: ProposalUses.type)
        let notice = try await district.notice(of: ProposalUses.type)
        let rows: [JSON] = waiting.rows.map { kept in
            guard case .object(var members) = view(kept, visit, next: "/safety/proposals") else { return .null }
            members["text"] = .string(texts[kept.hazard].flatMap { $0.isEmpty ? nil : $0 } ?? "–")
            members["href"] = .string("/safety/hazards/\(kept.hazard)")
            members["other"] = .string("/do/safety.type.confirm?hazard=\(kept.hazard)&next=/safety/proposals")
            return .object(members)
        }
        let mayConfirm = !ConfirmType.roles.isDisjoint(with: visit.caller.roles)
        return .page(
            "proposals", title: visit.word("proposals_title"),
            [
                "on": .bool(standing == .runs), "off": .string(standing.words[visit.language]),
                "notice": .string(notice[visit.language]), "may": .bool(mayConfirm), "waiting": .array(rows),
                "total": .string(Show.count(waiting.total)),
                "pager": query.pager("/safety/proposals", shown: rows.count, total: waiting.total),
                "model": model(editions, visit), "agreement": share(agreement, visit),
                "retrain": .string("/do/safety.type.retrain?next=/safety/proposals"),
            ], live: true)
    }

    private func view(_ kept: KeptProposal, _ visit: Visit, next: String) -> JSON {
        let outside = kept.author != .model(ProposalUses.type.id)
        var members: [String: JSON] = [
            "abstained": .bool(kept.proposal.abstained), "time": Show.time(kept.at, visit.language),
            "by": .string(
                outside
                    ? "\(visit.word("proposals_outside")) \(kept.edition)"
                    : "\(visit.word("proposals_edition")) \(kept.edition)"),
            "candidates": .array(
                kept.proposal.candidates.map { candidate in
                    [
                        "label": .string(candidate.type.words[visit.language]),
                        "share": .string(Self.probability(candidate.probability)),
                        "href": .string(
                            "/do/safety.type.confirm?hazard=\(kept.hazard)&accident=\(candidate.type.rawValue)&next=\(next)"
                        ),
                    ]
                }),
        ]
        if !kept.proposal.evidence.isEmpty {
            members["evidence"] = .string(kept.proposal.evidence.map { "‘\($0)’" }.joined(separator: ", "))
        }
        return .object(members)
    }

    /// The edition in force with what its folds showed.
    private func model(_ editions: [ModelEdition], _ visit: Visit) -> JSON {
        let latest = editions.first { $0.trained != nil }
        guard let figures = latest?.calibration ?? shipped else { return .null }
        var members: [String: JSON] = [
            "edition": .string(latest.map { "\($0.version)" } ?? visit.word("proposals_shipped")),
            "judged": .string(Show.count(Int64(figures.judged))), "accuracy": percent(figures.accuracy),
            "three": percent(figures.accuracyOfThree), "f1": .string("\((figures.macroF1 * 100).rounded() / 100)"),
            "coverage": percent(figures.coverage), "method": .string(figures.method),
        ]
        if let spoken = figures.accuracySpoken { members["spoken"] = percent(spoken) }
        if let latest {
            members["confirmed"] = .string(Show.count(latest.confirmed))
            members["trained"] = latest.trained.map { Show.time($0, visit.language) } ?? .null
        }
        if editions.first?.trained == nil, !editions.isEmpty { members["learning"] = true }
        return .object(members)
    }

    /// Never all or nothing: a model is not sure of anything.
    private static func probability(_ value: Double) -> String {
        let percent = Int((value * 100).rounded())
        return percent < 1 ? "< 1 %" : percent > 99 ? "> 99 %" : "\(percent) %"
    }

    private func percent(_ share: Double) -> JSON { .string("\(Int((share * 100).rounded())) %") }

    private func share(_ share: MeasuredShare, _ visit: Visit) -> JSON {
        guard let value = share.value, let interval = share.interval else { return .null }
        return [
            "value": percent(value), "count": .string(Show.count(share.count)),
            "total": .string(Show.count(share.total)),
            "interval": .string("\(Int((interval.low * 100).rounded()))–\(Int((interval.high * 100).rounded())) %"),
        ]
    }
}
