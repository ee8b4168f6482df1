import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Safety

@Suite("Types proposed, confirmed and learnt")
struct TypeFlowTests {
    /// A desk with little to learn from, so that learning takes no time.
    private static func desk(_ yard: Yard) throws -> TypeDesk {
        let texts = try TypeTexts(ShippedBook.handbook)
        return TypeDesk(
            district: yard.district, texts: texts.only([.electric, .fall, .caught]), shipped: nil,
            training: TypeTraining(rounds: 4))
    }

    private static let words = "배전반 전선을 만지다가 감전되었습니다"

    @discardableResult
    static func report(
        _ yard: Yard, _ hazard: String = "h-1", firm: FirmID = "alfa", text: String = words, type: String? = nil,
        photo: String? = nil
    ) async throws -> Event {
        var payload: [String: JSON] = ["hazard": .string(hazard)]
        if let photo { payload["photo"] = .string(photo) }
        if let type { payload["accident"] = .string(type) }
        let events = try await yard.district.record(
            [
                Draft(
                    HazardReport.type, stream: "hazard/\(hazard)", scope: .firm(firm), payload: payload,
                    personal: ["text": PersonalContent(of: PersonID("\(firm)-worker-1"), .string(text))])
            ], origin: Origin(author: .person(PersonID("\(firm)-worker-1"))))
        return try #require(events.first)
    }

    private static func propose(_ yard: Yard, _ desk: TypeDesk, _ event: Event) async throws {
        let payload = try await yard.store.read { [yard] in try yard.district.payload(of: event, in: $0) }
        try await desk.propose(event, payload)
    }

    @Test(
        "a report without a type gets three proposed, by the model, once, in answer to it",
        arguments: StoreUnderTest.all)
    func proposed(_ store: StoreUnderTest) async throws {
        try await Yard.with(store) { yard in
            let (desk, event) = (try Self.desk(yard), try await Self.report(yard))
            try await Self.propose(yard, desk, event)
            try await Self.propose(yard, desk, event)
            let alfa = try Caller.manager("alfa").tenant
            let kept = try await yard.store.read { try TypeTable.proposals(of: "h-1", for: alfa, in: $0) }
            #expect(kept.count == 1)
            let first = try #require(kept.first)
            #expect(first.proposal.candidates.count == 3)
            #expect(first.proposal.candidates.first?.type == .electric)
            #expect(first.author == .model("safety.accident-type"))
            let proposed = try #require(try await yard.last("safety.type.proposed"))
            #expect(proposed.cause == event.id)
            #expect(proposed.correlation == event.correlation)
            #expect(!proposed.payload.description.contains(Self.words))
            let bravo = try Caller.manager("bravo").tenant
            #expect(try await yard.store.read { try TypeTable.proposals(of: "h-1", for: bravo, in: $0) }.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("nothing is proposed where the reporter chose a type, wrote nothing, or the use is switched off")
    func silent() async throws {
        try await Yard.with { yard in
            let desk = try Self.desk(yard)
            try await Self.propose(yard, desk, try await Self.report(yard, "h-1", type: "fall"))
            try await Self.propose(yard, desk, try await Self.report(yard, "h-2", text: ""))
            try await yard.perform(
                "district.ai.switch",
                ["use": "safety.accident-type", "on": false, "reason": "시험"], by: .person("admin", [.administrator]))
            try await Self.propose(yard, desk, try await Self.report(yard, "h-3"))
            #expect(try await yard.last("safety.type.proposed") == nil)
        }
    }

    @Test("a manager confirms or corrects; another firm finds no such report, and the same twice is refused")
    func confirmed() async throws {
        try await Yard.with { yard in
            let (desk, event) = (try Self.desk(yard), try await Self.report(yard))
            try await Self.propose(yard, desk, event)
            let values: [String: JSON] = ["hazard": "h-1", "accident": "caught"]
            #expect(
                try await yard.refusal("safety.type.confirm", values, by: .manager("bravo"))?.code
                    == "type.unknown-report")
            #expect(try await yard.refusal("safety.type.confirm", values, by: .worker("alfa"))?.kind == .forbidden)
            try await yard.perform("safety.type.confirm", values, by: .manager("alfa"))
            #expect(try await yard.refusal("safety.type.confirm", values, by: .manager("alfa"))?.code == "type.same")
            let (alfa, bravo) = (try Caller.manager("alfa").tenant, try Caller.manager("bravo").tenant)
            let (found, none, share) = try await yard.store.read { reader in
                (
                    try TypeTable.confirmed("h-1", for: alfa, in: reader),
                    try TypeTable.confirmed("h-1", for: bravo, in: reader),
                    try TypeTable.agreement(for: alfa, in: reader)
                )
            }
            #expect(found?.accident == .caught)
            #expect(none == nil)
            #expect(share.count == 0)
            let confirmation = try #require(try await yard.last("safety.type.confirmed"))
            #expect(confirmation.correlation == event.correlation)
            try await yard.perform(
                "safety.type.confirm", ["hazard": "h-1", "accident": "electric"], by: .officer)
            let after = try await yard.store.read { try TypeTable.confirmed("h-1", for: alfa, in: $0) }
            #expect(after?.accident == .electric)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("learning anew needs something new, takes in what was confirmed, and leaves its figures on the Record")
    func learnt() async throws {
        try await Yard.with { yard in
            let desk = try Self.desk(yard)
            #expect(
                try await yard.refusal("safety.type.retrain", [:], by: .manager("alfa"))?.code == "type.nothing-new")
            let word = "뿌리뽑힘"
            for number in 1...6 {
                try await Self.report(yard, "h-\(number)", text: "\(word) 사고가 났다 \(number)번째 기계에서 발생함")
                yard.clock.advance(by: 1)
                try await yard.perform(
                    "safety.type.confirm", ["hazard": .string("h-\(number)"), "accident": "caught"], by: .officer)
            }
            let before = try await desk.model()
            #expect(before.edition.hasPrefix("shipped"))
            try await yard.perform("safety.type.retrain", [:], by: .manager("alfa"))
            #expect(try await yard.refusal("safety.type.retrain", [:], by: .officer)?.code == "type.learning")
            let asked = try #require(try await yard.last("safety.type.retrain-asked"))
            try await desk.retrain(asked, asked.payload)
            try await desk.retrain(asked, asked.payload)
            let after = try await desk.model()
            #expect(after.edition == "1")
            #expect(after.model.propose("\(word) 사고가 났다").candidates.first?.type == .caught)
            let bravo = try Caller.manager("bravo").tenant
            let editions = try await yard.store.read { try TypeTable.editions(for: bravo, in: $0) }
            #expect(editions.map(\.version) == [1])
            #expect(editions.first?.confirmed == 6)
            #expect(try #require(editions.first?.calibration).judged > 6)
            // A desk that starts later learns the same from the Record.
            let again = try await Self.desk(yard).model()
            let isSame = again.model.weights == after.model.weights
            #expect(isSame)
            #expect(try await yard.types().count { $0 == "safety.type.trained" } == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }
}

extension TypeTexts {
    /// The same with a few types only.
    func only(_ types: Set<AccidentType>) -> TypeTexts {
        TypeTexts(
            examples: examples.filter { types.contains($0.type) && $0.source == .written },
            heldOut: heldOut.filter { types.contains($0.type) }, foreign: foreign, edition: edition)
    }
}
