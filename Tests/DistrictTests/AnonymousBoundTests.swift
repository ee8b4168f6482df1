import Access
import Record
import TestKit
import Testing

@testable import District

@Suite("How much may be written by those nobody knows")
struct AnonymousBoundTests {
    private static let knock = Command(
        Form(
            "shed.door.knock", title: Words("두드리기", "Knock"), help: Words("두드립니다.", "Knocks."),
            fields: [Field("loud", Words("세기", "Loud"), .integer(1...3, unit: nil))], permission: .anyone)
    ) { ask, _ in
        guard ask.values.integer("loud") != 3 else {
            throw Refusal(.conflict, "shed.asleep", Words("잡니다.", "They sleep."))
        }
        return [Draft("shed.door.knocked", stream: "door/1", scope: .zone)]
    }
    private static let alarm = Command(
        Form(
            "shed.door.alarm", title: Words("알리기", "Alarm"), help: Words("알립니다.", "Alarms."), fields: [],
            permission: .anyone, hasOwnBound: true)
    ) { _, _ in [Draft("shed.door.alarmed", stream: "door/1", scope: .zone)] }

    private func withDoor(_ limits: AnonymousBound.Limits, _ body: (Quay) async throws -> Void) async throws {
        var room = Shed()
        room.commands = [Self.knock, Self.alarm]
        try await Quay.with(.sqlite, rooms: [room]) { (quay: Quay) async throws in
            quay.district.anonymous.set(limits)
            try await body(quay)
        }
    }

    private func knock(
        _ quay: Quay, from address: String?, loud: JSON = 1, key: String? = nil, by caller: Caller = .anonymous()
    ) async throws -> Refusal? {
        try await Arrival.$address.withValue(address) {
            try await quay.refusal("shed.door.knock", ["loud": loud], by: caller, key: key)
        }
    }

    @Test("so much from one address, and it is told when to come again; then it may")
    func perAddress() async throws {
        try await withDoor(.init(perAddress: 3, perCommand: 100)) { (quay: Quay) async throws in
            for _ in 0..<3 { #expect(try await knock(quay, from: "a") == nil) }
            let refusal = try #require(try await knock(quay, from: "a"))
            #expect(refusal.kind == .tooOften && refusal.code == "anonymous.address")
            // An hour for three: the next one in twenty minutes.
            #expect(refusal.retryAfter == 1200)
            #expect(refusal.words.ko.contains("20분 뒤") && refusal.words.en.contains("20 min"))
            #expect(try await knock(quay, from: "b") == nil)
            quay.clock.advance(by: 1199)
            #expect(try await knock(quay, from: "a")?.retryAfter == 1)
            quay.clock.advance(by: 1)
            #expect(try await knock(quay, from: "a") == nil)
            #expect(try await knock(quay, from: "a")?.kind == .tooOften)
        }
    }

    @Test("so much of one command from all addresses together, and others are not in its way")
    func perCommand() async throws {
        try await withDoor(.init(perAddress: 100, perCommand: 5)) { (quay: Quay) async throws in
            for number in 0..<5 { #expect(try await knock(quay, from: "\(number)") == nil) }
            #expect(try await knock(quay, from: "new")?.code == "anonymous.command")
            // What has a bound of its own does not wait because others wrote much.
            try await Arrival.$address.withValue("0") {
                for _ in 0..<10 { _ = try await quay.district.perform("shed.door.alarm", [:], by: .anonymous()) }
            }
        }
    }

    @Test("counts only what was done, and nothing of those who are known or come from within")
    func counted() async throws {
        try await withDoor(.init(perAddress: 1, perCommand: 100)) { (quay: Quay) async throws in
            for _ in 0..<5 {
                #expect(try await knock(quay, from: "a", loud: 3)?.code == "shed.asleep")
                #expect(try await knock(quay, from: "a", loud: 9)?.code == "form.invalid")
                #expect(try await knock(quay, from: "a", by: .worker) == nil)
                #expect(try await knock(quay, from: nil) == nil)
            }
            #expect(try await knock(quay, from: "a") == nil)
            #expect(try await knock(quay, from: "a")?.code == "anonymous.address")
        }
    }

    @Test("the same request again is not counted, and is answered also where no more is taken")
    func repeated() async throws {
        try await withDoor(.init(perAddress: 2, perCommand: 100)) { (quay: Quay) async throws in
            for _ in 0..<5 { #expect(try await knock(quay, from: "a", key: "same") == nil) }
            #expect(try await knock(quay, from: "a", key: "other") == nil)
            #expect(try await knock(quay, from: "a", key: "third")?.code == "anonymous.address")
            #expect(try await knock(quay, from: "a", key: "same") == nil)
            #expect(try await quay.types() == ["shed.door.knocked", "shed.door.knocked"])
        }
    }

    @Test("many at once do not slip through")
    func contention() async throws {
        try await withDoor(.init(perAddress: 7, perCommand: 100)) { (quay: Quay) async throws in
            let taken = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<40 { group.addTask { try await knock(quay, from: "a") == nil } }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(taken == 7)
        }
    }

    @Test("keeps few addresses, and a clock that was set back locks nobody out")
    func memory() throws {
        let bound = AnonymousBound(.init(perAddress: 2, perCommand: 1_000_000))
        let now = Timestamp(microseconds: 1_795_000_000_000_000)
        for number in 0..<(AnonymousBound.most + 50) { try? _ = bound.enter("c", from: "\(number)", at: now) }
        #expect(bound.count <= AnonymousBound.most + 2)
        // Those beyond share one bound, which is full by now; once the others are forgotten there is room again.
        #expect(throws: Refusal.self) { try bound.enter("c", from: "late", at: now) }
        _ = try bound.enter("c", from: "late", at: now.advanced(bySeconds: 3700))
        #expect(bound.count <= 3)
        let back = now.advanced(bySeconds: -86_400 * 365)
        for _ in 0..<2 { _ = try bound.enter("c", from: "late", at: back) }
        #expect(throws: Refusal.self) { try bound.enter("c", from: "late", at: back) }
    }
}
