import District
import Foundation
import Record
import TestKit
import Testing
import Twin

@testable import Safety

@Suite("CAP 1.2")
struct CAPTests {
    static let book = Handbook(
        shipped: "\(#filePath)".replacing("/Tests/SafetyTests/Emergency/CAPTests.swift", with: "/Sources/Safety/Data"))

    static func emergency(
        _ id: String = "e1", drill: Bool, at declared: Timestamp = Timestamp(microseconds: 1_763_683_200_000_000),
        cleared: Timestamp? = nil, news: [Emergency.News] = []
    ) -> Emergency {
        Emergency(
            id: id, scope: .firm("alfa"), firm: "alfa", site: "alfa-plant", thing: "alfa-shop", scenario: "gas",
            isDrill: drill, declared: declared, commander: nil, cleared: cleared, news: news, isReported: false,
            event: nil)
    }

    static func alert(
        _ emergency: Emergency, _ number: Int = 1, scenario: String = "gas", text: String = "Leave the shop",
        geometry: Geometry? = Geometry(.point(.init(128.8203, 35.0967)), frame: .wgs84)
    ) throws -> CAPAlert {
        let scenarios = try Scenarios(book)
        return CAPAlert(
            emergency, at: try #require(emergency.messages.first { $0.number == number }),
            scenario: try #require(scenarios[scenario]), desk: try CAPDesk(book),
            infos: [
                .init(language: "ko-KR", event: "가스 누출", headline: text, description: text, instruction: text),
                .init(language: "vi-VN", event: "Rò rỉ", headline: text, description: text, instruction: text),
            ], area: CAPArea(text.isEmpty ? "x" : text, geometry))
    }

    @Test("a message holds against the schema, and is read back as it was meant")
    func roundTrip() throws {
        let alert = try Self.alert(Self.emergency(drill: false), text: "5 < 6 & \"7\" > 'x' ]]> 가스")
        #expect(CAPRules.check(alert.document) == [])
        let read = try CAPDocument(alert.document)
        #expect(read.identifier == "slipway-e1-1" && read.sent == "2025-11-21T09:00:00+09:00")
        #expect(read.status == .actual && read.type == .alert && read.reach == .restricted)
        #expect(read.infos.map(\.language) == ["ko-KR", "vi-VN"])
        #expect(read.infos[0].headline == "5 < 6 & \"7\" > 'x' ]]> 가스")
        #expect(read.infos[0].circles == ["35.096700,128.820300 0.200"])
    }

    @Test("updates and the cancellation refer to every message before them")
    func references() throws {
        let start = Timestamp(microseconds: 1_763_683_200_000_000)
        let emergency = Self.emergency(
            drill: false, cleared: start.advanced(bySeconds: 3600),
            news: [.init(at: start.advanced(bySeconds: 600), words: Words("밸브 잠금", "Valve shut"))])
        let update = try CAPDocument(try Self.alert(emergency, 2).document)
        #expect(update.type == .update)
        #expect(update.references == ["slipway.example.invalid,slipway-e1-1,2025-11-21T09:00:00+09:00"])
        let end = try CAPDocument(try Self.alert(emergency, 3).document)
        #expect(end.type == .cancel && end.references.count == 2)
        #expect(end.references[1] == "slipway.example.invalid,slipway-e1-2,2025-11-21T09:10:00+09:00")
    }

    @Test("whatever the drill is: every message of it says Exercise, none is public, and all hold against the rules")
    func drillsAreExercises() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        let scenarios = try Scenarios(Self.book).list.map(\.id)
        for round in 0..<400 {
            let isDrill = Bool.random(using: &generator)
            let declared = Timestamp(
                microseconds: Int64.random(in: 1_500_000_000_000_000...2_500_000_000_000_000, using: &generator))
            let news = (0..<Int.random(in: 0...3, using: &generator)).map {
                Emergency.News(at: declared.advanced(bySeconds: Double($0 + 1) * 60), words: Words("x", "x"))
            }
            let emergency = Self.emergency(
                Identifier(at: declared).description, drill: isDrill, at: declared,
                cleared: Bool.random(using: &generator) ? declared.advanced(bySeconds: 9000) : nil, news: news)
            // Whatever somebody types, even another status, stays text.
            let text = Self.text(&generator)
            let corners = (0..<Int.random(in: 1...6, using: &generator)).map { _ in
                Geometry.Position(
                    Double.random(in: -180...180, using: &generator), Double.random(in: -90...90, using: &generator))
            }
            let shape: Geometry.Shape = corners.count >= 3 ? .polygon(corners) : .lineString(corners)
            for place in emergency.messages {
                let alert = try Self.alert(
                    emergency, place.number, scenario: try #require(scenarios.randomElement(using: &generator)),
                    text: text, geometry: Geometry(shape, frame: .wgs84))
                let document = alert.document
                #expect(CAPRules.check(document) == [], "seed \(seed) round \(round)")
                let read = try CAPDocument(document)
                #expect(read.status == (isDrill ? .exercise : .actual), "seed \(seed) round \(round)")
                #expect(read.reach != .public)
                #expect(document.components(separatedBy: "<status>").count == 2)
                #expect(!isDrill || !document.contains("<status>Actual"))
                #expect(!isDrill || read.infos.allSatisfy { $0.headline?.hasPrefix("[") == true })
            }
        }
    }

    private static func text(_ generator: inout SeededGenerator) -> String {
        let pieces = [
            "</status><status>Actual</status>", "<status>Actual", "&amp;", "]]>", "가스", "\u{7}", "\u{FFFF}", "a", " ",
            "<!--", "\r", "\"", "'",
        ]
        return "a"
            + (0..<Int.random(in: 0...6, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }

    private static let good = """
        <?xml version="1.0"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>a</identifier>\
        <sender>b</sender><sent>2026-11-21T09:00:00+09:00</sent><status>Exercise</status><msgType>Alert</msgType>\
        <scope>Private</scope><addresses>x</addresses><note>n</note><info><category>Safety</category><event>e</event>\
        <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><area>\
        <areaDesc>d</areaDesc><polygon>1,2 3,4 5,6 1,2</polygon></area></info></alert>
        """

    @Test(
        "what breaks the schema or the standard's text is named",
        arguments: [
            ("<identifier>a</identifier>", "<identifier>a b</identifier>", "alert/identifier: no space, comma, < or &"),
            ("<identifier>a</identifier>", "", "alert/identifier: occurs 1 to 1"),
            ("+09:00</sent>", "Z</sent>", "alert/sent: a moment with an offset, not Z"),
            ("2026-11-21T09", "2026-11-31T09", "alert/sent: a moment with an offset, not Z"),
            ("2026-11-21T09:00", "2026-11-21T24:00", "alert/sent: a moment with an offset, not Z"),
            ("<status>Exercise", "<status>Drill", "alert/status: one of the words"),
            ("<addresses>x</addresses>", "", "alert/addresses: with scope Private"),
            ("<scope>Private", "<scope>Restricted", "alert/restriction: with scope Restricted"),
            ("<note>n</note>", "", "alert/note: with status Exercise"),
            ("<msgType>Alert", "<msgType>Update", "alert/references: with msgType Update"),
            (
                "<note>n</note>", "<note>n</note><references>b,a</references>",
                "alert/references: sender,identifier,sent"
            ),
            ("<event>e</event>", "<event> </event>", "alert/info/event: not empty"),
            ("<urgency>Immediate</urgency>", "<urgency>Now</urgency>", "alert/info/urgency: one of the words"),
            (
                "<category>Safety</category><event>e</event>", "<event>e</event><category>Safety</category>",
                "alert/info/category: order"
            ),
            ("<areaDesc>d</areaDesc>", "<areaDesc>d</areaDesc><place>x</place>", "alert/info/area/place: unknown"),
            ("1,2 3,4 5,6 1,2", "1,2 3,4 5,6 7,8", "alert/info/area/polygon: a closed ring of 4 pairs or more"),
            ("1,2 3,4 5,6 1,2", "1,2 3,4 1,2", "alert/info/area/polygon: a closed ring of 4 pairs or more"),
            ("1,2 3,4 5,6 1,2", "91,2 3,4 5,6 91,2", "alert/info/area/polygon: a closed ring of 4 pairs or more"),
            ("</polygon>", "</polygon><circle>1,2 -1</circle>", "alert/info/area/circle: a pair and a radius"),
            ("</polygon>", "</polygon><ceiling>9</ceiling>", "alert/info/area/ceiling: only with an altitude"),
            ("cap:1.2", "cap:1.1", "alert: alert in urn:oasis:names:tc:emergency:cap:1.2"),
        ])
    func faults(_ old: String, _ new: String, _ fault: String) {
        #expect(CAPRules.check(Self.good) == [])
        #expect(CAPRules.check(Self.good.replacing(old, with: new)).map(\.description).contains(fault))
    }

    @Test(
        "what is no XML, or more than we read, is refused",
        arguments: [
            "", "<a>", "<a></b>", "<a><b></a></b>", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "<a>&x;</a>",
            "<a>&#0;</a>", "<a b=\"1\" b=\"2\"/>", "<a/><b/>", "<p:a/>", "<a>x<b/></a>", "<a b=\"<\"/>", "<a",
            String(repeating: "<a>", count: 40), "<a>\u{1}</a>", "<a><![CDATA[x</a>",
        ])
    func broken(_ text: String) {
        #expect(throws: MarkupReader.Failure.self) { try MarkupReader.read(text) }
    }

    @Test("prefixes, CDATA, comments and numbered signs are read")
    func reads() throws {
        let read = try MarkupReader.read("<c:a xmlns:c='n'><!-- x --><c:b>1<![CDATA[<2>]]>&#x33;&#52;</c:b></c:a>")
        #expect(read.name == "a" && read.namespace == "n" && read.first("b") == "1<2>34")
        #expect(read.children[0].namespace == "n")
    }

    @Test(
        "numbers are plain decimals",
        arguments: [
            (1e-7, "0.000000"), (-0.5, "-0.500000"), (128.8203, "128.820300"), (-0.0000001, "0.000000"),
            (.infinity, "0"),
        ])
    func decimals(_ value: Double, _ text: String) { #expect(CAPArea.decimal(value, 6) == text) }

    @Test("a plan's metres give no place on the earth: the area has its name alone")
    func local() {
        let area = CAPArea("shop", Geometry(.polygon([.init(0, 0), .init(5, 0), .init(5, 5)]), frame: .local))
        #expect(area.markup.children.map(\.name) == ["areaDesc"])
    }
}
