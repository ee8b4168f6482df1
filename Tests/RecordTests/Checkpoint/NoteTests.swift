import Testing

@testable import Record

struct NoteTests {
    /// The key pair and the note of the documentation of Go's golang.org/x/mod/sumdb/note.
    static let verifierText = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    static let secretText = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    static let text =
        "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    static let signature =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

    @Test("a note signed by Go's implementation verifies")
    func verifiesForeignNote() throws {
        let key = try VerifierKey(Self.verifierText)
        #expect(key.name == "PeterNeumann")
        #expect(key.id == 0xC74F_20A3)
        #expect(key.description == Self.verifierText)
        let note = try SignedNote(parsing: Self.text + "\n" + Self.signature)
        #expect(note.text == Self.text)
        #expect(note.description == Self.text + "\n" + Self.signature)
        try note.verify(with: [key])
    }

    @Test("our signature is byte for byte the one that Go's implementation makes")
    func signsAlike() throws {
        let key = try SigningKey(Self.secretText)
        #expect(key.secretText == Self.secretText)
        #expect(key.verifier.description == Self.verifierText)
        #if os(Linux)  // Apple's CryptoKit blinds its signatures
            #expect(try key.sign(Self.text).description == Self.text + "\n" + Self.signature)
        #endif
        try key.sign(Self.text).verify(with: [key.verifier])
    }

    @Test("a new key's two texts read back, and belong to no other key")
    func newKey() throws {
        let key = try SigningKey(generatingFor: "slipway.example/record")
        let note = try SigningKey(key.secretText).sign("hello\n")
        try note.verify(with: [VerifierKey(key.verifier.description)])
        let other = try SigningKey(generatingFor: "slipway.example/record").verifier
        #expect(throws: RecordError.self) { try note.verify(with: [other]) }
        #expect(throws: RecordError.self) { try SigningKey(generatingFor: "with space") }
        #expect(throws: RecordError.self) { try SigningKey(generatingFor: "a+b") }
    }

    @Test("a text with one letter changed does not verify")
    func tampered() throws {
        let note = try SignedNote(parsing: Self.text.replacing("answer", with: "ansver") + "\n" + Self.signature)
        let error = #expect(throws: RecordError.self) { try note.verify(with: [VerifierKey(Self.verifierText)]) }
        #expect(error?.code == .signature)
    }

    @Test("signatures of witnesses are kept and passed over")
    func witnesses() throws {
        // The example of C2SP tlog-cosignature.
        let text = """
            example.com/behind-the-sofa
            20852163
            CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

            — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
            — witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

            """
        let signed = try SignedCheckpoint(parsing: text)
        #expect(signed.checkpoint.origin == "example.com/behind-the-sofa")
        #expect(signed.checkpoint.size == 20_852_163)
        #expect(signed.note.signatures.map(\.name) == ["example.com/behind-the-sofa", "witness.example.com/w1"])
        #expect(signed.description == text)
        let ours = try SigningKey(generatingFor: "example.com/behind-the-sofa")
        let error = #expect(throws: RecordError.self) { try signed.verify(with: [ours.verifier]) }
        #expect(error?.code == .signature)
        // With our signature beside those of strangers it does verify.
        let both = SignedNote(
            text: signed.note.text, signatures: signed.note.signatures + (try ours.sign(signed.note.text)).signatures)
        try SignedNote(parsing: both.description).verify(with: [ours.verifier])
    }

    @Test(
        "what is no note is refused",
        arguments: [
            "", "text\n", "text\n\n", "text\n\n— a AAAAAAA=", "text\n\n- a AAAAAAA=\n", "text\n\n— a AAAA\n",
            "text\n\n— a !!!!!!!!\n",
            "text\n\n—  AAAAAAA=\n", "text\n\n— a+b AAAAAAA=\n", "te\u{1}xt\n\n— a AAAAAAA=\n",
            "text\r\n\r\n— a AAAAAAA=\r\n",
            "text\n\n— a AAAAAAA= b\n", "text\n\n— a AAAAAAB=\n",
        ])
    func refusesNotes(text: String) {
        let error = #expect(throws: RecordError.self) { try SignedNote(parsing: text) }
        #expect(error?.code == .note)
    }

    @Test(
        "what is no checkpoint is refused",
        arguments: [
            "origin\n5\n", "origin\n05\nAAAA\n", "origin\n-1\nAAAA\n", "\n5\nAAAA\n", "origin\n5\nAAAA\n",
            "origin\nfive\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n",
        ])
    func refusesCheckpoints(text: String) {
        let error = #expect(throws: RecordError.self) { try Checkpoint(text: text) }
        #expect(error?.code == .note)
    }

    @Test(
        "what is no key is refused",
        arguments: [
            "", "PeterNeumann", "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", "PeterNeumann+c74f20a3+ARpc2Q==",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ])
    func refusesKeys(text: String) {
        let error = #expect(throws: RecordError.self) { try VerifierKey(text) }
        #expect(error?.code == .key)
        #expect(throws: RecordError.self) { try SigningKey("PRIVATE+KEY+" + text) }
    }
}
