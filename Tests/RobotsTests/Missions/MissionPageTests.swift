import District
import Foundation
import HTTPTypes
import HouseKit
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Robots
@testable import Web

/// The pages as people get them: rendered, in both languages, with nothing that is not theirs.
@Suite struct MissionPageTests {
    private func page(
        _ yard: Yard, _ route: String, _ caller: Caller, _ parameters: [String: String] = [:],
        language: Language = .ko
    ) async throws -> String {
        try await PageKit.page(yard, route, caller, parameters, language: language)
    }

    @Test("the board says what waits, who may do what, and that people choose while the matcher does not stand")
    func board() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard)
            let number = id.dropFirst("mission/".count)
            for language in [Language.ko, .en] {
                let text = try await page(yard, "/robots/missions", MissionYard.nurse, language: language)
                #expect(text.contains("수혈용 혈액") && text.contains("/robots/missions/\(number)"))
                #expect(!text.contains("김간호") && !text.contains("302호"))
                #expect(text.contains("robots.mission.cancel?mission=\(number)"))
                #expect(!text.contains("robots.mission.assign"))
            }
            #expect(try await page(yard, "/robots/missions", MissionYard.operators).contains("robots.mission.assign"))
            let other = try await page(yard, "/robots/missions", MissionYard.barista)
            #expect(!other.contains("수혈용 혈액"))
        }
    }

    @Test("one mission shows its course, and the digits to nobody who only looks")
    func one() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard, ["handover": "code"])
            try await MissionYard.drive(yard, id)
            let digits = try #require(try await MissionYard.kept(yard, id).secret.digits)
            let parameters = ["mission": String(id.dropFirst("mission/".count))]
            let text = try await page(yard, "/robots/missions/{mission}", MissionYard.nurse, parameters)
            #expect(text.contains("김간호") && text.contains("3A병동 간호사실") && text.contains("name=\"code\""))
            #expect(!text.contains(">\(digits)<"))
            await #expect(throws: Refusal.self) {
                try await page(yard, "/robots/missions/{mission}", MissionYard.barista, parameters)
            }
        }
    }

    @Test("the recipient's page needs no account, shows the code and names nobody; it ends a day after the mission")
    func track() async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard, ["handover": "code"])
            let secret = try await MissionYard.kept(yard, id).secret
            let (track, digits) = (try #require(secret.track), try #require(secret.digits))
            let spaced = digits.map { String($0) }.joined(separator: " ")
            let early = try await page(yard, "/robots/track/{code}", .anonymous(), ["code": track])
            let late = try await MissionYard.ask(yard)
            let link = try #require(try await MissionYard.kept(yard, late).secret.track)
            let journal = MissionYard.journal(yard)
            let promise = Promise(plan: 300, ratios: [], at: yard.clock.read())
            try await journal.assign(late, to: MissionYard.vehicle, promise: promise, by: .system("test"))
            let due = try await page(yard, "/robots/track/{code}", .anonymous(), ["code": link])
            #expect(due.contains("늦어도") && !due.contains("늦어지고"))
            yard.clock.advance(by: 500)
            let slow = try await page(yard, "/robots/track/{code}", .anonymous(), ["code": link])
            #expect(slow.contains("예정보다 늦어지고 있습니다.") && !slow.contains("늦어도") && !slow.contains("불렀습니다"))
            try await MissionYard.watch(yard).look()
            let called = try await page(yard, "/robots/track/{code}", .anonymous(), ["code": link])
            #expect(called.contains("담당자를 불렀습니다"))
            #expect(early.contains(spaced) && early.contains("로봇을 부르고 있습니다"))
            try await MissionYard.drive(yard, id)
            let here = try await page(yard, "/robots/track/{code}", .anonymous(), ["code": track])
            #expect(here.contains("로봇이 도착했습니다") && !here.contains("김간호") && !here.contains("302호"))
            try await yard.perform("robots.mission.cancel", ["mission": .string(id)], by: MissionYard.nurse)
            let over = try await page(yard, "/robots/track/{code}", .anonymous(), ["code": track])
            #expect(!over.contains(spaced))
            yard.clock.advance(by: 86_401)
            await #expect(throws: Refusal.self) {
                try await page(yard, "/robots/track/{code}", .anonymous(), ["code": track])
            }
            await #expect(throws: Refusal.self) {
                try await page(yard, "/robots/track/{code}", .anonymous(), ["code": "0000000000000000000000"])
            }
        }
    }

    @Test("the recipient is told of a code only where there is one", arguments: ["code", "badge", "none"])
    func todo(_ proof: String) async throws {
        try await MissionYard.with { yard in
            let id = try await MissionYard.ask(yard, ["handover": .string(proof)])
            let track = try #require(try await MissionYard.kept(yard, id).secret.track)
            let journal = MissionYard.journal(yard)
            try await journal.assign(id, to: MissionYard.vehicle, promise: nil, by: .system("test"))
            for step in [MissionStep.started(leg: 0), .arrived(leg: 0)] { try await journal.step(id, step) }
            try await MissionYard.load(yard, id)
            for steps in [[MissionStep.started(leg: 1)], [.arrived(leg: 1)]] {
                for step in steps { try await journal.step(id, step) }
                let ko = try await page(yard, "/robots/track/{code}", .anonymous(), ["code": track])
                let en = try await page(yard, "/robots/track/{code}", .anonymous(), ["code": track], language: .en)
                #expect(ko.contains("인수 번호") == (proof == "code"))
                #expect(ko.contains("직원증을 로봇에 대세요") == (proof == "badge"))
                #expect(en.contains("ode at the robot") == (proof == "code"))
                #expect(en.contains("staff badge") == (proof == "badge"))
            }
        }
    }

    @Test("readiness and test sites are shown in both languages, another firm's booking as a taken time alone")
    func others() async throws {
        try await MissionYard.with { yard in
            try await yard.perform(
                "robots.testsite.book",
                [
                    "testsite": "street-corner", "start": "2026-11-24T10:00:00+09:00", "hours": 2,
                    "robots": "비밀 로봇", "weight": 40, "speed": 5, "purpose": "시험", "insurance": "가나 1", "terms": true,
                ], by: MissionYard.barista)
            for language in [Language.ko, .en] {
                let sites = try await page(yard, "/robots/testsites", MissionYard.nurse, language: language)
                #expect(sites.contains("10:00–12:00") && !sites.contains("비밀 로봇"))
                let ready = try await page(yard, "/robots/readiness", MissionYard.operators, language: language)
                #expect(ready.contains("1.1 m") && ready.contains("robots.readiness.check"))
            }
        }
    }

    @Test("the sample is founded once, each mission by the rules")
    func sample() async throws {
        try await MissionYard.with { yard in
            let settings = try MissionSettings(ShippedBook.handbook)
            let known = try await yard.store.read { try Places.published.every($0) }
            let sample = MissionSample(district: yard.district, settings: settings)
            try await sample.found(known)
            let first = try await yard.events().count
            try await sample.found(known)
            #expect(try await yard.events().count == first)
            let zone = try Caller.officer.tenant
            let ended = try await yard.store.read {
                try MissionTable.ended(since: Timestamp(microseconds: 0), limit: 100, for: zone, in: $0)
            }
            #expect(ended.count >= 10 && ended.allSatisfy(\.isSample))
            // What was cancelled or failed was unloaded: the sample's vehicles work.
            #expect(try await yard.events().contains { $0.type == MissionEvents.unloaded })
            #expect(try await yard.store.read { try MissionTable.laden(for: zone, in: $0) }.isEmpty)
            #expect(Set(ended.map(\.mission.state)) == [.completed, .failed, .cancelled])
            #expect(try await yard.rebuildsAlike())
        }
    }
}
