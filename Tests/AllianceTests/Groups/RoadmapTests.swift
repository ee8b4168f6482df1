import District
import Record
import Testing

@testable import Alliance

@Suite("A roadmap: what is late, what it pushes, how much is done")
struct RoadmapTests {
    static let today = KoreanDay(number: 20_000)

    static func milestone(
        _ id: String, due: Int64, needs: [String] = [], work: Int64 = 0, state: Milestone.State = .open,
        ended: Int64? = nil, layer: RoadmapLayer = .product, group: String = "g", title: String? = nil
    ) -> Milestone {
        Milestone(
            id: id, group: group, title: Words(title ?? id, title ?? id), layer: layer, owner: "m", due: today + due,
            firstDue: today + due, work: work, needs: needs, state: state, slipped: nil, why: nil,
            ended: ended.map { today + $0 }, note: nil)
    }

    @Test(
        "what would come to need itself is found with its way",
        arguments: [
            (["c"], ["a", "c", "b", "a"]), (["b"], ["a", "b", "a"]), (["a"], ["a", "a"]), (["d"], nil), ([], nil),
            (["d", "c"], ["a", "c", "b", "a"]),
        ] as [([String], [String]?)])
    func cycle(needs: [String], way: [String]?) {
        let roadmap = Roadmap([
            Self.milestone("a", due: 0), Self.milestone("b", due: 1, needs: ["a"]),
            Self.milestone("c", due: 2, needs: ["b"]), Self.milestone("d", due: 3),
        ])
        #expect(roadmap.cycle(from: "a", needing: needs) == way)
    }

    @Test(
        "when a milestone may be expected",
        arguments: [
            // In time and needing nothing: its due day. Late: today.
            ([milestone("a", due: 5)], ["a": 5]), ([milestone("a", due: -5)], ["a": 0]),
            // After what it needs and the work that remains, but never before its own day.
            ([milestone("a", due: -5), milestone("b", due: 10, needs: ["a"], work: 30)], ["a": 0, "b": 30]),
            ([milestone("a", due: -5), milestone("b", due: 40, needs: ["a"], work: 30)], ["a": 0, "b": 40]),
            // What was reached counts by the day it was.
            (
                [
                    milestone("a", due: -5, state: .reached, ended: -20),
                    milestone("b", due: 5, needs: ["a"], work: 22),
                ], ["a": -20, "b": 5]
            ),
            // What needs something given up, or unknown, cannot be told; nor can what needs that.
            (
                [
                    milestone("a", due: 1, state: .dropped, ended: 0), milestone("b", due: 5, needs: ["a"]),
                    milestone("c", due: 9, needs: ["b"]), milestone("d", due: 9),
                ], ["d": 9]
            ),
            ([milestone("b", due: 5, needs: ["nowhere"])], [:]),
            // Of several the last decides.
            (
                [
                    milestone("a", due: -5), milestone("b", due: 20),
                    milestone("c", due: 21, needs: ["a", "b"], work: 3),
                ], ["a": 0, "b": 20, "c": 23]
            ),
        ] as [([Milestone], [String: Int64])])
    func expected(milestones: [Milestone], days: [String: Int64]) {
        let expected = Roadmap(milestones).expected(on: Self.today)
        #expect(expected.mapValues { $0.number - Self.today.number } == days)
    }

    @Test("a late milestone pushes what would have been earlier without it, and by how many days")
    func pushes() {
        let roadmap = Roadmap([
            Self.milestone("late", due: -9), Self.milestone("next", due: 40, needs: ["late"], work: 45),
            Self.milestone("last", due: 50, needs: ["next"], work: 8),
            Self.milestone("slack", due: 200, needs: ["late"], work: 60), Self.milestone("apart", due: -3),
        ])
        #expect(
            roadmap.pushed(by: "late", on: Self.today) == [
                .init(milestone: "next", days: 5, expected: Self.today + 45),
                .init(milestone: "last", days: 3, expected: Self.today + 53),
            ])
        #expect(roadmap.pushed(by: "next", on: Self.today).isEmpty, "what is in time pushes nothing")
        #expect(roadmap.dependents(of: "late") == ["next", "last", "slack"])
        #expect(roadmap.pushed(by: "apart", on: Self.today).isEmpty)
    }

    @Test("the chain that decides the end leads back along what leaves least slack")
    func chain() {
        let roadmap = Roadmap([
            Self.milestone("a", due: 10), Self.milestone("b", due: 30), Self.milestone("short", due: 5),
            Self.milestone("c", due: 60, needs: ["a", "b"], work: 20),
            Self.milestone("d", due: 65, needs: ["c", "short"], work: 5),
        ])
        #expect(
            roadmap.chain(of: "g", on: Self.today) == [
                .init(milestone: "b", expected: Self.today + 30, slack: 10),
                .init(milestone: "c", expected: Self.today + 60, slack: 0),
                .init(milestone: "d", expected: Self.today + 65, slack: nil),
            ])
        #expect(roadmap.chain(of: "other", on: Self.today).isEmpty)
    }

    @Test("how much is done leaves out what was given up, and is unknown where there is nothing")
    func done() {
        let roadmap = Roadmap([
            Self.milestone("a", due: 0, state: .reached), Self.milestone("b", due: 0),
            Self.milestone("c", due: 0, state: .dropped), Self.milestone("d", due: 0),
            Self.milestone("e", due: 0, state: .dropped, group: "h"),
        ])
        #expect(roadmap.done(of: "g") == 33)
        #expect(roadmap.done(of: "h") == nil)
    }

    @Test("it slips once for each due day")
    func slips() {
        let late = Self.milestone("a", due: -1)
        #expect(late.slips(on: Self.today) && !Self.milestone("b", due: 0).slips(on: Self.today))
        #expect(!Self.milestone("c", due: -1, state: .reached).slips(on: Self.today))
        #expect(late.daysLate(on: Self.today) == 1 && Self.milestone("b", due: 3).daysLate(on: Self.today) == 0)
    }

    @Test("a chain as long as the tables allow is told without end")
    func long() {
        let milestones = (0..<5000).map { (index: Int) -> Milestone in
            let needs = index > 0 ? ["m\(index - 1)"] : []
            return Self.milestone("m\(index)", due: Int64(index) - 1, needs: needs, work: 1)
        }
        let roadmap = Roadmap(milestones)
        #expect(roadmap.expected(on: Self.today)["m4999"] == Self.today + 4999)
        #expect(roadmap.pushed(by: "m0", on: Self.today).count == 4999)
        #expect(roadmap.cycle(from: "m0", needing: ["m4999"])?.count == 5001)
        #expect(roadmap.dependents(of: "m0").count == 4999)
        #expect(roadmap.chain(of: "g", on: Self.today).count == 5000)
    }

    @Test("what would need itself, by an error of the tables, is unknown and ends nothing")
    func circle() {
        let roadmap = Roadmap([
            Self.milestone("a", due: 1, needs: ["b"]), Self.milestone("b", due: 2, needs: ["a"]),
            Self.milestone("c", due: 3, needs: ["b"]), Self.milestone("d", due: 4),
        ])
        #expect(roadmap.expected(on: Self.today) == ["d": Self.today + 4])
        #expect(roadmap.chain(of: "g", on: Self.today).map(\.milestone) == ["d"])
    }

    @Test("a group's balance counts who is in it, and says who is missing")
    func balance() {
        func member(_ sector: GroupSector, active: Bool = true) -> GroupMember {
            GroupMember(
                id: "m", group: "g", sector: sector, organisation: "o", person: nil, name: "n", isActive: active)
        }
        let balance = SectorBalance([
            member(.industry), member(.industry), member(.academia), member(.research, active: false),
        ])
        #expect(balance.total == 3 && balance.share(.industry) == 67 && balance.missing == [.research, .government])
        #expect(SectorBalance([]).share(.industry) == nil)
    }
}

@Suite("The picture of a roadmap")
struct RoadmapPictureTests {
    @Test("each layer is a lane, time goes from left to right, and no words run into others")
    func layout() {
        let milestones = (0..<24).map { (index: Int) -> Milestone in
            let needs = index > 0 ? ["m\(index - 1)"] : []
            return RoadmapTests.milestone(
                "m\(index)", due: Int64(index) * 11 - 60, needs: needs, layer: RoadmapLayer.allCases[index % 5],
                title: "이정표 이름이 조금 긴 것 \(index)")
        }
        let picture = RoadmapPicture(milestones, on: RoadmapTests.today, .ko)
        #expect(picture.lanes.map(\.layer) == RoadmapLayer.allCases)
        for (above, below) in zip(picture.lanes, picture.lanes.dropFirst()) {
            #expect(above.y + above.height == below.y)
        }
        #expect(picture.links.count == 23 && picture.links.allSatisfy { $0.x1 < $0.x2 })
        #expect((1...9).contains(picture.ticks.count))
        for mark in picture.marks {
            let lane = picture.lanes.first { $0.layer == milestones[mark.number - 1].layer }
            #expect(lane.map { $0.y < mark.y && mark.y < $0.y + $0.height } == true)
            #expect(RoadmapPicture.left < mark.x && mark.x < RoadmapPicture.width)
        }
        // Words of two marks on one row are apart.
        let rows = Dictionary(grouping: picture.marks) { (mark: RoadmapPicture.Mark) in mark.y }
        #expect(rows.values.contains { $0.count > 1 })
        for row in rows.values {
            let spans = row.map(Self.span).sorted { $0.lowerBound < $1.lowerBound }
            for (one, next) in zip(spans, spans.dropFirst()) { #expect(one.upperBound <= next.lowerBound) }
        }
    }

    @Test("on a narrow screen the milestones stand in the order of their days, today between them, and words fit")
    func line() {
        let milestones = (0..<6).map { (index: Int) -> Milestone in
            RoadmapTests.milestone(
                "m\(index)", due: Int64([30, -5, 0, 90, -40, 60][index]), needs: index == 3 ? ["m0", "m2"] : [],
                layer: RoadmapLayer.allCases[index % 5], title: "이름이 아주 길어서 좁은 화면의 한 줄에 다 들어가지 않는 이정표 \(index)")
        }
        let line = RoadmapLine(milestones, on: RoadmapTests.today, .ko, first: "먼저", late: "기한 {days}일 지남")
        #expect(line.stops.map(\.id) == ["m4", "m1", "m2", "m0", "m5", "m3"])
        for (above, below) in zip(line.stops, line.stops.dropFirst()) { #expect(above.y + 40 < below.y) }
        let (past, ahead) = (line.stops.prefix(2), line.stops.dropFirst(2))
        #expect(past.allSatisfy { $0.y < line.today && $0.lateTo == line.today && $0.note.contains("일 지남") })
        #expect(ahead.allSatisfy { $0.y > line.today && $0.y < line.height && $0.lateTo == nil })
        #expect(line.stops.last?.note.hasSuffix("먼저 1, 3") == true && line.stops[1].note.contains("기한 5일 지남"))
        let room = RoadmapLine.width - RoadmapLine.words
        #expect(line.stops.allSatisfy { RoadmapPicture.length($0.label) <= room + 14 })
    }

    /// From where to where a mark and its words reach.
    private static func span(_ mark: RoadmapPicture.Mark) -> ClosedRange<Double> {
        var long = 0.0
        for scalar in mark.label.unicodeScalars { long += scalar.value >= 0x1100 ? 14 : 7.8 }
        return mark.isBefore ? mark.labelX - long...mark.x : mark.x...mark.labelX + long
    }
}

@Suite("A roadmap as a file")
struct RoadmapRowTests {
    private func read(_ text: String) throws(Refusal) -> [RoadmapRow] { try RoadmapRow.read(Array(text.utf8)) }

    @Test("a table and JSON say the same")
    func both() throws {
        let table = try read(
            "\u{FEFF}id,title_ko,title_en,layer,due,needs,work_days\r\na,시험,Test,기술,2027-01-31,,\r\n"
                + "b,납품,,market,2027-03-01,a,30\r\n"
        )
        let json = try read(
            """
            {"milestones": [{"id": "a", "title": {"ko": "시험", "en": "Test"}, "layer": "technology", "due": "2027-01-31"},
            {"id": "b", "title": "납품", "layer": "market", "due": "2027-03-01", "needs": ["a"], "work_days": 30}]}
            """)
        #expect(table.map(\.title) == json.map(\.title) && table.map(\.due) == json.map(\.due))
        #expect(table[1].needs == ["a"] && json[1].needs == ["a"] && table[1].work == 30 && json[1].work == 30)
        #expect(table[0].layer == .technology && table[1].title.en == "납품")
    }

    @Test(
        "what breaks a rule is named by its line",
        arguments: [
            ("title_ko,layer\nx,기술\n", nil, "heading"), ("title_ko,layer,due\n", nil, "rows"),
            ("title_ko,layer,due\nx,하늘,2027-01-01\n", 2, "layer"), ("title_ko,layer,due\nx,기술,내일\n", 2, "due"),
            ("title_ko,layer,due\n,기술,2027-01-01\n", 2, "title"),
            ("id,title_ko,layer,due\na,x,기술,2027-01-01\na,y,기술,2027-01-01\n", 3, "id"),
            ("id,title_ko,layer,due,needs\na,x,기술,2027-01-01,z\n", 2, "needs"),
            ("title_ko,layer,due,work_days\nx,기술,2027-01-01,-3\n", 2, "work_days"), ("{\"milestones\": [", nil, "json"),
        ] as [(String, Int?, String)])
    func refused(text: String, line: Int?, rule: String) throws {
        let refusal = #expect(throws: Refusal.self) { try read(text) }
        #expect(refusal?.faults.map(\.rule) == [rule])
        #expect(refusal?.faults.first?.line == line)
    }
}
