import Access
import District
import Foundation
import Record
import Testing

@testable import Safety

@Suite("Duties: rules")
struct DutyRuleTests {
    let book: DutyBook
    let now = Timestamp(iso8601: "2026-11-21T09:00:00+09:00") ?? Timestamp(microseconds: 0)
    let second = HalfYear(year: 2026, half: 2)

    init() throws { book = try DutyStoryTests.book() }

    static func firm(_ headcount: Int?, _ industry: String? = "C25112", _ traits: [FirmTrait: Bool] = [:])
        -> FirmProfile
    {
        FirmProfile(
            firm: "alfa", name: "alfa", headcount: headcount, industry: industry.flatMap { IndustryCode($0) },
            address: nil, traits: traits)
    }

    static let plain: [FirmTrait: Bool] = [.contracting: false, .confined: false, .foreign: false, .topBuilder: false]

    func evidence(
        _ duty: String, _ period: HalfYear, day: String = "2026-11-20", subject: String? = nil,
        at: String = "2026-11-20T10:00:00+09:00", withdrawn: Bool = false
    ) throws -> DutyEvidence {
        DutyEvidence(
            id: "\(duty)-\(day)-\(subject ?? "")", firm: "alfa", duty: duty, period: period,
            day: try #require(KoreanDay(day)), kind: "policy", file: "f", source: nil, hash: "f", subject: subject,
            note: nil, author: nil, at: try #require(Timestamp(iso8601: at)), isLate: false,
            keptUntil: period.last, withdrawn: withdrawn ? now : nil, forgotten: nil)
    }

    func board(
        _ firm: FirmProfile, _ evidence: [DutyEvidence] = [], period: HalfYear? = nil,
        signatures: [DutySignature] = [], triggers: [DutyTrigger] = [], contracts: [ClosedRange<KoreanDay>] = []
    ) -> DutyBoard {
        DutyBoard(
            book, firm: firm, period: period ?? second, evidence: evidence, signatures: signatures, triggers: triggers,
            contracts: contracts, now: now)
    }

    func state(_ board: DutyBoard, _ duty: String) -> DutyBoard.State? {
        board.standings.first { $0.duty.id == duty }?.state
    }

    @Test("which duties hold follows from size and business; what is not known makes none go away")
    func applies() {
        func held(_ firm: FirmProfile) -> [String: Duty.Holding] {
            Dictionary(uniqueKeysWithValues: board(firm).standings.map { ($0.duty.id, $0.holding) })
        }
        #expect(held(Self.firm(4, traits: Self.plain))["sapa-d4-1"] == nil)
        #expect(held(Self.firm(5, traits: Self.plain))["sapa-d4-1"] == .yes)
        #expect(held(Self.firm(nil))["sapa-d4-1"] == .unknown)
        #expect(held(Self.firm(4, traits: Self.plain))["osh-36"] == .yes)
        #expect(held(Self.firm(499, traits: Self.plain))["sapa-d4-2"] == nil)
        #expect(held(Self.firm(500, traits: Self.plain))["sapa-d4-2"] == .yes)
        #expect(held(Self.firm(80, "F41", [.topBuilder: true]))["sapa-d4-2"] == .yes)
        #expect(held(Self.firm(80, "F41"))["sapa-d4-2"] == .unknown)
        #expect(held(Self.firm(19, traits: Self.plain))["sapa-d4-6"] == nil)
        #expect(held(Self.firm(20, traits: Self.plain))["sapa-d4-6"] == .yes)
        #expect(held(Self.firm(49, "H52102", Self.plain))["sapa-d4-6"] == nil)
        #expect(held(Self.firm(50, "H52102", Self.plain))["sapa-d4-6"] == .yes)
        #expect(held(Self.firm(40, nil, Self.plain))["sapa-d4-6"] == .unknown)
        #expect(held(Self.firm(40, "C25", [.contracting: true]))["osh-64-patrol"] == .yes)
        #expect(held(Self.firm(40, "C25", [.contracting: true]))["osh-64-patrol-weekly"] == nil)
        #expect(held(Self.firm(40, "H52", [.contracting: true]))["osh-64-patrol-weekly"] == .yes)
        #expect(held(Self.firm(40, "H52", [.contracting: false]))["osh-64-council"] == nil)
        // In force from 8 January 2027.
        #expect(held(Self.firm(40, "C25", [.foreign: true]))["osh-31-2"] == nil)
        let later = board(Self.firm(40, "C25", [.foreign: true]), period: HalfYear(year: 2027, half: 1))
        #expect(later.standings.contains { $0.duty.id == "osh-31-2" })
    }

    @Test("evidence counts for its half-year, its year, or from then on, by the duty's rhythm")
    func rhythm() throws {
        let firm = Self.firm(600, traits: Self.plain)
        let first = HalfYear(year: 2026, half: 1), before = HalfYear(year: 2025, half: 2)
        #expect(state(board(firm, [try evidence("sapa-d4-5", first)]), "sapa-d4-5") == .lacking)
        #expect(state(board(firm, [try evidence("sapa-d4-5", second)]), "sapa-d4-5") == .unsigned)
        #expect(state(board(firm, [try evidence("sapa-d4-1", first)]), "sapa-d4-1") == .unsigned)
        #expect(state(board(firm, [try evidence("sapa-d4-1", before)]), "sapa-d4-1") == .lacking)
        #expect(state(board(firm, period: first), "sapa-d4-1") == .lacking)
        #expect(state(board(firm, period: first), "sapa-d4-4") == .notDue)
        #expect(state(board(firm), "sapa-d4-4") == .lacking)
        #expect(state(board(firm, [try evidence("sapa-d4-2", before)]), "sapa-d4-2") == .unsigned)
        #expect(state(board(firm, [try evidence("sapa-d4-2", before, withdrawn: true)]), "sapa-d4-2") == .lacking)
        #expect(state(board(firm, [try evidence("sapa-d4-2", second)], period: before), "sapa-d4-2") == .lacking)
        #expect(state(board(firm, [try evidence("osh-37-2", second)]), "osh-37-2") == .complete)
    }

    @Test("a signature stands under the evidence that was there; it must be the right hand's and come after")
    func signature() throws {
        let firm = Self.firm(42, traits: Self.plain)
        func signed(_ role: Duty.Signer, at: String) throws -> DutyBoard.State? {
            let signature = DutySignature(
                duty: "sapa-d4-5", period: second, signer: "p", role: role, at: try #require(Timestamp(iso8601: at)))
            return state(board(firm, [try evidence("sapa-d4-5", second)], signatures: [signature]), "sapa-d4-5")
        }
        #expect(try signed(.executive, at: "2026-11-20T10:00:01+09:00") == .complete)
        #expect(try signed(.executive, at: "2026-11-20T09:59:59+09:00") == .unsigned)
        #expect(try signed(.manager, at: "2026-11-20T10:00:01+09:00") == .unsigned)
    }

    @Test("a duty due on an event is due once for each, until an answer names that one")
    func onEvent() throws {
        let firm = Self.firm(42, traits: Self.plain)
        func trigger(_ subject: String, _ at: String) throws -> DutyTrigger {
            DutyTrigger(duty: "osh-57", subject: subject, at: try #require(Timestamp(iso8601: at)))
        }
        let two = [try trigger("i1", "2026-08-01T00:00:00Z"), try trigger("i2", "2026-09-01T00:00:00Z")]
        #expect(state(board(firm), "osh-57") == .notDue)
        #expect(state(board(firm, triggers: two), "osh-57") == .lacking)
        let one = try evidence("osh-57", second, subject: "i1")
        let half = try #require(
            board(firm, [one], triggers: two).standings.first { $0.duty.id == "osh-57" })
        #expect(half.state == .lacking)
        #expect(half.share == .init(done: 1, due: 2))
        let both = [one, try evidence("osh-57", second, subject: "i2")]
        #expect(state(board(firm, both, triggers: two), "osh-57") == .unsigned)
        // What was not answered in its half-year stays due in the next.
        let old = [try trigger("i0", "2026-03-01T00:00:00Z")]
        #expect(state(board(firm, triggers: old), "osh-57") == .lacking)
        let answered = try evidence("osh-57", HalfYear(year: 2026, half: 1), subject: "i0")
        #expect(state(board(firm, [answered], triggers: old), "osh-57") == .notDue)
    }

    @Test("a duty that runs on asks for each span that is over and touched by contracted work")
    func running() throws {
        let firm = Self.firm(42, "C25", [.contracting: true, .confined: false, .foreign: false, .topBuilder: false])
        func share(_ duty: String, _ days: [String], _ contracts: [ClosedRange<KoreanDay>] = []) throws -> DutyBoard
            .Share?
        {
            let all = try days.map { try evidence(duty, second, day: $0) }
            return board(firm, all, contracts: contracts).standings.first { $0.duty.id == duty }?.share
        }
        // July to October are over; November is not.
        #expect(try share("osh-64-council", []) == .init(done: 0, due: 4))
        #expect(
            try share("osh-64-council", ["2026-07-31", "2026-08-01", "2026-08-31", "2026-11-02"])
                == .init(done: 2, due: 4))
        let october = try #require(KoreanDay("2026-10-05"))...(try #require(KoreanDay("2027-03-01")))
        #expect(try share("osh-64-council", ["2026-10-06"], [october]) == .init(done: 1, due: 1))
        #expect(try share("osh-64-joint", []) == .init(done: 0, due: 1))
        let patrols = Duty.Rhythm.everyTwoDays.spans(in: second)
        #expect(patrols.count == 66)
        #expect(patrols.allSatisfy { !$0.lowerBound.isWeekend && !$0.upperBound.isWeekend })
        #expect(patrols.first == (try #require(KoreanDay("2026-07-01")))...(try #require(KoreanDay("2026-07-02"))))
        let weeks = Duty.Rhythm.weekly.spans(in: second)
        #expect(weeks.count == 26)
        #expect(weeks.first?.lowerBound == KoreanDay("2026-06-29"))
        #expect(weeks.last?.upperBound == KoreanDay("2026-12-27"))
    }

    @Test(
        "half-years begin and end at midnight in Korea",
        arguments: [
            ("2026-06-30T14:59:59Z", "2026-H1", 1), ("2026-06-30T15:00:00Z", "2026-H2", 184),
            ("2026-12-31T14:59:59Z", "2026-H2", 1), ("2026-12-31T15:00:00Z", "2027-H1", 181),
            ("2028-02-29T00:00:00Z", "2028-H1", 123),
        ])
    func halfYear(moment: String, name: String, left: Int) throws {
        let moment = try #require(Timestamp(iso8601: moment))
        let period = HalfYear(moment)
        #expect(period.description == name)
        #expect(period.daysLeft(at: moment) == left)
        #expect(HalfYear(name) == period)
        #expect(period.next.previous == period)
        #expect(HalfYear(period.end) == period.next)
    }

    @Test(
        "a half-year's name is read strictly",
        arguments: ["2026", "2026-H3", "2026-H", "26-H1", "2026-H1-", "", "H1-2026"])
    func notHalfYear(text: String) { #expect(HalfYear(text) == nil) }

    @Test("evidence of SAPA's duties is kept five years, a risk assessment three, and longer while a hold is on it")
    func retention() throws {
        #expect(book["sapa-d4-3"]?.years == 5)
        #expect(book["osh-36"]?.years == 3)
        let day = try #require(KoreanDay("2026-11-20"))
        #expect(Retention.until(5, period: second, day: day).description == "2032-01-01")
        #expect(Retention.until(3, period: second, day: day).description == "2030-01-01")
        let until = try #require(KoreanDay("2026-11-22"))
        #expect(Retention.refusal(keptUntil: until, holds: [], now: now)?.code == "evidence.retained")
        #expect(Retention.refusal(keptUntil: until - 1, holds: [], now: now) == nil)
        #expect(Retention.refusal(keptUntil: until - 1, holds: ["h"], now: now)?.code == "evidence.held")
    }

    @Test(
        "every rule of the table carries its citation and the day of its text, and none that is mere knowledge is law")
    func table() {
        #expect(book.duties.count >= 20)
        for duty in book.duties {
            #expect(KoreanDay(duty.text) != nil, "\(duty.id)")
            #expect(duty.years == 3 || duty.years == 5, "\(duty.id)")
            #expect(duty.id.hasPrefix("sapa") == (duty.years == 5 && duty.id.hasPrefix("sapa")), "\(duty.id)")
        }
        let all = DutyBoard(
            book, firm: Self.firm(nil, nil), period: second, evidence: [], signatures: [], triggers: [], now: now)
        #expect(!all.lacking.contains { $0.duty.mark == .advice })
        #expect(all.standings.contains { $0.duty.mark == .advice })
        #expect(all.tally.required > 15 && all.tally.evidenced == 0)
    }

    @Test("a district's own table comes first, and one that cannot be used stops the start by name")
    func corrections() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "duties-\(UUID())").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        func read(_ text: String) throws -> DutyBook {
            try text.write(toFile: "\(folder)/duties.json", atomically: true, encoding: .utf8)
            return try DutyBook(Handbook(shipped: Bundle.safetyData, corrections: folder))
        }
        let good = """
            {"kinds":{"p":{"ko":"가","en":"a"}},"duties":[{"id":"x","citation":{"ko":"가","en":"a"},"text":"2026-01-01",\
            "mark":"law","title":{"ko":"가","en":"a"},"demands":{"ko":"가","en":"a"},"period":"halfYear","signer":null,\
            "evidence":["p"],"applies":[{}],"keep":3}]}
            """
        let corrected = try read(good)
        #expect(corrected.duties.map(\.id) == ["x"])
        #expect(corrected.edition != book.edition)
        for (part, wrong) in [
            ("\"mark\":\"law\"", "\"mark\":\"rumour\""), ("\"halfYear\"", "\"sometimes\""), ("[\"p\"]", "[\"q\"]"),
            ("2026-01-01", "yesterday"), ("\"keep\":3", "\"keep\":0"), ("[{}]", "[]"), ("[{}]", "[{\"size\":5}]"),
            ("\"signer\":null", "\"signer\":\"nobody\""),
        ] {
            #expect(throws: HandbookError.self, "\(wrong)") { try read(good.replacing(part, with: wrong)) }
        }
    }
}

extension DutyRuleTests {
    static func firm(_ headcount: Int?, traits: [FirmTrait: Bool]) -> FirmProfile { firm(headcount, "C25112", traits) }
}
