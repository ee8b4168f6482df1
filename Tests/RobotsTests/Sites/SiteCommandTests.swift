import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Twin

@testable import Robots

extension Yard {
    /// Runs a test on a fresh house with Robots in it: the firms alfa and bravo, each with a building `alfa-hall`.
    static func withHalls(
        _ kind: StoreUnderTest = .sqlite, _ body: (Yard) async throws -> Void
    ) async throws {
        try await with([try Robots()], on: kind) { yard in
            let zone = try Caller.system("test").tenant
            for firm in ["alfa", "bravo"] {
                try await yard.register(firm)
                let hall = Thing(
                    id: ThingID("\(firm)-hall"), kind: .building, parent: nil, name: Words("\(firm) 홀", "\(firm) hall"),
                    firm: FirmID(firm), scope: .firm(FirmID(firm)))
                let drafts = try await yard.store.read { try TwinEvents.declared([hall], for: zone, in: $0) }
                try await yard.district.record(drafts, origin: Origin(author: .system("test")))
                try await yard.enrol(.drawer(firm))
            }
            try await body(yard)
        }
    }

    func publish(_ plan: SitePlan, by caller: Caller) async throws {
        try await perform(
            "robots.site.publish",
            ["site": .string(plan.id), "source": "text", "plan": .string(plan.json.canonicalText)], by: caller)
    }
}

extension Caller {
    /// The robots' operator of a firm.
    static func drawer(_ firm: String) -> Caller {
        .person("\(firm)-drawer", [.operator], firm: firm)
    }
}

@Suite("Sites are drawn, published and withdrawn")
struct SiteCommandTests {
    static let hall = SitePlan.tower.with { $0.id = "alfa-hall" }

    @Test(arguments: StoreUnderTest.all)
    func publishedEditionsStandAndRebuildAlike(kind: StoreUnderTest) async throws {
        try await Yard.withHalls(kind) { yard in
            try await yard.publish(Self.hall, by: .drawer("alfa"))
            let tenant = try Caller.drawer("alfa").tenant
            let first = try await yard.store.read { try SiteTable.find("alfa-hall", for: tenant, in: $0) }
            #expect(first?.number == 1 && first?.edition == Self.hall.edition)
            let compiled = try await yard.store.read { try SiteTable.compiled("alfa-hall", in: $0) }
            #expect(compiled?.plan == Self.hall)
            let again = try await yard.refusal(
                "robots.site.publish",
                ["site": "alfa-hall", "source": "text", "plan": .string(Self.hall.json.canonicalText)],
                by: .drawer("alfa"))
            #expect(again?.code == "site.same")
            let faster = Self.hall.with { $0.change(edge: "ab") { $0.speed = 2 } }
            try await yard.publish(faster, by: .drawer("alfa"))
            let second = try await yard.store.read { try SiteTable.compiled("alfa-hall", in: $0) }
            #expect(second?.plan == faster)
            let places = try await yard.store.read { try SiteTable.places(for: tenant, in: $0).map(\.node.id) }
            #expect(places == ["ward", "roof"])
            try await yard.perform(
                "robots.site.withdraw", ["site": "alfa-hall", "reason": "공사"], by: .drawer("alfa"))
            #expect(try await yard.store.read { try SiteTable.compiled("alfa-hall", in: $0) } == nil)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test func faultsAreTheRefusals() async throws {
        try await Yard.withHalls { yard in
            let cut = Self.hall.with { $0.edges.removeAll { $0.id == "a-ward" } }
            let refusal = try await yard.refusal(
                "robots.site.publish",
                ["site": "alfa-hall", "source": "text", "plan": .string(cut.json.canonicalText)], by: .drawer("alfa"))
            #expect(refusal?.code == "site.plan")
            #expect(refusal?.faults.map(\.field) == ["nodes/ward"])
            #expect(refusal?.words.ko.contains("ward 자리") == true)
            for (text, code, field) in [
                ("{", "site.plan-file", "plan"), ("{\"id\":\"alfa-hall\"}", "site.plan-file", "plan.name"),
                ("{\"id\":\n\n  x}", "site.plan-file", "plan"),
            ] {
                let refusal = try await yard.refusal(
                    "robots.site.publish", ["site": "alfa-hall", "source": "text", "plan": .string(text)],
                    by: .drawer("alfa"))
                #expect(refusal?.code == code)
                #expect(refusal?.faults.contains { $0.field == field } == true, "\(refusal?.faults ?? [])")
            }
            let line = try await yard.refusal(
                "robots.site.publish", ["site": "alfa-hall", "source": "text", "plan": "{\"id\":\n\n  x}"],
                by: .drawer("alfa"))
            #expect(line?.faults.first?.line == 3)
        }
    }

    @Test("a file with faults becomes the draft, where the map marks them; another site's plan does not") func loaded()
        async throws
    {
        try await Yard.withHalls { yard in
            let cut = Self.hall.with { $0.edges.removeAll { $0.id == "a-ward" } }
            let load: [String: JSON] = ["site": "alfa-hall", "source": "text"]
            try await yard.perform(
                "robots.site-draft.load", load.merging(["plan": .string(cut.json.canonicalText)]) { $1 },
                by: .drawer("alfa"))
            #expect(try await yard.store.read { try SiteTable.draft("alfa-hall", in: $0)?.plan } == cut)
            let refused = try await yard.refusal(
                "robots.site.publish", ["site": "alfa-hall", "source": "draft"], by: .drawer("alfa"))
            #expect(refused?.faults.map(\.field) == ["nodes/ward"])
            var other = Self.hall
            other.id = "bravo-hall"
            let refusal = try await yard.refusal(
                "robots.site-draft.load", load.merging(["plan": .string(other.json.canonicalText)]) { $1 },
                by: .drawer("alfa"))
            #expect(refusal?.code == "site.other" && refusal?.words != refusal?.faults.first?.words)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test func nobodyDrawsAnothersSite() async throws {
        try await Yard.withHalls { yard in
            try await yard.publish(Self.hall, by: .drawer("alfa"))
            for (command, values) in [
                (
                    "robots.site.publish",
                    ["site": "alfa-hall", "source": "text", "plan": .string(Self.hall.json.canonicalText)]
                ),
                ("robots.site.withdraw", ["site": "alfa-hall", "reason": "x"]),
                ("robots.site-node.move", ["site": "alfa-hall", "node": "a", "x": 1, "y": 1]),
            ] as [(String, [String: JSON])] {
                let refusal = try await yard.refusal(command, values, by: .drawer("bravo"))
                #expect(refusal?.code == "site.unknown", "\(command)")
            }
            let bravo = try Caller.drawer("bravo").tenant
            let seen = try await yard.store.read { reader in
                (
                    try SiteTable.list(for: bravo, in: reader).map(\.id),
                    try SiteTable.places(for: bravo, in: reader).count,
                    try SiteNames.sites(.drawer("bravo"), reader).map(\.id)
                )
            }
            #expect(seen.0.isEmpty && seen.1 == 0 && seen.2 == ["bravo-hall"])
            let worker = Caller.worker("alfa")
            let refusal = try await yard.refusal("robots.site-draft.discard", ["site": "alfa-hall"], by: worker)
            #expect(refusal?.kind == .forbidden)
        }
    }

    @Test func aDraftIsDrawnUndoneAndPublishedWhole() async throws {
        try await Yard.withHalls { yard in
            let drawer = Caller.drawer("alfa")
            let node = { (id: String, x: Double, y: Double, kind: String, name: String) in
                try await yard.perform(
                    "robots.site-node.put",
                    [
                        "site": "alfa-hall", "node": .string(id), "map": "1F", "x": .number(x), "y": .number(y),
                        "kind": .string(kind), "name_ko": .string(name),
                    ], by: drawer)
            }
            for (id, x, y, kind, name) in [
                ("a", 0.0, 0.0, "way", ""), ("ward", 5, 0, "station", "병동"), ("plug", 0, 3, "charger", "충전기"),
                ("bay", -3, 0, "escape", "옆"),
            ] { _ = try await node(id, x, y, kind, name) }
            let join = { (from: String, to: String) in
                try await yard.perform(
                    "robots.site-edge.join", ["site": "alfa-hall", "from": .string(from), "to": .string(to)],
                    by: drawer)
            }
            for to in ["ward", "plug"] { _ = try await join("a", to) }
            let publish: [String: JSON] = ["site": "alfa-hall", "source": "draft"]
            let refused = try await yard.refusal("robots.site.publish", publish, by: drawer)
            #expect(refused?.faults.map(\.field) == ["nodes/bay"])
            _ = try await join("a", "bay")
            try await yard.perform(
                "robots.site-node.move", ["site": "alfa-hall", "node": "ward", "x": 6, "y": 1], by: drawer)
            try await yard.perform(
                "robots.site-zone.put",
                [
                    "site": "alfa-hall", "map": "1F", "rule": "speed", "value": 0.5, "name_ko": "복도",
                    "corners": [["x": 0, "y": -1], ["x": 3, "y": -1], ["x": 3, "y": 1]],
                ], by: drawer)
            #expect(
                try await yard.refusal(
                    "robots.site-zone.put",
                    ["site": "alfa-hall", "map": "1F", "rule": "speed", "corners": []], by: drawer)?.code
                    == "site.zone")
            try await yard.perform("robots.site-zone.remove", ["site": "alfa-hall", "zone": "z1"], by: drawer)
            try await yard.perform("robots.site-draft.undo", ["site": "alfa-hall"], by: drawer)
            let draft = try await yard.store.read { try SiteTable.draft("alfa-hall", in: $0) }
            #expect(draft?.plan.zones.count == 1 && draft?.plan.nodes.contains { $0.x == 6 } == true)
            let unknown = try await yard.refusal(
                "robots.site-node.remove", ["site": "alfa-hall", "node": "nobody"], by: drawer)
            #expect(unknown?.code == "site.draft")
            #expect(try await yard.rebuildsAlike())
            try await yard.perform("robots.site.publish", publish, by: drawer)
            let after = try await yard.store.read { reader in
                (try SiteTable.draft("alfa-hall", in: reader), try SiteTable.compiled("alfa-hall", in: reader)?.plan)
            }
            #expect(after.0 == nil && after.1 == draft?.plan)
            let nothing = try await yard.refusal("robots.site-draft.undo", ["site": "alfa-hall"], by: drawer)
            #expect(nothing?.code == "site.no-draft")
        }
    }
}
