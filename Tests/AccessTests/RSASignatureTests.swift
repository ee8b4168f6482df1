import Foundation
import Record
import TestKit
import Testing

@testable import Access

@Suite("RSA signatures of time-stamping authorities")
struct RSASignatureTests {
    @Test(
        "openssl's signature verifies; another message, key, hash or a short key does not",
        arguments: [("2048", "sha256", SignedDigest.sha256), ("3072", "sha512", .sha512), ("2048", "sha384", .sha384)])
    func verifies(bits: String, name: String, digest: SignedDigest) async throws {
        try await withTemporaryFolder { folder in
            let message = Array("signed attributes".utf8)
            let (signature, key) = try Self.signed(message, bits, name, folder)
            #expect(RSASignature.check(signature, message, digest, key))
            #expect(!RSASignature.check(signature, message + [0], digest, key))
            #expect(!RSASignature.check(signature, message, digest == .sha256 ? .sha384 : .sha256, key))
            #expect(!RSASignature.check([signature[0] ^ 1] + signature.dropFirst(), message, digest, key))
            #expect(!RSASignature.check([], message, digest, key))
            #expect(!RSASignature.check(signature, message, digest, Array(key.dropLast())))
            let (_, other) = try Self.signed(message, bits, name, folder)
            #expect(!RSASignature.check(signature, message, digest, other))
            let (weak, short) = try Self.signed(message, "1024", name, folder)
            #expect(!RSASignature.check(weak, message, digest, short))
        }
    }

    private static func signed(
        _ message: [UInt8], _ bits: String, _ digest: String, _ folder: URL
    ) throws -> (signature: [UInt8], key: [UInt8]) {
        try Data(message).write(to: folder.appendingPathComponent("message"))
        try openssl(["genrsa", "-out", "key", bits], folder)
        try openssl(["rsa", "-in", "key", "-pubout", "-outform", "DER", "-out", "public"], folder)
        try openssl(["dgst", "-\(digest)", "-sign", "key", "-out", "signature", "message"], folder)
        func bytes(_ name: String) throws -> [UInt8] {
            [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
        }
        return (try bytes("signature"), try bytes("public"))
    }

    private static func openssl(_ words: [String], _ folder: URL) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = words
        process.currentDirectoryURL = folder
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
