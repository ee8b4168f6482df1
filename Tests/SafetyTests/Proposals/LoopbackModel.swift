import Foundation
import Synchronization

/// A model outside, as a server of one page on this machine: it answers every request alike and keeps what it was asked.
final class LoopbackModel: Sendable {
    let port: Int
    private let handle: Int32
    private let heard = Mutex<[String]>([])

    /// What it was asked, as it came.
    var asked: [String] { heard.withLock { $0 } }

    /// - Parameter silent: it takes the question and never answers.
    init?(answering body: String, status: String = "200 OK", headers: [String] = [], silent: Bool = false) {
        handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let handle = handle
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, length) == 0 && listen(handle, 8) == 0 && getsockname(handle, $0, &length) == 0
            }
        }
        port = Int(in_port_t(bigEndian: address.sin_port))
        guard bound else { return nil }
        let head = ["HTTP/1.1 \(status)", "Content-Length: \(body.utf8.count)", "Connection: close"] + headers
        let answer = Array((head.joined(separator: "\r\n") + "\r\n\r\n" + body).utf8)
        DispatchQueue.global().async { [self] in
            while true {
                let connection = accept(handle, nil, nil)
                guard connection >= 0 else { return }
                let question = Self.question(connection)
                heard.withLock { $0.append(question) }
                if silent { continue }
                _ = answer.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
                close(connection)
            }
        }
    }

    deinit {
        shutdown(handle, Int32(SHUT_RDWR))
        close(handle)
    }

    /// A request with its whole body.
    private static func question(_ connection: Int32) -> String {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            bytes += buffer.prefix(count)
            let text = String(decoding: bytes, as: UTF8.self)
            guard let gap = text.range(of: "\r\n\r\n") else { continue }
            let wanted = text.lowercased().firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
            if text[gap.upperBound...].utf8.count >= wanted { break }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
