import Access
import District
import Record
import TestKit
import Testing

@testable import Citizen

/// How many turns may come in; the clock moves only when told.
struct ThrottleTests {
    private let start = Timestamp(iso8601: "2026-11-23T10:00:00+09:00") ?? Timestamp(microseconds: 0)

    private func admitted(
        _ throttle: TurnThrottle, _ times: Int, address: (Int) -> String, dialogue: String? = nil,
        isKnown: Bool = false, at now: Timestamp
    ) -> Int {
        (0..<times).count {
            throttle.admit(
                TurnThrottle.bounds(address: address($0), dialogue: dialogue, isKnown: isKnown), at: now)
        }
    }

    @Test("one address brings so many turns in a minute, and as many again in the next")
    func address() {
        let throttle = TurnThrottle()
        #expect(admitted(throttle, 700, address: { _ in "192.0.2.1" }, at: start) == TurnThrottle.perAddress)
        // Another is not shut out by it.
        #expect(admitted(throttle, 5, address: { _ in "192.0.2.2" }, at: start) == 5)
        let late = start.advanced(bySeconds: TurnThrottle.window - 0.001)
        #expect(admitted(throttle, 1, address: { _ in "192.0.2.1" }, at: late) == 0)
        let next = start.advanced(bySeconds: TurnThrottle.window)
        #expect(admitted(throttle, 700, address: { _ in "192.0.2.1" }, at: next) == TurnThrottle.perAddress)
        // A clock that was set back opens a new window instead of closing this one for good.
        #expect(admitted(throttle, 1, address: { _ in "192.0.2.1" }, at: start) == 1)
    }

    @Test("one dialogue is one mouth, from however many addresses it speaks")
    func dialogue() {
        let throttle = TurnThrottle()
        let count = admitted(throttle, 100, address: { "192.0.2.\($0)" }, dialogue: "one", at: start)
        #expect(count == TurnThrottle.perDialogue)
    }

    @Test("all who are not signed in together bring so many; people who have signed in are not shut out by them")
    func house() {
        let throttle = TurnThrottle()
        let count = admitted(throttle, 3000, address: { "198.51.100.\($0 % 250)" }, at: start)
        #expect(count == TurnThrottle.perHouse)
        #expect(admitted(throttle, 1, address: { _ in "192.0.2.9" }, at: start) == 0)
        #expect(admitted(throttle, 1, address: { _ in "192.0.2.9" }, isKnown: true, at: start) == 1)
    }

    @Test("what is remembered is bounded: invented dialogues fill no memory")
    func memory() {
        let throttle = TurnThrottle()
        var taken = 0
        for number in 0..<(TurnThrottle.remembered + 500) {
            let bounds = TurnThrottle.bounds(address: "203.0.113.\(number)", dialogue: nil, isKnown: true)
            if throttle.admit(bounds, at: start) { taken += 1 }
        }
        #expect(taken == TurnThrottle.remembered)
        // Whoever is remembered already goes on.
        #expect(admitted(throttle, 1, address: { _ in "203.0.113.1" }, isKnown: true, at: start) == 1)
    }

    @Test("too many turns are refused by name, in both languages, with 119; the conversation goes on afterwards")
    func refusal() async throws {
        try await TalkHouse.with { yard in
            let line = try Line(yard)
            try await line.say("집 앞 도로에 구멍 났어")
            for _ in 0..<TurnThrottle.perDialogue { try await line.send(.silence, turn: 1) }
            await #expect {
                try await line.send(.silence, turn: 1)
            } throws: { error in
                guard let refusal = error as? Refusal else { return false }
                return refusal.kind == .tooOften && refusal.code == "turn.too-often"
                    && refusal.words.ko.contains("119") && refusal.words.en.contains("119")
            }
            yard.clock.advance(by: TurnThrottle.window)
            try await line.say("중앙로 12 앞")
            #expect(line.phase == "confirming", "\(line.said)")
        }
    }
}
