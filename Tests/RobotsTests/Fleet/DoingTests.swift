import District
import HouseKit
import Record
import Store
import Testing

@testable import Access
@testable import Robots

/// What pages say that a vehicle does.
@Suite("What a vehicle really does") struct DoingTests {
    private func signs(_ change: (inout VehicleSigns) -> Void = { _ in }) -> VehicleSigns {
        var signs = VehicleSigns()
        change(&signs)
        return signs
    }

    private let blood = VehicleDoing.Errand(
        number: "1", what: Words("혈액", "blood"), place: Words("3B병동", "ward 3B"), waits: true)

    @Test("who is held is never idle or charging, and says by what")
    func held() {
        let charging = signs { $0.isCharging = true }
        let person = VehicleDoing(charging, halt: .person(reason: ""))
        #expect(person.kind == .held && person.words.ko == "정지(사람이 멈춤)")
        #expect(VehicleDoing(signs(), halt: .person(reason: "바닥 청소")).words.ko == "정지(바닥 청소)")
        let zone = VehicleDoing(signs(), halt: .zone(Words("응급실 앞", "ER front"), isBefore: false))
        #expect(zone.kind == .held && zone.words.ko == "정지(응급실 앞 구역을 멈춤)")
        #expect(VehicleDoing(signs(), halt: .emergency(isDrill: false)).words.ko == "정지(비상)")
        #expect(VehicleDoing(signs(), halt: .closed(isBefore: false)).words.ko == "정지(닫힌 구역 안)")
        let moving = signs { $0.isDriving = true }
        #expect(VehicleDoing(moving, halt: .person(reason: "")).kind == .stopping)
        #expect(VehicleDoing(moving, halt: .emergency(isDrill: true)).kind == .clearing)
        // Held while it waits for the nurse, it is held.
        #expect(VehicleDoing(signs(), halt: .person(reason: ""), errand: blood).kind == .held)
        #expect(VehicleDoing(signs { $0.isPaused = true }).kind == .paused)
    }

    @Test("who waits says for whom or what: a person at a place, a lift, a held zone, the way")
    func waits() {
        let person = VehicleDoing(signs(), errand: blood)
        #expect(person.kind == .person && person.words.ko == "사람을 기다림(3B병동, 받을 사람)")
        let gate = VehicleDoing(signs { $0.next = "1f-cabin" }, gate: Words("승강기 1", "lift 1"))
        #expect(gate.kind == .gate && gate.words.ko == "승강기 1 기다림")
        let before = VehicleDoing(
            signs { $0.next = "er" }, halt: .zone(Words("응급실 앞", "ER front"), isBefore: true), gate: Words("문", "door"))
        #expect(before.kind == .barred && before.words.ko.contains("응급실 앞"))
        #expect(VehicleDoing(signs { $0.next = "a" }).kind == .way)
        #expect(VehicleDoing(signs(), cabin: Words("승강기 1", "lift 1")).kind == .riding)
        var later = blood
        later.isBegun = false
        #expect(VehicleDoing(signs { $0.isCharging = true }, errand: later).kind == .charging)
        #expect(VehicleDoing(signs()).kind == .idle)
    }

    @Test("what is not heard, broken or driven by hand goes before all")
    func own() {
        for presence in VehicleReport.Presence.allCases where presence != .here {
            let doing = VehicleDoing(signs { $0.presence = presence }, halt: .person(reason: ""), errand: blood)
            #expect([.unheard, .lost, .off, .contested].contains(doing.kind), "\(presence)")
        }
        #expect(VehicleDoing(signs { $0.isStopped = true }, halt: .person(reason: "")).kind == .fault)
        #expect(VehicleDoing(signs { $0.isByHand = true }).kind == .manual)
        #expect(VehicleDoing(VehicleSigns(nil)).kind == .unheard)
    }

    @Test("map, list and page say the same of a vehicle: held, with its mission, and that it calls a person")
    func pages() async throws {
        try await MissionYard.with { yard in
            try await MissionYard.enrol(yard)
            let id = try await MissionYard.ask(yard)
            try await MissionYard.drive(yard, id)
            let tenant = try MissionYard.operators.tenant
            func doing(_ signs: VehicleSigns = VehicleSigns()) async throws -> VehicleDoing {
                try await yard.store.read { reader in
                    try DoingBook.read(tenant, sites: ["onyu-main"], in: reader)
                        .doing(MissionYard.vehicle, at: "onyu-main", signs)
                }
            }
            #expect(try await doing().words.ko == "사람을 기다림(3A병동 간호사실, 받을 사람)")
            #expect(try await doing().mission?.what.ko == "수혈용 혈액")
            #expect(try await doing().call == nil)
            let kept = try await MissionYard.kept(yard, id)
            try await yard.district.record(
                [try MissionEvents.called(kept, .nobody)], origin: Origin(author: .system("test")))
            #expect(try await doing().call != nil)
            // The zone's hold of one zone: in it the vehicle is held, before it it waits.
            try await yard.perform("robots.hold.place", ["what": "zone", "zone": "onyu-main/er-front"], by: .officer)
            var at = VehicleSigns()
            at.node = "er"
            #expect(try await doing(at).kind == .held)
            (at.node, at.next, at.isCharging) = ("pharmacy", "er", true)
            #expect(try await doing(at).kind == .person)
            try await yard.perform("robots.hold.place", ["what": "fleet"], by: .officer)
            #expect(try await doing(at).words.ko == "정지(사람이 멈춤)")
            for route in ["/robots/vehicles", "/robots/vehicles/{thing}", "/robots/sites/{site}"] {
                let page = try await PageKit.page(
                    yard, route, MissionYard.operators,
                    ["thing": MissionYard.vehicle.thing.rawValue, "site": "onyu-main"])
                // In this house nobody drives: the vehicle was never heard, and its mission is told all the same.
                #expect(page.contains("수혈용 혈액 → 3A병동 간호사실"), "\(route)")
                #expect(page.contains("사람을 부름"), "\(route)")
                #expect(route.contains("{site}") || page.contains("소식 없음"), "\(route)")
            }
        }
    }
}
