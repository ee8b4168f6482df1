import District
import Record
import Testing

@testable import Alliance

@Suite("How investment stands")
struct InvestmentRuleTests {
    private static func day(_ number: Int64) -> KoreanDay { KoreanDay(number: number) }

    private static func count(
        _ day: Int64, kept: Int64, case id: String = "c", programme: String = JobCount.whole, youth: Int64? = nil,
        rule: String = "", skilled: Int64? = nil
    ) -> JobCount {
        JobCount(
            id: "\(day)", caseID: id, programme: programme, day: Self.day(day), created: kept + 2, kept: kept,
            youth: youth, skilled: skilled, youthRule: rule, source: "s")
    }

    @Test(
        "a stage becomes any other but where it is lost or operates",
        arguments: [
            (InvestmentStage.lead, .visit, true), (.lead, .construction, true), (.permit, .visit, true),
            (.permit, .lost, true), (.permit, .permit, false), (.lost, .lead, true), (.lost, .permit, false),
            (.operating, .lost, true), (.operating, .permit, false),
        ] as [(InvestmentStage, InvestmentStage, Bool)])
    func stage(_ from: InvestmentStage, _ to: InvestmentStage, _ expected: Bool) {
        #expect(from.mayBecome(to) == expected)
    }

    @Test("a condition is kept or broken by a count from its day on alone; without one it is unknown")
    func standing() {
        let incentive = Incentive(
            id: "i", caseID: "c", what: "x", promised: 100, paid: 100, due: Self.day(50), jobs: 10,
            jobsBy: Self.day(100))
        let cases: [(Int64, [JobCount], Incentive.Standing)] = [
            (100, [], .pending), (101, [], .unknown), (101, [Self.count(99, kept: 20)], .unknown),
            (101, [Self.count(100, kept: 10)], .kept), (101, [Self.count(100, kept: 7)], .broken(short: 3)),
            (120, [Self.count(100, kept: 7), Self.count(110, kept: 12)], .kept),
            (101, [Self.count(100, kept: 20, programme: "p")], .unknown),
        ]
        for (today, counts, expected) in cases {
            #expect(incentive.standing(on: Self.day(today), counts: counts) == expected, "\(today)")
        }
        let plain = Incentive(
            id: "i", caseID: "c", what: "x", promised: 100, paid: 40, due: Self.day(50), jobs: nil, jobsBy: nil)
        #expect(plain.standing(on: Self.day(50), counts: []) == .pending)
        #expect(plain.standing(on: Self.day(51), counts: []) == .unpaid)
    }

    @Test("totals take each firm's newest count, keep ages of different laws apart, and make no zero of the uncounted")
    func totals() {
        let total = JobTotal([
            Self.count(1, kept: 5, case: "a", youth: 2, rule: "15-34"),
            Self.count(9, kept: 8, case: "a", youth: 4, rule: "15-34", skilled: 3),
            Self.count(3, kept: 6, case: "b", youth: 1, rule: "19-34"), Self.count(3, kept: 7, case: "c"),
        ])
        #expect(total.firms == 3 && total.kept == 21 && total.created == 27)
        #expect(total.youth["15-34"]?.jobs == 4 && total.youth["15-34"]?.firms == 1)
        #expect(total.youth["19-34"]?.jobs == 1)
        #expect(total.skilled == 3 && total.skilledFirms == 1)
    }

    @Test(
        "a row beside another tells of one to four firms by their difference, and of nobody where they are apart",
        arguments: [
            (6, 5, true), (9, 5, true), (10, 5, false), (5, 5, false), (5, 6, true), (10, 0, false),
        ] as [(Int, Int, Bool)])
    func tells(_ whole: Int, _ own: Int, _ expected: Bool) {
        func counts(_ firms: Int) -> [JobCount] { (0..<firms).map { Self.count(1, kept: 5, case: "c\($0)") } }
        #expect(JobCount.tells(counts(own), beside: counts(whole)) == expected)
        #expect(!JobCount.tells([Self.count(1, kept: 5, case: "other")], beside: counts(whole)))
    }

    private static func found(
        _ kind: InvestmentKind = .domestic, _ size: InvestmentSize = .small, headcount: Int64? = 30, jobs: Int64? = 25,
        tasks: Set<InvestmentTask> = [.hiring]
    ) -> InvestmentCase {
        InvestmentCase(
            id: "c", name: "n", firm: nil, scope: .zone, kind: kind, size: size, headcount: headcount, sector: "s",
            amount: nil, jobs: jobs, tasks: tasks, stage: .lead, since: Self.day(1))
    }

    @Test(
        "hard filters come first, what is not known is asked, and each scheme has a source and the day it was checked")
    func national() throws {
        let national = try NationalProgrammes(Handbook(shipped: Alliance.shippedData))
        func ids(_ found: InvestmentCase, fit: Bool = true) -> Set<String> {
            Set(
                national.matches(found).filter { entry in
                    if case .fits = entry.match { fit } else { !fit }
                }.map(\.programme.id))
        }
        #expect(ids(Self.found()) == ["regional-investment-subsidy", "youth-employment"])
        #expect(!ids(Self.found(jobs: 19)).contains("regional-investment-subsidy"))
        #expect(ids(Self.found(jobs: nil), fit: false) == ["regional-investment-subsidy"])
        #expect(ids(Self.found(headcount: nil), fit: false) == ["youth-employment"])
        #expect(ids(Self.found(headcount: 4)) == ["regional-investment-subsidy"])
        #expect(ids(Self.found(.foreign)) == ["foreign-cash-grant", "youth-employment"])
        #expect(ids(Self.found(tasks: [.safety])) == ["clean-workplace"])
        #expect(ids(Self.found(headcount: 50, tasks: [.safety])).isEmpty)
        #expect(ids(Self.found(.domestic, .large, tasks: [.digital])).isEmpty)
        for programme in national.programmes {
            #expect(!programme.source.ko.isEmpty && programme.address.hasPrefix("http"), "\(programme.id)")
            #expect(KoreanDay(programme.checked) != nil, "\(programme.id)")
        }
        #expect(throws: HandbookError.self) { try NationalProgrammes(Handbook(shipped: "/nowhere")) }
    }
}
