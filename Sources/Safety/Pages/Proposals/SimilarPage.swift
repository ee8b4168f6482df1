import Access
import District
import Record
import Store
import Web

/// What was done about dangers like a reported one: own cases and the handbook's, each with its source.
struct SimilarPage {
    let seeds: HazardSeeds

    static let readers = Permission.roles([.worker, .operator, .safetyManager, .executive, .zoneOfficer, .inspector])

    func answer(_ visit: Visit) async throws -> Reply {
        let (tenant, hazard, district) = (try visit.tenant, visit.parameters["hazard"] ?? "", visit.spine.district)
        guard let report = try await HazardText.find(hazard, for: tenant, district) else { throw HazardText.unknown }
        try await visit.look(at: report.scope, "hazard/\(hazard)/similar")
        let standing = try await district.standing(of: ProposalUses.similar)
        let isOn = standing == .runs
        let matches = isOn && !report.text.isEmpty ? try await matches(report, tenant, visit) : []
        var context: [String: JSON] = [
            "back": .string("/safety/hazards/\(hazard)"), "on": .bool(isOn),
            "off": .string(standing.words[visit.language]),
            "matches": .array(matches.map { view($0, visit) }),
        ]
        if !report.text.isEmpty { context["text"] = .string(report.text) }
        return .page("proposals-similar", title: visit.word("proposals_similar_title"), .object(context))
    }

    private func matches(
        _ report: HazardReport, _ tenant: Tenant, _ visit: Visit
    ) async throws -> [SimilarCases.Match] {
        let (district, language, hazard) = (visit.spine.district, visit.language, report.hazard)
        let shipped = seeds.cases(in: language)
        let own = try await district.store.read { reader in
            var cases = try CaseTable.controls(for: tenant, in: reader)
            for done in try CaseTable.helped(for: tenant, in: reader) where done.hazard != hazard {
                guard let event = try ConfirmType.report(of: done.hazard, for: tenant, in: reader),
                    let past = HazardReport(event, try district.payload(of: event, in: reader)), !past.text.isEmpty
                else { continue }
                cases.append(
                    SimilarCases.Case(
                        citation: "hazard/\(done.hazard)", danger: past.text, control: done.title, step: done.step,
                        isVerified: true))
            }
            return cases
        }
        return SimilarCases(own + shipped).alike(to: report.text)
    }

    private func view(_ match: SimilarCases.Match, _ visit: Visit) -> JSON {
        let found = match.found
        let parts = found.citation.split(separator: "/", maxSplits: 1).map(String.init)
        var members: [String: JSON] = [
            "control": .string(found.control), "step": .string(found.step.words[visit.language]),
            "danger": .string(found.danger), "likeness": .string("\(Int((match.likeness * 100).rounded())) %"),
            "state": found.isVerified
                ? Show.badge("ok", visit.word("proposals_similar_verified"))
                : Show.badge("unknown", visit.word("proposals_similar_unverified")),
        ]
        switch parts.first {
        case "hazard":
            members["source"] = .string(visit.word("proposals_similar_hazard"))
            members["href"] = .string("/safety/hazards/\(parts.last ?? "")")
        case "assessment":
            members["source"] = .string(visit.word("proposals_similar_assessment"))
            members["href"] = .string("/safety/assessments/\(parts.last ?? "")")
        default:
            members["source"] = .string(
                "\(visit.word("proposals_similar_seed")) \(seeds.source(of: parts.last ?? "", in: visit.language))")
        }
        return .object(members)
    }
}

/// A reported danger's words, as a page may show them.
enum HazardText {
    static let unknown = Refusal(.notFound, "hazard.unknown", Words("그런 신고가 없습니다.", "There is no such report."))

    /// A report that a tenant may see; nil where there is none.
    static func find(_ hazard: String, for tenant: Tenant, _ district: District) async throws -> HazardReport? {
        try await district.store.read { reader in
            guard let event = try ConfirmType.report(of: hazard, for: tenant, in: reader) else { return nil }
            return HazardReport(event, try district.payload(of: event, in: reader))
        }
    }
}

extension HazardSeeds {
    /// The handbook's dangers as cases: found in either language, shown in one.
    func cases(in language: Language) -> [SimilarCases.Case] {
        places.flatMap { place in
            place.hazards.flatMap { seed in
                seed.controls.flatMap { control in
                    [Language.ko, .en].map { shown in
                        SimilarCases.Case(
                            citation: "seed/\(seed.id)", danger: "\(place.name[shown]): \(seed.words[shown])",
                            control: control.words[language],
                            step: control.step, isVerified: false)
                    }
                }
            }
        }
    }

    /// Where a seed stands: the kind of workplace, and the article where there is one.
    func source(of seed: String, in language: Language) -> String {
        for place in places {
            guard let found = place.hazards.first(where: { $0.id == seed }) else { continue }
            return [place.name[language], found.id, found.citation].compactMap { $0 }.joined(separator: ", ")
        }
        return seed
    }
}
