import District
import Record
import ServiceLifecycle
import Web

extension Part {
    /// What AI may do in the room: propose types of accidents, show measures from similar cases, ask models outside
    /// where that is configured. Each is declared, each can be switched off, and a person decides.
    static func proposals(_ book: Handbook) throws(HandbookError) -> Part {
        let texts = try TypeTexts(book)
        let shipped = TypeCalibration(try book.read("proposals-model.json").json)
        let models = try OutsideModel.configured(book)
        var part = Part()
        part.migrations = [TypeTable.migration]
        part.commands = [ConfirmType.command, RetrainTypes.command]
        part.projections = [TypeTable.projection]
        part.aiUses = ProposalUses.all
        part.topics = [("safety.type.", "safety-types")]
        let seedFile = "assessments-seeds.json"
        let (types, similar) = (
            TypePages(shipped: shipped),
            SimilarPage(seeds: try HazardSeeds(try book.read(seedFile).json, file: seedFile))
        )
        part.routes = [
            .get("/safety/proposals", TypePages.readers) { try await types.overview($0) },
            .get("/safety/hazards/{hazard}/types", SimilarPage.readers) { try await types.one($0) },
            .get("/safety/hazards/{hazard}/similar", SimilarPage.readers) { try await similar.answer($0) },
        ]
        part.doors = [
            Door(
                "/safety/proposals", Words("재해유형 제안", "Proposed accident types"),
                Words("인공지능이 제안한 유형을 확인합니다.", "Confirm what AI proposes for reports."),
                roles: ConfirmType.roles)
        ]
        part.services = { spine in
            let desk = TypeDesk(district: spine.district, texts: texts, shipped: shipped)
            var services: [any Service] = [
                Follower(
                    "safety.types", types: [HazardReport.type, "safety.type.retrain-asked"], district: spine.district
                ) { event, payload in
                    if event.type == HazardReport.type {
                        try await desk.propose(event, payload)
                    } else {
                        try await desk.retrain(event, payload)
                    }
                }
            ]
            if !models.isEmpty {
                let outside = OutsideDesk(district: spine.district, models: models)
                services.append(
                    Follower("safety.outside", types: [HazardReport.type], district: spine.district) {
                        try await outside.ask($0, $1)
                    })
            }
            return services
        }
        return part
    }
}
