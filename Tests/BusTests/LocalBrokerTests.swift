import Bus
import Foundation
import TestKit
import Testing

@Suite(.serialized)
struct LocalBrokerTests {
    @Test("passwords are kept for the next start, for the owner's eyes alone, and nowhere else")
    func credentials() async throws {
        try await withTemporaryFolder { folder in
            let broker = try await BrokerUnderTest.start(in: folder)
            let credential = try #require(broker.credential(for: "slipway"))
            #expect(credential.password.count == 64)
            #expect(broker.credential(for: "press")?.password != credential.password)
            #expect(broker.credential(for: "stranger") == nil)
            #expect(!"\(credential)".contains(credential.password))
            var dumped = ""
            dump(credential, to: &dumped)
            #expect(!dumped.contains(credential.password))
            for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
                let path = folder.path + "/" + name
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
                // What Mosquitto makes itself lies in a folder that only the owner enters.
                if name != "mosquitto.db" { #expect(mode == 0o600, "\(name)") }
                let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
                #expect(text.contains(credential.password) == (name == "credentials"), "\(name)")
            }
            await broker.stop()
            #expect(!broker.isRunning)

            let again = try await BrokerUnderTest.start(in: folder)
            #expect(again.credential(for: "slipway") == credential)
            await again.stop()
        }
    }

    @Test("its command line holds no password")
    func commandLine() async throws {
        try await withTemporaryFolder { folder in
            let broker = try await BrokerUnderTest.start(in: folder)
            let pid = try String(contentsOf: folder.appendingPathComponent("mosquitto.pid"), encoding: .utf8)
            let path = "/proc/\(pid.trimmingCharacters(in: .whitespacesAndNewlines))/cmdline"
            let words = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\0")
            #expect(words.dropFirst() == ["-c", folder.path[...] + "/mosquitto.conf"])
            await broker.stop()
        }
    }

    @Test("a second broker in the same folder is refused, and the first lives on")
    func folderInUse() async throws {
        try await withTemporaryFolder { folder in
            let broker = try await BrokerUnderTest.start(in: folder)
            let error = await #expect(throws: BusError.self) { try await BrokerUnderTest.start(in: folder) }
            #expect(error?.code == .brokerInUse)
            #expect(broker.isRunning)
            await broker.stop()
        }
    }

    @Test("a port that somebody else has is refused")
    func portInUse() async throws {
        try await BrokerUnderTest.with { broker in
            try await withTemporaryFolder { folder in
                let error = await #expect(throws: BusError.self) {
                    try await BrokerUnderTest.start(in: folder, port: broker.port)
                }
                #expect(error?.code == .portInUse)
            }
        }
    }

    @Test("a broker that a killed process left behind is stopped at the next start")
    func leftover() async throws {
        try await withTemporaryFolder { folder in
            // The same files and the same program, started by nobody who would stop it.
            await (try BrokerUnderTest.start(in: folder)).stop()
            let orphan = Process()
            orphan.executableURL = URL(fileURLWithPath: "/usr/sbin/mosquitto")
            orphan.arguments = ["-c", folder.path + "/mosquitto.conf"]
            orphan.standardInput = FileHandle.nullDevice
            orphan.standardOutput = FileHandle.nullDevice
            orphan.standardError = FileHandle.nullDevice
            try orphan.run()
            try "\(orphan.processIdentifier)\n".write(
                to: folder.appendingPathComponent("mosquitto.pid"), atomically: true, encoding: .utf8)
            let broker = try await BrokerUnderTest.start(in: folder)
            orphan.waitUntilExit()
            #expect(broker.isRunning)
            await broker.stop()
        }
    }

    @Test("a number in the file that belongs to another program by now is left alone")
    func foreignNumber() async throws {
        try await withTemporaryFolder { folder in
            let own = ProcessInfo.processInfo.processIdentifier
            try "\(own)\n".write(
                to: folder.appendingPathComponent("mosquitto.pid"), atomically: true, encoding: .utf8)
            let broker = try await BrokerUnderTest.start(in: folder)
            #expect(broker.isRunning)
            await broker.stop()
        }
    }

    @Test("a broker nobody holds any more ends")
    func released() async throws {
        try await withTemporaryFolder { folder in
            var broker: RunningBroker? = try await BrokerUnderTest.start(in: folder)
            let port = try #require(broker?.port)
            broker = nil
            // The folder is free at once; the start waits for the old one to be gone and gets its port.
            let next = try await within {
                while true {
                    do { return try await BrokerUnderTest.start(in: folder, port: port) } catch let error as BusError {
                        #expect([.brokerInUse, .portInUse].contains(error.code))
                    }
                }
            }
            await next.stop()
        }
    }

    @Test("a start that fails says where to look", arguments: ["unreadable certificate"])
    func failedStart(_ reason: String) async throws {
        try await withTemporaryFolder { folder in
            let tls = BrokerTLS(certificateFile: folder.path + "/none", keyFile: folder.path + "/none")
            let error = await #expect(throws: BusError.self) { try await BrokerUnderTest.start(in: folder, tls: tls) }
            #expect(error?.code == .brokerFailed)
            #expect(error?.message.contains("mosquitto.log") == true)
        }
    }

    @Test("an account's name cannot smuggle lines into the files", arguments: ["", "a:b", "a\nuser b", "a b", "é"])
    func badName(_ name: String) {
        let error = #expect(throws: BusError.self) { try BrokerAccount(name) }
        #expect(error?.code == .configuration)
        #expect(throws: BusError.self) { try BrokerAccount("a", reads: ["b\ntopic readwrite #"]) }
    }
}
