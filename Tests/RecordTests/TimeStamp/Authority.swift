import Foundation
import TestKit

@testable import Record

/// A time-stamping authority for one test, made with `openssl ts`.
struct Authority {
    let folder: URL

    /// Which kind of key it signs with. RSA is Access' business, and tested there.
    enum Key: String, CaseIterable { case p256, p384 }

    /// Runs a test with an authority certified by a CA of its own.
    static func with(_ key: Key = .p256, usage: String = "timeStamping", _ body: (Authority) throws -> Void)
        async throws
    {
        try await withTemporaryFolder { folder in
            let authority = Authority(folder: folder)
            try authority.found(key, usage)
            try body(authority)
        }
    }

    /// Trust in its issuer.
    var trust: TimeTrust { get throws { try trust(in: "ca.pem") } }
    /// Trust in its own certificate alone.
    var own: TimeTrust { get throws { try trust(in: "tsa.pem") } }

    private func trust(in name: String) throws -> TimeTrust {
        try TimeTrust(pem: [String(contentsOf: file(name), encoding: .utf8)]) { _, _, _, _ in false }
    }

    func answer(_ request: [UInt8]) throws -> [UInt8] {
        try Data(request).write(to: file("q.tsq"))
        try openssl("ts", "-reply", "-queryfile", "q.tsq", "-config", "tsa.cnf", "-out", "r.tsr")
        return [UInt8](try Data(contentsOf: file("r.tsr")))
    }

    private func file(_ name: String) -> URL { folder.appendingPathComponent(name) }

    private func found(_ key: Key, _ usage: String) throws {
        let kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:\(key == .p256 ? "P-256" : "P-384")"]
        try openssl(["req", "-x509"] + kind + ["-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=CA"])
        try openssl(["req"] + kind + ["-nodes", "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=TSA"])
        try Data("extendedKeyUsage=critical,\(usage)\n".utf8).write(to: file("ext"))
        try openssl(
            "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out", "tsa.pem",
            "-days", "30", "-extfile", "ext")
        try Data("01\n".utf8).write(to: file("serial"))
        let settings = """
            [tsa]
            default_tsa = one
            [one]
            serial = ./serial
            crypto_device = builtin
            signer_cert = ./tsa.pem
            signer_key = ./tsa.key
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            accuracy = secs:1
            ess_cert_id_alg = sha256

            """
        try Data(settings.utf8).write(to: file("tsa.cnf"))
    }

    private func openssl(_ words: String...) throws { try openssl(words) }

    private func openssl(_ words: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = words
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(words: words) }
    }

    struct Failed: Error { let words: [String] }
}
