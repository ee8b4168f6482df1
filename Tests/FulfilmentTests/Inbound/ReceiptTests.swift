import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// What is entered at the dock: slips of the hand are asked about, and can be taken back.
@Suite struct ReceiptTests {
    @Test("ten times what was announced, what nobody announced and what is past its day is asked about first")
    func doubts() async throws {
        try await Yard.with { yard in
            let id = try await InboundTests.announce(yard)
            let many = try #require(try await InboundTests.receive(yard, id, "RICE", 300))
            #expect(many.code == "inbound.unsure" && many.kind == .conflict)
            #expect(many.faults.map { "\($0.field) \($0.rule)" } == ["sure over"])
            #expect(many.words.ko.contains("30개") && many.words.ko.contains("270개"))
            let strange = try await InboundTests.receive(yard, id, "GLOVES", 1)
            #expect(strange?.faults.map(\.rule) == ["unannounced"])
            let old = try await InboundTests.receive(yard, id, "MILK", 1, ["lot": "OLD", "expiry": "2026-11-20"])
            #expect(old?.faults.map(\.rule) == ["unannounced past"])
            let late = try await InboundTests.receive(yard, id, "MILK", 50, ["lot": "M1"])
            #expect(late?.faults.map(\.rule) == ["over"])
            #expect(try await yard.count("RICE", at: "STAGE-1") == 0)
            // What was announced needs no second look, and is no confirmation.
            #expect(try await InboundTests.receive(yard, id, "RICE", 28, ["damaged": 2]) == nil)
            #expect(try await yard.last(StockEvent.received)?.payload["confirmed"] == nil)
            #expect(try await InboundTests.receive(yard, id, "RICE", 1)?.code == "inbound.unsure")
            #expect(try await InboundTests.receive(yard, id, "RICE", 1, ["sure": true]) == nil)
            let event = try #require(try await yard.last(StockEvent.received))
            #expect(event.payload["confirmed"]?["by"]?.text == Caller.picker.author.text)
            #expect(event.payload["confirmed"]?["of"]?.elements == ["over"])
        }
    }

    private func correct(
        _ yard: Yard, _ receipt: String, _ quantity: Int64, _ more: [String: JSON] = [:], by caller: Caller = .picker
    ) async throws -> Refusal? {
        try await yard.refusal(
            "fulfilment.inbound.correct",
            more.merging([
                "receipt": .string(receipt), "quantity": .decimal(quantity), "why": "잘못 입력",
            ]) { one, _ in one }, by: caller)
    }

    private func receipts(_ yard: Yard, _ inbound: String) async throws -> [Receipt] {
        try await yard.store.read { try ReceiptTable.list(of: inbound, for: Yard.owner, in: $0) }
    }

    @Test("a receipt of a lot that was kept back meanwhile is corrected by nobody alone")
    func heldMeanwhile() async throws {
        try await Yard.with { yard in
            let id = try await InboundTests.announce(yard)
            #expect(try await InboundTests.receive(yard, id, "MILK", 20, ["lot": "M1"]) == nil)
            let receipt = try #require(try await receipts(yard, id).first)
            try await yard.perform(
                "fulfilment.lot.quarantine", ["item": "MILK", "lot": "M1", "reason": "recall"], by: .lead)
            #expect(try await correct(yard, receipt.id, 0)?.code == "receipt.held")
        }
    }

    @Test("a receipt that was entered wrongly is taken back and entered anew", arguments: StoreUnderTest.all)
    func corrected(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let id = try await InboundTests.announce(yard)
            #expect(try await InboundTests.receive(yard, id, "RICE", 300, ["sure": true]) == nil)
            #expect(try await yard.count("RICE", at: "STAGE-1", status: .quarantine) == 270)
            let wrong = try #require(try await receipts(yard, id).first)
            #expect(wrong.author == Caller.picker.author.text && wrong.good == 300)
            #expect(try await correct(yard, wrong.id, 29, ["damaged": 1], by: .stranger)?.code == "receipt.unknown")
            #expect(try await correct(yard, wrong.id, 40)?.code == "inbound.unsure")
            #expect(try await correct(yard, wrong.id, 29, ["damaged": 1]) == nil)
            #expect(try await yard.count("RICE", at: "STAGE-1") == 29)
            #expect(try await yard.count("RICE", at: "STAGE-1", status: .quarantine) == 0)
            #expect(try await yard.count("RICE", at: "STAGE-1", status: .damaged) == 1)
            let line = try await yard.store.read { try InboundTable.find(id, for: Yard.owner, in: $0) }?.lines.last
            #expect(line?.received == 29 && line?.damaged == 1 && line?.open == 0)
            #expect(try await receipts(yard, id).map(\.isCorrected) == [false, true])
            #expect(try await correct(yard, wrong.id, 1)?.code == "receipt.corrected")
            let taken = try #require(try await yard.last(StockEvent.takenBack))
            #expect(taken.payload["why"] == "잘못 입력" && taken.payload["receipt"]?["id"]?.text == wrong.id)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a wrong lot with a wrong day: its check is withdrawn, the right one asked for")
    func lots() async throws {
        try await Yard.with { yard in
            let id = try await InboundTests.announce(yard)
            let typed: [String: JSON] = ["lot": "N1", "expiry": "2026-12-24", "sure": true]
            #expect(try await InboundTests.receive(yard, id, "MILK", 40, typed) == nil)
            let wrong = try #require(try await receipts(yard, id).first)
            #expect(try await correct(yard, wrong.id, 40, ["lot": "M1"]) == nil)
            let checks = try await yard.store.read { try CheckTable.list(for: Yard.owner, in: $0) }
            #expect(checks.map { "\($0.lot) \($0.quantity)" } == ["M1 40"])
            let lines = try await yard.store.read { try InboundTable.find(id, for: Yard.owner, in: $0) }?.lines ?? []
            #expect(lines.map(\.received) == [40, 0, 0])
            // Only its day was wrong: as long as nothing else of the lot is there, it can be set right.
            let right = try #require(try await receipts(yard, id).first { !$0.isCorrected })
            #expect(try await correct(yard, right.id, 40, ["expiry": "2026-12-02"]) == nil)
            let expiry = try await yard.store.read {
                try FloorStock.expiry(of: "MILK", lot: "M1", for: Yard.owner, in: $0)
            }
            #expect(Station.day(expiry) == "2026-12-02")
            // Nothing was there at all.
            let none = try #require(try await receipts(yard, id).first { !$0.isCorrected })
            #expect(try await correct(yard, none.id, 0) == nil)
            #expect(try await yard.store.read { try CheckTable.list(for: Yard.owner, in: $0) }.isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what was checked, moved on or promised since, and what is finished, is not taken back")
    func obstacles() async throws {
        try await Yard.selling { yard in
            let id = try await InboundTests.announce(yard)
            #expect(try await InboundTests.receive(yard, id, "RICE", 10) == nil)
            let rice = try #require(try await receipts(yard, id).first)
            try await yard.order([("RICE", 4)])
            let promised = try await correct(yard, rice.id, 1)
            #expect(promised?.code == "receipt.promised" && promised?.words.ko.contains("4개") == true)
            #expect(try await InboundTests.receive(yard, id, "RICE", 3) == nil)
            try await yard.perform(
                "fulfilment.goods.store", ["item": "RICE", "quantity": 13, "from": "STAGE-1", "place": "A-01-1"],
                by: .picker)
            let more = try #require(try await receipts(yard, id).first)
            #expect(try await correct(yard, more.id, 2)?.code == "receipt.moved")
            #expect(try await InboundTests.receive(yard, id, "MILK", 40, ["lot": "M1"]) == nil)
            let milk = try #require(try await receipts(yard, id).first)
            let check = try #require(
                try await yard.store.read { try CheckTable.list(for: Yard.owner, in: $0) }.first)
            try await yard.perform(
                "fulfilment.check.decide",
                ["check": .string(check.id), "looked": .decimal(check.plan.sample), "faulty": 0], by: .second)
            #expect(try await correct(yard, milk.id, 39)?.code == "receipt.moved")
            #expect(try await InboundTests.receive(yard, id, "MILK", 5, ["lot": "M2"]) == nil)
            let last = try #require(try await receipts(yard, id).first)
            try await yard.perform("fulfilment.inbound.close", ["inbound": .string(id)], by: .picker)
            #expect(try await correct(yard, last.id, 4)?.code == "inbound.closed")
        }
    }

    @Test("the events of EPCIS that were wrong are declared wrong, and the log still gives the stock")
    func declared() async throws {
        try await Yard.with { yard in
            let id = try await InboundTests.announce(yard)
            #expect(try await InboundTests.receive(yard, id, "RICE", 300, ["sure": true]) == nil)
            let wrong = try #require(try await receipts(yard, id).first)
            #expect(try await correct(yard, wrong.id, 30) == nil)
            let kept = try await yard.store.read { reader in
                try EPCISTable.page(EPCISQuery(), size: 100, for: Yard.owner, in: reader).events
            }.sorted { $0.id < $1.id }
            let declared = try kept.map { try EPCISEvent($0.json) }.filter { $0.declaration != nil }
            // As many as the receipt had: what was announced, and what was too much.
            #expect(declared.count == 2)
            let right = try kept.map { try EPCISEvent($0.json) }.last { $0.declaration == nil }
            for event in declared {
                #expect(event.declaration?["reason"]?.text == "incorrect_data")
                #expect(event.declaration?["correctiveEventIDs"]?.elements?.first?.text == right?.eventID)
                #expect(
                    kept.filter { $0.json["eventID"]?.text == event.eventID }.count == 2, "beside the event itself")
            }
            var replay = StockReplay()
            for one in kept { try replay.read(one) }
            #expect(replay.missing.isEmpty)
            #expect(replay.heaps.values.sorted() == [30])
            #expect(try await yard.rebuildsAlike())
        }
    }
}
