import Access
import District
import Foundation
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("The continuous cycle")
struct CycleTests {
    private static func day(_ text: String) throws -> KoreanDay { try #require(KoreanDay(text)) }

    @Test("says which month, weeks and days were missed; weekends and what lies before its beginning are not")
    func standing() throws {
        let today = try Self.day("2026-11-18")
        let kept = WorkCycle.Kept(
            findings: [], reviews: [try Self.day("2026-11-05")],
            meetings: Set(try ["2026-11-04", "2026-11-05", "2026-11-07", "2026-11-17"].map(Self.day)))
        let cycle = WorkCycle(monthOf: today, kept: kept, today: today, begun: try Self.day("2026-11-04"))
        #expect(cycle.month == .due, "the month runs")
        #expect(
            cycle.weeks.map(\.monday.description) == [
                "2026-10-26", "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30",
            ])
        #expect(cycle.weeks.map(\.standing) == [.none, .done, .missing, .due, .none, .none])
        let days = Dictionary(cycle.days.map { ($0.day.description.suffix(2), $0.standing) }, uniquingKeysWith: { $1 })
        #expect(days["03"] == WorkCycle.Standing.none, "before it began")
        #expect(days["04"] == .done && days["06"] == .missing)
        #expect(
            days["07"] == .done && days["08"] == WorkCycle.Standing.none, "a Saturday counts only where it was held")
        #expect(days["18"] == .due && days["19"] == WorkCycle.Standing.none)
        #expect(cycle.missed == 1 + 7)
        let later = WorkCycle(monthOf: today, kept: kept, today: today + 30, begun: try Self.day("2026-11-04"))
        #expect(later.month == .missing)
    }

    @Test("walk-rounds, reviews and meetings fill it, site by site", arguments: StoreUnderTest.all)
    func kept(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            try await yard.perform("safety.tbm.hold", TBMTests.talk, by: .worker("alfa"))
            let id = try await yard.openAssessment()
            try await yard.walk(id, way: "interview")
            let review: [String: JSON] = [
                "thing": "alfa-press", "kind": "weekly", "findings": "덮개를 고치기로 했다",
                "participants": [["person": "alfa-manager"], ["person": "alfa-worker-2"]],
            ]
            try await yard.perform("safety.cycle.review", review, by: .worker("alfa"))
            let alone = try await yard.refusal(
                "safety.cycle.review", review.merging(["participants": [["person": "alfa-manager"]]]) { $1 },
                by: .worker("alfa"))
            #expect(alone?.code == "cycle.alone")

            let today = KoreanDay(yard.clock.read())
            let (alfa, bravo) = (try Caller.manager("alfa").tenant, try Caller.manager("bravo").tenant)
            let before = try await yard.store.read {
                try CycleTable.kept(from: today, through: today, for: alfa, in: $0)
            }
            #expect(before == ["alfa-plant": .init(reviews: [today], meetings: [today])], "an interview is no finding")
            try await yard.walk(id)
            let after = try await yard.store.read {
                try CycleTable.kept(from: today, through: today, for: alfa, in: $0)
            }
            #expect(after["alfa-plant"]?.findings == [today])
            let begun = try await yard.store.read { try CycleTable.begun(for: alfa, in: $0) }
            #expect(begun == ["alfa-plant": today])
            let foreign = try await yard.store.read { reader in
                (
                    try CycleTable.kept(from: today, through: today, for: bravo, in: reader).count,
                    try CycleTable.begun(for: bravo, in: reader).count,
                    try CycleTable.reviews(from: today, for: bravo, in: reader).count
                )
            }
            #expect(foreign == (0, 0, 0))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("the register shows the worst that remains, what is due, and who has not read", arguments: StoreUnderTest.all)
    func lists(kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let book = try AssessmentBook(Handbook(shipped: SafetyData.folder))
            let id = try await yard.openAssessment()
            let hazard = try await yard.addHazard(id, "슬라이드에 끼인다")
            let control = try await yard.addControl(hazard, "engineering", likelihood: 2)
            try await yard.walk(id)
            try await yard.verify(control, "photo")
            try await yard.perform("safety.assessment.submit", ["assessment": .string(id)], by: .manager("alfa"))
            try await yard.perform(
                "safety.assessment.share", ["assessment": .string(id), "languages": [["language": "ko"]]],
                by: .manager("alfa"))
            let tenant = try Caller.manager("alfa").tenant
            func lines(_ band: RiskBand? = nil, firm: String = "alfa") async throws -> [AssessmentLine] {
                let (now, tenant) = (yard.clock.read(), try Caller.manager(firm).tenant)
                return try await yard.store.read {
                    try AssessmentLists.page(.init(band: band), at: now, for: tenant, in: $0).rows
                }
            }
            let now = try await lines()
            #expect(now.map(\.band) == [.medium])
            #expect(now.map(\.unread) == [2] && now.map(\.lateControls) == [0])
            #expect(try await lines(.severe).isEmpty)
            #expect(try await lines(firm: "bravo").isEmpty)
            let unread = try await yard.store.read {
                try AssessmentLists.unread(by: "alfa-worker-1", for: tenant, in: $0)
            }
            #expect(unread.map(\.id) == [id])
            let today = KoreanDay(yard.clock.read())
            for (day, due) in [(today + 364, []), (today + 365, ["2027-11-21"])] {
                let dues = try await yard.store.read {
                    try AssessmentLists.dues(by: day, book, for: tenant, in: $0)
                }
                #expect(dues.compactMap { $0.due(book) }.map(\.description) == due)
            }
            _ = try await yard.openAssessment(
                at: "press", ["kind": "changed", "work_starts": "2026-11-25T08:00:00+09:00"])
            let before = try await yard.store.read {
                try AssessmentLists.dues(by: today + 10, book, for: tenant, in: $0)
            }
            #expect(before.map(\.thing) == ["alfa-press"], "work that is about to change comes first")

            // A verification that has run out brings the inherent band back to the list without any event.
            yard.clock.advance(by: 40 * 86_400)
            let later = try await lines(.severe)
            #expect(later.map(\.assessment.id) == [id])
            #expect(later.map(\.lateControls) == [1])
            let counts = try await yard.store.read { [now = yard.clock.read()] in
                try AssessmentLists.counts(at: now, for: tenant, in: $0)
            }
            #expect(counts == [.severe: 1])
            let topics = try await yard.store.read { [now = yard.clock.read()] in
                try TodaysTopics.of("alfa-plant", at: now, for: tenant, in: $0)
            }
            #expect(topics == ["슬라이드에 끼인다"])
        }
    }

    @Test("the handbook is whole: hazards for nine workplaces, the sentences that its pages need")
    func handbook() throws {
        let book = Handbook(shipped: SafetyData.folder)
        let seeds = try HazardSeeds(book.read("assessments-seeds.json").json, file: "seeds")
        #expect(
            seeds.places.map(\.key) == [
                "press", "casting", "welding", "painting", "cold-store", "warehouse", "robot-cell", "confined",
                "height",
            ])
        for place in seeds.places {
            #expect(place.hazards.count >= 8, "\(place.key)")
            for seed in place.hazards {
                #expect(!seed.controls.isEmpty)
                #expect(seed.controls.contains { $0.step != .ppe }, "\(seed.id) has more than protective equipment")
                #expect(seed.citation.map { $0.contains("제") } ?? true)
            }
        }
        let ids = seeds.places.flatMap { $0.hazards.map(\.id) }
        #expect(Set(ids).count == ids.count)
        let phrases = try Phrases(book)
        for key in ["assess_read", "assess_ask", "assess_danger", "assess_measure", "read_confirm", "stop_no_penalty"]
            + RiskBand.allCases.map({ "risk_\($0.rawValue)" })
        {
            #expect(phrases.keys.contains(key), "\(key)")
        }
    }
}

/// The handbook as it ships.
private enum SafetyData {
    static var folder: String { (Bundle.module.resourcePath ?? "") + "/Data" }
}
