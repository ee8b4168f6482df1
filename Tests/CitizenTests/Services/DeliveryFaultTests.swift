import District
import Foundation
import HTTPTypes
import Record
import Store
import Synchronization
import TestKit
import Testing
import Web

@testable import Access
@testable import Citizen

/// Requests on their way to systems that are slow, shut, or brought to by several at once.
@Suite(.serialized)
struct DeliveryFaultTests {
    /// A system that answers as it is told, and writes down what it was asked.
    private final class Town: Sendable {
        private let state = Mutex<(calls: [String], status: Int, body: JSON, seconds: Double)>(
            (
                [], 201, ["number": "T-1"], 0
            ))
        /// What it answers to whatever is posted, and after how long.
        func says(_ status: Int, _ body: JSON, after seconds: Double = 0) {
            state.withLock { ($0.status, $0.body, $0.seconds) = (status, body, seconds) }
        }
        var calls: [String] { state.withLock { $0.calls } }

        func answer(_ call: SideServer.Call) async -> (status: Int, body: JSON) {
            let (status, body, seconds) = state.withLock { state in
                state.calls.append(call.method.rawValue)
                return (state.status, state.body, state.seconds)
            }
            guard call.method == .post else { return (404, [:]) }
            if seconds > 0 { try? await Task.sleep(for: .milliseconds(Int64(seconds * 1000))) }
            return (status, body)
        }
    }

    private func with(
        _ body: @escaping @Sendable (Yard, CityServices, Town) async throws -> Void
    ) async throws {
        let quick = #"{"on": false, "url": "", "send_seconds": 3, "ask_seconds": 1.5}"#
        try await Yard.with(files: ["city-endpoint.json": quick]) { yard in
            let town = Town()
            let (ports, told) = AsyncStream.makeStream(of: Int.self)
            let services = try CityServices(yard.citizen.handbook)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    try await SideServer { await town.answer($0) }.run(host: "127.0.0.1", port: 0, logger: .quiet) {
                        told.yield($0)
                    }
                }
                for await port in ports {
                    yard.spine.outside.name("http://127.0.0.1:\(port)", for: "city")
                    let outcome: Result<Void, any Error>
                    do { outcome = .success(try await body(yard, services, town)) } catch { outcome = .failure(error) }
                    tasks.cancelAll()
                    return try outcome.get()
                }
            }
        }
    }

    private func ask(_ yard: Yard, _ place: String = "바다로 12") async throws -> (outcome: Outcome, id: String) {
        let outcome = try await yard.perform("citizen.pothole.report", ["where": .string(place)])
        return (outcome, CityRequest.id(outcome.events.first?.stream ?? ""))
    }

    private func find(_ id: String, _ yard: Yard) async throws -> CityRequest {
        try #require(try await yard.store.read { try RequestTable.find(id: id, in: $0) })
    }

    @Test("while it is being sent nobody is told that it is kept, and its refusal afterwards is told")
    func slow() async throws {
        try await with { yard, services, town in
            let words = Words("신고할 곳이 아닙니다.", "Not a place for this.")
            town.says(422, ["reason": ["ko": .string(words.ko), "en": .string(words.en)]], after: 0.8)
            let (outcome, id) = try await ask(yard)
            async let brought = RequestDelivery(spine: yard.spine, services: services).deliver(id: id)
            #expect(await services.receipt(of: outcome, in: yard.spine, within: .milliseconds(200)) == .unconfirmed)
            _ = try await brought
            #expect(await services.receipt(of: outcome, in: yard.spine, within: .seconds(1)) == .refused(words))
            // Why stands in the vault, for it may name somebody.
            let event = try #require(try await yard.events().first { $0.type == RequestEvents.refused })
            #expect(!JSON.object(event.payload).canonicalText.contains("신고할 곳"))
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "an answer that is no word on the request refuses nothing: it is kept, told, and goes out later",
        arguments: [401, 403, 404, 408, 429, 400, 422])
    func shut(_ status: Int) async throws {
        try await with { yard, services, town in
            // No reason in it: a gateway's answer.
            town.says(status, ["error": "no"])
            let delivery = RequestDelivery(spine: yard.spine, services: services)
            let (outcome, id) = try await ask(yard)
            try await delivery.deliver(id: id)
            let request = try await find(id, yard)
            #expect(request.state == .waiting)
            #expect(
                await services.receipt(of: outcome, in: yard.spine, within: .milliseconds(50)) == .kept(request.number))
            #expect(
                yard.spine.gauges.value("slipway_citizen_undelivered_total", labels: "status=\"\(status)\"") == 1)
            town.says(201, ["number": "T-9"])
            #expect(
                try await comesAbout {
                    await delivery.sweep()
                    return try await find(id, yard).receipt == "T-9"
                })
            #expect(try await yard.count(RequestEvents.refused) == 0)
        }
    }

    @Test("two nodes that bring the same request send it once")
    func nodes() async throws {
        try await with { yard, services, town in
            town.says(201, ["number": "T-1"], after: 0.3)
            let (_, id) = try await ask(yard)
            async let first = RequestDelivery(spine: yard.spine, services: services).deliver(id: id)
            async let second = RequestDelivery(spine: yard.spine, services: services).deliver(id: id)
            let taken = try await [first, second]
            #expect(taken.count(where: \.self) == 1)
            #expect(town.calls == ["POST"])
            #expect(try await yard.count(RequestEvents.accepted) == 1)
        }
    }

    @Test("one that was being sent when its node fell is looked up before it is sent again")
    func fallen() async throws {
        try await with { yard, services, town in
            let (_, id) = try await ask(yard)
            let past = Timestamp.now().advanced(bySeconds: -60)
            try await yard.store.write { writer in
                _ = try DeliveryTable.claim(id, by: "fallen", at: past, until: past, in: writer)
                _ = try DeliveryTable.send(id, by: "fallen", in: writer)
            }
            try await RequestDelivery(spine: yard.spine, services: services).deliver(id: id)
            #expect(town.calls == ["GET", "POST"])
            #expect(try await find(id, yard).state == .accepted)
            // Whoever had it before may not send any more.
            #expect(try await yard.store.write { try DeliveryTable.send(id, by: "fallen", in: $0) } == false)
        }
    }

    @Test("a late doubt takes nothing back from what was accepted, and a verdict is given once")
    func late() async throws {
        try await with { yard, services, _ in
            let (_, id) = try await ask(yard)
            try await RequestDelivery(spine: yard.spine, services: services).deliver(id: id)
            let accepted = try await find(id, yard)
            for type in [RequestEvents.unconfirmed, RequestEvents.refused] {
                try await yard.district.record(
                    [Draft(type, stream: CityRequest.stream + id, scope: accepted.scope)],
                    origin: Origin(author: .system("citizen.connector")))
                #expect(try await find(id, yard).state == .accepted, "\(type)")
            }
            #expect(try await find(id, yard).receipt == "T-1")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a number that comes while staff answer is added to their answer")
    func meanwhile() async throws {
        try await with { yard, services, town in
            town.says(201, ["number": "T-7"], after: 0.6)
            let (_, id) = try await ask(yard)
            async let brought = RequestDelivery(spine: yard.spine, services: services).deliver(id: id)
            try await Task.sleep(for: .milliseconds(150))
            let number = try await find(id, yard).number
            try await yard.perform(
                "citizen.request.answer", ["request": .string(number), "answer": "오늘 갑니다."], by: .officer)
            _ = try await brought
            let after = try await find(id, yard)
            #expect(after.state == .answered && after.receipt == "T-7" && after.answer == "오늘 갑니다.")
        }
    }

    @Test("claimed by one it is nobody else's until it is let go and due again", arguments: StoreUnderTest.all)
    func claims(_ kind: StoreUnderTest) async throws {
        try await Yard.with(kind) { yard in
            let (_, id) = try await ask(yard)
            let now = Timestamp(iso8601: "2026-11-21T10:00:00+09:00") ?? Timestamp(microseconds: 0)
            func at(_ seconds: Double) -> Timestamp { now.advanced(bySeconds: seconds) }
            func claim(_ holder: String, _ seconds: Double) async throws -> Int64? {
                let (moment, until) = (at(seconds), at(seconds + 20))
                return try await yard.store.write {
                    try DeliveryTable.claim(id, by: holder, at: moment, until: until, in: $0)
                }
            }
            func due(_ seconds: Double) async throws -> [String] {
                let moment = at(seconds)
                return try await yard.store.read { try DeliveryTable.due(at: moment, limit: 5, in: $0) }
            }
            #expect(try await due(0) == [id])
            #expect(try await claim("a", 0) == 1)
            #expect(try await claim("b", 1) == nil)
            #expect(try await due(1) == [])
            #expect(try await yard.store.read { try DeliveryTable.isKept(id, in: $0) } == false)
            let later = at(40)
            try await yard.store.write {
                try DeliveryTable.release(id, by: "a", isSent: false, due: later, in: $0)
            }
            #expect(try await yard.store.read { try DeliveryTable.isKept(id, in: $0) })
            #expect(try await due(30) == [])
            #expect(try await claim("b", 30) == nil)
            #expect(try await due(41) == [id])
            #expect(try await claim("b", 41) == 2)
            #expect(try await yard.store.write { try DeliveryTable.send(id, by: "a", in: $0) } == false)
            #expect(try await yard.store.write { try DeliveryTable.send(id, by: "b", in: $0) })
            // Its holder fell: it is due when the lease is over.
            #expect(try await due(60) == [])
            #expect(try await due(62) == [id])
            try await yard.store.write { try DeliveryTable.forget(id, in: $0) }
            #expect(try await due(0) == [id])
        }
    }

    @Test("one that is tried again and again holds up no other")
    func line() async throws {
        try await with { yard, services, town in
            town.says(503, [:])
            var old: [String] = []
            for number in 0..<3 { old.append(try await ask(yard, "바다로 \(number + 1)").id) }
            let delivery = RequestDelivery(spine: yard.spine, services: services)
            await delivery.sweep()
            // Nothing of them is due now; the new one is the only one there is.
            let (_, id) = try await ask(yard)
            let due = try await yard.store.read { try DeliveryTable.due(at: .now(), limit: 2, in: $0) }
            #expect(due == [id])
            let later = try await yard.store.read {
                try DeliveryTable.due(at: Timestamp.now().advanced(bySeconds: 60), limit: 9, in: $0)
            }
            #expect(Set(later) == Set(old + [id]))
        }
    }
}
