import Access
import District
import Record
import Store

/// Keeps the model of accident types, proposes for what is reported, and learns anew when asked.
actor TypeDesk {
    private let district: District
    private let texts: TypeTexts
    private let shipped: TypeCalibration?
    private let training: TypeTraining
    private var current: Trained?

    /// A model that may be asked, and what it is called on the Record.
    struct Trained: Sendable {
        let model: TypeModel
        let edition: String
    }

    init(
        district: District, texts: TypeTexts, shipped: TypeCalibration?, training: TypeTraining = TypeTraining()
    ) {
        self.district = district
        self.texts = texts
        self.shipped = shipped
        self.training = training
    }

    /// Proposes types for a report that came without one; once, and only while the use is switched on.
    func propose(_ event: Event, _ payload: [String: JSON]) async throws {
        guard let report = HazardReport(event, payload), report.accident == nil, !report.text.isEmpty,
            try await district.mayRun(ProposalUses.type)
        else { return }
        let author = Author.model(ProposalUses.type.id)
        let known = try await district.store.read {
            try TypeTable.hasProposed(author, about: event.id, hazard: report.hazard, in: $0)
        }
        guard !known else { return }
        let trained = try await model()
        let proposal = trained.model.propose(report.text)
        try await district.record(
            [Self.draft(proposal, of: report, event, edition: trained.edition)], origin: Origin(author: author))
    }

    /// The event that tells of a proposal, in answer to the report.
    static func draft(_ proposal: TypeProposal, of report: HazardReport, _ event: Event, edition: String) -> Draft {
        Draft(
            "safety.type.proposed", stream: "hazard-type/\(report.hazard)", scope: event.scope,
            payload: [
                "hazard": .string(report.hazard), "report": .string(event.id.description),
                "candidates": .array(
                    proposal.candidates.map { candidate in
                        [
                            "type": .string(candidate.type.rawValue),
                            "probability": .number((candidate.probability * 1000).rounded() / 1000),
                        ]
                    }),
                "abstained": .bool(proposal.abstained),
                "evidence": .array(proposal.evidence.map { .string($0) }), "edition": .string(edition),
            ], answers: event.id)
    }

    /// Learns for an edition that was asked for, and says on the Record how good it is.
    func retrain(_ event: Event, _ payload: [String: JSON]) async throws {
        guard let version = payload["version"]?.integer else { return }
        let zone = try Caller.system("safety.proposals").tenant
        let edition = try await district.store.read {
            try TypeTable.editions(for: zone, limit: 1000, in: $0).first { $0.version == version }
        }
        guard let edition, edition.trained == nil else { return }
        let own = try await examples(through: edition.through)
        let (training, texts) = (training, texts)
        let all = texts.examples + own
        let (model, calibration) = await Self.aside {
            let found = TypeCalibration(
                texts: texts.edition, method: training.method, training.evaluation(of: all))
            return (training.model(of: all, found), found)
        }
        try await district.record(
            [
                Draft(
                    "safety.type.trained", stream: "type-model/\(version)", scope: .everyone,
                    payload: [
                        "version": .decimal(version), "examples": .number(Double(all.count)),
                        "confirmed": .number(Double(own.count)), "calibration": calibration.json,
                    ], answers: event.id)
            ], origin: Origin(author: .system("safety.proposals")))
        current = Trained(model: model, edition: "\(version)")
    }

    /// The model in force: the latest edition that was learnt, else the shipped one.
    func model() async throws -> Trained {
        if let current { return current }
        let zone = try Caller.system("safety.proposals").tenant
        let latest = try await district.store.read {
            try TypeTable.editions(for: zone, limit: 1000, in: $0).first { $0.trained != nil }
        }
        var all = texts.examples
        if let latest { all += try await examples(through: latest.through) }
        let known = [latest?.calibration, shipped].compactMap { $0 }.first { [texts, training] in
            $0.texts == texts.edition && $0.method == training.method
        }
        let (training, texts, examples) = (training, texts, all)
        let model = await Self.aside {
            // A district that corrected the sentences has other figures: they are found before anything is said.
            training.model(
                of: examples,
                known
                    ?? TypeCalibration(
                        texts: texts.edition, method: training.method, training.evaluation(of: examples)))
        }
        let trained = Trained(
            model: model, edition: latest.map { "\($0.version)" } ?? "shipped-\(texts.edition.prefix(8))")
        current = trained
        return trained
    }

    /// The reports that people confirmed, with their texts; one that is forgotten is no longer learnt from.
    private func examples(through: Timestamp) async throws -> [TypeExample] {
        let zone = try Caller.system("safety.proposals").tenant
        let district = district
        return try await district.store.read { reader in
            try TypeTable.confirmed(through: through, for: zone, in: reader).compactMap { confirmed in
                guard TypeModel.types.contains(confirmed.accident), let id = Identifier(confirmed.report),
                    let event = try district.log.event(id, in: reader),
                    let report = HazardReport(event, try district.payload(of: event, in: reader)),
                    !report.text.isEmpty
                else { return nil }
                return TypeExample(text: report.text, type: confirmed.accident, source: .confirmed)
            }
        }
    }

    /// Long work stays off the threads on which others wait.
    private static func aside<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await Task.detached(priority: .utility) { work() }.value
    }
}
