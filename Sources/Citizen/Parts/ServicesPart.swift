import Access
import District
import Record
import ServiceLifecycle
import Web

extension Part {
    /// The city's public services: what is asked for, how it is brought to the city's systems, and what became of it.
    static func services(_ book: Handbook) throws(HandbookError) -> Part {
        let services = try CityServices(book)
        var part = Part()
        part.migrations = [RequestTable.migration]
        part.projections = [RequestTable.projection]
        part.commands =
            services.services.compactMap { SubmitRequest.command($0) } + [AnswerRequest.command, CloseRequest.command]
        part.services = { spine in
            let delivery = RequestDelivery(spine: spine, services: services)
            return [
                Follower(
                    "citizen.connector", types: [RequestEvents.submitted], district: spine.district,
                    handle: { event, _ in
                        try await delivery.deliver(code: String(event.stream.dropFirst(CityRequest.stream.count)))
                    }),
                RequestSweep(delivery: delivery),
            ]
        }
        part.topics = [("citizen.request.", "citizen-requests")]
        return part
    }
}

/// Brings again what no system of the city has taken yet.
struct RequestSweep: Service {
    let delivery: RequestDelivery

    func run() async throws { await beat(every: .milliseconds(500)) { await delivery.sweep() } }
}
