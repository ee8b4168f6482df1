import Bus
import Foundation
import Synchronization
import TestKit
import Testing

@Suite(.serialized)
struct AtLeastOnceTests {
    @Test("what was not released comes again, whole and in order, to the next process of the same name")
    func crashBeforeRelease() async throws {
        try await BrokerUnderTest.with { broker in
            let configuration = BrokerUnderTest.configuration(broker, "store", window: 50)
            let first = try await BrokerUnderTest.client(configuration) { client in
                try await within {
                    try await client.subscribe(TopicFilter("a"))
                    for number in 0..<120 { try await client.publish("a", "\(number)") }
                    // Everything is with the broker; the connection ends with this batch unreleased, as in a crash.
                    var batches = client.batches.makeAsyncIterator()
                    var released: [String] = []
                    while let batch = await batches.next() {
                        if batch.contains(where: { $0.text == "70" }) { break }
                        released += batch.map(\.text)
                    }
                    return released
                }
            }
            #expect(!first.isEmpty)
            // Nothing subscribes now: the broker knows what was not acknowledged.
            let rest = try await BrokerUnderTest.client(configuration) { client in
                try await within {
                    try await client.subscribe(TopicFilter("a"))
                    var texts: [String] = []
                    for await batch in client.batches {
                        texts += batch.map(\.text)
                        if texts.last == "119" { break }
                    }
                    return texts
                }
            }
            // What was released may come again too: its acknowledgements can be lost with the connection.
            let again = 120 - rest.count
            #expect(again <= first.count)
            #expect(first == (0..<first.count).map(String.init))
            #expect(rest == (again..<120).map(String.init))
        }
    }

    @Test("a consumer that fails gets the same batch again, without a new connection")
    func consumerFails() async throws {
        try await BrokerUnderTest.with { broker in
            try await BrokerUnderTest.client(BrokerUnderTest.configuration(broker, "retry")) { client in
                try await within {
                    try await client.subscribe(TopicFilter("a"))
                    try await client.publish("a", "precious")
                    for _ in 0..<3 { #expect(await client.first(1).map(\.text) == ["precious"]) }
                    #expect(client.counters.received == 1)
                    #expect(client.counters.held == 1)
                    var batches = client.batches.makeAsyncIterator()
                    #expect(await batches.next()?.map(\.text) == ["precious"])
                    try await client.publish("a", "next")
                    #expect(await batches.next()?.map(\.text) == ["next"])
                    #expect(client.counters.reconnects == 0)
                }
            }
        }
    }

    @Test(
        "a slow consumer holds at most the window, loses nothing and may publish meanwhile",
        arguments: [QoS.atMostOnce, .atLeastOnce])
    func backPressure(_ qos: QoS) async throws {
        let (window, count) = (40, 1000)
        try await BrokerUnderTest.with { broker in
            let configuration = BrokerUnderTest.configuration(broker, "slow", window: window)
            try await BrokerUnderTest.client(configuration) { client in
                try await within {
                    try await client.subscribe(TopicFilter("a/#"), qos: qos)
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask {
                            for number in 0..<count { try await client.publish("a/\(number)", [1, 2, 3], qos: qos) }
                        }
                        var topics: [String] = []
                        for await batch in client.batches {
                            #expect(batch.count <= window)
                            #expect(client.counters.held <= window)
                            topics += batch.map(\.topic)
                            try await client.publish("done", "\(topics.count)")
                            try await Task.sleep(for: .milliseconds(5))
                            #expect(client.counters.held == batch.count)
                            if topics.count >= count { break }
                        }
                        try await group.waitForAll()
                        #expect(topics == (0..<count).map { "a/\($0)" })
                        #expect(client.counters.dropped == 0)
                    }
                }
            }
        }
    }

    @Test("a window in bytes ends a batch too")
    func byteWindow() async throws {
        try await BrokerUnderTest.with { broker in
            var configuration = BrokerUnderTest.configuration(broker, "bytes")
            configuration.windowBytes = 10_000
            try await BrokerUnderTest.client(configuration) { client in
                try await within {
                    try await client.subscribe(TopicFilter("a"))
                    for _ in 0..<30 { try await client.publish("a", [UInt8](repeating: 1, count: 4000)) }
                    var count = 0
                    for await batch in client.batches {
                        #expect(batch.count <= 3)
                        count += batch.count
                        if count == 30 { break }
                    }
                }
            }
        }
    }

    @Test("the broker restarts twice amid a burst: every message arrives, by the subscription made once")
    func brokerRestarts() async throws {
        let count = 3000
        try await withTemporaryFolder { folder in
            var broker = try await BrokerUnderTest.start(in: folder)
            let port = broker.port
            let configuration = BrokerUnderTest.configuration(broker, "burst", window: 100)
            let seen = Mutex(Set<String>())
            let client = try MQTTClient(configuration, logger: BrokerUnderTest.logger)
            let running = Task { await client.run() }
            try await within { try await client.subscribe(TopicFilter("a")) }
            let publishing = Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for lane in 0..<20 {
                        group.addTask {
                            for number in stride(from: lane, to: count, by: 20) {
                                try await client.publish("a", "\(number)")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
            let consuming = Task {
                for await batch in client.batches {
                    let complete = seen.withLock { seen in
                        seen.formUnion(batch.map(\.text))
                        return seen.count == count
                    }
                    if complete { break }
                }
            }
            for part in [count / 4, count / 2] {
                try await within {
                    while seen.withLock({ $0.count }) < part { try await Task.sleep(for: .milliseconds(2)) }
                }
                await broker.stop()
                broker = try await BrokerUnderTest.start(in: folder, port: port)
            }
            try await within {
                try await publishing.value
                await consuming.value
            }
            #expect(seen.withLock { $0 } == Set((0..<count).map(String.init)))
            #expect(client.counters.reconnects >= 2)
            #expect(client.counters.published == count)
            running.cancel()
            await running.value
            await broker.stop()
        }
    }

    @Test("a client made before its broker connects when the broker comes")
    func brokerComesLater() async throws {
        try await withTemporaryFolder { folder in
            let first = try await BrokerUnderTest.start(in: folder)
            let configuration = BrokerUnderTest.configuration(first, "early")
            await first.stop()
            try await BrokerUnderTest.client(configuration) { client in
                let subscribing = Task { try await client.subscribe(TopicFilter("a")) }
                try await Task.sleep(for: .milliseconds(100))
                let broker = try await BrokerUnderTest.start(in: folder, port: configuration.port)
                try await within {
                    try await subscribing.value
                    try await client.publish("a", "at last")
                    #expect(await client.first(1).map(\.text) == ["at last"])
                }
                await broker.stop()
            }
        }
    }
}
