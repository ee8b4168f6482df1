import Foundation
import Record
import Synchronization

/// Another machine's engine, for one test: a real HTTP server on this machine's loopback, which answers as it is told
/// and remembers what it was sent.
final class EngineDouble: Sendable {
    /// What it does with a request.
    enum Manner: Sendable {
        /// Answers 200 with this JSON.
        case answers(JSON)
        /// Answers so.
        case sends(Int, type: String, [UInt8])
        /// Takes the request and says nothing.
        case hangs
        /// Promises a long answer and lets it drip, a byte at a time.
        case drips
        /// Sends on, with a redirection.
        case redirects(String)
    }

    /// A request as it came.
    struct Asked: Sendable {
        let head: String
        let body: [UInt8]
        var json: JSON? { try? JSON(parsing: body) }
    }

    let port: UInt16
    private let listener: Int32
    private let manner: Mutex<@Sendable (Asked) -> Manner>
    private let log = Mutex<[Asked]>([])
    private let isOver = Mutex(false)

    var asked: [Asked] { log.withLock { $0 } }
    var address: String { "http://127.0.0.1:\(port)" }

    func behave(_ manner: @escaping @Sendable (Asked) -> Manner) { self.manner.withLock { $0 = manner } }

    /// Runs a test with one.
    static func with(
        _ manner: @escaping @Sendable (Asked) -> Manner, _ body: (EngineDouble) async throws -> Void
    ) async throws {
        let double = try EngineDouble(manner)
        defer { double.end() }
        try await body(double)
    }

    private init(_ manner: @escaping @Sendable (Asked) -> Manner) throws {
        self.manner = Mutex(manner)
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let isBound = withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, address, &length) == 0
            }
        }
        guard isBound else { throw CocoaError(.fileNoSuchFile) }
        port = UInt16(bigEndian: place.sin_port)
        Thread { [self] in
            while true {
                let line = accept(listener, nil, nil)
                guard line >= 0, !isOver.withLock({ $0 }) else { break }
                Thread { self.serve(line) }.start()
            }
        }.start()
    }

    private func end() {
        isOver.withLock { $0 = true }
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func serve(_ line: Int32) {
        defer { close(line) }
        guard let asked = read(line) else { return }
        log.withLock { $0.append(asked) }
        switch manner.withLock({ $0 })(asked) {
        case .answers(let json): write(line, 200, "application/json", json.canonical)
        case .sends(let status, let type, let body): write(line, status, type, body)
        case .redirects(let place):
            put(line, Array("HTTP/1.1 307 Elsewhere\r\nLocation: \(place)\r\nContent-Length: 0\r\n\r\n".utf8))
        case .hangs: wait { true }
        case .drips:
            put(line, Array("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n".utf8))
            wait { self.put(line, [0x20]) }
        }
    }

    /// Until the test is over, or the other side has gone; ten seconds at most.
    private func wait(_ step: () -> Bool) {
        for _ in 0..<200 where !isOver.withLock({ $0 }) {
            guard step() else { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    private func read(_ line: Int32) -> Asked? {
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 65_536))
        while true {
            let count = recv(line, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
            guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
            let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self)
            let length = head.split(separator: "\r\n").first { $0.lowercased().hasPrefix("content-length:") }
                .flatMap { Int($0.split(separator: ":")[1].filter { !$0.isWhitespace }) }
            guard bytes.count - end.upperBound >= length ?? 0 else { continue }
            return Asked(head: head, body: Array(bytes[end.upperBound...]))
        }
    }

    private func write(_ line: Int32, _ status: Int, _ type: String, _ body: [UInt8]) {
        let head =
            "HTTP/1.1 \(status) Said\r\nContent-Type: \(type)\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n"
        _ = put(line, Array(head.utf8) + body)
    }

    @discardableResult
    private func put(_ line: Int32, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(line, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
