import Access
import District
import HouseKit
import Record
import Store
import TestKit
import Testing
import Web

@testable import Robots

/// “Where is my delivery?”, by the rights of whoever asks.
struct WhereTests {
    private static let question = "robots.mission.where"

    private func said(_ yard: Yard, _ code: String = "", by caller: Caller) async throws -> Words {
        try await yard.spine.answer(Self.question, code.isEmpty ? [:] : ["code": .string(code)], by: caller)
    }

    private func no(_ yard: Yard, _ code: String = "", by caller: Caller) async throws -> Refusal? {
        do {
            _ = try await said(yard, code, by: caller)
            return nil
        } catch let refusal as Refusal {
            return refusal
        }
    }

    @Test(
        "figures are understood as they are said, in either language",
        arguments: [
            ("일이삼 사오육 칠팔구", "123456789"), ("공 하나 둘 셋 넷 다섯 여섯 일곱 여덟", "012345678"), ("123-456-789", "123456789"),
            ("one two three, four five six, seven eight nine", "123456789"), ("oh zero 9 아홉", "0099"),
        ])
    func figures(_ said: String, _ figures: String) { #expect(TrackNumber.figures(said) == figures) }

    @Test("what is neither nine figures nor a link is no number")
    func unread() {
        for text in ["", "글쎄요", "1234", "1234567890", "about three"] {
            #expect(TrackNumber.read(text) == nil, "\(text)")
        }
        #expect(TrackNumber.read("일이삼 사오육 칠팔구 번") == .number("123456789"))
        let track = Secret.code()
        #expect(TrackNumber.read("https://house.example/robots/track/\(track)") == .track(track))
        #expect(TrackNumber.read(track) == .track(track))
        let number = TrackNumber.of(track)
        #expect(number.count == TrackNumber.length && TrackNumber.read(TrackNumber.shown(number)) == .number(number))
        #expect(TrackNumber.of(Secret.code()) != number)
    }

    @Test(
        "whoever asked for it hears where it is and when it comes, and nobody else does", arguments: StoreUnderTest.all)
    func own(_ kind: StoreUnderTest) async throws {
        try await MissionYard.with(kind) { yard in
            #expect(try await no(yard, by: MissionYard.nurse)?.code == "mission.none")
            let id = try await MissionYard.ask(yard)
            let asked = try await said(yard, by: MissionYard.nurse)
            #expect(asked.ko.contains("수혈용 혈액: 아직 맡을 로봇을 찾고") && asked.en.contains("still being found"))
            // A colleague, another firm, and the zone's officer have asked for none.
            for other in [MissionYard.pharmacist, MissionYard.barista, .officer] {
                let refusal = try await no(yard, by: other)
                #expect(refusal?.code == "mission.none")
                // Their number is asked for next: one may come to them that another asked for.
                #expect(refusal?.kind == .invalid && refusal?.faults.map(\.field) == ["code"])
            }
            let journal = MissionYard.journal(yard)
            let promise = Promise(plan: 290, ratios: [], at: yard.clock.read())
            try await journal.assign(id, to: MissionYard.vehicle, promise: promise, by: .system("test"))
            try await journal.step(id, .started(leg: 0))
            yard.clock.advance(by: 60)
            let coming = try await said(yard, by: MissionYard.nurse)
            #expect(coming.ko.contains("실으러") && coming.ko.contains("약 4분 뒤"), "\(coming.ko)")
            #expect(coming.en.contains("in about 4 minutes"), "\(coming.en)")
            // Nothing was heard of the vehicle in this house: where it is is not known, and not made up.
            #expect(coming.ko.contains("지금 어디 있는지는 알 수 없습니다"))
            yard.clock.advance(by: 300)
            #expect(try await said(yard, by: MissionYard.nurse).en.contains("a little late"))
            yard.clock.advance(by: 600)
            #expect(try await said(yard, by: MissionYard.nurse).en.contains("later than was promised"))
            try await journal.step(id, .arrived(leg: 0))
            let loading = try await said(yard, by: MissionYard.nurse)
            #expect(loading.ko.contains("약제실에 도착해 물건 싣기를 기다리고 있습니다"), "\(loading.ko)")
            try await MissionYard.load(yard, id)
            for step in [MissionStep.started(leg: 1), .arrived(leg: 1)] { try await journal.step(id, step) }
            let here = try await said(yard, by: MissionYard.nurse)
            #expect(here.ko.contains("도착해 기다리고") && !here.ko.contains("분 뒤"), "\(here.ko)")
            try await MissionYard.ask(yard, ["what": "검체"])
            let both = try await said(yard, by: MissionYard.nurse)
            #expect(both.ko.contains("2건") && both.ko.contains("검체") && both.ko.contains("수혈용 혈액"), "\(both.ko)")
        }
    }

    @Test("whoever is not known needs the number or the link, and a number that nobody has leads to nothing")
    func unknown() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard, ["handover": "code"])
            let track = try #require(try await MissionYard.kept(yard, id).secret.track)
            let number = TrackNumber.of(track)
            let lacking = try await no(yard, by: .anonymous())
            #expect(lacking?.kind == .invalid && lacking?.faults.first?.field == "code")
            #expect(try await no(yard, by: .person("resident", [.citizen]))?.faults.first?.field == "code")
            #expect(try await no(yard, "칠백", by: .anonymous())?.faults.first?.field == "code")
            for code in [number, TrackNumber.shown(number), track, "https://house.example/robots/track/\(track)"] {
                #expect(try await said(yard, code, by: .anonymous()).ko.contains("수혈용 혈액"), "\(code)")
            }
            // Neither whom it is for nor what opens the hand-over is told.
            let told = try await said(yard, number, by: .anonymous())
            let digits = try #require(try await MissionYard.kept(yard, id).secret.digits)
            for secret in ["김간호", "302호", digits] { #expect(!told.ko.contains(secret) && !told.en.contains(secret)) }
            let other = number == "000000001" ? "000000002" : "000000001"
            #expect(try await no(yard, other, by: .anonymous())?.kind == .notFound)
            // The digits that open the hand-over are no number to ask by.
            #expect(try await no(yard, digits, by: .anonymous())?.kind == .invalid)
            try await yard.perform(
                "robots.mission.cancel", ["mission": .string(id)], by: MissionYard.nurse)
            #expect(try await said(yard, number, by: .anonymous()).ko.contains("취소"))
            yard.clock.advance(by: 90_000)
            #expect(try await no(yard, number, by: .anonymous())?.kind == .notFound)
            #expect(try await no(yard, by: MissionYard.nurse)?.code == "mission.none")
        }
    }

    @Test("wrong numbers may be tried only so often, all together, and a while later again")
    func tries() {
        let tries = TrackTries()
        let start = Timestamp(microseconds: 1_800_000_000_000_000)
        for _ in 0..<TrackTries.most {
            #expect(tries.admits(at: start))
            tries.missed()
        }
        #expect(!tries.admits(at: start.advanced(bySeconds: TrackTries.window - 1)))
        #expect(tries.admits(at: start.advanced(bySeconds: TrackTries.window)))
    }

    @Test("a robot that is heard is told by the nearest place with a name, with its floor")
    func near() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            let journal = MissionYard.journal(yard)
            let promise = Promise(plan: 290, ratios: [], at: yard.clock.read())
            try await journal.assign(id, to: MissionYard.vehicle, promise: promise, by: .system("test"))
            let plan = try #require(
                try await yard.store.read { try SiteTable.compiled("onyu-main", in: $0)?.plan })
            let pharmacy = try #require(plan.nodes.first { $0.id == "pharmacy" })
            let robot = FloorVehicle(
                vehicle: MissionYard.vehicle, name: Words("나래 1호", "Narae 1"),
                place: .init(map: pharmacy.map, x: pharmacy.x + 0.5, y: pharmacy.y, heading: 0), state: .driving)
            let inquiry = WhereDelivery(
                places: .published, settings: try MissionSettings(ShippedBook.handbook),
                floor: FloorSource(vehicles: { _, _, _ in [robot] })
            ).inquiry
            func said() async throws -> Words {
                let house = try await yard.reopened(with: [Desk(inquiry: inquiry)])
                return try await house.spine.answer("desk.where", [:], by: MissionYard.nurse)
            }
            // Before it sets out for this mission, where it is is another's business.
            let name = try #require(pharmacy.name)
            #expect(!(try await said().ko.contains("근처")))
            try await journal.step(id, .started(leg: 0))
            let told = try await said()
            #expect(told.ko.contains("\(name.ko) 근처에") && told.en.contains("near \(name.en)"), "\(told.ko)")
        }
    }

    @Test("which robots need help is told to whoever steers them, each firm its own")
    func needing() async throws {
        try await MissionYard.with { yard in
            let question = "robots.vehicle.needing"
            func said(_ caller: Caller) async throws -> Words { try await yard.spine.answer(question, [:], by: caller) }
            #expect(try await said(MissionYard.operators).en == "No robot needs help.")
            for caller in [MissionYard.nurse, .anonymous(), .person("resident", [.citizen])] {
                await #expect(throws: Refusal.self) { _ = try await said(caller) }
            }
            let thing = MissionYard.vehicle.thing
            try await MissionYard.enrol(yard)
            for (fault, level) in [("obstacleDetected", "WARNING"), ("batteryEmpty", "FATAL")] {
                try await yard.district.record(
                    [
                        Draft(
                            VehicleFaulted.type, stream: "vehicle/\(thing)", scope: .firm("firm-onyu"),
                            payload: [
                                "thing": .string(thing.rawValue), "fault": .string(fault), "level": .string(level),
                            ])
                    ], origin: Origin(author: .system("test")))
            }
            let id = try await MissionYard.ask(yard)
            try await MissionYard.drive(yard, id)
            yard.clock.advance(by: 200)
            try await MissionYard.watch(yard).look()
            let told = try await said(MissionYard.operators)
            #expect(told.ko.contains("나래 nr-01: 배터리 방전.") && !told.ko.contains("장애물"), "\(told.ko)")
            #expect(told.ko.contains("수혈용 혈액 미션"), "\(told.ko)")
            #expect(try await said(.officer) == told)
            let others = Caller.person("street-operator", [.operator], firm: "firm-solmaru")
            #expect(try await said(others).en == "No robot needs help.")
            try await yard.perform("robots.mission.cancel", ["mission": .string(id)], by: MissionYard.operators)
            let laden = try await said(MissionYard.operators)
            #expect(laden.ko.contains("물건을 꺼내야 합니다.") && laden.en.contains("Narae nr-01: goods of a mission"))
        }
    }
}

/// A room with one question of the room under test.
private struct Desk: Capability {
    let name = "desk"
    let title = Words("창구", "Desk")
    let inquiry: Inquiry

    var answers: [Inquiry] {
        [
            Inquiry(
                "desk.where", title: title, help: title, fields: inquiry.form.fields, permission: .anyone,
                answer: inquiry.answer)
        ]
    }
}
