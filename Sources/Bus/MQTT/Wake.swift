import Foundation
import Synchronization

/// Wakes a thread that waits in `poll`: a pipe whose reading end it waits on beside its socket.
///
/// Whoever waits clears it first and looks for work after, so that a signal in between is never lost.
final class Wake: Sendable {
    /// The end to wait on.
    let descriptor: Int32
    private let writer: Int32
    private let signalled = Atomic(false)

    init() throws(BusError) {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw BusError(.configuration, "no pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        descriptor = ends[0]
        writer = ends[1]
    }

    deinit {
        close(descriptor)
        close(writer)
    }

    /// Wakes the thread, now or when it next waits.
    func signal() {
        guard !signalled.exchange(true, ordering: .acquiringAndReleasing) else { return }
        var byte: UInt8 = 1
        _ = write(writer, &byte, 1)
    }

    /// Makes ready for the next signal.
    func clear() {
        var bytes = (UInt64(0), UInt64(0))
        _ = read(descriptor, &bytes, 16)
        signalled.store(false, ordering: .releasing)
    }

    /// Waits for a signal, at most so many milliseconds (-1: without end), and clears it.
    func wait(milliseconds: Int32 = -1) {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        _ = poll(&waiting, 1, milliseconds)
        clear()
    }
}
