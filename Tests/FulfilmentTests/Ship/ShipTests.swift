import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Fulfilment

/// Packed, weighed, numbered, listed, scanned twice, and gone.
@Suite struct ShipTests {
    @Test("an SSCC has 18 figures and a right check figure, whatever the prefix")
    func sscc() {
        for prefix in ["8800000", "88012345", "880123456", "8801234567"] {
            for serial: Int64 in [0, 1, 99_999, 9_999_999] {
                let code = SSCC.make(prefix: prefix, serial: serial)
                #expect(code.map { GTIN.isSoundSSCC($0) && $0.dropFirst().hasPrefix(prefix) } ?? (prefix.count == 10))
            }
        }
        #expect(SSCC.make(prefix: "8801234567", serial: 10_000_000) == nil)
        #expect(SSCC.make(prefix: "88", serial: 1) == nil)
    }

    @Test("every sign of GS1-128 is 11 modules wide, and its check sign follows from the others")
    func barcode() throws {
        #expect(Code128.patterns.count == 107 && Set(Code128.patterns).count == 107)
        for (sign, widths) in Code128.patterns.enumerated() {
            #expect(widths.reduce(0, +) == (sign == 106 ? 13 : 11))
            // Bars come to an even number of modules (ISO/IEC 15417, 4.2.1).
            if sign < 106 { #expect((widths[0] + widths[2] + widths[4]) % 2 == 0) }
        }
        let signs = try #require(Code128.signs("00188000000000000015".prefix(20).description))
        #expect(signs.first == 105 && signs[1] == 102 && signs.last == 106 && signs.count == 14)
        let sum = signs.dropLast(2).enumerated().reduce(0) { $0 + max(1, $1.offset) * $1.element }
        #expect(signs[12] == sum % 103)
        #expect(Code128.signs("123") == nil && Code128.signs("12a4") == nil)
    }

    @Test("a label is printed as ZPL and as PDF with its code, and commands in names do nothing")
    func label() {
        let label = ParcelLabel(
            sscc: "188000000000000011", order: "1121-ABCDEF", from: "해솔", carrier: "한빛택배", name: "김^XZ해솔",
            phone: "010", address: "시흥시 예시로 1", note: "", part: (1, 2), weight: 900)
        #expect(label.zpl.hasPrefix("^XA") && label.zpl.components("^XZ") == 1)
        #expect(label.zpl.contains(">;>800188000000000000011"))
        let pdf = String(decoding: label.pdf, as: UTF8.self)
        #expect(pdf.hasPrefix("%PDF-1.4") && pdf.hasSuffix("%%EOF\n") && pdf.contains("UniKS-UCS2-H"))
        #expect(pdf.contains("D574C194"))
        #expect(label.svg.contains("<rect"))
    }

    /// An order that is picked.
    private func picked(_ yard: Yard, _ more: [String: JSON] = [:]) async throws -> String {
        try await yard.put("GLOVES", 10, at: "A-02-1")
        let order = try await yard.order([("GLOVES", 2)], more)
        try await yard.release()
        try await yard.pickAll()
        return order
    }

    @Test("what is packed is weighed: what is too light is opened again, or explained")
    func packed() async throws {
        try await Yard.selling { yard in
            let order = try await picked(yard)
            func pack(_ carton: String, _ weight: Int64?, reason: String = "") -> [String: JSON] {
                var parcel: [String: JSON] = ["carton": .string(carton)]
                if let weight { parcel["weight"] = .decimal(weight) }
                return ["order": .string(order), "parcels": [.object(parcel)], "reason": .string(reason)]
            }
            func code(_ values: [String: JSON]) async throws -> String? {
                try await yard.refusal("fulfilment.pack.confirm", values, by: .picker)?.code
            }
            #expect(try await code(pack("금고", 1000)) == "pack.carton")
            #expect(try await code(pack("3호", nil)) == "pack.weigh")
            #expect(try await code(pack("3호", 760)) == "pack.weight")
            #expect(
                try await code([
                    "order": .string(order), "parcels": [["carton": "1호"], ["carton": "1호"], ["carton": "1호"]],
                ]) == "pack.parcels")
            try await yard.perform("fulfilment.pack.confirm", pack("3호", 1290), by: .picker)
            #expect(try await yard.find(order)?.state == .packed)
            let boxes = try await yard.boxes(order)
            #expect(boxes.count == 1 && GTIN.isSoundSSCC(boxes[0].sscc) && boxes[0].state == .packed)
            #expect(try await code(pack("3호", 1290)) == "order.too-late")
            #expect(
                try await yard.refusal("fulfilment.order.cancel", ["order": .string(order)], by: .lead)?.code
                    == "order.too-late")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what has to be kept cold goes into a carton that keeps it so, or somebody says how else")
    func cold() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 6, at: "C-01-1", expiry: "2026-12-24T00:00:00Z")
            let order = try await yard.order([("MILK", 2)])
            try await yard.release()
            try await yard.pickAll()
            var values: [String: JSON] = ["order": .string(order), "parcels": [["carton": "2호", "weight": 2200]]]
            let refusal = try await yard.refusal("fulfilment.pack.confirm", values, by: .picker)
            #expect(refusal?.code == "pack.climate" && refusal?.faults.first?.field == "parcels[0].carton")
            #expect(try await yard.boxes(order).isEmpty)
            values["reason"] = "보냉 가방에 담음"
            try await yard.perform("fulfilment.pack.confirm", values, by: .picker)
            #expect(try await yard.boxes(order).count == 1)
        }
    }

    @Test("a carrier gets only what was scanned twice; a missing parcel stops the hand-over")
    func handedOver() async throws {
        try await Yard.selling { yard in
            let one = try await picked(yard)
            try await yard.pack(one)
            let two = try await picked(yard)
            try await yard.pack(two)
            let opened: [String: JSON] = ["centre": .string(Yard.centre), "carrier": "hanbit"]
            #expect(
                try await yard.refusal(
                    "fulfilment.manifest.open", opened.merging(["carrier": "slow"]) { $1 }, by: .picker)?.code
                    == "manifest.empty")
            let manifest = try #require(
                try await yard.perform("fulfilment.manifest.open", opened, by: .picker).events.first?.stream)
            let (first, second) = try await (yard.boxes(one), yard.boxes(two))
            let codes = (first + second).map(\.sscc)
            func scan(_ code: String) -> [String: JSON] { ["manifest": .string(manifest), "sscc": .string(code)] }
            func code(_ name: String, _ values: [String: JSON], by caller: Caller = .picker) async throws -> String? {
                try await yard.refusal(name, values, by: caller)?.code
            }
            #expect(try await code("fulfilment.manifest.scan", scan("123")) == "manifest.sscc")
            #expect(
                try await code("fulfilment.manifest.scan", scan(SSCC.make(prefix: "8800000", serial: 77) ?? ""))
                    == "manifest.other")
            #expect(try await code("fulfilment.manifest.scan", scan(codes[0]), by: .stranger) == "manifest.unknown")
            try await yard.perform("fulfilment.manifest.scan", scan("(00)\(codes[0])"), by: .picker)
            #expect(try await code("fulfilment.manifest.scan", scan(codes[0])) == "manifest.twice")
            let handed: [String: JSON] = ["manifest": .string(manifest)]
            #expect(try await code("fulfilment.manifest.hand-over", handed) == "manifest.missing")
            #expect(try await yard.count("GLOVES", at: "A-02-1") == 16)
            try await yard.perform(
                "fulfilment.manifest.remove", scan(codes[1]).merging(["reason": "찢어짐"]) { $1 }, by: .picker)
            try await yard.perform("fulfilment.manifest.hand-over", handed, by: .picker)
            #expect(try await yard.find(one)?.state == .shipped)
            #expect(try await yard.reserved(one).isEmpty)
            #expect(try await yard.find(two)?.state == .packed)
            #expect(try await code("fulfilment.manifest.hand-over", handed) == "manifest.handed")
            try await yard.perform("fulfilment.order.deliver", ["order": .string(one)], by: .lead)
            #expect(try await yard.find(one)?.state == .settled)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what is kept back while it waits for its carrier does not leave")
    func quarantineCannotShip() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 5, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            let order = try await yard.order([("MILK", 2)])
            try await yard.release()
            try await yard.pickAll()
            try await yard.pack(order, carton: "냉장")
            let manifest =
                try await yard.perform(
                    "fulfilment.manifest.open", ["centre": .string(Yard.centre), "carrier": "hanbit"], by: .picker
                ).events.first?.stream ?? ""
            try await yard.perform(
                "fulfilment.manifest.scan",
                ["manifest": .string(manifest), "sscc": .string(try await yard.boxes(order)[0].sscc)], by: .picker)
            try await yard.perform(
                "fulfilment.lot.quarantine", ["item": "MILK", "lot": "L1", "reason": "temperature"], by: .lead)
            #expect(
                try await yard.refusal(
                    "fulfilment.manifest.hand-over", ["manifest": .string(manifest)], by: .picker)?.code
                    == "ship.kept-back")
            let moved = try await yard.store.read { try OrderTable.promises(of: order, for: Yard.owner, in: $0) }
            #expect(moved.map(\.why) == [.quarantined])
            // The parcel is opened, its goods go into quarantine, and the order gets and sends others instead.
            let sscc = try await yard.boxes(order)[0].sscc
            let empty: [String: JSON] = ["container": .string(sscc), "place": "Q-01"]
            func code(_ more: [String: JSON], by caller: Caller = .picker) async throws -> String? {
                try await yard.refusal("fulfilment.container.empty", empty.merging(more) { $1 }, by: caller)?.code
            }
            #expect(try await code([:]) == "empty.listed")
            try await yard.perform(
                "fulfilment.manifest.remove",
                ["manifest": .string(manifest), "sscc": .string(sscc), "reason": "격리"], by: .picker)
            #expect(try await code([:], by: .stranger) == "empty.unknown")
            #expect(try await code(["place": "C-01-1"]) == "store.status")
            #expect(try await code(["outcome": "lost"]) == "empty.reason")
            #expect(try await code(["item": "MILK", "quantity": 3]) == "empty.item")
            #expect(try await code([:]) == nil)
            #expect(try await code([:]) == "empty.unknown")
            #expect(try await yard.count("MILK", lot: "L1", at: "Q-01", status: .quarantine) == 2)
            #expect(try await yard.lines(order).map { [$0.picked, $0.packed, $0.waiting] } == [[0, 0, 2]])
            #expect(try await yard.find(order)?.state == .placed)
            try await yard.put("MILK", lot: "L2", 5, at: "C-01-1", expiry: "2026-12-11T00:00:00Z")
            try await yard.release()
            try await yard.pickAll()
            try await yard.pack(order, carton: "냉장")
            try await yard.handOver()
            #expect(try await yard.find(order)?.state == .shipped)
            #expect(try await yard.reserved(order).isEmpty)
            #expect(try await yard.free("MILK") == 3)
            try await yard.perform("fulfilment.order.deliver", ["order": .string(order)], by: .lead)
            #expect(try await yard.find(order)?.state == .settled)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a lot that is let go again while it is packed does not leave beside what was promised in its place")
    func freedInParcel() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 2, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            let order = try await yard.order([("MILK", 2)])
            try await yard.release()
            try await yard.pickAll()
            try await yard.pack(order, carton: "냉장")
            try await yard.put("MILK", lot: "L2", 5, at: "C-01-1", expiry: "2026-12-11T00:00:00Z")
            try await yard.perform(
                "fulfilment.lot.quarantine", ["item": "MILK", "lot": "L1", "reason": "recall"], by: .lead)
            #expect(try await yard.reserved(order).map(\.lot) == ["L2"])
            try await yard.free(lot: "L1")
            // In the parcel it is good, and nobody's: nobody is promised it before it has been put back.
            #expect(try await yard.free("MILK") == 3)
            #expect(
                try await yard.refusal(
                    "fulfilment.manifest.open", ["centre": .string(Yard.centre), "carrier": "hanbit"], by: .picker)?
                    .code
                    == "ship.kept-back")
            let sscc = try await yard.boxes(order)[0].sscc
            try await yard.perform(
                "fulfilment.container.empty", ["container": .string(sscc), "place": "C-01-1"], by: .picker)
            #expect(try await yard.free("MILK") == 5)
            try await yard.release()
            try await yard.pickAll()
            try await yard.pack(order, carton: "냉장")
            try await yard.handOver()
            #expect(try await yard.reserved(order).isEmpty)
            #expect(try await yard.lines(order).map(\.shipped) == [2])
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("what is missing or broken in a parcel is promised anew, and the rest is packed again")
    func lostInParcel() async throws {
        try await Yard.selling { yard in
            let order = try await picked(yard)
            try await yard.pack(order)
            let sscc = try await yard.boxes(order)[0].sscc
            try await yard.perform(
                "fulfilment.container.empty",
                [
                    "container": .string("(00)\(sscc)"), "outcome": "damaged", "item": "GLOVES", "quantity": 1,
                    "place": "Q-01", "reason": "찢어짐",
                ], by: .picker)
            #expect(try await yard.count("GLOVES", at: "Q-01", status: .damaged) == 1)
            #expect(try await yard.inTote(order) == ["GLOVES ": 1])
            #expect(try await yard.boxes(order).isEmpty)
            #expect(try await yard.lines(order).map { [$0.reserved, $0.picked, $0.packed] } == [[2, 1, 0]])
            try await yard.release()
            try await yard.pickAll()
            try await yard.pack(order)
            #expect(try await yard.boxes(order).count == 1)
            let again = try await yard.boxes(order)[0].sscc
            try await yard.perform(
                "fulfilment.container.empty",
                ["container": .string(again), "outcome": "lost", "reason": "상자가 비어 있음"], by: .picker)
            #expect(try await yard.lines(order).map { [$0.reserved, $0.picked, $0.packed] } == [[2, 0, 0]])
            #expect(try await yard.free("GLOVES") == 5)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a robot that arrives with a lot that was taken from the order ends what was promised in its place")
    func recalledOnTheWay() async throws {
        try await Yard.selling { yard in
            try await yard.put("MILK", lot: "L1", 2, at: "C-01-1", expiry: "2026-12-10T00:00:00Z")
            let order = try await yard.order([("MILK", 2)], ["delivery": "robot", "carrier": "ward-3"])
            try await yard.release()
            try await yard.pickAll()
            try await yard.pack(order, carton: "냉장")
            try await yard.perform("fulfilment.ship.robot", ["order": .string(order)], by: .picker)
            try await yard.put("MILK", lot: "L2", 5, at: "C-01-1", expiry: "2026-12-11T00:00:00Z")
            try await yard.perform(
                "fulfilment.lot.quarantine", ["item": "MILK", "lot": "L1", "reason": "recall"], by: .lead)
            #expect(try await yard.reserved(order).map(\.lot) == ["L2"])
            try await yard.tell(MissionEnded.completed, order)
            #expect(try await yard.last("district.reaction.failed") == nil)
            #expect(try await yard.find(order)?.state == .settled)
            #expect(try await yard.reserved(order).isEmpty)
            #expect(try await yard.free("MILK") == 5)
            #expect(try await yard.tasks().isEmpty)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a robot's mission brings it: what robots say moves the order, and a failure brings it back")
    func byRobot() async throws {
        try await Yard.selling { yard in
            let order = try await picked(yard, ["delivery": "robot", "carrier": "ward-3"])
            let values: [String: JSON] = ["order": .string(order)]
            #expect(
                try await yard.refusal("fulfilment.ship.robot", values, by: .picker)?.code == "order.too-late")
            try await yard.pack(order)
            try await yard.perform("fulfilment.ship.robot", values, by: .picker)
            let wanted = try #require(try await yard.last(MissionWanted.type).flatMap { MissionWanted($0) })
            #expect(wanted.purpose == order && wanted.stops == ["ship-1", "ward-3"] && wanted.proof == "code")
            #expect(
                try await yard.refusal("fulfilment.ship.robot", values, by: .picker)?.code == "order.too-late")
            try await yard.tell(MissionEnded.failed, order)
            #expect(try await yard.boxes(order).map(\.state) == [.packed])
            try await yard.perform("fulfilment.ship.robot", values, by: .picker)
            let again = try #require(try await yard.last(MissionWanted.type).flatMap { MissionWanted($0) })
            #expect(again.purpose == "\(order)/2")
            try await yard.tell(MissionPromised.type, again.purpose, ["due": "2026-11-21T05:00:00Z"])
            #expect(try await yard.find(order)?.due?.description == "2026-11-21T05:00:00Z")
            try await yard.tell(MissionEnded.completed, again.purpose)
            #expect(try await yard.find(order)?.state == .settled)
            #expect(try await yard.free("GLOVES") == 8)
            #expect(try await yard.rebuildsAlike())
        }
    }
}

extension Yard {
    func boxes(_ order: String) async throws -> [ParcelTable.Box] {
        try await store.read { try ParcelTable.boxes(of: order, for: Self.owner, in: $0) }
    }

    /// Packs an order in one carton, whatever it weighs.
    func pack(_ order: String, carton: String = "3호") async throws {
        try await perform(
            "fulfilment.pack.confirm",
            ["order": .string(order), "parcels": [["carton": .string(carton)]], "reason": "시험"], by: .picker)
    }

    /// A list of all that is packed for a carrier, every parcel of it scanned.
    func openManifest() async throws -> String {
        let manifest =
            try await perform(
                "fulfilment.manifest.open", ["centre": .string(Self.centre), "carrier": "hanbit"], by: .picker
            ).events.first?.stream ?? ""
        for box in try await store.read({ try ParcelTable.boxes(on: manifest, for: Self.owner, in: $0) }) {
            try await perform(
                "fulfilment.manifest.scan", ["manifest": .string(manifest), "sscc": .string(box.sscc)], by: .picker)
        }
        return manifest
    }

    /// Everything that is packed leaves with a carrier.
    func handOver() async throws {
        try await perform(
            "fulfilment.manifest.hand-over", ["manifest": .string(try await openManifest())], by: .picker)
    }

    /// What robots tell of a mission.
    func tell(_ type: String, _ purpose: String, _ more: [String: JSON] = [:]) async throws {
        let payload: [String: JSON] = ["mission": "mission/1", "purpose": .string(purpose)]
        try await district.record(
            [Draft(type, stream: "mission/1", scope: Self.scope, payload: payload.merging(more) { $1 })],
            origin: Origin(author: .system("test")))
    }
}

extension String {
    fileprivate func components(_ part: String) -> Int {
        var (count, rest) = (0, self[...])
        while let found = rest.firstRange(of: part) {
            count += 1
            rest = rest[found.upperBound...]
        }
        return count
    }
}
