import Access
import District
import Record
import Store

/// Asks the models outside that a district has configured, and records what they propose. It follows the Record by
/// itself, so that their silence holds up nobody.
struct OutsideDesk: Sendable {
    let district: District
    let models: [OutsideModel]

    /// Asks about a report, once for each model, while its use is switched on.
    func ask(_ event: Event, _ payload: [String: JSON]) async throws {
        guard let report = HazardReport(event, payload), report.accident == nil else { return }
        for model in models {
            let author = Author.model(model.task.use)
            guard let use = ProposalUses.all.first(where: { $0.id == model.task.use }),
                try await district.mayRun(use), let question = try await question(report, model)
            else { continue }
            let isKnown = try await district.store.read {
                try TypeTable.hasProposed(author, about: event.id, hazard: report.hazard, in: $0)
            }
            guard !isKnown else { continue }
            do {
                let proposal = try await OutsideAsking(model: model).ask(
                    text: question.text, photo: question.photo?.bytes, media: question.photo?.media.rawValue)
                try await district.record(
                    [TypeDesk.draft(proposal, of: report, event, edition: model.name)], origin: Origin(author: author))
            } catch let failure as OutsideAsking.Failure {
                // It is only a proposal that is missing: nothing waits for it, and it is not asked again.
                district.note("an outside model did not answer", "\(model.name): \(failure)")
            }
        }
    }

    /// What may be sent; nil where nothing may.
    private func question(
        _ report: HazardReport, _ model: OutsideModel
    ) async throws -> (text: String?, photo: Attachment?)? {
        switch model.task {
        case .text:
            guard !report.text.isEmpty, model.mayTakePersonal || !report.isPersonal else { return nil }
            return (report.text, nil)
        case .photo:
            // Nobody knows of a photo whether people are on it.
            guard model.mayTakePersonal, let hash = report.photo else { return nil }
            let zone = try Caller.system("safety.proposals").tenant
            let photo = try await district.store.read { try Attachments.find(hash, for: zone, in: $0) }
            return photo.map { (nil, $0) }
        }
    }
}
