import Foundation
import Synchronization

/// A folder taken for one process, until it is released or nobody holds this any more; the kernel releases it too when
/// the process dies.
final class FolderLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes over an open file that `flock` succeeded on.
    init(_ descriptor: Int32) { self.descriptor = Mutex(descriptor) }

    deinit { release() }

    /// Whether the folder is ours.
    var isHeld: Bool { descriptor.withLock { $0 != nil } }

    /// Gives the folder back.
    func release() {
        guard let descriptor = descriptor.withLock({ $0.take() }) else { return }
        // Closing alone is not enough: a child that is being started this moment still has a copy.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
