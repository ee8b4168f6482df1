import Foundation
import Synchronization

/// A program that runs beside us, silent towards the terminal, and that dies with us.
///
/// It is started and awaited by a thread of its own, because the kernel's parent-death signal (`setpriv --pdeathsig`)
/// fires when the starting *thread* ends, and Foundation's `Process` starts from any. It gets a process group of its
/// own, so that Ctrl-C reaches us alone and we stop it in order.
final class ChildProcess: Sendable {
    /// How it ended.
    enum Exit: Sendable, Equatable {
        case code(Int32)
        case signal(Int32)
    }

    private struct State {
        var pid: pid_t = 0
        var exit: Exit?
        var waiters: [CheckedContinuation<Exit, Never>] = []
    }

    private let state = Mutex(State())

    /// The process' number; 0 until it is started.
    var pid: pid_t { state.withLock { $0.pid } }
    /// How it ended; nil while it runs.
    var exit: Exit? { state.withLock { $0.exit } }

    private init() {}

    /// Starts a program with its output in a file and nothing to read.
    static func start(_ program: String, _ arguments: [String], log: Int32) async throws(BusError) -> ChildProcess {
        let child = ChildProcess()
        let failure: Int32 = await withCheckedContinuation { started in
            let thread = Thread {
                var pid: pid_t = 0
                let failure = spawn(program, arguments, log: log, &pid)
                child.state.withLock { $0.pid = pid }
                started.resume(returning: failure)
                if failure == 0 { child.reap(pid) }
            }
            thread.name = "child"
            thread.start()
        }
        guard failure == 0 else {
            throw BusError(.brokerFailed, "\(program) did not start: \(String(cString: strerror(failure)))")
        }
        return child
    }

    /// Sends a signal, if it still runs.
    func send(_ signal: Int32) {
        // Under the lock that reaping takes: the number is ours as long as nobody has reaped it.
        state.withLock { state in
            if state.exit == nil { _ = kill(state.pid, signal) }
        }
    }

    /// Waits until it has ended.
    func wait() async -> Exit {
        await withCheckedContinuation { continuation in
            let exit = state.withLock { state in
                if state.exit == nil { state.waiters.append(continuation) }
                return state.exit
            }
            if let exit { continuation.resume(returning: exit) }
        }
    }

    private func reap(_ pid: pid_t) {
        var info = siginfo_t()
        while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) != 0, errno == EINTR {}
        let (exit, waiters) = state.withLock { state in
            var status: Int32 = 0
            waitpid(pid, &status, 0)
            // As in <sys/wait.h>, whose macros are not imported.
            let exit: Exit = status & 0x7F == 0 ? .code(status >> 8 & 0xFF) : .signal(status & 0x7F)
            state.exit = exit
            defer { state.waiters = [] }
            return (exit, state.waiters)
        }
        for waiter in waiters { waiter.resume(returning: exit) }
    }

    private static func spawn(_ program: String, _ arguments: [String], log: Int32, _ pid: inout pid_t) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, log, 1)
        posix_spawn_file_actions_adddup2(&actions, log, 2)
        // Our databases and sockets are none of its business, should one be open without close-on-exec.
        for name in (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? [] {
            if let descriptor = Int32(name), descriptor > 2 { posix_spawn_file_actions_addclose(&actions, descriptor) }
        }

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&signals, signal) }
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var words = [program] + arguments
        if let setpriv = Program.find("setpriv") { words = [setpriv, "--pdeathsig", "TERM", "--"] + words }
        var pointers = words.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return posix_spawn(&pid, words[0], &actions, &attributes, &pointers, environ)
    }
}
