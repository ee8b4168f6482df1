import Bus
import Foundation
import TestKit
import Testing

@Suite(.serialized)
struct TLSTests {
    @Test("a message goes round under TLS, and an unknown authority or a wrong name is refused")
    func roundTrip() async throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/openssl") else {
            print("TLS is not tested: openssl is not installed")
            return
        }
        try await withTemporaryFolder { folder in
            func openssl(_ arguments: String) throws {
                let process = Process()
                process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
                process.arguments = arguments.split(separator: " ").map(String.init)
                process.currentDirectoryURL = folder
                process.standardInput = FileHandle.nullDevice
                process.standardOutput = FileHandle.nullDevice
                process.standardError = FileHandle.nullDevice
                try process.run()
                process.waitUntilExit()
                try #require(process.terminationStatus == 0, "openssl \(arguments)")
            }
            let key = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes"
            for authority in ["ca", "other"] {
                try openssl(
                    "req -x509 \(key) -keyout \(authority).key -out \(authority).pem -days 2 -subj /CN=\(authority)")
            }
            try openssl("req \(key) -keyout server.key -out server.csr -subj /CN=localhost")
            try Data("subjectAltName=DNS:localhost\n".utf8).write(to: folder.appendingPathComponent("names"))
            try openssl(
                "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -extfile names"
            )

            let files = folder.path
            let broker = try await BrokerUnderTest.start(
                in: folder.appendingPathComponent("broker"),
                tls: BrokerTLS(certificateFile: files + "/server.pem", keyFile: files + "/server.key"))
            var trusting = BrokerUnderTest.configuration(broker, "tls", window: 30)
            trusting.host = "localhost"
            trusting.tls = MQTTTLS(authorityFile: files + "/ca.pem")
            try await BrokerUnderTest.client(trusting) { client in
                try await within {
                    try await client.subscribe(TopicFilter("a"))
                    for number in 0..<200 { try await client.publish("a", "\(number)") }
                    #expect(await client.first(200).map(\.text) == (0..<200).map(String.init))
                }
            }

            var doubting = trusting
            doubting.tls = MQTTTLS(authorityFile: files + "/other.pem")
            var elsewhere = trusting
            elsewhere.host = "127.0.0.1"
            var unreadable = trusting
            unreadable.tls = MQTTTLS(authorityFile: files + "/none.pem")
            for configuration in [doubting, elsewhere, unreadable] {
                try await BrokerUnderTest.client(configuration) { client in
                    let error = await #expect(throws: BusError.self) {
                        try await within { try await client.publish("a", "x") }
                    }
                    #expect(error?.code == .tls, "\(String(describing: error))")
                }
            }
            await broker.stop()
        }
    }
}
