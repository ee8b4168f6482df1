import Record

/// A credential of a programme, as it stands on the Record; the badge that is carried away follows from it.
struct BadgeCredential: Sendable, Hashable {
    /// 128 bits that nobody guesses: also the address under which it is looked up.
    let id: String
    let enrolment: String, programme: String
    let person: PersonID
    let scope: Scope
    let from: Timestamp
    /// The last day on which it counts; nil where it counts for ever.
    let through: KoreanDay?
    /// Per cent attended, and points out of 100 where there was a test.
    let share: Int64, score: Int64?
    /// Which bit of which list says that it was revoked.
    let list: Int64, index: Int64
    /// What the identities in it are salted with; nil once its holder was forgotten.
    let salt: String?
    let revoked: Revocation?
    /// What its holder lets everybody see.
    let showsName: Bool, showsScore: Bool

    struct Revocation: Sendable, Hashable { let reason: Reason, at: Timestamp }

    /// Why it counts no more; what else was said of it stays in the vault.
    enum Reason: String, Sendable, CaseIterable {
        case mistake, rule, holder

        var words: Words {
            switch self {
            case .mistake: Words("잘못 발급함", "It was issued by mistake")
            case .rule: Words("수료 규정 위반", "The rules of the programme were broken")
            case .holder: Words("본인 요청", "Its holder asked for it")
            }
        }
    }

    enum State: String, Sendable {
        case valid, ending, expired, revoked

        var words: Words {
            switch self {
            case .valid: Words("유효", "Valid")
            case .ending: Words("곧 만료", "Ends soon")
            case .expired: Words("만료", "Expired")
            case .revoked: Words("취소됨", "Revoked")
            }
        }
        var badge: String {
            switch self {
            case .valid: "verified"
            case .ending: "warn"
            case .expired: "danger"
            case .revoked: "off"
            }
        }
    }

    func state(on day: KoreanDay) -> State {
        if revoked != nil { return .revoked }
        guard let through else { return .valid }
        if through < day { return .expired }
        return through < day + TrainingEnrolment.notice ? .ending : .valid
    }

    /// The achievement that a programme is (Open Badges 3.0, Achievement).
    static func achievement(_ programme: TrainingProgramme, _ issuer: BadgeIssuer) -> JSON {
        let narrative = """
            \(programme.rule.share)% 이상 출석, 평가 \(programme.rule.pass)점 이상. \
            At least \(programme.rule.share)% attended and \(programme.rule.pass) points of 100 where there is a test.
            """
        return [
            "id": .string(issuer.achievement(programme.id)), "type": ["Achievement"],
            "achievementType": "CertificateOfCompletion",
            "name": .string("\(programme.title.ko) / \(programme.title.en)"),
            "description": .string("\(programme.about.ko) \(programme.about.en)"),
            "criteria": ["narrative": .string(narrative)],
            "creator": issuer.json, "tag": .array(programme.topics.map { .string($0) }),
            "resultDescription": [
                [
                    "id": .string(issuer.result(programme.id)), "type": ["ResultDescription"], "name": "평가 점수 / Score",
                    "resultType": "Percent", "requiredValue": .string("\(programme.rule.pass)"), "valueMin": "0",
                    "valueMax": "100",
                ]
            ],
        ]
    }

    /// The claims of the JWT: the credential itself (W3C VC 2.0, OpenBadgeCredential), with the registered claims beside it.
    /// - Parameter email: what the holder gave to be bound to, where they did.
    /// - Returns: nil once the holder was forgotten, for then nothing binds it to anybody.
    func claims(_ programme: TrainingProgramme, _ issuer: BadgeIssuer, email: String?) -> JSON? {
        guard let salt else { return nil }
        var identities = [Self.identity(person.rawValue, "accountId", salt)]
        if let email, !email.isEmpty { identities.append(Self.identity(email, "emailAddress", salt)) }
        // A name of its own in each credential: two of one person's cannot be told to be of the same one by it.
        let holder = JSON.string("urn:uuid:\(NameUUID.of("\(issuer.credential(id))#holder"))")
        var subject: [String: JSON] = [
            "id": holder, "type": ["AchievementSubject"], "achievement": Self.achievement(programme, issuer),
            "identifier": .array(identities),
        ]
        if let score {
            subject["result"] = [
                [
                    "type": ["Result"], "resultDescription": .string(issuer.result(programme.id)),
                    "value": .string("\(score)"), "status": "Completed",
                ]
            ]
        }
        var claims: [String: JSON] = [
            "@context": [
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ],
            "id": .string(issuer.credential(id)), "type": ["VerifiableCredential", "OpenBadgeCredential"],
            "name": .string(programme.title.en), "issuer": issuer.json, "validFrom": .string(from.description),
            "credentialSubject": .object(subject),
            "credentialStatus": [
                "id": .string("\(issuer.status(list))#\(index)"), "type": "BitstringStatusListEntry",
                "statusPurpose": "revocation", "statusListIndex": .string("\(index)"),
                "statusListCredential": .string(issuer.status(list)),
            ],
            "iss": .string(issuer.id), "sub": holder, "jti": .string(issuer.credential(id)),
            "nbf": .number(Double(from.microseconds / 1_000_000)),
        ]
        if let through {
            let end = (through + 1).start
            claims["validUntil"] = .string(end.description)
            claims["exp"] = .number(Double(end.microseconds / 1_000_000))
        }
        return .object(claims)
    }

    /// A salted hash of an identity (Open Badges 3.0, IdentityObject): SHA-256 over the identity and the salt.
    static func identity(_ identity: String, _ type: String, _ salt: String) -> JSON {
        [
            "type": "IdentityObject", "hashed": true, "salt": .string(salt), "identityType": .string(type),
            "identityHash": .string("sha256$\(ContentHash.sha256(Array("\(identity)\(salt)".utf8)))"),
        ]
    }

    /// A list of the status of credentials, as claims of a JWT of its own.
    static func statusList(_ list: Int64, _ revoked: [Int64], _ issuer: BadgeIssuer, at now: Timestamp) -> JSON {
        let seconds = now.microseconds / 1_000_000
        let (from, until) = (
            Timestamp(microseconds: seconds * 1_000_000), Timestamp(microseconds: (seconds + freshness) * 1_000_000)
        )
        return [
            "@context": ["https://www.w3.org/ns/credentials/v2"], "id": .string(issuer.status(list)),
            "type": ["VerifiableCredential", "BitstringStatusListCredential"], "issuer": .string(issuer.id),
            "validFrom": .string(from.description), "validUntil": .string(until.description),
            "credentialSubject": [
                "id": .string("\(issuer.status(list))#list"), "type": "BitstringStatusList",
                "statusPurpose": "revocation", "encodedList": .string(StatusBits(revoked).encoded),
                "ttl": .number(Double(freshness * 1000)),
            ],
            "iss": .string(issuer.id), "jti": .string(issuer.status(list)), "nbf": .number(Double(seconds)),
            "exp": .number(Double(seconds + freshness)),
        ]
    }

    /// For how many seconds a list that was fetched may be believed: an old one must not bring back what was revoked.
    static let freshness: Int64 = 86_400
}
