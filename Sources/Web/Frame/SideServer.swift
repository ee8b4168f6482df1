import Foundation
public import HTTPTypes
import Hummingbird
public import Logging
import NIOCore
public import Record

/// A small HTTP server for a program beside the house: JSON in, JSON out, and nothing of the house's own doors.
public struct SideServer: Sendable {
    /// What came in.
    public struct Call: Sendable {
        /// GET, POST …
        public let method: HTTPRequest.Method
        /// The parts of the path, decoded.
        public let path: [String]
        /// The query, decoded.
        public let query: [String: String]
        /// The key under which it is to be done once.
        public let key: String?
        /// The document that came with it; null where none did.
        public let body: JSON

        /// What came in.
        public init(
            method: HTTPRequest.Method, path: [String], query: [String: String] = [:], key: String? = nil,
            body: JSON = .null
        ) {
            self.method = method
            self.path = path
            self.query = query
            self.key = key
            self.body = body
        }
    }

    private let answer: @Sendable (Call) async -> (status: Int, body: JSON)

    /// The largest document it takes, in bytes.
    public static let largest = 256 * 1024

    /// A server that answers so.
    public init(_ answer: @escaping @Sendable (Call) async -> (status: Int, body: JSON)) { self.answer = answer }

    /// Serves until the task is cancelled or the process is told to end.
    /// - Parameter running: told the port once it listens.
    public func run(
        host: String, port: Int, logger: Logger, running: @escaping @Sendable (Int) -> Void
    ) async throws {
        let router = Router()
        for method in [HTTPRequest.Method.get, .post, .delete] {
            router.on("/**", method: method) { request, _ in try await respond(request, method) }
        }
        let application = Application(
            router: router, configuration: ApplicationConfiguration(address: .hostname(host, port: port)),
            onServerRunning: { channel in running(channel.localAddress?.port ?? port) }, logger: logger)
        try await application.runService()
    }

    private func respond(_ request: Request, _ method: HTTPRequest.Method) async throws -> Response {
        var buffer = try await request.body.collect(upTo: Self.largest)
        let bytes = buffer.readBytes(length: buffer.readableBytes) ?? []
        guard let body = bytes.isEmpty ? .null : try? JSON(parsing: bytes) else {
            return Self.response(400, ["error": "no JSON"])
        }
        let path = request.uri.path.split(separator: "/").map { String($0).removingPercentEncoding ?? String($0) }
        let (status, answered) = await answer(
            Call(
                method: method, path: path, query: Visit.pairs(request.uri.query ?? ""),
                key: request.headers[.idempotencyKey], body: body))
        return Self.response(status, answered)
    }

    private static func response(_ status: Int, _ body: JSON) -> Response {
        Response(
            status: .init(code: status), headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: body.canonical)))
    }
}
