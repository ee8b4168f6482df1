import Access
import District
import Record
import Store
import TestKit
import Testing

@testable import Stewardship

@Suite("Certificates: who may approve and operate")
struct CertificateTests {
    static func values(_ changes: [String: JSON] = [:]) -> [String: JSON] {
        ["person": "first", "module": "ai.approve", "score": 85, "passed": "2026-11-20"].merging(changes) { $1 }
    }

    @Test(
        "what is refused, and why",
        arguments: [
            (["score": 79], "certificate.pass"), (["passed": "2026-11-22"], "certificate.day"),
            (["passed": "2025-11-20"], "certificate.day"), (["passed": "yesterday"], "certificate.day"),
            (["person": "nobody"], "certificate.person"),
            (["evidence": .string(String(repeating: "a", count: 64))], "certificate.attachment"),
        ] as [([String: JSON], String)])
    func refused(changes: [String: JSON], code: String) async throws {
        try await Yard.with(areCertified: false) { yard in
            let refusal = try await yard.refusal(
                "stewardship.certificate.record", Self.values(["person": "owner"]).merging(changes) { $1 }, by: .first)
            #expect(refusal?.code == code)
        }
    }

    @Test("nobody records their own, and only officers record at all")
    func own() async throws {
        try await Yard.with(areCertified: false) { yard in
            let record = "stewardship.certificate.record"
            let (own, citizen) = (
                try await yard.refusal(record, Self.values(), by: .first),
                try await yard.refusal(record, Self.values(), by: .citizen)
            )
            #expect(own?.code == "certificate.own" && citizen?.kind == .forbidden)
        }
    }

    @Test("nor does a token that they made; another's does")
    func ownToken() async throws {
        try await Yard.with(areCertified: false) { yard in
            func token(of maker: Caller) async throws -> Caller {
                let request = APITokenRequest(
                    name: "t-\(maker.name ?? "")", scopes: ["command:stewardship.certificate.record"], firm: nil,
                    roles: [.zoneOfficer])
                let now = yard.clock.read()
                let issued = try await yard.store.write { try APITokens.issue(request, by: maker, at: now, in: $0) }
                let found = try await yard.store.read { try APITokens.find(key: issued.key, at: now, in: $0) }
                return try #require(found?.caller)
            }
            let record = "stewardship.certificate.record"
            let own = try await yard.refusal(record, Self.values(), by: try await token(of: .first))
            #expect(own?.code == "certificate.own")
            try await yard.perform(record, Self.values(), by: try await token(of: .officer))
        }
    }

    @Test(
        "a certificate counts to its last day, not when revoked, not in an old version", arguments: StoreUnderTest.all)
    func valid(kind: StoreUnderTest) async throws {
        let modules = try TrainingModule.all(.stewardship())
        let module = try #require(modules.first { $0.id == "ai.approve" })
        try await Yard.with(kind, areCertified: false) { yard in
            func counts(_ text: String, _ module: TrainingModule) async throws -> Bool {
                let at = try #require(Timestamp(iso8601: text))
                return try await yard.store.read { try CertificateTable.isValid("first", module, at: at, in: $0) }
            }
            #expect(try await counts("2026-11-21T09:00:00+09:00", module) == false)
            try await yard.perform("stewardship.certificate.record", Self.values(), by: .second)
            #expect(try await counts("2026-11-21T09:00:00+09:00", module))
            #expect(try await counts("2027-11-19T23:59:59+09:00", module))
            #expect(try await counts("2027-11-20T00:00:00+09:00", module) == false)
            let newer = TrainingModule(
                id: module.id, title: module.title, audience: module.audience, version: "2027.1",
                accepted: ["2027.1"], pass: 80, months: 12)
            #expect(try await counts("2026-11-21T09:00:00+09:00", newer) == false)
            let all = try await yard.store.read { try CertificateTable.latest(in: $0) }
            let revoke: [String: JSON] = ["certificate": .string(all.first?.id ?? ""), "reason": "잘못 등록함"]
            try await yard.perform("stewardship.certificate.revoke", revoke, by: .second)
            #expect(try await counts("2026-11-21T09:00:00+09:00", module) == false)
            #expect(
                try await yard.refusal("stewardship.certificate.revoke", revoke, by: .second)?.code
                    == "certificate.revoked")
            #expect(try await yard.rebuildsAlike())
        }
    }

    @Test(
        "whoever else issues one: below the pass mark it opens nothing, and it ends no later than the module says",
        arguments: [
            (79, "2027-11-19", "2026-11-21", .short), (80, "2027-11-19", "2026-11-21", .valid),
            (100, "2036-11-19", "2027-11-19", .ending), (100, "2036-11-19", "2027-11-20", .expired),
            (100, "2026-12-01", "2026-12-02", .expired),
        ] as [(Int64, String, String, Certificate.State)])
    func bounds(score: Int64, expires: String, day: String, expected: Certificate.State) async throws {
        let module = try #require(try TrainingModule.all(.stewardship()).first { $0.id == "ai.approve" })
        try await Yard.with(areCertified: false) { yard in
            let issued = CertificateIssued(
                certificate: "c1", person: "first", module: module.id, version: module.version, score: score,
                passed: "2026-11-20", expires: expires)
            try await yard.district.record([issued.draft], origin: Origin(author: .system("test")))
            let at = try #require(KoreanDay(day)).start
            let (isValid, found) = try await yard.store.read {
                (try CertificateTable.isValid("first", module, at: at, in: $0), try CertificateTable.find("c1", in: $0))
            }
            #expect(isValid == expected.counts)
            #expect(found?.state(on: KoreanDay(at), module) == expected)
        }
    }

    @Test("without a certificate an approval is refused by name, and with one it is taken")
    func gate() async throws {
        try await Yard.with(areCertified: false) { yard in
            try await yard.assessed()
            #expect(try await yard.refused(.approve, by: .first) == "use.certificate")
            try await yard.perform("stewardship.certificate.record", Self.values(), by: .second)
            #expect(try await yard.refused(.approve, by: .first) == nil)
            #expect(try await yard.refused(.approve, by: .second) == "use.certificate")
        }
    }
}
