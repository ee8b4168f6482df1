import Access
import District
import Record
import ServiceLifecycle
import Store
import Synchronization
import Web

/// The sample's statistics: drawn from a seed, of no place there is, and marked so.
final class EconomySample: Sendable {
    static let economy = "sample-jobs"
    private static let years = (count: 5, first: 2012, step: 3)
    /// Cells of fewer jobs are suppressed.
    private static let least = 40.0

    private let regions: [String]
    private let industries: [String]
    private let sectors: Int
    private let seed = Mutex<UInt64?>(nil)

    /// The names of the handbook.
    init(_ book: Handbook) throws(HandbookError) {
        let file = "sample-economy.json"
        let json = try book.read(file).json
        // Each town with its neighbours to the east and west.
        let towns = json["regions"]?.elements?.compactMap(\.text) ?? []
        regions = towns + towns.map { "동\($0)" } + towns.map { "서\($0)" }
        let groups = json["sectors"]?.elements ?? []
        var names: [String] = []
        for (index, group) in groups.enumerated() {
            for (place, name) in (group["industries"]?.elements?.compactMap(\.text) ?? []).enumerated() {
                names.append("\(10 + index)\(place + 1) \(name)")
            }
        }
        (industries, sectors) = (names, groups.count)
        guard towns.count > 9, industries.count > 19, sectors > 2 else {
            throw HandbookError(
                file: file, place: "regions, sectors", rule: "at least 10 regions, 20 industries, 3 sectors")
        }
    }

    /// Founds the statistics where there are none, all years but the last; nothing twice.
    func found(_ spine: Spine, seed: UInt64) async throws {
        self.seed.withLock { $0 = seed }
        guard try await versions(spine).isEmpty else { return }
        try await bring(Self.years.count - 1, leaving: 0, seed, spine)
    }

    /// Brings in the last year once the years before it have led to a forecast, so that one sees it scored.
    func bringLastYear(_ spine: Spine) async throws {
        guard let seed = seed.withLock({ $0 }) else { return }
        let tenant = try Caller.system("transition.sample").tenant
        let hasForecast = try await spine.district.store.read {
            try !ForecastTable.forecasts(of: Self.economy, for: tenant, in: $0).isEmpty
        }
        guard hasForecast, try await versions(spine).count == 1 else { return }
        try await bring(Self.years.count, leaving: Self.years.count - 1, seed, spine)
    }

    private func versions(_ spine: Spine) async throws -> [EconomyTable.Version] {
        let tenant = try Caller.system("transition.sample").tenant
        return try await spine.district.store.read {
            try EconomyTable.versions(of: Self.economy, for: tenant, in: $0)
        }
    }

    private func bring(_ count: Int, leaving out: Int, _ seed: UInt64, _ spine: Spine) async throws {
        let economy = SyntheticEconomy(
            seed: seed, regions: regions, industries: industries, sectors: sectors, least: Self.least)
        let text = economy.file(count, from: Self.years.first, every: Self.years.step, leaving: out)
        let reading = EconomyFile.Reading()
        let file = try EconomyFile(text, reading)
        let (author, now) = (Author.system("transition.sample"), spine.district.clock())
        try await spine.district.transact { transaction in
            let hash = try Attachments.keep(
                Array(text.utf8), scope: .zone, author: author, at: now, in: transaction.writer)
            try transaction.record(
                [
                    ImportEconomy.draft(
                        Self.economy, file.summary, reading, hash,
                        [
                            "title": "가상 지역 종사자수 (합성 자료, synthetic)", "measure": "종사자수(명) / jobs",
                            "source": "Slipway 예시 생성기, 난수 씨앗 \(seed) / drawn from seed \(seed)",
                            "licence": "Apache-2.0", "published": KoreanDay(now).description,
                            "suppression": "\(Int(Self.least))명 미만은 x로 가림 / below \(Int(Self.least)) suppressed as x",
                        ], isOpen: true, isSynthetic: true)
                ], origin: Origin(author: author))
        }
    }
}

/// In the sample: the last year comes in later than the others, as it would.
struct SampleYear: Service {
    let spine: Spine
    let sample: EconomySample

    func run() async throws {
        await beat(every: .seconds(10), in: spine.district, failing: "the sample's last year could not be brought in") {
            try await sample.bringLastYear(spine)
        }
    }
}
