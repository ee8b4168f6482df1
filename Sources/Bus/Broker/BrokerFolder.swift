import Foundation

/// The files of a local broker, readable by their owner alone.
struct BrokerFolder {
    let path: String

    /// Makes the folder where it is missing.
    init(_ path: String) throws(BusError) {
        // Mosquitto reads relative paths from where it stands; the process check compares whole ones.
        let path = URL(fileURLWithPath: path).standardizedFileURL.path
        guard !path.utf8.contains(where: { $0 < 0x20 }) else {
            throw BusError(.configuration, "the broker's folder has a control character in its name")
        }
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw BusError(.configuration, "cannot make \(path): \(error)")
        }
    }

    var configuration: String { path + "/mosquitto.conf" }
    var credentials: String { path + "/credentials" }
    var passwords: String { path + "/passwords" }
    var access: String { path + "/access" }
    var log: String { path + "/mosquitto.log" }
    var processNumber: String { path + "/mosquitto.pid" }

    /// Takes the folder for this process.
    func lock() throws(BusError) -> FolderLock {
        let descriptor = try open(path + "/lock", O_RDWR | O_CREAT)
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw BusError(.brokerInUse, "another process runs the broker in \(path)")
        }
        return FolderLock(descriptor)
    }

    /// A fresh log; the one before is kept beside it.
    func openLog() throws(BusError) -> Int32 {
        rename(log, log + ".1")
        return try open(log, O_WRONLY | O_CREAT | O_APPEND)
    }

    /// The text of a file; nil where there is none.
    func read(_ file: String) -> String? {
        guard let data = FileManager.default.contents(atPath: file) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }

    /// Replaces a file in one step, so that nobody ever reads half of it.
    func write(_ text: String, to file: String) throws(BusError) {
        let descriptor = try open(file + ".new", O_WRONLY | O_CREAT | O_TRUNC)
        defer { close(descriptor) }
        var text = text
        let complete = text.withUTF8 { bytes in
            var done = 0
            while done < bytes.count {
                let count = Foundation.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                if count <= 0 { return false }
                done += count
            }
            return fsync(descriptor) == 0
        }
        guard complete, rename(file + ".new", file) == 0 else { throw failure("write", file) }
    }

    private func open(_ file: String, _ flags: Int32) throws(BusError) -> Int32 {
        let descriptor = Foundation.open(file, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("open", file) }
        // A file from elsewhere may have kept a wider mode.
        fchmod(descriptor, 0o600)
        return descriptor
    }

    private func failure(_ what: String, _ file: String) -> BusError {
        BusError(.configuration, "cannot \(what) \(file): \(String(cString: strerror(errno)))")
    }
}
