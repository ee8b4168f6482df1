import Testing

@testable import Record

@Suite("Cosignatures (C2SP tlog-cosignature)")
struct CosignatureTests {
    static let text = "slipway.example/record\n4\n\(TreeHash.ofNothing.bytes.base64)\n"

    @Test("a witness's line verifies with its key, and tells when it was made")
    func verifies() throws {
        let witness = try SigningKey(generatingFor: "witness.example/w1", kind: .cosignature)
        let log = try SigningKey(generatingFor: "slipway.example/record")
        let moment = Timestamp(microseconds: 1_795_000_000_900_000)
        let signed = try SignedCheckpoint(parsing: log.sign(Self.text).description)
        let line = try witness.cosign(Self.text, at: moment)
        let both = try SignedCheckpoint(parsing: signed.adding([line]).description)
        let found = try both.cosignatures(of: [VerifierKey(witness.verifier.description)])
        #expect(found.map(\.witness.name) == ["witness.example/w1"])
        #expect(found.first?.time == Timestamp(microseconds: 1_795_000_000_000_000))
        try both.verify(with: [log.verifier])
        #expect(both.only(log.verifier) == signed)
        #expect(both.adding([line]) == both)
    }

    @Test("the message is the one of the standard, and the key's identifier uses its algorithm")
    func message() throws {
        #expect(Cosignature.message("a\n1\nb\n", time: 1_679_315_147) == "cosignature/v1\ntime 1679315147\na\n1\nb\n")
        let key = try SigningKey(generatingFor: "w", kind: .cosignature)
        let note = VerifierKey(name: "w", kind: .note, publicKey: key.verifier.publicKey)
        #expect(note.id != key.verifier.id)
        #expect(try SigningKey(key.secretText).verifier == key.verifier)
    }

    @Test("a false cosignature of a known witness is refused, one of a stranger is passed over")
    func falseOnes() throws {
        let witness = try SigningKey(generatingFor: "witness.example/w1", kind: .cosignature)
        let log = try SigningKey(generatingFor: "slipway.example/record")
        let signed = try SignedCheckpoint(parsing: log.sign(Self.text).description)
        let other = try witness.cosign("slipway.example/record\n5\nx\n", at: .now())
        #expect(throws: RecordError.self) { try signed.adding([other]).cosignatures(of: [witness.verifier]) }
        #expect(try signed.adding([other]).cosignatures(of: []).isEmpty)
        var line = try witness.cosign(Self.text, at: .now())
        #expect(try signed.adding([line]).cosignatures(of: [witness.verifier]).count == 1)
        line = .init(name: line.name, keyID: line.keyID, bytes: line.bytes.dropLast() + [(line.bytes.last ?? 0) ^ 1])
        #expect(throws: RecordError.self) { try signed.adding([line]).cosignatures(of: [witness.verifier]) }
    }

    @Test("a witness's signature alone does not make a checkpoint the log's")
    func witnessIsNoLog() throws {
        let witness = try SigningKey(generatingFor: "slipway.example/record", kind: .cosignature)
        let line = try witness.cosign(Self.text, at: .now())
        let note = SignedNote(text: Self.text, signatures: [line])
        #expect(throws: RecordError.self) { try note.verify(with: [witness.verifier]) }
    }
}

@Suite("Witness policy (C2SP tlog-policy)")
struct WitnessPolicyTests {
    let keys = ["x1", "x2", "x3", "y1"].map { try? SigningKey(generatingFor: "w.example/\($0)", kind: .cosignature) }

    private func policy(_ rest: String) throws -> WitnessPolicy {
        let lines = try zip(["X1", "X2", "X3", "Y1"], keys).map {
            "witness \($0) \(try #require($1).verifier) https://w.example/\($0)\n"
        }
        return try WitnessPolicy("# who is believed\n" + lines.joined() + rest)
    }

    @Test("a quorum of groups counts as the standard has it")
    func groups() throws {
        let policy = try policy("group X 2 X1 X2 X3\n\tgroup all all X Y1 \nquorum all\n")
        let keys = policy.witnesses.map(\.key)
        #expect(policy.witnesses.map(\.url) == ["X1", "X2", "X3", "Y1"].map { "https://w.example/\($0)" })
        #expect(policy.isSatisfied(by: keys))
        #expect(policy.isSatisfied(by: [keys[0], keys[2], keys[3]]))
        #expect(!policy.isSatisfied(by: [keys[0], keys[1], keys[2]]))
        #expect(!policy.isSatisfied(by: [keys[0], keys[3]]))
        #expect(try self.policy("quorum none\n").isSatisfied(by: []))
        #expect(!(try self.policy("quorum X1\n").isSatisfied(by: [keys[1]])))
    }

    @Test(
        "a policy that cannot be followed is refused",
        arguments: [
            "", "quorum nobody\n", "quorum none\nquorum none\n", "group G 4 X1 X2\nquorum G\n",
            "group G 0 X1\nquorum G\n",
            "group G any X1 X1\nquorum G\n", "group G any H\ngroup H any X1\nquorum G\n", "witness X1 x\nquorum none\n",
            "group X1 any X2\nquorum X1\n", "monitor m\nquorum none\n", "group none any X1\nquorum none\n",
        ])
    func refused(_ rest: String) { #expect(throws: RecordError.self) { try policy(rest) } }
}
