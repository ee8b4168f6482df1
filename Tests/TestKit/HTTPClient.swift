import Foundation

/// A plain HTTP/1.1 client for tests: it follows nothing, keeps nothing, and sends exactly what it is told.
public struct HTTPClient: Sendable {
    /// What a server answered.
    public struct Answer: Sendable {
        /// The status code.
        public let status: Int
        /// The headers by lower-case name; repeated ones in order.
        public let headers: [String: [String]]
        /// The body, without its transfer coding.
        public let body: [UInt8]

        /// The body as text.
        public var text: String { String(decoding: body, as: UTF8.self) }

        /// The first header of a name.
        public subscript(_ name: String) -> String? { headers[name]?.first }
    }

    /// The connection failed.
    public struct Failure: Error {
        /// What failed.
        public let what: String
    }

    private let port: Int

    /// A client of a server on this machine.
    public init(port: Int) { self.port = port }

    /// Sends a request and reads its whole answer.
    public func send(
        _ method: String, _ path: String, _ headers: [(String, String)] = [], body: [UInt8] = []
    ) async throws -> Answer {
        try await Self.aside {
            let connection = try Connection(port: port)
            defer { connection.close() }
            connection.write(Self.head(method, path, headers, length: method == "GET" ? nil : body.count) + body)
            return try connection.answer()
        }
    }

    /// Opens a stream of server-sent events and reads it for so many seconds, or until the server ends it.
    /// - Parameter heard: told what has come until now, whenever more came.
    /// - Returns: what came, and whether the server ended it.
    public func listen(
        _ path: String, _ headers: [(String, String)] = [], seconds: Double, heard: @escaping @Sendable (String) -> Void
    ) async throws -> (text: String, ended: Bool) {
        try await Self.aside {
            let connection = try Connection(port: port)
            defer { connection.close() }
            connection.write(Self.head("GET", path, headers, length: nil))
            return connection.collect(seconds: seconds, heard: heard)
        }
    }

    private static func head(
        _ method: String, _ path: String, _ headers: [(String, String)], length: Int?
    ) -> [UInt8] {
        var lines = ["\(method) \(path) HTTP/1.1", "Host: 127.0.0.1", "Connection: close"]
        lines += headers.map { "\($0.0): \($0.1)" }
        if let length { lines.append("Content-Length: \(length)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
    }

    /// Blocking calls stay off the cooperative threads.
    private static func aside<T: Sendable>(_ work: @escaping @Sendable () throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try work() }) }
        }
    }
}

/// One connection over loopback.
private struct Connection {
    private let handle: Int32

    init(port: Int) throws {
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(handle, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        patience(seconds: 60)
        guard connected == 0 else { throw HTTPClient.Failure(what: "connect: \(errno)") }
    }

    func close() { _ = Foundation.close(handle) }

    private func patience(seconds: Double) {
        var time = timeval(tv_sec: Int(seconds), tv_usec: Int((seconds - seconds.rounded(.down)) * 1e6))
        setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
    }

    /// Writes what the server takes; one that answers early and closes is not written to further.
    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let sent = rest.withUnsafeBytes { Foundation.send(handle, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard sent > 0 else { return }
            rest = rest.dropFirst(sent)
        }
    }

    private func read() -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        let count = recv(handle, &buffer, buffer.count, 0)
        return count < 0 ? nil : Array(buffer.prefix(count))
    }

    func answer() throws -> HTTPClient.Answer {
        var bytes: [UInt8] = []
        while let more = read(), !more.isEmpty { bytes += more }
        guard let gap = Self.position(of: [13, 10, 13, 10], in: bytes) else {
            throw HTTPClient.Failure(what: "no answer (\(bytes.count) bytes)")
        }
        let lines = String(decoding: bytes[..<gap], as: UTF8.self).components(separatedBy: "\r\n")
        let words = (lines.first ?? "").split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw HTTPClient.Failure(what: "no status") }
        var headers: [String: [String]] = [:]
        for line in lines.dropFirst() {
            let halves = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard halves.count == 2 else { continue }
            headers[halves[0].lowercased(), default: []].append(halves[1].trimmingCharacters(in: .whitespaces))
        }
        var body = Array(bytes[(gap + 4)...])
        if headers["transfer-encoding"]?.contains("chunked") == true { body = Self.unchunked(body) }
        return HTTPClient.Answer(status: status, headers: headers, body: body)
    }

    func collect(seconds: Double, heard: @Sendable (String) -> Void) -> (text: String, ended: Bool) {
        patience(seconds: 0.2)
        let start = Date()
        var bytes: [UInt8] = []
        while Date().timeIntervalSince(start) < seconds {
            if let more = read() {
                if more.isEmpty { return (String(decoding: bytes, as: UTF8.self), true) }
                bytes += more
                heard(String(decoding: bytes, as: UTF8.self))
            }
        }
        return (String(decoding: bytes, as: UTF8.self), false)
    }

    private static func position(of pattern: [UInt8], in bytes: [UInt8]) -> Int? {
        guard bytes.count >= pattern.count else { return nil }
        return (0...(bytes.count - pattern.count)).first { bytes[$0..<($0 + pattern.count)].elementsEqual(pattern) }
    }

    private static func unchunked(_ body: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var rest = body[...]
        while let line = rest.firstIndex(of: 13) {
            guard let size = Int(String(decoding: rest[..<line], as: UTF8.self), radix: 16), size > 0 else { break }
            rest = rest[(line + 2)...]
            out += rest.prefix(size)
            rest = rest.dropFirst(size + 2)
        }
        return out
    }
}
