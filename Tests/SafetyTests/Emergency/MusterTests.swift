import Record
import TestKit
import Testing

@testable import Safety

@Suite("Accounting for everyone")
struct MusterTests {
    static let start = Timestamp(microseconds: 1_763_683_200_000_000)

    static func mark(
        _ status: Muster.Status, by: String, _ minute: Double, order: Int64, isSelf: Bool = false
    ) -> Muster.Mark {
        Muster.Mark(
            status: status, by: by, isSelf: isSelf, seen: start.advanced(bySeconds: minute * 60), order: order)
    }

    @Test("unknown is never safe; one who saw is enough; two who saw alike are one")
    func simple() {
        #expect(Muster.standing([]).standing == .unknown)
        #expect(Muster.standing([Self.mark(.safe, by: "a", 1, order: 1)]).standing == .safe)
        #expect(Muster.standing([Self.mark(.missing, by: "a", 1, order: 1)]).standing == .missing)
        #expect(
            Muster.standing([Self.mark(.safe, by: "a", 1, order: 1), Self.mark(.safe, by: "b", 2, order: 2)]).standing
                == .safe)
    }

    @Test("safe by one and missing by another is a conflict, in whatever order they arrive, until somebody rules")
    func conflict() {
        let (a, b) = (Self.mark(.safe, by: "a", 5, order: 1), Self.mark(.missing, by: "b", 3, order: 2))
        #expect(Muster.standing([a, b]).standing == .conflict([.safe, .missing]))
        #expect(Muster.standing([b, a]).standing == .conflict([.safe, .missing]))
        let ruling = Muster.Ruling(status: .safe, at: Self.start.advanced(bySeconds: 600), order: 3)
        #expect(Muster.standing([a, b], ruling: ruling).standing == .safe)
        let late = Self.mark(.injured, by: "c", 4, order: 4)
        #expect(
            Muster.standing([a, b, late], ruling: ruling).standing == .conflict([.safe, .injured]),
            "what arrives after the ruling is not swallowed, whenever it was seen")
        let alike = Self.mark(.safe, by: "c", 4, order: 4)
        #expect(Muster.standing([a, b, alike], ruling: ruling).standing == .safe)
    }

    @Test("of one who marked twice, what they saw last counts, by when they saw it and not by when it arrived")
    func sameMarker() {
        let first = Self.mark(.missing, by: "a", 2, order: 2)
        let second = Self.mark(.safe, by: "a", 7, order: 1)
        #expect(Muster.standing([second, first]).standing == .safe)
        #expect(Muster.standing([first, second]).standing == .safe)
    }

    @Test("“I am safe” is what somebody says of themself: not yet seen; “I am hurt” counts at once")
    func own() {
        let safe = Self.mark(.safe, by: "me", 1, order: 1, isSelf: true)
        #expect(Muster.standing([safe]).standing == .selfReported)
        #expect(Muster.standing([safe, Self.mark(.safe, by: "a", 2, order: 2)]).standing == .safe)
        #expect(
            Muster.standing([safe, Self.mark(.missing, by: "a", 2, order: 2)]).standing == .conflict([.safe, .missing]))
        #expect(Muster.standing([Self.mark(.injured, by: "me", 1, order: 1, isSelf: true)]).standing == .injured)
    }

    @Test("no order of arrival makes anyone safe whom somebody saw otherwise: false-safe is zero")
    func falseSafe() {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<3000 {
            let marks = (0..<Int.random(in: 0...6, using: &generator)).map { index in
                Self.mark(
                    Muster.Status.allCases.randomElement(using: &generator) ?? .safe,
                    by: ["a", "b", "c"].randomElement(using: &generator) ?? "a",
                    Double(Int.random(in: 0...9, using: &generator)), order: Int64(index + 1),
                    isSelf: false)
            }
            let standing = Muster.standing(marks).standing
            #expect(standing == Muster.standing(marks.shuffled(using: &generator)).standing, "seed \(seed)")
            guard standing == .safe else { continue }
            // Everyone who marked said “safe” with what they saw last.
            for by in Set(marks.map(\.by)) {
                let last = marks.filter { $0.by == by }.max { ($0.seen, $0.order) < ($1.seen, $1.order) }
                #expect(last?.status == .safe, "seed \(seed): \(marks)")
            }
        }
    }

    @Test("a site with a manual owes a drill each half-year, and confined rescue by itself; without one it owes none")
    func drills() {
        func manual(_ scenario: String) -> EmergencyManual {
            EmergencyManual(
                site: "s", scenario: scenario, version: 1, scope: .firm("f"), steps: [], assembly: [],
                published: Self.start, event: nil)
        }
        func drill(_ scenario: String, _ held: String?) -> Drill {
            Drill(
                id: scenario, scope: .firm("f"), site: "s", scenario: scenario, due: KoreanDay(Self.start),
                held: held.flatMap { KoreanDay($0) })
        }
        func late(_ manuals: [String], _ drills: [Drill], _ day: String) -> [Bool] {
            DrillRule.dues("s", manuals: manuals.map(manual), drills: drills, months: 6)
                .map { $0.isLate(on: KoreanDay(day) ?? KoreanDay(Self.start)) }
        }
        #expect(late([], [], "2026-11-21").isEmpty)
        #expect(late(["fire"], [], "2026-11-21") == [true])
        #expect(late(["fire"], [drill("fire", nil)], "2026-11-21") == [true], "a planned drill is none")
        #expect(late(["fire"], [drill("fire", "2026-05-21")], "2026-11-21") == [false])
        #expect(late(["fire"], [drill("fire", "2026-05-21")], "2026-11-22") == [true])
        #expect(late(["fire", "confined"], [drill("fire", "2026-05-21")], "2026-11-21") == [false, true])
        #expect(late(["confined"], [drill("confined", "2026-05-21")], "2026-11-21") == [false, false])
    }

    @Test("the time to account for everyone ends when the last was seen, and is nothing before")
    func time() {
        func entry(_ standing: Muster.Standing, _ minute: Double) -> Roster.Entry {
            Roster.Entry(
                id: "p-\(minute)", kind: .worker, person: nil, standing: standing,
                since: Self.start.advanced(bySeconds: minute * 60))
        }
        let all = Roster(entries: [entry(.safe, 3), entry(.injured, 8), entry(.safe, 5)])
        #expect(all.secondsToAccount(from: Self.start) == 480)
        #expect(all.unaccounted.map(\.standing) == [.injured], "who is hurt was seen, and is not safe")
        for open in [Muster.Standing.unknown, .missing, .selfReported, .conflict([.safe, .missing])] {
            #expect(Roster(entries: all.entries + [entry(open, 1)]).secondsToAccount(from: Self.start) == nil)
            #expect(Roster(entries: [entry(open, 1)]).unaccounted.count == 1)
        }
    }
}
