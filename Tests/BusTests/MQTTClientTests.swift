import Bus
import Foundation
import TestKit
import Testing

@Suite(.serialized)
struct MQTTClientTests {
    @Test("a message goes round at level 0 and at level 1", arguments: [QoS.atMostOnce, .atLeastOnce])
    func roundTrip(_ qos: QoS) async throws {
        try await BrokerUnderTest.with { broker in
            try await BrokerUnderTest.client(BrokerUnderTest.configuration(broker, "round")) { client in
                try await within {
                    try await client.subscribe(TopicFilter("slipway/+/압력"), qos: qos)
                    let payload = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
                    try await client.publish("slipway/press/압력", payload, qos: qos)
                    try await client.publish("slipway/press/other", "not for us", qos: qos)
                    try await client.publish("slipway/press/압력", [], qos: qos)
                    let received = await client.first(2)
                    #expect(
                        received == [
                            BusMessage(topic: "slipway/press/압력", payload: payload, qos: qos),
                            BusMessage(topic: "slipway/press/압력", payload: [], qos: qos),
                        ])
                    #expect(client.counters.published == 3)
                    #expect(client.counters.received == 2)
                    #expect(client.counters.connected)
                }
            }
        }
    }

    @Test("a retained message is marked as one")
    func retained() async throws {
        try await BrokerUnderTest.with { broker in
            try await BrokerUnderTest.client(BrokerUnderTest.configuration(broker, "keeper")) { client in
                try await within {
                    try await client.publish("state", "old", retain: true)
                    try await client.subscribe(TopicFilter("state"))
                    var batches = client.batches.makeAsyncIterator()
                    #expect(await batches.next()?.map(\.retained) == [true])
                    try await client.publish("state", "new", retain: true)
                    #expect(await batches.next()?.map(\.retained) == [false])
                }
            }
        }
    }

    @Test("a wrong password is refused by name, and the message shows no password")
    func wrongPassword() async throws {
        try await BrokerUnderTest.with { broker in
            var configuration = BrokerUnderTest.configuration(broker, "liar")
            configuration.credential = BusCredential(name: "slipway", password: "guessed-word")
            try await BrokerUnderTest.client(configuration) { client in
                for attempt in ["publish", "subscribe"] {
                    let error = await #expect(throws: BusError.self) {
                        try await within {
                            if attempt == "publish" {
                                try await client.publish("a", "x")
                            } else {
                                try await client.subscribe(TopicFilter("a"))
                            }
                        }
                    }
                    #expect(error?.code == .notAuthorised, "\(attempt): \(String(describing: error))")
                    #expect(error?.description.contains("guessed-word") == false)
                }
            }
            #expect(!"\(configuration)".contains("guessed-word"))
        }
    }

    @Test("whoever gives no name is refused")
    func anonymous() async throws {
        try await BrokerUnderTest.with { broker in
            var configuration = BrokerUnderTest.configuration(broker, "nobody")
            configuration.credential = nil
            try await BrokerUnderTest.client(configuration) { client in
                let error = await #expect(throws: BusError.self) {
                    try await within { try await client.publish("a", "x") }
                }
                #expect(error?.code == .notAuthorised)
            }
        }
    }

    @Test("an account publishes and receives only what it may")
    func access() async throws {
        try await BrokerUnderTest.with { broker in
            try await BrokerUnderTest.client(BrokerUnderTest.configuration(broker, "all")) { slipway in
                let press = BrokerUnderTest.configuration(broker, "press", account: "press")
                try await BrokerUnderTest.client(press) { press in
                    try await within {
                        try await slipway.subscribe(TopicFilter("#"))
                        try await press.subscribe(TopicFilter("#"))
                        try await press.publish("press/state", "running")
                        let error = await #expect(throws: BusError.self) {
                            try await press.publish("foundry/state", "forged")
                        }
                        #expect(error?.code == .notAuthorised)
                        try await slipway.publish("foundry/orders", "not for the press")
                        try await slipway.publish("press/orders", "stop")
                        #expect(await press.first(1).map(\.text) == ["stop"])
                        let seen = await slipway.first(3).map(\.text)
                        #expect(seen == ["running", "not for the press", "stop"])
                    }
                }
            }
        }
    }

    @Test("a payload beyond the broker's limit and a bad topic are refused, and the connection lives on")
    func refusals() async throws {
        try await BrokerUnderTest.with { broker in
            try await BrokerUnderTest.client(BrokerUnderTest.configuration(broker, "large")) { client in
                try await within {
                    let large = [UInt8](repeating: 7, count: LocalBroker.maximumPacket)
                    for qos in [QoS.atMostOnce, .atLeastOnce] {
                        let error = await #expect(throws: BusError.self) {
                            try await client.publish("a", large, qos: qos)
                        }
                        #expect(error?.code == .payloadTooLarge)
                    }
                    let error = await #expect(throws: BusError.self) { try await client.publish("a/#", "x") }
                    #expect(error?.code == .invalidTopic)
                    try await client.publish("a", "small")
                    #expect(client.counters.reconnects == 0)
                }
            }
        }
    }

    @Test("a request that is cancelled while the broker is away ends at once")
    func cancelled() async throws {
        // Nothing listens on port 1.
        let configuration = MQTTConfiguration(port: 1, clientID: "alone")
        let left = try await BrokerUnderTest.client(configuration) { client in
            let waiting = Task { try await client.publish("a", "x") }
            try await Task.sleep(for: .milliseconds(100))
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await within { try await waiting.value } }
            #expect(!client.counters.connected)
            let left = Task { try await client.publish("a", "x") }
            try await Task.sleep(for: .milliseconds(50))
            return left
        }
        let error = await #expect(throws: BusError.self) { try await left.value }
        #expect(error?.code == .stopped)
    }

    @Test("a setting out of bounds is refused by its name")
    func settings() {
        for (configuration, field) in [
            (MQTTConfiguration(clientID: ""), "clientID"), (MQTTConfiguration(port: 0, clientID: "a"), "port"),
            (MQTTConfiguration(clientID: "a", keepAlive: 1), "keepAlive"),
            (MQTTConfiguration(clientID: "a", window: 70_000), "window"),
        ] {
            let error = #expect(throws: BusError.self) {
                try MQTTClient(configuration, logger: BrokerUnderTest.logger)
            }
            #expect(error?.code == .configuration)
            #expect(error?.message.hasPrefix(field) == true)
        }
    }
}
