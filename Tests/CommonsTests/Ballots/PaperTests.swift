import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Commons

@Suite("Paper: what is typed wrong neither gets into the box nor keeps a vote from being counted", .serialized)
struct PaperTests {
    private static let same: [(typed: [String], kept: String?)] = [
        (["2", "２", "02", " 0002 ", "０２"], "2"), (["a-07", "Ａ－7", "A-7"], "A-7"), (["10", "010"], "10"),
        (["100"], "100"), (["0", "00"], "0"), (["", " - ", "　"], nil),
    ]

    @Test("one sheet has one number, however it is typed")
    func numbers() {
        for (typed, kept) in Self.same {
            for text in typed { #expect(SheetNumber.plain(text) == kept, "\(text)") }
        }
    }

    private static func handing(_ sheets: Int, _ yard: Yard) async throws -> Polling {
        let (polling, _) = try await Polling.open(yard)
        let entries = try await yard.store.read {
            try CensusTable.entries(polling.vote, limit: sheets, in: $0).map(\.entry)
        }
        for entry in entries { try await polling.desk.givePaper(polling.vote, entry: entry, by: .officer) }
        return polling
    }

    private static func enter(
        _ polling: Polling, _ sheet: String, _ choices: String, by caller: Caller, _ more: [String: JSON] = [:]
    ) async throws -> String? {
        let values: [String: JSON] = ["sheet": .string(sheet), "choices": .string(choices)]
        return try await polling.refusal("commons.paper.enter", values.merging(more) { $1 }, by: caller)
    }

    @Test(
        "a number typed wrong is struck by two officers, for a reason, and the vote is counted",
        arguments: StoreUnderTest.all)
    func struck(on kind: StoreUnderTest) async throws {
        try await Polling.with(kind) { yard in
            let polling = try await Self.handing(2, yard)
            #expect(try await Self.enter(polling, "1", "1", by: .officer) == nil)
            #expect(try await Self.enter(polling, "０１", "1", by: Polling.second) == nil, "the same sheet")
            #expect(try await Self.enter(polling, "22", "2", by: .officer) == nil, "a slip: it was sheet 2")
            #expect(try await Self.enter(polling, "2", "2", by: Polling.second) == "paper.more")
            yard.clock.set(Polling.ends)
            #expect(try await polling.refusal("commons.vote.close") == "paper.unsettled")
            for (sheet, code) in [("9", "paper.unknown"), ("1", "paper.in-box"), ("-", "paper.sheet")] {
                #expect(
                    try await polling.refusal("commons.paper.strike", ["sheet": .string(sheet), "reason": "x"]) == code)
            }
            let strike: [String: JSON] = ["vote": .string(polling.vote), "sheet": "２２", "reason": "번호를 잘못 읽었습니다."]
            #expect(
                try await yard.refusal("commons.paper.strike", strike, by: Polling.citizen)?.kind == .forbidden)
            try await yard.signed("commons.paper.strike", strike, by: .officer, and: Polling.second)
            #expect(try await yard.last(BallotEvents.paperStruck)?.payload["sheet"]?.text == "22")
            #expect(try await Self.enter(polling, "2", "2", by: .officer) == nil)
            #expect(try await Self.enter(polling, "2", "2", by: Polling.second) == nil)
            #expect(try await Self.enter(polling, "22", "2", by: .officer) == "paper.more")
            let found = try await polling.finish()
            #expect(found.vote.state == .counted && found.closed?["paper"]?.integer == 2)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a sheet that was struck can be entered anew under its number")
    func anew() async throws {
        try await Polling.with { yard in
            let polling = try await Self.handing(1, yard)
            #expect(try await Self.enter(polling, "1", "1", by: .officer) == nil)
            try await yard.signed(
                "commons.paper.strike", ["vote": .string(polling.vote), "sheet": "1", "reason": "x"], by: .officer,
                and: Polling.second)
            #expect(try await Self.enter(polling, "1", "2", by: .officer) == nil)
            #expect(try await Self.enter(polling, "1", "2", by: Polling.second) == nil)
            let found = try await polling.finish()
            #expect(found.result?["paper"]?.integer == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a third reading that equals neither of the first two is refused, and so is a ballot that says nothing")
    func third() async throws {
        try await Polling.with { yard in
            let polling = try await Self.handing(2, yard)
            #expect(try await Self.enter(polling, "1", "1", by: .officer) == nil)
            #expect(try await Self.enter(polling, "1", "2", by: Polling.second) == nil)
            #expect(try await Self.enter(polling, "1", "3", by: Polling.third) == "paper.third")
            #expect(try await polling.counts().ballots == 0, "nothing is in the box")
            #expect(try await Self.enter(polling, "1", "1", by: Polling.third) == nil)
            #expect(try await polling.counts().ballots == 1)
            #expect(try await Self.enter(polling, "2", "", by: .officer) == "paper.said")
            #expect(try await Self.enter(polling, "2", "1", by: .officer, ["blank": true]) == "paper.said")
            #expect(
                try await Self.enter(polling, "2", "", by: .officer, ["blank": true, "spoilt": true]) == "paper.said")
            #expect(try await Self.enter(polling, "2", "", by: .officer, ["blank": true]) == nil)
        }
    }
}

extension Yard {
    /// Asks for what a second person must sign, and signs it.
    func signed(_ command: String, _ values: [String: JSON], by caller: Caller, and second: Caller) async throws {
        let outcome = try await perform(command, values, by: caller)
        let request = outcome.events.first.map { String($0.stream.split(separator: "/").last ?? "") } ?? ""
        try await perform("district.request.sign", ["request": .string(request)], by: second)
    }
}
