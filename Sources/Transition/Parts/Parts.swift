import Access
import District
import Record
import ServiceLifecycle
import Web

extension Part {
    /// The room's subjects, one line each; a later one may read the tables of an earlier one.
    static func all(_ book: Handbook) throws(HandbookError) -> [Part] {
        let desk = EconomyDesk()
        let shelf = CaseShelf(library: try CaseLibrary(book))
        return [
            try .economy(book, desk),
            .cases(shelf, desk),
            try .opportunities(book, shelf, desk), try .accords(book),
        ]
    }

    /// Statistics, what is read from them, what is predicted from them, and what came of it.
    static func economy(_ book: Handbook, _ desk: EconomyDesk) throws(HandbookError) -> Part {
        let sample = try EconomySample(book)
        var part = Part()
        part.migrations = [
            EconomyTable.migration, EconomyTable.openness, ForecastTable.migration, OddsTable.migration,
            LookTable.migration,
            LookTable.files,
        ]
        part.projections = [EconomyTable.projection, ForecastTable.projection]
        part.commands = [ImportEconomy.command, WithdrawEconomy.command]
        part.answers = EconomyAnswers(desk: desk).all
        part.aiUses = [OpeningUse.use]
        part.routes =
            ImportRoutes(intake: EconomyIntake(lane: desk.pages)).routes + EconomyRoutes(desk: desk).routes
            + RegionRoutes(desk: desk).routes
            + LedgerRoutes(desk: desk).routes + BacktestRoutes(desk: desk).routes
        part.names = [
            "economy-version": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try EconomyTable.versions(for: tenant, in: reader).filter { $0.withdrawn == nil }.map {
                    Named($0.id, ["\($0.title) \($0.published)", $0.economy])
                }
            },
            "economy": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try EconomyTable.named(for: tenant, in: reader)
            },
            "economy-region": { caller, reader in
                guard let tenant = try? caller.tenant else { return [] }
                return try ForecastTable.regions(for: tenant, in: reader).map { Named($0, [$0]) }
            },
        ]
        part.doors = [
            Door(
                "/transition/economies", Words("산업 통계와 지역 진단", "Statistics and regions"),
                Words(
                    "지역의 산업 구조, 닮은 지역, 새 산업의 가능성과 그 예측이 얼마나 맞았는지 봅니다.",
                    "A region's industries, similar regions, what may come next, and how such predictions did."),
                roles: nil),
            Door(
                "/transition/import", Words("통계 가져오기", "Import statistics"),
                Words("CSV나 KOSIS 파일을 가져옵니다.", "A CSV or KOSIS file, with its source."), roles: ImportEconomy.people),
        ]
        part.topics = [("transition.economy.", "transition"), ("transition.openings.", "transition")]
        part.services = { spine in
            let forecaster = OpeningForecaster(spine: spine, desk: desk)
            let usual: [any Service] = [forecaster, LookSweep(spine: spine)]
            return spine.isSample ? usual + [SampleYear(spine: spine, sample: sample)] : usual
        }
        part.sample = { spine, seed in try await sample.found(spine, seed: seed) }
        return part
    }
}
