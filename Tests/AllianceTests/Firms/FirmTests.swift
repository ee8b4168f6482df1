import Access
import District
import Foundation
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Alliance

@Suite("Profiles, offers and needs")
struct FirmTests {
    @Test("a profile is seen by whom the firm lets see it, and by nobody else", arguments: StoreUnderTest.all)
    func shown(on kind: StoreUnderTest) async throws {
        try await FirmsYard.with(kind) { yard in
            try await yard.perform(KeepProfile.name, FirmsYard.profile(shown: "nobody"), by: FirmsYard.alfa)
            try await yard.perform(KeepProfile.name, FirmsYard.profile(shown: "members"), by: FirmsYard.bravo)
            try await yard.perform(KeepProfile.name, FirmsYard.profile(shown: "public"), by: FirmsYard.vision)
            let (robots, alfa, zone) = (
                try FirmsYard.robots.tenant, try FirmsYard.alfa.tenant, try Caller.officer.tenant
            )
            let seen = try await yard.store.read { reader in
                (
                    try ProfileTable.page(limit: 50, offset: 0, for: robots, in: reader).rows.map(\.firm.rawValue),
                    try ProfileTable.page(limit: 50, offset: 0, for: alfa, in: reader).total,
                    try ProfileTable.page(limit: 50, offset: 0, for: zone, in: reader).total,
                    try ProfileTable.publicPage(limit: 50, offset: 0, in: reader).rows.map(\.firm.rawValue),
                    try ProfileTable.find("alfa", for: robots, in: reader) == nil,
                    try ProfileTable.page(containing: "판금", limit: 50, offset: 0, for: robots, in: reader).total,
                    try ProfileTable.page(containing: "%", limit: 50, offset: 0, for: robots, in: reader).total
                )
            }
            #expect(seen.0 == ["bravo", "vision"] && seen.1 == 3 && seen.2 == 3 && seen.3 == ["vision"])
            #expect(seen.4 && seen.5 == 2 && seen.6 == 0)
            // The firm says it anew: one row, what it says now.
            try await yard.perform(KeepProfile.name, FirmsYard.profile("C30", shown: "public"), by: FirmsYard.alfa)
            let again = try await yard.store.read { try ProfileTable.find("alfa", for: robots, in: $0) }
            #expect(again?.industry == "C30" && again?.headcount == 84)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("an offer needs a profile, stays the same when it is revised, and is seen no further than its supplier")
    func offers() async throws {
        try await FirmsYard.with { yard in
            let values = FirmsYard.offer("비전 검사기", ["vision-inspection"])
            #expect(
                try await yard.refusal(PublishOffer.name, values, by: FirmsYard.vision)?.code == "offer.profile")
            try await yard.perform(KeepProfile.name, FirmsYard.profile("J62"), by: FirmsYard.vision)
            let id = FirmsYard.id(try await yard.perform(PublishOffer.name, values, by: FirmsYard.vision))
            var revised = FirmsYard.offer("비전 검사기 2", ["vision-inspection", "education"])
            revised["offer"] = .string(id)
            #expect(try await yard.refusal(PublishOffer.name, revised, by: FirmsYard.alfa)?.code == "offer.unknown")
            try await yard.perform(PublishOffer.name, revised, by: FirmsYard.vision)
            let alfa = try FirmsYard.alfa.tenant
            let page = try await yard.store.read {
                try OfferTable.page(kind: "education", limit: 50, offset: 0, for: alfa, in: $0)
            }
            #expect(page.rows.map(\.id) == [id] && page.rows.first?.title == "비전 검사기 2")
            #expect(
                try await yard.store.read {
                    try OfferTable.page(kind: "educ", limit: 50, offset: 0, for: alfa, in: $0).total
                } == 0)
            #expect(
                try await yard.refusal(CloseOffer.name, ["offer": .string(id)], by: FirmsYard.alfa)?.code
                    == "offer.unknown")
            try await yard.perform(
                KeepProfile.name, FirmsYard.profile("J62", shown: "nobody"), by: FirmsYard.vision)
            #expect(try await yard.store.read { try OfferTable.find(id, for: alfa, in: $0) } == nil)
            #expect(try await yard.store.read { try OfferTable.shown(in: $0) }.isEmpty)
            try await yard.perform(CloseOffer.name, ["offer": .string(id)], by: FirmsYard.vision)
            #expect(
                try await yard.refusal(CloseOffer.name, ["offer": .string(id)], by: FirmsYard.vision)?.code
                    == "offer.closed")
            #expect(try await yard.rebuildsAlike())
        }
    }

    /// A field, the command it is of, and what is wrong in it.
    static let wrong: [(String, String, [String: JSON])] = [
        ("industry", KeepProfile.name, ["industry": "조선"]), ("firm", RaiseNeed.name, ["firm": "nobody"]),
        ("kinds", RaiseNeed.name, ["kinds": []]), ("budget_high", RaiseNeed.name, ["budget_high": 10]),
        ("deadline", RaiseNeed.name, ["deadline": "어제"]), ("deadline", RaiseNeed.name, ["deadline": "2026-11-21"]),
        ("industries", PublishOffer.name, ["industries": [["code": "금속"]]]),
        ("budget_high", RaiseNeed.name, ["budget_high": .null]), ("kinds", PublishOffer.name, ["kinds": []]),
        ("price_high", PublishOffer.name, ["price_high": 1]),
    ]

    @Test("what breaks a rule is refused by its field", arguments: wrong)
    func refused(field: String, command: String, wrong: [String: JSON]) async throws {
        try await FirmsYard.with { yard in
            try await yard.perform(
                KeepProfile.name, FirmsYard.profile().merging(["firm": "vision"]) { $1 }, by: .officer)
            let good: [String: JSON] =
                switch command {
                case KeepProfile.name: FirmsYard.profile()
                case RaiseNeed.name: FirmsYard.need("검사", ["vision-inspection"])
                default: FirmsYard.offer("검사기", ["vision-inspection"])
                }
            let caller = field == "firm" ? Caller.officer : FirmsYard.vision
            let refusal = try await yard.refusal(command, good.merging(wrong) { $1 }, by: caller)
            #expect(refusal?.kind == .invalid && refusal?.faults.first?.field == field)
            #expect(try await yard.refusal(command, good, by: .worker("vision"))?.kind == .forbidden)
        }
    }

    @Test("another firm sees no need; the zone sees those that stand; a closed one is matched no more")
    func needs() async throws {
        try await FirmsYard.with { yard in
            let id = FirmsYard.id(
                try await yard.perform(
                    RaiseNeed.name, FirmsYard.need("표면 흠 검사", ["vision-inspection"]), by: FirmsYard.alfa))
            let (alfa, bravo, zone) = (
                try FirmsYard.alfa.tenant, try FirmsYard.bravo.tenant, try Caller.officer.tenant
            )
            let seen = try await yard.store.read { reader in
                (
                    try NeedTable.find(id, for: alfa, in: reader), try NeedTable.find(id, for: bravo, in: reader),
                    try NeedTable.find(id, for: zone, in: reader)
                )
            }
            #expect(seen.0?.budget == 30...60 && seen.0?.meetings == 3 && seen.1 == nil && seen.2 != nil)
            let close: [String: JSON] = ["need": .string(id), "reason": "해결함"]
            #expect(try await yard.refusal("alliance.need.close", close, by: FirmsYard.bravo)?.code == "need.unknown")
            try await yard.perform("alliance.need.close", close, by: FirmsYard.alfa)
            #expect(try await yard.refusal("alliance.need.close", close, by: FirmsYard.alfa)?.code == "need.state")
            #expect(try await yard.store.read { try NeedTable.open(in: $0) }.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("suppliers of a kind come with reasons, the best first, one offer of each, and never the firm itself")
    func suppliers() async throws {
        try await FirmsYard.with { yard in
            try await yard.perform(KeepProfile.name, FirmsYard.profile(), by: FirmsYard.alfa)
            try await yard.perform(KeepProfile.name, FirmsYard.profile("J62"), by: FirmsYard.vision)
            try await yard.perform(
                KeepProfile.name, FirmsYard.profile("C29", region: "daegu"), by: FirmsYard.robots)
            try await yard.perform(
                PublishOffer.name, FirmsYard.offer("검사기", ["vision-inspection", "education"]), by: FirmsYard.vision)
            try await yard.perform(
                PublishOffer.name, FirmsYard.offer("교육만", ["education"]), by: FirmsYard.vision)
            try await yard.perform(
                PublishOffer.name, FirmsYard.offer("로봇 검사", ["vision-inspection"]), by: FirmsYard.robots)
            var far = FirmsYard.offer("대구만", ["education"])
            far["regions"] = [["region": "daegu"]]
            try await yard.perform(PublishOffer.name, far, by: FirmsYard.robots)
            let found = try await yard.store.read {
                try OfferTable.suppliers(
                    for: "alfa", kinds: ["vision-inspection", "education"], limit: 3, in: $0)
            }
            #expect(found.map(\.supplier.rawValue) == ["vision", "robots"])
            #expect(found[0].title == "검사기" && found[0].kinds == ["vision-inspection", "education"])
            #expect(found[0].score > found[1].score && found[0].score <= 100)
            #expect(found.allSatisfy { !$0.reasons.isEmpty && $0.reasons.allSatisfy { $0.ko != $0.en } })
            let none = try await yard.store.read { reader in
                (
                    try OfferTable.suppliers(for: "alfa", kinds: ["erp"], limit: 3, in: reader),
                    try OfferTable.suppliers(for: "vision", kinds: ["education"], limit: 3, in: reader),
                    try OfferTable.suppliers(for: "alfa", kinds: ["education"], limit: 0, in: reader)
                )
            }
            #expect(none.0.isEmpty && none.1.isEmpty && none.2.isEmpty)
        }
    }

    @Test("a handbook that cannot be used is named with its place")
    func handbooks() async throws {
        let lists = try SolutionKinds(Handbook(shipped: Alliance.shippedData))
        #expect(lists.kinds.count == 14 && lists.kind("amr", .en) == "Autonomous mobile robots")
        #expect(throws: HandbookError.self) { try SolutionKinds(Handbook(shipped: "/nowhere")) }
        let cases: [(String, String, String)] = [
            (SolutionKinds.file, #"{"kinds":[{"id":"A b","words":"x"}]}"#, "kinds[0]"),
            (SolutionKinds.file, #"{"kinds":[{"id":"a","words":"x"},{"id":"a","words":"y"}]}"#, "kinds"),
            (NeedSigns.file, #"{"signs":[{"source":"alarms"}],"deadline_days":9}"#, "signs[0]"),
            (NeedSigns.file, #"{"signs":[]}"#, "deadline_days"),
            (MatchScore.Weights.file, #"{"least":{"need":2,"offer":0}}"#, "least"),
            (MatchScore.Weights.file, #"{"least":{"need":0,"offer":0},"need":{"luck":1}}"#, "need.luck"),
        ]
        for (file, text, place) in cases {
            try await withTemporaryFolder { folder in
                try text.write(toFile: "\(folder.path)/\(file)", atomically: true, encoding: .utf8)
                let book = Handbook(shipped: folder.path)
                let error = #expect(throws: HandbookError.self) {
                    switch file {
                    case SolutionKinds.file: _ = try SolutionKinds(book)
                    case NeedSigns.file: _ = try NeedSigns(book, kinds: lists)
                    default: _ = try MatchScore.Weights(book)
                    }
                }
                #expect(error?.place == place)
            }
        }
    }
}
