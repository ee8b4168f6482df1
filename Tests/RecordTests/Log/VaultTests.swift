import Record
import Store
import Testing

struct VaultTests {
    private static func drafts(_ subject: PersonID) -> [Draft] {
        [
            Draft(
                "safety.report.filed", stream: "report/\(subject)", scope: .zone, payload: ["place": "press 3"],
                personal: [
                    "name": PersonalContent(of: subject, "홍길동"),
                    "injury": PersonalContent(of: subject, ["part": "hand", "days": 3]),
                ])
        ]
    }

    @Test(
        "personal content is on the Record as a commitment only, and comes back from the vault",
        arguments: Backend.available)
    func disclosed(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            let event = try await yard.append(Self.drafts("p2"))[0]
            #expect(event.payload["place"] == "press 3")
            #expect(event.payload["name"]?["commitment"]?.text?.utf8.count == 64)
            let log = yard.log
            let payload = try await yard.store.read { try log.disclosed(event, in: $0) }
            #expect(payload == ["place": "press 3", "name": "홍길동", "injury": ["part": "hand", "days": 3]])
            let opening = try #require(try await yard.store.read { try log.opening(of: event.id, in: $0) })
            #expect(!String(decoding: opening.body, as: UTF8.self).contains("홍길동"))
            let sealed = try await yard.store.read {
                try $0.query("SELECT sealed FROM record_vault").map { try $0.blob("sealed") }
            }
            #expect(sealed.count == 2)
            #expect(sealed.allSatisfy { !String(decoding: $0, as: UTF8.self).contains("홍길동") })
        }
    }

    @Test("who is forgotten is gone, others stay, and every proof still holds", arguments: Backend.available)
    func erased(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            let event = try await yard.append(Self.drafts("p2"))[0]
            let other = try await yard.append(Self.drafts("p3"))[0]
            try await yard.number()
            let saved = try #require(try await yard.sign())
            let log = yard.log
            #expect(try await yard.store.write { try log.erase("p2", in: $0) } == 2)
            #expect(try await yard.store.write { try log.erase("p2", in: $0) } == 0)
            let payload = try await yard.store.read { try log.disclosed(event, in: $0) }
            #expect(payload == ["place": "press 3", "name": ["erased": true], "injury": ["erased": true]])
            #expect(try await yard.store.read { try log.disclosed(other, in: $0) }["name"] == "홍길동")
            let left = try await yard.store.read { reader in
                try (
                    reader.query("SELECT id FROM record_vault WHERE subject = 'p2'").count,
                    reader.query("SELECT subject FROM record_vault_keys WHERE subject = 'p2'").count
                )
            }
            #expect(left == (0, 0))

            let report = try await yard.verify(saved: [saved])
            #expect(report.isSound, "\(report.findings)")
            #expect(report.personal == (4, 2))
            #expect(report.limits.contains { $0.en.contains("2 personal fields") })
            let proof = try await yard.store.read { try TreeReader(in: $0).inclusionProof(ofLeaf: 0, size: 2) }
            let opening = try #require(try await yard.store.read { try log.opening(of: event.id, in: $0) })
            #expect(proof.verifies(opening.leafHash, root: saved.checkpoint.root))

            // What is learnt about the person later stands under a new key.
            let later = try await yard.append(Self.drafts("p2"))[0]
            #expect(try await yard.store.read { try log.disclosed(later, in: $0) }["name"] == "홍길동")
        }
    }

    @Test("content exchanged in the vault is neither shown nor passed by the verifier", arguments: Backend.available)
    func exchanged(backend: Backend) async throws {
        try await Yard.with(backend) { yard in
            let event = try await yard.append(Self.drafts("p2"))[0]
            try await yard.number()
            let injury = try #require(event.payload["injury"]?["vault"]?.text)
            try await yard.tamper(
                "UPDATE record_vault SET sealed = (SELECT sealed FROM record_vault WHERE id = ?)", [.text(injury)])
            let log = yard.log
            let error = await #expect(throws: RecordError.self) {
                try await yard.store.read { try log.disclosed(event, in: $0) }
            }
            #expect(error?.code == .corrupt)
            #expect(try await yard.verify().findings.map(\.kind) == [.vault])
        }
    }
}
