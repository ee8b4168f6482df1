import Foundation

/// TCP ports on 127.0.0.1.
enum Port {
    /// The port asked for if nobody has it, or some free one.
    static func claim(_ wanted: Int?) throws(BusError) -> Int {
        guard let wish = UInt16(exactly: wanted ?? 0), wanted != 0 else {
            throw BusError(.configuration, "port: 1 to 65535")
        }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        // As the broker does: connections of a predecessor that are still being wound up are no obstacle.
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard with(port: wish, { bind(descriptor, $0, $1) }) == 0 else {
            throw BusError(.portInUse, "another program listens on port \(wish)")
        }
        var address = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) {
            _ = $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Whether somebody accepts connections there.
    static func answers(_ port: Int) -> Bool {
        guard let port = UInt16(exactly: port) else { return false }
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return with(port: port) { connect(descriptor, $0, $1) } == 0
    }

    private static func with(port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = INADDR_LOOPBACK.bigEndian
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
