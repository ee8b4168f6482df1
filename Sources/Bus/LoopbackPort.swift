import Glibc

/// Ports of 127.0.0.1.
enum LoopbackPort {
    /// Whether nothing listens there and we may.
    static func isFree(_ port: Int) -> Bool { bound(port) != nil }

    /// A port that is free now.
    static func free() throws(BusError) -> Int {
        guard let port = bound(0) else { throw BusError(.broker, "no port is free on loopback") }
        return port
    }

    /// Whether something accepts connections there.
    static func answers(_ port: Int) -> Bool {
        withSocket { handle, address in
            connect(handle, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 ? port : nil
        } port: {
            port
        } != nil
    }

    private static func bound(_ port: Int) -> Int? {
        withSocket { handle, address in
            var yes: Int32 = 1
            setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            guard bind(handle, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 else { return nil }
            var own = sockaddr_in()
            var length = socklen_t(MemoryLayout<sockaddr_in>.size)
            let named = withUnsafeMutableBytes(of: &own) { bytes in
                bytes.withMemoryRebound(to: sockaddr.self) { getsockname(handle, $0.baseAddress, &length) }
            }
            return named == 0 ? Int(UInt16(bigEndian: own.sin_port)) : nil
        } port: {
            port
        }
    }

    private static func withSocket(
        _ body: (Int32, UnsafePointer<sockaddr>) -> Int?, port: () -> Int
    ) -> Int? {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard handle >= 0 else { return nil }
        defer { close(handle) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port()).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body(handle, $0) }
        }
    }
}
