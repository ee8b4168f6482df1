import Glibc

/// Wakes a thread that waits on a socket: a pipe whose other end anyone may write to.
struct WakePipe: ~Copyable, Sendable {
    private let reader: Int32
    private let writer: Int32

    init() throws(BusError) {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else {
            throw BusError(.library, "no pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        (reader, writer) = (ends[0], ends[1])
    }

    deinit {
        close(reader)
        close(writer)
    }

    /// Wakes whoever waits.
    func ring() {
        var byte: UInt8 = 1
        // A full pipe wakes as well as one byte more would.
        _ = write(writer, &byte, 1)
    }

    /// Waits for the bell, at most so long.
    func wait(milliseconds: Int) {
        var entries = [pollfd(fd: reader, events: Int16(POLLIN), revents: 0)]
        _ = Glibc.poll(&entries, 1, Int32(milliseconds))
        silence()
    }

    /// Waits for a socket or the bell.
    func poll(_ socket: Int32, writing: Bool, milliseconds: Int) -> (readable: Bool, writable: Bool) {
        let wanted = Int16(POLLIN) | (writing ? Int16(POLLOUT) : 0)
        var entries = [
            pollfd(fd: socket, events: wanted, revents: 0), pollfd(fd: reader, events: Int16(POLLIN), revents: 0),
        ]
        _ = Glibc.poll(&entries, 2, Int32(milliseconds))
        if entries[1].revents != 0 { silence() }
        let seen = entries[0].revents
        return (seen & Int16(POLLIN | POLLHUP | POLLERR) != 0, seen & Int16(POLLOUT) != 0)
    }

    /// Whether a socket has something to read now.
    static func isReadable(_ socket: Int32) -> Bool {
        var entries = [pollfd(fd: socket, events: Int16(POLLIN), revents: 0)]
        return Glibc.poll(&entries, 1, 0) > 0
    }

    private func silence() {
        var bytes = [UInt8](repeating: 0, count: 256)
        while read(reader, &bytes, bytes.count) > 0 {}
    }
}
