import Access
import District
import Record
import Testing

@testable import Safety

@Suite("Training: the rule")
struct TrainingRuleTests {
    private let courses: TrainingCourses
    init() throws { courses = try TrainingCourses(ShippedBook.handbook) }

    private func day(_ text: String) throws -> KoreanDay { try #require(KoreanDay(text)) }

    private func standing(
        _ course: String, _ hours: [(String, Double)], _ certificates: [(String, String?)] = [], on text: String
    ) throws -> TrainingStanding {
        TrainingStanding.judge(
            try #require(courses[course]), hours: try hours.map { .init(day: try day($0.0), hours: $0.1) },
            certificates: try certificates.map { .init(issued: try day($0.0), through: try $0.1.map(day)) },
            on: try day(text))
    }

    @Test("the law's hours stand in the handbook: 6 and 12 a half-year, 16 a year, 16 for special work")
    func lawfulHours() throws {
        #expect(courses["regular-office"]?.rule == .periodic(hours: 6, .half))
        #expect(courses["regular-worker"]?.rule == .periodic(hours: 12, .half))
        #expect(courses["supervisor"]?.rule == .periodic(hours: 16, .year))
        #expect(courses["special-work"]?.rule == .once(hours: 16))
        #expect(courses["foreign-worker"]?.begins?.description == "2027-01-08")
    }

    @Test("what lasts a year lasts to its last day and not one day more")
    func renewed() throws {
        #expect(try standing("confined-space", [("2025-11-21", 4)], on: "2026-11-21").state == .expiring)
        #expect(try standing("confined-space", [("2025-11-21", 4)], on: "2026-11-22").state == .missing)
        #expect(try standing("confined-space", [("2026-11-20", 3.75)], on: "2026-11-21").state == .missing)
        #expect(
            try standing("confined-space", [("2026-02-01", 2), ("2026-11-01", 2)], on: "2026-11-21").through
                == day("2027-02-01"))
        #expect(try standing("confined-space", [("2026-11-22", 4)], on: "2026-11-21").state == .missing)
    }

    @Test("thirty days before its end it is said to be ending")
    func ending() throws {
        #expect(try standing("loto", [], [("2026-01-01", "2026-12-21")], on: "2026-11-21").state == .expiring)
        #expect(try standing("loto", [], [("2026-01-01", "2026-12-22")], on: "2026-11-21").state == .held)
        #expect(try standing("loto", [], [("2026-01-01", "2026-11-20")], on: "2026-11-21").state == .missing)
        #expect(try standing("loto", [], [("2026-01-01", nil)], on: "2066-11-21").state == .held)
    }

    @Test("hours of a half-year hold until the next one is over")
    func periodic() throws {
        #expect(try standing("regular-worker", [("2026-06-30", 12)], on: "2026-12-31").isValid)
        #expect(try !standing("regular-worker", [("2026-06-30", 12)], on: "2027-01-01").isValid)
        #expect(try !standing("regular-worker", [("2026-06-30", 6), ("2026-07-01", 6)], on: "2026-07-02").isValid)
        #expect(try standing("supervisor", [("2025-03-02", 16)], on: "2026-12-31").isValid)
        #expect(try !standing("supervisor", [("2025-03-02", 16)], on: "2027-01-01").isValid)
    }

    @Test("foreign workers' training is asked for from its day on")
    func begins() throws {
        let course = try #require(courses["foreign-worker"])
        var evidence = TrainingTable.Evidence()
        evidence.needs["foreign-worker"] = true
        #expect(try !evidence.needs(course, roles: [.worker], on: day("2027-01-07")))
        #expect(try evidence.needs(course, roles: [.worker], on: day("2027-01-08")))
    }
}
