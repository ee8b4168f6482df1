public import District
public import ServiceLifecycle
public import TestKit
public import Web

/// Rooms that are served over HTTP on a free port of this machine.
public struct Served: Sendable {
    /// Asks them.
    public let client: HTTPClient
    /// What they answer to.
    public let routes: [Route]
    /// Ends the service, before the body does.
    public let close: @Sendable () async -> Void
}

/// Serves rooms while a body runs; services run beside it and end with it.
public func serving(
    _ spine: Spine, rooms: [any Room], settings: WebSettings = WebSettings(port: 0, version: "test"),
    services: [any Service] = [], _ body: @escaping @Sendable (Served) async throws -> Void
) async throws {
    let (ports, told) = AsyncStream.makeStream(of: Int.self)
    let server = try WebServer(spine: spine, rooms: rooms, settings: settings, logger: .quiet) { told.yield($0) }
    let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: [server] + services, logger: .quiet))
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        for await port in ports {
            let outcome: Result<Void, any Error>
            do {
                let served = Served(
                    client: HTTPClient(port: port), routes: server.routes,
                    close: { await group.triggerGracefulShutdown() })
                outcome = .success(try await body(served))
            } catch {
                outcome = .failure(error)
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try outcome.get()
        }
    }
}
