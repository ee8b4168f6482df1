import Access
import Foundation
import HTTPTypes
import Series
import Store
import TestKit
import Testing

@testable import District
@testable import Record
@testable import Web

@Suite("The toy capability of docs/adding-a-capability.md")
struct ToyTests {
    static let operatorOfFirm = Caller.person("p1", [.operator], firm: "f1")
    static let launch: [String: JSON] = ["name": "Ark", "slip": "slip-1", "length": "12.5"]

    @Test("works in a real district: command, event, projection, reaction, rebuild", arguments: StoreUnderTest.all)
    func works(_ kind: StoreUnderTest) async throws {
        try await Quay.with(kind, rooms: [Toys()]) { quay in
            let district = quay.district
            _ = try await district.perform("toys.boat.launch", Self.launch, by: Self.operatorOfFirm, key: "1")
            _ = try await district.perform(
                "toys.boat.launch", ["name": "Bee", "slip": "slip-2", "length": 3], by: Self.operatorOfFirm)
            for (priority, slip) in [("low", "slip-2"), ("critical", "slip-1")] {
                try await district.record(
                    [
                        Draft(
                            AlarmRaised.type, stream: "alarm/\(slip)", scope: .zone,
                            payload: ["alarm": "a1", "thing": .string(slip), "priority": .string(priority)])
                    ], origin: Origin(author: .system("test")))
            }
            #expect(
                try await quay.types() == [
                    "toys.boat.launched", "toys.boat.launched", AlarmRaised.type, AlarmRaised.type, "toys.boat.held",
                ])
            let held = try #require(try await quay.events().last)
            #expect(held.author == .rule("toys.hold-boats"))
            #expect(held.scope == .firm("f1"))
            try await expectRefusal(.conflict, "slip.held") {
                _ = try await district.perform("toys.boat.launch", Self.launch, by: Self.operatorOfFirm)
            }
            _ = try await district.perform(
                "toys.boat.launch", ["name": "Nutshell", "slip": "slip-1", "length": 1], by: Self.operatorOfFirm)
            let before = try await district.dump()
            #expect(before["toys_boats"]?.count == 3)
            _ = try await district.rebuild()
            #expect(try await district.dump() == before)
            // Another firm sees none of them.
            let theirs = try Caller.person("p2", [.operator], firm: "f2").tenant
            let seen = try await quay.store.read { try BoatTable.page(for: theirs, limit: 10, in: $0).total }
            #expect(seen == 0)
        }
    }

    @Test("its page shows the boats, in both languages, and asks only who may", arguments: [Language.ko, .en])
    func page(_ language: Language) async throws {
        try await Quay.with(.sqlite, rooms: [Toys()]) { quay in
            try await withTemporaryFolder { folder in
                let readings = try await Store.open(
                    .sqlite(folder.appendingPathComponent("series.sqlite").path), logger: .quiet)
                let series = try await SeriesStore.open(readings, clock: quay.clock.read, logger: .quiet)
                let spine = Spine(
                    district: quay.district, series: series,
                    signer: Signer(
                        origin: "toys.example/record", key: try SigningKey(generatingFor: "toys.example/record"),
                        clock: quay.clock.read), mqtt: nil, isSample: false)
                // The server reads every template and refuses what cannot be used; nothing listens here.
                let server = try WebServer(
                    spine: spine, rooms: [Toys()], settings: WebSettings(port: 0, version: "test"), logger: .quiet)
                let route = try #require(server.routes.first { $0.path == "/boats" })
                #expect(!route.permission.allows(.anonymous()))
                #expect(route.permission.allows(Self.operatorOfFirm))
                let shared = "\(Bundle.module.resourcePath ?? "")/Templates"
                let pages = try Pages(folders: [Self.layout(in: folder), shared])
                func html() async throws -> String {
                    let visit = Visit(
                        route: "/boats", authority: "", method: .get, path: "/boats", queryText: "", query: [:],
                        parameters: [:], headers: [:], body: [], caller: Self.operatorOfFirm, address: "", csrf: "",
                        language: language, spine: spine, pages: pages, site: "")
                    guard case .page(let template, let title, let context, _, let live) = try await route.answer(visit)
                    else { return "" }
                    #expect(title == pages.wording["boats_title"]?[language])
                    #expect(live)
                    return String(decoding: try pages.render(template, context, language), as: UTF8.self)
                }
                #expect(try await html().contains(pages.wording["boats_empty"]?[language] ?? "?"))
                _ = try await quay.district.perform(
                    "toys.boat.launch", ["name": "<Ark>", "slip": "slip-1", "length": 12.5], by: Self.operatorOfFirm)
                let page = try await html()
                #expect(page.contains("<h2>&lt;Ark&gt;</h2>"))
                #expect(page.contains("12.5 m"))
                #expect(!page.contains(pages.wording["boats_empty"]?[language] ?? "?"))
                let held = { try await spine.answer("toys.boats.held", [:], by: Self.operatorOfFirm)[language] }
                #expect(try await held() == HeldBoats.none[language])
                try await quay.district.record(
                    [
                        Draft(
                            AlarmRaised.type, stream: "alarm/a1", scope: .zone,
                            payload: ["alarm": "a1", "thing": "slip-1", "priority": "critical"])
                    ], origin: Origin(author: .system("test")))
                #expect(try await held().contains("<Ark>"))
                // By the rights of whoever asks: none of another firm's, and nothing to whom nobody knows.
                let other = Caller.person("p2", [.operator], firm: "f2")
                #expect(try await spine.answer("toys.boats.held", [:], by: other) == HeldBoats.none)
                let refusals: [(String, Caller, Refusal.Kind)] = [
                    ("toys.boats.held", .anonymous(), .unauthenticated),
                    ("toys.boats.held", .person("p3", [.citizen]), .forbidden),
                    ("toys.boats.sunk", Self.operatorOfFirm, .notFound),
                ]
                for (name, caller, kind) in refusals {
                    let refusal = await #expect(throws: Refusal.self) {
                        try await spine.answer(name, [:], by: caller)
                    }
                    #expect(refusal?.kind == kind, "\(name)")
                }
                await readings.close()
            }
        }
    }

    @Test("every block of the document stands in the files that this test compiles")
    func document() throws {
        var package = URL(fileURLWithPath: #filePath)
        for _ in 0..<3 { package.deleteLastPathComponent() }
        let text = try String(
            contentsOf: package.appendingPathComponent("docs/adding-a-capability.md"), encoding: .utf8)
        let toys = package.appendingPathComponent("Tests/DistrictTests/Toys")
        var sources: [String: String] = [:]
        for case let path as String in FileManager.default.enumerator(atPath: toys.path) ?? .init()
        where path.contains(".") {
            sources[path] = try String(contentsOf: toys.appendingPathComponent(path), encoding: .utf8)
        }
        var shown: Set<String> = []
        for block in Self.blocks(of: text, in: ["swift", "html", "json"]) {
            let homes = sources.filter { $0.value.contains(block) }.map(\.key)
            #expect(!homes.isEmpty, "the document's code is not in Tests/DistrictTests/Toys:\n\(block)")
            shown.formUnion(homes)
        }
        #expect(shown == Set(sources.keys), "the document leaves a file of the walk out")
    }

    /// The fenced blocks of a Markdown text in some languages.
    private static func blocks(of text: String, in languages: Set<String>) -> [String] {
        var blocks: [String] = []
        var block: [Substring]?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == "```", let lines = block {
                blocks.append(lines.joined(separator: "\n"))
                block = nil
            } else if block != nil {
                block?.append(line)
            } else if line.hasPrefix("```"), languages.contains(String(line.dropFirst(3))) {
                block = []
            }
        }
        return blocks
    }

    /// The layout and the parts that the page includes, as bare as can be.
    private static func layout(in folder: URL) throws -> String {
        for (name, text) in [("layout", "{{$main}}{{/main}}"), ("when", "{{text}}")] {
            try text.write(to: folder.appendingPathComponent("\(name).mustache"), atomically: true, encoding: .utf8)
        }
        return folder.path
    }
}
