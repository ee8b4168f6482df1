import District
import Foundation
import Record
import Testing

@testable import Safety

@Suite("Serious accidents, by both definitions")
struct SeriousAccidentTests {
    static let law: IncidentLaw? = try? IncidentLaw(
        Handbook(
            shipped: "\(#filePath)".replacing("/Tests/SafetyTests/Incidents/SeriousAccidentTests.swift", with: "")
                + "/Sources/Safety/Data"))
    static let day = KoreanDay(number: 20_000)

    /// One person: care, months of care, days off.
    static func one(
        _ number: Int64, _ care: Injured.Care, months: Double? = nil, days: Int64? = nil, lost: Int64 = 0,
        disease: String? = nil, isIll: Bool = false, isBack: Bool = false
    ) -> Injured {
        Injured(
            number: number, care: care, isIll: isIll || disease != nil, nature: nil, disease: disease,
            expectedDays: days, lostDays: lost, careMonths: months, isBack: isBack)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let casualties: Casualties
        var before: [DiseaseCase] = []
        let osh: String, sapa: String
        var testDescription: String { name }
    }

    static let cases: [Case] = [
        Case(
            name: "one death is serious by both", casualties: Casualties(people: [one(1, .death)]), osh: "serious",
            sapa: "serious"),
        Case(
            name: "two people with 3 months are serious by the OSH Act alone",
            casualties: Casualties(people: [one(1, .hospital, months: 3), one(2, .hospital, months: 5)]),
            osh: "serious", sapa: "not-serious"),
        Case(
            name: "two people with 6 months are serious by both",
            casualties: Casualties(people: [one(1, .hospital, months: 6), one(2, .hospital, months: 6)]),
            osh: "serious", sapa: "serious"),
        Case(
            name: "one person with a year is not",
            casualties: Casualties(people: [one(1, .hospital, months: 12)]), osh: "not-serious", sapa: "not-serious"),
        Case(
            name: "2.9 months and 3 months are one short",
            casualties: Casualties(people: [one(1, .hospital, months: 2.9), one(2, .hospital, months: 3)]),
            osh: "not-serious", sapa: "not-serious"),
        Case(
            name: "ten hurt at once with first aid are serious by the OSH Act",
            casualties: Casualties(people: (1...10).map { one($0, .firstAid) }), osh: "serious", sapa: "not-serious"),
        Case(
            name: "nine hurt at once with first aid are not",
            casualties: Casualties(people: (1...9).map { one($0, .firstAid) }), osh: "not-serious",
            sapa: "not-serious"),
        Case(
            name: "one of whom nobody knows how badly may have died",
            casualties: Casualties(people: [one(1, .unknown)]), osh: "undecided", sapa: "undecided"),
        Case(
            name: "one counted and not described is never “not serious”",
            casualties: Casualties(people: [], injured: 1), osh: "undecided", sapa: "undecided"),
        Case(
            name: "two in hospital, months not known, are undecided",
            casualties: Casualties(people: [one(1, .hospital), one(2, .hospital)]), osh: "undecided",
            sapa: "undecided"),
        Case(
            name: "one with 7 months and one not known are undecided",
            casualties: Casualties(people: [one(1, .hospital, months: 7), one(2, .medical)]), osh: "undecided",
            sapa: "undecided"),
        Case(
            name: "first aid for one is not serious", casualties: Casualties(people: [one(1, .firstAid)]),
            osh: "not-serious", sapa: "not-serious"),
        Case(
            name: "the third heat stroke within a year is serious by SAPA",
            casualties: Casualties(people: [one(1, .hospital, months: 1, disease: "heat-stroke")]),
            before: [
                DiseaseCase(disease: "heat-stroke", day: day - 10), DiseaseCase(disease: "heat-stroke", day: day - 364),
            ], osh: "not-serious", sapa: "serious"),
        Case(
            name: "a case a year ago no longer counts",
            casualties: Casualties(people: [one(1, .hospital, months: 1, disease: "heat-stroke")]),
            before: [
                DiseaseCase(disease: "heat-stroke", day: day - 10), DiseaseCase(disease: "heat-stroke", day: day - 365),
            ], osh: "not-serious", sapa: "not-serious"),
        Case(
            name: "three different illnesses are not one",
            casualties: Casualties(people: [one(1, .hospital, months: 1, disease: "acute-lead")]),
            before: [
                DiseaseCase(disease: "heat-stroke", day: day - 10),
                DiseaseCase(disease: "oxygen-deficiency", day: day - 10),
            ], osh: "not-serious", sapa: "not-serious"),
        Case(
            name: "illnesses that are not listed never add up",
            casualties: Casualties(people: (1...3).map { one($0, .medical, months: 0.5, disease: "not-listed") }),
            osh: "not-serious", sapa: "not-serious"),
        Case(
            name: "an illness nobody has named may be the third",
            casualties: Casualties(people: [one(1, .medical, months: 0.5, isIll: true)]),
            before: [
                DiseaseCase(disease: "heat-stroke", day: day - 10), DiseaseCase(disease: "heat-stroke", day: day - 20),
            ], osh: "not-serious", sapa: "undecided"),
    ]

    @Test("each limb at its limit", arguments: cases)
    func limits(_ given: Case) throws {
        let law = try #require(Self.law)
        let found = IncidentFindings(given.casualties, on: Self.day, before: given.before, law: law)
        #expect(found.osh.text == given.osh)
        #expect(found.sapa.text == given.sapa)
    }

    @Test("what is not known is never called “not serious”, whatever else is known")
    func unknownNeverSafe() throws {
        let law = try #require(Self.law)
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let people = (0..<Int64.random(in: 0...8, using: &generator)).map { number in
                Self.one(
                    number + 1, [.firstAid, .medical, .hospital].randomElement(using: &generator) ?? .medical,
                    months: Double.random(in: 0...2, using: &generator))
            }
            let known = IncidentFindings(Casualties(people: people), on: Self.day, before: [], law: law)
            #expect(known.osh == .notSerious && known.sapa == .notSerious)
            let counted = Casualties(people: people, injured: Int64(people.count) + 1)
            let unknown = Casualties(people: people + [Self.one(Int64(people.count) + 1, .unknown)])
            for casualties in [counted, unknown] {
                let found = IncidentFindings(casualties, on: Self.day, before: [], law: law)
                #expect(found.osh != .notSerious && found.sapa != .notSerious, "\(casualties)")
                #expect(found.form30 != .notNeeded, "\(casualties)")
            }
        }
    }

    @Test(
        "Form 30: a death or three days off; unknown days are not “no”",
        arguments: [
            ([one(1, .death)], Form30.Need.needed), ([one(1, .medical, days: 3)], .needed),
            ([one(1, .medical, days: 2)], .notNeeded), ([one(1, .medical)], .undecided),
            ([one(1, .firstAid)], .notNeeded), ([one(1, .medical, days: 2, lost: 3)], .needed),
            ([one(1, .medical, lost: 2, isBack: true)], .notNeeded), ([one(1, .medical, lost: 2)], .undecided),
            ([one(1, .firstAid), one(2, .hospital, lost: 5)], .needed),
        ])
    func form30(_ people: [Injured], _ need: Form30.Need) {
        #expect(Form30.need(Casualties(people: people), days: 3) == need)
    }

    @Test(
        "Form 30 is due by the Korean calendar a month later, or on that month's last day",
        arguments: [
            ("2026-11-21T09:00:00+09:00", "2026-12-21"), ("2026-01-31T12:00:00+09:00", "2026-02-28"),
            ("2028-01-31T12:00:00+09:00", "2028-02-29"), ("2026-12-31T23:59:59+09:00", "2027-01-31"),
            // 15:30 UTC is already the next day in Korea.
            ("2026-11-30T15:30:00Z", "2027-01-01"),
        ])
    func due(_ occurred: String, _ due: String) throws {
        #expect(Form30.due(try #require(Timestamp(iso8601: occurred)), months: 1).description == due)
    }

    @Test("a call that was not made stands in red after its minutes; one that was made keeps its time")
    func calls() throws {
        let law = try #require(Self.law)
        let start = Self.day.start
        func standing(_ made: [(String, Timestamp)], _ minutes: Double, serious: Bool = true) -> AtOnceCalls {
            AtOnceCalls(
                Casualties(people: [Self.one(1, .hospital)]), occurred: start, mayBeSerious: serious,
                made: made.map { (to: $0.0, at: $0.1) }, law: law, now: start.advanced(bySeconds: minutes * 60))
        }
        #expect(standing([], 4).standings.map(\.isLate) == [false, false])
        #expect(standing([], 6).isOverdue)
        #expect(!standing([("fire119", start.advanced(bySeconds: 60))], 20).isOverdue)
        let late = standing(
            [("fire119", start.advanced(bySeconds: 60)), ("labour", start.advanced(bySeconds: 3600))], 90)
        #expect(!late.isOverdue, "nothing is left to call")
        #expect(late.standings.map(\.minutes) == [1, 60] && late.standings.map(\.isLate) == [false, true])
        #expect(standing([], 1, serious: false).standings.map(\.call.id) == ["fire119"])
    }
}
