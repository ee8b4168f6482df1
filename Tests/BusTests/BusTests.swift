import Bus
import Foundation
import Logging
import Synchronization
import Testing

@Suite("Topics")
struct TopicTests {
    @Test(
        "a filter takes exactly the topics that MQTT says it takes",
        arguments: [
            ("a/b", "a/b", true), ("a/+", "a/b", true), ("a/+", "a/b/c", false), ("a/#", "a/b/c", true),
            ("a/#", "a", true), ("#", "a/b", true), ("#", "$SYS/x", false), ("$SYS/#", "$SYS/x", true),
            ("+/b", "a/c", false), ("a/b", "a", false), ("+", "a", true), ("a//b", "a//b", true),
            ("a/+/b", "a//b", true),
        ])
    func matches(_ filter: String, _ topic: String, _ expected: Bool) {
        #expect(Topic.matches(filter, topic) == expected)
    }

    @Test("wildcards stand for whole levels only", arguments: ["a/b#", "a/#/b", "a+/b", ""])
    func badFilters(_ filter: String) { #expect(!Topic.isFilter(filter)) }

    @Test("a template names the parts of a topic of its shape and of no other")
    func parts() {
        #expect(
            Topic.parts(of: "slipway/p1/current", by: "slipway/{thing}/{property}") == [
                "thing": "p1", "property": "current",
            ])
        #expect(Topic.parts(of: "slipway/p1", by: "slipway/{thing}/{property}") == nil)
        #expect(Topic.parts(of: "other/p1/x", by: "slipway/{thing}/{property}") == nil)
        #expect(Topic.parts(of: "slipway//x", by: "slipway/{thing}/{property}") == nil)
    }
}

/// What arrived, from whichever thread.
private final class Inbox: Sendable {
    private let messages = Mutex<[MQTTMessage]>([])
    func take(_ batch: [MQTTMessage]) { messages.withLock { $0 += batch } }
    var all: [MQTTMessage] { messages.withLock { $0 } }
    func wait(for count: Int, seconds: Double = 10) async throws {
        let end = ContinuousClock.now + .seconds(seconds)
        while all.count < count, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
    }
}

@Suite("MQTT against a real Mosquitto", .serialized, .timeLimit(.minutes(2)))
struct MQTTTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    private static let accounts = [
        LocalBroker.Account("slipway", rules: ["readwrite #"]),
        LocalBroker.Account("gateway", rules: ["write slipway/#"]),
    ]

    private func withBroker(_ body: (LocalBroker, String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "slipway-broker-\(UUID().uuidString)"
        let broker = try await LocalBroker.start(in: folder, port: 0, accounts: Self.accounts, logger: Self.logger)
        do {
            try await body(broker, folder)
        } catch {
            await broker.stop()
            throw error
        }
        await broker.stop()
        try FileManager.default.removeItem(atPath: folder)
    }

    private func settings(_ broker: LocalBroker, _ name: String, id: String = UUID().uuidString) -> MQTTSettings {
        MQTTSettings(
            host: "127.0.0.1", port: broker.port, clientID: id, username: name, password: broker.password(of: name))
    }

    private func connected(_ client: MQTTClient) async throws {
        for _ in 0..<500 where !client.isConnected { try await Task.sleep(for: .milliseconds(10)) }
        try #require(client.isConnected)
    }

    @Test("what a gateway publishes at QoS 1 arrives once each, in order")
    func roundTrip() async throws {
        try await withBroker { broker, _ in
            let inbox = Inbox()
            let reader = try MQTTClient(settings(broker, "slipway"), filters: ["slipway/#"], logger: Self.logger) {
                inbox.take($0)
            }
            let writer = try MQTTClient(settings(broker, "gateway"), logger: Self.logger)
            try await connected(reader)
            try await connected(writer)
            try await Task.sleep(for: .milliseconds(100))
            for number in 0..<200 { try await writer.publish("slipway/p1/x", Array("\(number)".utf8)) }
            try await inbox.wait(for: 200)
            #expect(inbox.all.map { String(decoding: $0.payload, as: UTF8.self) } == (0..<200).map(String.init))
            await reader.stop()
            await writer.stop()
        }
    }

    @Test("a wrong password and no name at all are refused", arguments: [("slipway", "wrong"), ("", "")])
    func refused(_ name: String, _ password: String) async throws {
        try await withBroker { broker, folder in
            var wrong = settings(broker, "slipway")
            wrong.username = name
            wrong.password = password
            let client = try MQTTClient(wrong, logger: Self.logger)
            for _ in 0..<300 where client.refusal == nil { try await Task.sleep(for: .milliseconds(10)) }
            #expect(client.refusal?.code == .refused)
            #expect(!client.isConnected)
            await client.stop()
            let kept = try FileManager.default.attributesOfItem(atPath: "\(folder)/credentials")
            #expect(kept[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test("a broker that is stopped ends at once and keeps what it acknowledged")
    func keeps() async throws {
        let folder = NSTemporaryDirectory() + "slipway-broker-\(UUID().uuidString)"
        let first = try await LocalBroker.start(in: folder, port: 0, accounts: Self.accounts, logger: Self.logger)
        let writer = try MQTTClient(settings(first, "gateway"), logger: Self.logger)
        try await connected(writer)
        try await writer.publish("slipway/p1/x", [7], retain: true)
        await writer.stop()
        let time = await ContinuousClock().measure { await first.stop() }
        #expect(time < .seconds(3))
        let second = try await LocalBroker.start(in: folder, port: 0, accounts: Self.accounts, logger: Self.logger)
        let inbox = Inbox()
        let reader = try MQTTClient(settings(second, "slipway"), filters: ["slipway/#"], logger: Self.logger) {
            inbox.take($0)
        }
        try await inbox.wait(for: 1, seconds: 5)
        #expect(inbox.all.map(\.payload) == [[7]])
        await reader.stop()
        await second.stop()
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test("a CA file that cannot be used is refused by its name")
    func badAuthority() async throws {
        let settings = MQTTSettings(
            host: "127.0.0.1", port: 1, clientID: "a", username: "a", password: "a", caFile: "/nowhere/ca.pem")
        let error = #expect(throws: BusError.self) { try MQTTClient(settings, logger: Self.logger) }
        #expect(error?.code == .tls)
        #expect(error?.message.contains("/nowhere/ca.pem") == true)
    }

    @Test("a gateway may write where it is for, and not read or write elsewhere")
    func limited() async throws {
        try await withBroker { broker, _ in
            let inbox = Inbox()
            let listener = try MQTTClient(settings(broker, "gateway"), filters: ["#"], logger: Self.logger) {
                inbox.take($0)
            }
            let writer = try MQTTClient(settings(broker, "slipway"), logger: Self.logger)
            try await connected(listener)
            try await connected(writer)
            try await writer.publish("slipway/secret", [1])
            try await inbox.wait(for: 1, seconds: 1)
            #expect(inbox.all.isEmpty)
            await listener.stop()
            await writer.stop()
        }
    }

    @Test("nothing is acknowledged before it was taken: a reader that dies over a batch gets it again")
    func redelivered() async throws {
        try await withBroker { broker, _ in
            let writer = try MQTTClient(settings(broker, "gateway"), logger: Self.logger)
            try await connected(writer)
            // The first reader takes a batch and never returns from it: as if it were killed while storing.
            let seen = Inbox()
            let stuck = try MQTTClient(
                settings(broker, "slipway", id: "reader"), filters: ["slipway/#"], logger: Self.logger
            ) { batch in
                seen.take(batch)
                while true { do { try await Task.sleep(for: .seconds(60)) } catch { return } }
            }
            try await connected(stuck)
            try await Task.sleep(for: .milliseconds(100))
            for number in 0..<5 { try await writer.publish("slipway/p1/x", [UInt8(number)]) }
            try await seen.wait(for: 1)
            #expect(!seen.all.isEmpty)
            // A second session of the same name takes over, as a restarted process would.
            let inbox = Inbox()
            let next = try MQTTClient(
                settings(broker, "slipway", id: "reader"), filters: ["slipway/#"], logger: Self.logger
            ) { inbox.take($0) }
            try await inbox.wait(for: 5)
            #expect(Set(inbox.all.map { $0.payload[0] }) == [0, 1, 2, 3, 4])
            await next.stop()
            await writer.stop()
        }
    }

    @Test("after the broker was away the reader is back by itself, and what was sent meanwhile arrives")
    func reconnects() async throws {
        let folder = NSTemporaryDirectory() + "slipway-broker-\(UUID().uuidString)"
        let first = try await LocalBroker.start(in: folder, port: 0, accounts: Self.accounts, logger: Self.logger)
        let inbox = Inbox()
        let reader = try MQTTClient(
            settings(first, "slipway", id: "lasting"), filters: ["slipway/#"], logger: Self.logger
        ) { inbox.take($0) }
        try await connected(reader)
        try await Task.sleep(for: .milliseconds(100))
        await first.stop()
        let second = try await LocalBroker.start(
            in: folder, port: first.port, accounts: Self.accounts, logger: Self.logger)
        #expect(second.port == first.port)
        let writer = try MQTTClient(settings(second, "gateway"), logger: Self.logger)
        try await connected(writer)
        for number in 0..<50 { try await writer.publish("slipway/p1/x", [UInt8(number)]) }
        try await inbox.wait(for: 50, seconds: 45)
        #expect(Set(inbox.all.map { $0.payload[0] }) == Set((0..<50).map { UInt8($0) }))
        #expect(reader.counts.connections >= 2)
        await reader.stop()
        await writer.stop()
        await second.stop()
        try FileManager.default.removeItem(atPath: folder)
    }
}
