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

/// How requests come to the city's systems, held against a practice city on a port of this machine.
@Suite(.serialized)
struct DeliveryTests {
    private static let quick = #"{"on": false, "url": "", "send_seconds": 3, "ask_seconds": 1.5}"#

    /// A yard whose requests go to a practice city.
    private func withCity(
        _ body: @escaping @Sendable (Yard, CityServices, RequestDelivery, CitySandbox) async throws -> Void
    ) async throws {
        try await Yard.with(files: ["city-endpoint.json": Self.quick]) { yard in
            let city = CitySandbox()
            let (ports, told) = AsyncStream.makeStream(of: Int.self)
            let services = try CityServices(yard.citizen.handbook)
            let delivery = RequestDelivery(spine: yard.spine, services: services)
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask {
                    try await SideServer { await city.answer($0) }.run(host: "127.0.0.1", port: 0, logger: .quiet) {
                        told.yield($0)
                    }
                }
                for await port in ports {
                    yard.spine.outside.name("http://127.0.0.1:\(port)", for: "city")
                    let outcome: Result<Void, any Error>
                    do {
                        outcome = .success(try await body(yard, services, delivery, city))
                    } catch {
                        outcome = .failure(error)
                    }
                    tasks.cancelAll()
                    return try outcome.get()
                }
            }
        }
    }

    private func ask(_ yard: Yard) async throws -> (outcome: Outcome, id: String) {
        let outcome = try await yard.perform("citizen.pothole.report", ["where": "바다로 12", "reply": "010-1234-5678"])
        return (outcome, CityRequest.id(outcome.events.first?.stream ?? ""))
    }

    private func state(_ id: String, _ yard: Yard) async throws -> CityRequest? {
        try await yard.store.read { try RequestTable.find(id: id, in: $0) }
    }

    @Test("a request is taken under the service's own number, and handed over twice it is taken once")
    func accepted() async throws {
        try await withCity { yard, services, delivery, city in
            let (outcome, id) = try await ask(yard)
            try await delivery.deliver(id: id)
            try await delivery.deliver(id: id)
            await delivery.sweep()
            #expect(try await state(id, yard)?.receipt == "T-100001")
            #expect(await services.receipt(of: outcome, in: yard.spine, within: .seconds(1)) == .number("T-100001"))
            #expect(await city.count == 1)
            #expect(try await yard.count(RequestEvents.accepted) == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a time-out after the commit is told as not confirmed, looked up by its key, and leaves exactly one request")
    func silentAfterCommit() async throws {
        try await withCity { yard, services, delivery, city in
            await city.misbehave("silent-after-commit", seconds: 30, times: 1)
            let (outcome, id) = try await ask(yard)
            try await delivery.deliver(id: id)
            #expect(try await state(id, yard)?.state == .unconfirmed)
            #expect(await services.receipt(of: outcome, in: yard.spine, within: .milliseconds(100)) == .unconfirmed)
            #expect(
                try await comesAbout {
                    await delivery.sweep()
                    return try await state(id, yard)?.state == .accepted
                })
            #expect(await city.count == 1)
            #expect(try await yard.count(RequestEvents.unconfirmed) == 1)
            #expect(try await yard.count(RequestEvents.accepted) == 1)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("a failure before the commit is looked up, found missing, and sent again")
    func broken() async throws {
        try await withCity { yard, _, delivery, city in
            await city.misbehave("broken", times: 2)
            let (_, id) = try await ask(yard)
            try await delivery.deliver(id: id)
            #expect(try await state(id, yard)?.state == .unconfirmed)
            #expect(await city.count == 0)
            #expect(
                try await comesAbout {
                    await delivery.sweep()
                    return try await state(id, yard)?.state == .accepted
                })
            #expect(await city.count == 1)
        }
    }

    @Test("a refusal is told with the service's reason and is not tried again")
    func refused() async throws {
        try await withCity { yard, services, delivery, city in
            await city.misbehave("refuse", times: 1)
            let (outcome, id) = try await ask(yard)
            try await delivery.deliver(id: id)
            let words = Words("연습용 시스템이 받지 않았습니다.", "The practice system did not take it.")
            #expect(await services.receipt(of: outcome, in: yard.spine, within: .seconds(1)) == .refused(words))
            await delivery.sweep()
            #expect(await city.count == 0)
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test("without a system, or with none that answers, a request is kept under the house's own number")
    func kept() async throws {
        try await withCity { yard, services, delivery, _ in
            let open = yard.spine.outside["city"] ?? ""
            for address in ["", "http://127.0.0.1:9", "http://example.com"] {
                yard.spine.outside.name(address, for: "city")
                let (outcome, id) = try await ask(yard)
                try await delivery.deliver(id: id)
                let request = try #require(try await state(id, yard))
                #expect(request.state == .waiting, "\(address)")
                let receipt = await services.receipt(of: outcome, in: yard.spine, within: .milliseconds(50))
                #expect(receipt == .kept(request.number))
            }
            // When the line is there again, all three go out by themselves.
            yard.spine.outside.name(open, for: "city")
            #expect(
                try await comesAbout {
                    await delivery.sweep()
                    return try await yard.count(RequestEvents.accepted) == 3
                })
        }
    }

    @Test("look-ups say the fields that the service returned; what is unknown or silent is told apart")
    func lookups() async throws {
        try await withCity { yard, services, _, city in
            func ask(_ name: String, _ values: [String: JSON], _ language: Language = .ko) async throws -> Lookup.Answer
            {
                let lookup = try #require(services.lookups.first { $0.intent.name == "lookup:\(name)" })
                return await lookup.answer(values, .anonymous(), yard.spine, language)
            }
            guard case .said(let text, let fields) = try await ask("bus", ["line": "143", "stop": "시청"]) else {
                Issue.record("no answer")
                return
            }
            let minutes = Int(try #require(fields["minutes"]?.double))
            #expect(text.contains("143번 버스가 시청 정류장에 \(minutes)분 뒤에 옵니다."))
            #expect(text.contains("연습용"))
            guard case .unknown = try await ask("bus", ["line": "999", "stop": "시청"]) else {
                Issue.record("bus 999 runs")
                return
            }
            guard case .said(let bill, _) = try await ask("water-bill", ["account": "1234-567890", "holder": "김가상"])
            else {
                Issue.record("no bill")
                return
            }
            #expect(bill.contains(",") && bill.contains("원이고"))
            // A number alone tells nothing, nor does it beside another's name.
            for other: [String: JSON] in [
                ["account": "1234-567890"], ["account": "1234-567890", "holder": "다른 사람"],
            ] {
                guard case .unknown = try await ask("water-bill", other) else {
                    Issue.record("somebody else's bill")
                    return
                }
            }
            for name in ["weather", "air"] {
                guard case .said(let said, _) = try await ask(name, [:], .en) else {
                    Issue.record("\(name) is silent")
                    continue
                }
                #expect(said.contains("practice"))
            }
            await city.misbehave("delay", seconds: 30)
            let start = ContinuousClock.now
            for _ in 0..<5 { #expect(try await ask("air", [:]) == .unavailable) }
            // Three wait for 1.5 s each, then the breaker is open and nobody waits.
            #expect(start.duration(to: .now) < .seconds(7))
        }
    }

    @Test("the state of a request is told by either number, without blanks or case mattering, and nothing else of it")
    func status() async throws {
        try await withCity { yard, services, delivery, _ in
            let (_, id) = try await ask(yard)
            try await delivery.deliver(id: id)
            let request = try #require(try await state(id, yard))
            let lookup = try #require(services.lookups.first { $0.intent.name == "lookup:status" })
            for number in [request.number, "t - 100001", "#T-100001"] {
                guard
                    case .said(let text, _) = await lookup.answer(
                        ["number": .string(number)], .anonymous(), yard.spine, .ko)
                else {
                    Issue.record("\(number) is unknown")
                    continue
                }
                // Numbers follow one another: whoever tries them learns nothing of what was asked for.
                #expect(text.hasPrefix("T-100001번은 접수되었습니다.") && !text.contains("도로"), "\(text)")
                let own = await lookup.answer(
                    ["number": .string(number), LookupAnswering.own: true], .anonymous(), yard.spine, .ko)
                guard case .said(let told, _) = own else {
                    Issue.record("\(number) is unknown to whoever was told it")
                    continue
                }
                #expect(told == "T-100001번 ‘도로 파손 신고’ 건은 접수되었습니다. 담당은 도로관리과입니다.")
            }
            guard case .unknown = await lookup.answer(["number": "261121-000000"], .anonymous(), yard.spine, .ko) else {
                Issue.record("any number is known")
                return
            }
        }
    }

    @Test("a sentence whose fields are not all there is not said")
    func halfSentence() {
        let template = Words("{a}과 {b}", "{a} and {b}")
        #expect(LookupAnswering.said(["a": 1], template, .ko) == .unavailable)
        #expect(
            LookupAnswering.said(["a": 1200, "b": ["ko": "둘", "en": "two"]], template, .ko)
                == .said("1,200과 둘", fields: ["a": 1200, "b": ["ko": "둘", "en": "two"]]))
    }

    @Test("the practice city keeps what it took over a restart, and nothing about people")
    func sandboxFile() async throws {
        try await withTemporaryFolder { folder in
            let file = folder.appendingPathComponent("city.json").path
            let city = CitySandbox(file: file)
            let call = SideServer.Call(
                method: .post, path: ["requests"], query: [:], key: "k1",
                body: ["service": "pothole", "values": ["phone": "010-1234-5678"]])
            #expect(await city.answer(call).status == 201)
            #expect(await CitySandbox(file: file).answer(call).status == 200)
            let text = try String(contentsOfFile: file, encoding: .utf8)
            #expect(text.contains("pothole") && !text.contains("5678"))
        }
    }
}
