import Access
import District
import Record
import Store

/// Records that somebody passed a module.
struct RecordCertificate {
    let modules: [TrainingModule]

    static let roles: Set<Role> = [.zoneOfficer, .administrator]

    var command: Command {
        let modules = modules
        return Command(
            Form(
                "stewardship.certificate.record", title: Words("수료증 등록", "Record a certificate"),
                help: Words(
                    "누가 어떤 교육을 몇 점으로 마쳤는지 남깁니다. 본인의 것은 다른 사람이 등록합니다.",
                    "Says who passed which training and how well. One's own is recorded by somebody else."),
                fields: [
                    Field("person", Words("수료한 사람", "Person"), .reference(kind: "person", source: nil)),
                    Field(
                        "module", Words("교육", "Training"), .choice(modules.map { Field.Choice($0.id, $0.title) })),
                    Field("score", Words("점수", "Score"), .integer(0...100, unit: nil)),
                    Field(
                        "passed", Words("수료일", "Passed on"), .text(maximum: 10),
                        help: Words("예: 2026-11-20", "For example 2026-11-20"), spoken: .day),
                    Field(
                        "evidence", Words("수료증 파일", "File"), .attachment(maximumBytes: 20 << 20), required: false),
                ],
                permission: .roles(Self.roles).orToken("command:stewardship.certificate.record"))
        ) { ask, tables in
            let person = PersonID(ask.values.text("person"))
            guard let module = modules.first(where: { $0.id == ask.values.text("module") }) else {
                throw Self.refusal("module", "module", Words("그런 교육이 없습니다.", "There is no such training."))
            }
            guard try Directory.caller(person, in: tables) != nil else {
                throw Self.refusal("person", "person", Words("그런 사람이 없습니다.", "There is no such person."))
            }
            guard try Self.who(ask, in: tables) != .person(person) else {
                throw Self.refusal(
                    "person", "own",
                    Words("자기 수료증은 다른 사람이 등록해야 합니다.", "One's own certificate is recorded by somebody else."),
                    kind: .forbidden)
            }
            let score = ask.values.integer("score") ?? 0
            guard score >= module.pass else {
                throw Self.refusal(
                    "score", "pass",
                    Words("합격 점수는 \(module.pass)점입니다.", "\(module.pass) points are needed to pass."))
            }
            let today = KoreanDay(ask.now)
            guard let passed = ask.values.day("passed"), passed <= today,
                module.expiry(passed: passed) >= today
            else {
                throw Self.refusal(
                    "passed", "day",
                    Words(
                        "오늘까지의 날짜로, 아직 유효 기간 안이어야 합니다.",
                        "Please give a day up to today whose certificate still counts."))
            }
            let evidence = ask.values.text("evidence")
            if !evidence.isEmpty, try !Attachments.holds(evidence, for: ask.tenant, in: tables) {
                throw Self.refusal(
                    "evidence", "attachment", Words("첨부 파일을 다시 올려 주세요.", "Please upload the file again."))
            }
            return [
                CertificateIssued(
                    certificate: Identifier(at: ask.now).description, person: person, module: module.id,
                    version: module.version, score: score, passed: passed.description,
                    expires: module.expiry(passed: passed).description, evidence: evidence.isEmpty ? nil : evidence
                ).draft
            ]
        }
    }

    /// The person behind who asks: a token speaks for whoever made it.
    private static func who(_ ask: Ask, in tables: any Reader) throws -> Author? {
        guard case .token(let id) = ask.caller.identity else { return ask.caller.author }
        return try APITokens.maker(of: id, in: tables)
    }

    static func refusal(
        _ field: String, _ rule: String, _ words: Words, kind: Refusal.Kind = .invalid
    ) -> Refusal {
        Refusal(kind, "certificate.\(rule)", of: field, rule, words)
    }
}

/// Takes a certificate back, with the reason.
enum RevokeCertificate {
    static let command = Command(
        Form(
            "stewardship.certificate.revoke", title: Words("수료증 취소", "Revoke a certificate"),
            help: Words("사유를 남기고 취소합니다. 바로 승인과 운영을 할 수 없게 됩니다.", "Takes it back at once, with a reason."),
            fields: [
                Field("certificate", Words("수료증", "Certificate"), .reference(kind: "certificate", source: nil)),
                Field("reason", Words("사유", "Reason"), .text(maximum: 300), isPersonal: true),
            ],
            permission: .roles(RecordCertificate.roles).orToken("command:stewardship.certificate.revoke"))
    ) { ask, tables in
        guard let certificate = try CertificateTable.find(ask.values.text("certificate"), in: tables) else {
            throw RecordCertificate.refusal(
                "certificate", "unknown", Words("그런 수료증이 없습니다.", "There is no such certificate."),
                kind: .notFound)
        }
        guard certificate.revoked == nil else {
            throw RecordCertificate.refusal(
                "certificate", "revoked", Words("이미 취소된 수료증입니다.", "It was revoked already."), kind: .conflict)
        }
        return [
            Draft(
                CertificateIssued.revoked, stream: "certificate/\(certificate.id)", scope: .zone,
                payload: ["certificate": .string(certificate.id)],
                personal: [
                    "reason": PersonalContent(of: certificate.person, .string(ask.values.text("reason")))
                ], expectedVersion: 1)
        ]
    }
}
