import District
import Record
import Store
import TestKit
import Testing

@testable import Access
@testable import Sensing

@Suite("What people do with alarms")
struct AlarmCommandTests {
    private static func raise(_ spine: Spine, _ scope: Scope) async throws -> String {
        let id = Identifier(at: spine.district.clock()).description
        try await spine.district.record(
            [
                Draft(
                    "sensing.alarm.raised", stream: "alarm/\(id)", scope: scope,
                    payload: [
                        "alarm": .string(id), "thing": "press-1", "priority": "high", "origin": "live",
                        "why": ["ko": "진동", "en": "shakes"],
                    ])
            ], origin: Origin(author: .system("test")))
        return id
    }

    private static func row(_ id: String, _ spine: Spine) async throws -> AlarmRow? {
        let zone = try Caller.system("test").tenant
        return try await spine.district.store.read { try AlarmTable.find(id, for: zone, in: $0) }
    }

    @Test("an alarm is taken on, then cleared; each step once", arguments: StoreUnderTest.all)
    func life(_ kind: StoreUnderTest) async throws {
        try await withSpine(on: kind) { spine in
            let (id, caller) = (try await Self.raise(spine, .firm("alfa")), firmCaller("alfa"))
            _ = try await spine.district.perform(
                "sensing.alarm.acknowledge", ["alarm": .string(id), "note": "on my way"], by: caller)
            #expect(try await Self.row(id, spine)?.state == .acknowledgedActive)
            #expect(try await Self.row(id, spine)?.note == "on my way")
            await #expect(throws: Refusal.self) {
                try await spine.district.perform("sensing.alarm.acknowledge", ["alarm": .string(id)], by: caller)
            }
            await #expect(throws: Refusal.self, "it is read back first") {
                try await spine.district.perform(
                    "sensing.alarm.clear", ["alarm": .string(id), "reason": "seen"], by: caller)
            }
            #expect(try await Self.row(id, spine)?.state == .acknowledgedActive)
            _ = try await spine.district.perform(
                "sensing.alarm.clear", ["alarm": .string(id), "reason": "seen"], by: caller, confirmed: true)
            #expect(try await Self.row(id, spine)?.state == .normal)
        }
    }

    @Test("another firm's alarm is not there for anyone's step", arguments: StoreUnderTest.all)
    func others(_ kind: StoreUnderTest) async throws {
        try await withSpine(on: kind) { spine in
            let id = try await Self.raise(spine, .firm("alfa"))
            for caller in [firmCaller("bravo"), firmToken("bravo", roles: [.safetyManager])] {
                do {
                    _ = try await spine.district.perform(
                        "sensing.alarm.acknowledge", ["alarm": .string(id)], by: caller)
                    Issue.record("it was acknowledged")
                } catch let refusal as Refusal {
                    #expect(refusal.kind == .notFound)
                }
            }
            #expect(try await Self.row(id, spine)?.state == .unacknowledgedActive)
        }
    }

    @Test("which alarms ring is told to each firm of its own, the most urgent first", arguments: StoreUnderTest.all)
    func ringing(_ kind: StoreUnderTest) async throws {
        try await withSpine(on: kind) { spine in
            func said(_ caller: Caller) async throws -> Words {
                try await spine.answer("sensing.alarm.ringing", [:], by: caller)
            }
            #expect(try await said(firmCaller("alfa")).en == "No alarm is ringing now.")
            let id = try await Self.raise(spine, .firm("alfa"))
            for _ in 0..<4 { _ = try await Self.raise(spine, .firm("alfa")) }
            let all = try await said(firmCaller("alfa"))
            #expect(all.ko.hasPrefix("처리할 경보가 5건 있습니다. 5건은 아직") && all.ko.contains("진동"), "\(all.ko)")
            #expect(all.en.contains("press-1: shakes") && all.en.contains("2 more"), "\(all.en)")
            _ = try await spine.district.perform(
                "sensing.alarm.acknowledge", ["alarm": .string(id)], by: firmCaller("alfa"))
            #expect(try await said(firmCaller("alfa")).en.contains("4 nobody has taken on"))
            #expect(try await said(firmCaller("bravo")).en == "No alarm is ringing now.")
            for caller in [Caller.anonymous(), firmCaller("alfa", [.citizen])] {
                await #expect(throws: Refusal.self) { _ = try await said(caller) }
            }
        }
    }

    @Test("who has no part in alarms may not", arguments: [Role.citizen, .inspector, .administrator])
    func roles(_ role: Role) async throws {
        try await withSpine { spine in
            let id = try await Self.raise(spine, .firm("alfa"))
            do {
                _ = try await spine.district.perform(
                    "sensing.alarm.acknowledge", ["alarm": .string(id)], by: firmCaller("alfa", [role]))
                Issue.record("it was acknowledged")
            } catch let refusal as Refusal {
                #expect(refusal.kind == .forbidden)
            }
        }
    }

    @Test("two who acknowledge at once: one does, the other is told", arguments: StoreUnderTest.all)
    func race(_ kind: StoreUnderTest) async throws {
        try await withSpine(on: kind) { spine in
            let id = try await Self.raise(spine, .firm("alfa"))
            let done = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        do {
                            _ = try await spine.district.perform(
                                "sensing.alarm.acknowledge", ["alarm": .string(id)], by: firmCaller("alfa"))
                            return true
                        } catch let refusal as Refusal where refusal.kind == .conflict {
                            return false
                        }
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(done == 1)
        }
    }
}
