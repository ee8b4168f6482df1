import District
import Record
import Testing

@testable import Alliance

@Suite("The rules of training")
struct TrainingRuleTests {
    private static let modules = [
        TrainingProgramme.Module(id: "a", title: Words("가", "A"), minutes: 60, isTested: false, certificate: nil),
        TrainingProgramme.Module(id: "b", title: Words("나", "B"), minutes: 120, isTested: true, certificate: nil),
        TrainingProgramme.Module(id: "c", title: Words("다", "C"), minutes: 60, isTested: true, certificate: nil),
    ]
    private static let rule = CompletionRule(share: 75, pass: 60)

    private static func mark(_ present: Bool?, _ score: Int64? = nil) -> CompletionRule.Mark {
        .init(present: present, score: score)
    }

    @Test(
        "attendance and points weigh by minutes; what is not marked is unknown, not absent",
        arguments: [
            (
                ["a": mark(true), "b": mark(true, 90), "c": mark(true, 30)],
                CompletionRule.Verdict.passed(share: 100, score: 70)
            ),
            (["a": mark(false), "b": mark(true, 60), "c": mark(true, 60)], .passed(share: 75, score: 60)),
            (["a": mark(true), "b": mark(true, 60), "c": mark(true, 59)], .failed(share: 100, score: 59)),
            (["a": mark(true), "b": mark(true, 95), "c": mark(false)], .passed(share: 75, score: 63)),
            (["a": mark(true), "b": mark(false), "c": mark(true, 100)], .failed(share: 50, score: 33)),
            (["a": mark(false), "b": mark(false), "c": mark(true, 100)], .failed(share: 25, score: 33)),
            (["a": mark(true), "b": mark(true), "c": mark(true, 90)], .unknown(["b"])),
            (["b": mark(true, 90)], .unknown(["a", "c"])),
            ([:], .unknown(["a", "b", "c"])),
        ])
    func completion(_ marks: [String: CompletionRule.Mark], _ verdict: CompletionRule.Verdict) {
        #expect(Self.rule.verdict(Self.modules, marks) == verdict)
    }

    @Test("without a test nothing is scored, and attendance alone decides")
    func untested() {
        let only = [Self.modules[0]]
        #expect(Self.rule.verdict(only, ["a": Self.mark(true)]) == .passed(share: 100, score: nil))
        #expect(Self.rule.verdict(only, ["a": Self.mark(false)]) == .failed(share: 0, score: nil))
    }

    @Test("of those who wait a renewal comes first, then whoever asked first; who withdrew does not wait")
    func queue() {
        func one(_ id: String, _ asked: Int64, renewal: Bool = false, _ state: TrainingEnrolment.State = .waiting)
            -> TrainingEnrolment
        {
            TrainingEnrolment(
                id: id, session: "s", programme: "p", person: PersonID(id), firm: nil, scope: .zone, state: state,
                asked: Timestamp(microseconds: asked), isRenewal: renewal, email: nil, share: nil, score: nil)
        }
        let waiting = [
            one("late", 9), one("gone", 1, .withdrawn), one("early", 2), one("renewal", 8, renewal: true),
            one("placed", 1, .placed),
        ]
        #expect(TrainingEnrolment.queue(waiting).map(\.id) == ["renewal", "early", "late"])
    }

    @Test(
        "a name-based UUID is what RFC 4122 makes of the name",
        arguments: [
            // As Python's uuid.uuid5(uuid.NAMESPACE_URL, …) has them.
            ("https://example.org/", "527dda32-a0de-5105-a042-cb475b5f7d11"),
            (String(repeating: "x", count: 200), "cd3580b9-d244-586a-8077-74317319b48d"),
            ("", "1b4db7eb-4057-5ddf-91e0-36dec72071f5"),
        ])
    func uuid(_ name: String, _ expected: String) { #expect(NameUUID.of(name) == expected) }

    @Test(
        "SHA-1 is that of FIPS 180-4",
        arguments: [
            ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ),
        ])
    func sha1(_ text: String, _ expected: String) { #expect(NameUUID.sha1(Array(text.utf8)).hex == expected) }

    @Test("a status list has its first bit leftmost, and its gzip carries the length and the checksum of its bytes")
    func bits() {
        let bits = StatusBits([0, 9, 131_071])
        #expect(bits.bytes.count == 16_384)
        #expect(bits.bytes[0] == 0x80 && bits.bytes[1] == 0x40 && bits.bytes[16_383] == 0x01)
        #expect(bits.bytes.map(\.nonzeroBitCount).reduce(0, +) == 3)
        #expect(StatusBits([131_072, -1]).bytes.allSatisfy { $0 == 0 })
        #expect(StatusBits.checksum(Array("123456789".utf8)) == 0xCBF4_3926)
        let packed = StatusBits.gzip(Array("123456789".utf8))
        #expect(packed.prefix(2) == [0x1F, 0x8B] && packed.suffix(4) == [9, 0, 0, 0])
        #expect(packed.dropFirst(10).prefix(5) == [1, 9, 0, 0xF6, 0xFF])
    }

    @Test(
        "an issuer is a did:web where it is reached over TLS, else its profile's address",
        arguments: [
            (
                "https://zone.example", "did:web:zone.example:alliance:badges",
                "did:web:zone.example:alliance:badges#key-1"
            ),
            (
                "https://zone.example:8443", "did:web:zone.example%3A8443:alliance:badges",
                "did:web:zone.example%3A8443:alliance:badges#key-1"
            ),
            (
                "http://127.0.0.1:8080", "http://127.0.0.1:8080/alliance/badges/issuer",
                "http://127.0.0.1:8080/alliance/badges/key"
            ),
        ])
    func issuer(_ address: String, _ id: String, _ keyID: String) {
        let issuer = BadgeIssuer(address: address, name: BadgeIssuer.unnamed)
        #expect(issuer.id == id && issuer.keyID == keyID)
    }

    @Test(
        "only this machine's own address is believed without being named",
        arguments: [
            ("http://127.0.0.1:8080", true), ("http://localhost", true), ("http://[::1]:8080", true),
            ("https://localhost.evil.example", false), ("http://127.0.0.1.evil.example", false),
            ("https://evil.example/127.0.0.1", false), ("127.0.0.1", false),
        ])
    func loopback(_ address: String, _ isBelieved: Bool) { #expect(BadgeIssuer.isLoopback(address) == isBelieved) }

    @Test("bits are dealt by lot, none twice, and a new list begins when one is half given out")
    func places() {
        var places = BadgePlaces(issued: StatusBits.used - 3)
        let dealt = (0..<6).map { _ in places.next { _, index in index < 1000 } }
        #expect(dealt.map(\.list) == [0, 0, 0, 1, 1, 1])
        #expect(Set(dealt.map { "\($0.list)/\($0.index)" }).count == 6)
        #expect(dealt.allSatisfy { (1000..<StatusBits.count).contains($0.index) })
    }
}
