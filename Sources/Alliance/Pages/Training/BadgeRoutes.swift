import Access
import District
import Record
import Store
import Web

/// Credentials as they are carried away by their holders, and everything that whoever checks one needs, without signing in.
struct BadgeRoutes {
    var routes: [Route] {
        [
            .get("/alliance/badges/issuer", .anyone) { try await profile($0) },
            .get("/alliance/badges/did.json", .anyone) { visit in
                .json(try await Self.issuer(visit).document(try Self.key(visit).verifier.publicKey))
            },
            .get("/alliance/badges/key", .anyone) { .json(try jwk($0)) },
            .get("/alliance/badges/keys", .anyone) { .json(["keys": [try jwk($0)]]) },
            .get("/alliance/badges/a/{programme}", .anyone) { try await achievement($0) },
            .get("/alliance/badges/status/{list}", .anyone) { try await status($0) },
            .get("/alliance/badges/c/{badge}", .anyone) { try await page($0) },
            .get("/alliance/training/badge/{badge}/jwt", .signedIn) { visit in
                let (badge, claims, issuer) = try await own(visit)
                return .bytes(
                    Array(try CompactJWS.sign(claims, keyID: issuer.keyID, with: try Self.key(visit)).utf8),
                    type: "application/vc+jwt", download: "\(Self.file(badge)).jwt")
            },
            .get("/alliance/training/badge/{badge}/json", .signedIn) { visit in
                let (badge, claims, _) = try await own(visit)
                let document = (claims.members ?? [:]).filter { !Self.registered.contains($0.key) }
                return .bytes(
                    JSON.object(document).canonical, type: "application/json", download: "\(Self.file(badge)).json")
            },
        ]
    }

    /// What a JWT adds to the credential that it carries.
    private static let registered: Set<String> = ["iss", "sub", "jti", "nbf", "exp"]

    private static func file(_ badge: BadgeCredential) -> String {
        "badge-\(KoreanDay(badge.from))-\(badge.id.prefix(6))"
    }

    static func key(_ visit: Visit) throws -> SigningKey {
        guard let key = visit.spine.issuer else {
            throw Refusal(
                .unavailable, "badge.key", Words("수료증에 서명할 열쇠가 없습니다.", "This house has no key to sign credentials."))
        }
        return key
    }

    private func jwk(_ visit: Visit) throws -> JSON {
        var members = CompactJWS.jwk(try Self.key(visit).verifier.publicKey).members ?? [:]
        members["kid"] = "key-1"
        members["alg"] = "EdDSA"
        members["use"] = "sig"
        return .object(members)
    }

    /// Who issues: as was said once, or on this machine alone under the address that it was asked by. An address that only
    /// the asker has said would let them have credentials whose status list is not ours.
    static func issuer(_ visit: Visit) async throws -> BadgeIssuer {
        if let named = try await visit.spine.district.store.read({ try BadgeTable.issuer(in: $0) }) { return named }
        guard BadgeIssuer.isLoopback(visit.site) else {
            throw Refusal(
                .unavailable, "badge.issuer",
                Words(
                    "발급 기관의 이름과 주소를 먼저 정해야 합니다.", "Who issues credentials, and under which address, must be said first."
                ))
        }
        return BadgeIssuer(address: visit.site, name: BadgeIssuer.unnamed)
    }

    private func profile(_ visit: Visit) async throws -> Reply {
        var profile = try await Self.issuer(visit).json.members ?? [:]
        profile["@context"] = [
            "https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        ]
        return .json(.object(profile))
    }

    private func achievement(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["programme"] ?? ""
        // A course of staff is told to whoever checks a credential of it, and to nobody before there is one.
        let found = try await visit.spine.district.store.read { reader -> TrainingProgramme? in
            guard let programme = try TrainingTable.programme(id, in: reader) else { return nil }
            let isTold = try programme.audience != .staff || BadgeTable.isIssued(of: id, in: reader)
            return isTold ? programme : nil
        }
        guard let programme = found else { throw TrainingRefusals.badge }
        return .json(BadgeCredential.achievement(programme, try await Self.issuer(visit)))
    }

    /// A status list, signed anew each time: it may be believed for a day.
    private func status(_ visit: Visit) async throws -> Reply {
        guard let list = Int64(visit.parameters["list"] ?? "") else { throw TrainingRefusals.badge }
        let revoked = try await visit.spine.district.store.read { reader -> [Int64]? in
            guard list >= 0, list <= (try BadgeTable.count(in: reader)) / StatusBits.used else { return nil }
            return try BadgeTable.revoked(in: list, in: reader)
        }
        guard let revoked else { throw TrainingRefusals.badge }
        let issuer = try await Self.issuer(visit)
        let claims = BadgeCredential.statusList(list, revoked, issuer, at: visit.now)
        return .bytes(
            Array(try CompactJWS.sign(claims, keyID: issuer.keyID, with: try Self.key(visit)).utf8),
            type: "application/vc+jwt")
    }

    /// A holder's own credential, as claims.
    private func own(_ visit: Visit) async throws -> (BadgeCredential, JSON, BadgeIssuer) {
        let id = visit.parameters["badge"] ?? ""
        let found = try await visit.spine.district.store.read { reader in
            try BadgeTable.badge(id, in: reader).map {
                (
                    $0, try TrainingTable.programme($0.programme, in: reader),
                    try EnrolmentTable.enrolment($0.enrolment, in: reader)
                )
            }
        }
        guard let (badge, programme, enrolment) = found, badge.person == visit.caller.person, let programme else {
            throw TrainingRefusals.badge
        }
        let issuer = try await Self.issuer(visit)
        guard let claims = badge.claims(programme, issuer, email: enrolment?.email) else {
            throw Refusal(
                .notFound, "badge.erased", Words("개인정보가 지워져 내려받을 수 없습니다.", "What bound it to its holder was erased."))
        }
        return (badge, claims, issuer)
    }

    /// What everybody may see who has the address of a credential.
    private func page(_ visit: Visit) async throws -> Reply {
        let id = visit.parameters["badge"] ?? ""
        let found = try await visit.spine.district.store.read { reader in
            try BadgeTable.badge(id, in: reader).map {
                (
                    $0, try TrainingTable.programme($0.programme, in: reader),
                    $0.showsName ? try Directory.caller($0.person, in: reader)?.name : nil,
                    try BadgeTable.issuer(in: reader)?.name ?? BadgeIssuer.unnamed
                )
            }
        }
        guard let (badge, programme, name, issuer) = found, let programme else { throw TrainingRefusals.badge }
        let (language, state) = (visit.language, badge.state(on: KoreanDay(visit.now)))
        var context: [String: JSON] = [
            "programme": .string(programme.title[language]), "about": .string(programme.about[language]),
            "issuer": .string(issuer[language]), "badge": Show.badge(state.badge, state.words[language]),
            "kind": .string(state.badge == "verified" ? "ok" : state.badge == "off" ? "danger" : state.badge),
            "says": .string(visit.word("training_badge_is_\(state.rawValue)")),
            "from": .string(KoreanDay(badge.from).description), "share": .string("\(programme.rule.share)"),
            "pass": .string("\(programme.rule.pass)"),
            "modules": .array(
                programme.modules.map {
                    [
                        "title": .string($0.title[language]),
                        "length": .string(TrainingShow.length($0.minutes, language)),
                    ]
                }), "sample": .bool(visit.spine.isSample), "check": .string(BadgeCheckRoutes.path),
        ]
        let address = "\(visit.site)/alliance/badges/c/\(id)"
        context["address"] = .string(address)
        context["qr"] = .string(try QR.svg(address, label: visit.word("training_badge_qr")))
        if let name { context["name"] = .string(name) }
        if badge.showsScore, let score = badge.score { context["score"] = .string(Show.count(score)) }
        if let through = badge.through { context["through"] = .string(through.description) }
        if let revoked = badge.revoked {
            context["revoked"] = [
                "reason": .string(revoked.reason.words[language]), "day": .string(KoreanDay(revoked.at).description),
            ]
        }
        return .page("training-badge", title: visit.word("training_badge_title"), .object(context))
    }
}
