/// The messages of an ``MQTTClient`` in batches, each released by asking for the next.
///
/// ```swift
/// for await batch in client.batches {
///     try await store.write { … }      // one transaction for the whole batch
/// }                                    // asking for the next batch acknowledges this one
/// ```
/// A batch is what had arrived when the consumer became free, at most the configured window. Leaving the loop, by an
/// error above all, releases nothing: the next loop gets the same batch again. One consumer at a time.
public struct MQTTBatches: AsyncSequence, Sendable {
    let lane: MQTTLane

    /// A consumer.
    public func makeAsyncIterator() -> Iterator { Iterator(lane: lane, held: nil) }

    /// What remembers which batch the consumer holds.
    public struct Iterator: AsyncIteratorProtocol {
        let lane: MQTTLane
        var held: UInt64?

        /// Releases the batch given before, then waits for the next; nil when the client stops or the task is cancelled.
        public mutating func next(isolation actor: isolated (any Actor)?) async -> [BusMessage]? {
            let batch = await lane.nextBatch(releasing: held)
            held = batch?.number
            return batch?.messages
        }

        /// The same, where the caller's isolation does not matter.
        public mutating func next() async -> [BusMessage]? { await next(isolation: nil) }
    }
}
