import Access
import District
import HTTPTypes
import Record
import Store
import Web

/// A page on which anybody may check a credential's file, without an account: its signature, who issued it, whether it
/// has ended and whether it was revoked. Nothing of what is sent is kept.
struct BadgeCheckRoutes {
    static let path = "/alliance/badges/check"
    /// What a form with a file may weigh around it.
    private static let bodyLimit = 4 * PresentedBadge.largest

    var routes: [Route] {
        [
            .get(Self.path, .anyone) { page($0, [:]) },
            Route(.post, Self.path, .anyone, bodyLimit: Self.bodyLimit) { try await check($0) },
        ]
    }

    private func page(_ visit: Visit, _ found: [String: JSON], status: HTTPResponse.Status = .ok) -> Reply {
        var context = found
        context["limit"] = .string("\(PresentedBadge.largest >> 10) KB")
        context["sample"] = .bool(visit.spine.isSample)
        return .page("training-check", title: visit.word("training_check_title"), .object(context), status: status)
    }

    private func check(_ visit: Visit) async throws -> Reply {
        let upload = visit.multipart?.files["file"]?.bytes ?? []
        let text = upload.isEmpty ? visit.form["text"] ?? "" : String(decoding: upload, as: UTF8.self)
        let shown: PresentedBadge
        do throws(PresentedBadge.Fault) {
            shown = try PresentedBadge(text)
        } catch {
            let words = visit.word("training_check_fault_\(error.rawValue)")
            return page(
                visit, ["error": .string(words), "typed": .string(upload.isEmpty ? String(text.prefix(4000)) : "")],
                status: .unprocessableContent)
        }
        let (verdict, badge) = try await verdict(on: shown, visit)
        return page(visit, ["result": result(verdict, shown, badge, visit)])
    }

    /// What it came to, and the credential that it is, where it stands here.
    private func verdict(on shown: PresentedBadge, _ visit: Visit) async throws -> (BadgeVerdict, BadgeCredential?) {
        let issuer = try await BadgeRoutes.issuer(visit)
        let found = try await visit.spine.district.store.read { reader -> (BadgeCredential, JSON?)? in
            guard let id = shown.badge, let badge = try BadgeTable.badge(id, in: reader) else { return nil }
            guard let programme = try TrainingTable.programme(badge.programme, in: reader) else { return (badge, nil) }
            let email = try EnrolmentTable.enrolment(badge.enrolment, in: reader)?.email
            return (badge, badge.claims(programme, issuer, email: email))
        }
        guard let (badge, issued) = found else {
            // What this house signed and no longer knows was erased; all else is somebody else's to check.
            let isOurs = try shown.issuer == issuer.id && isSigned(shown, visit)
            return (isOurs ? .unknown : shown.issuer == issuer.id ? .forged : .foreign, nil)
        }
        let isGenuine = try shown.signed == nil ? issued.map(shown.agrees) ?? false : isSigned(shown, visit)
        return (
            BadgeVerdict.of(badge, isSigned: shown.signed != nil, isGenuine: isGenuine, at: visit.now), badge
        )
    }

    /// Whether this house signed it. Ed25519 gives the same signature for the same text (RFC 8032, 5.1.6), so it is signed
    /// again and compared in constant time; nobody is told more than whether they are equal.
    private func isSigned(_ shown: PresentedBadge, _ visit: Visit) throws -> Bool {
        guard let signed = shown.signed, signed.algorithm == "EdDSA" else { return false }
        let right = try BadgeRoutes.key(visit).signature(over: Array(signed.text.utf8))
        return Secret.isEqual(CompactJWS.base64url(right), CompactJWS.base64url(signed.signature))
    }

    private func result(
        _ verdict: BadgeVerdict, _ shown: PresentedBadge, _ badge: BadgeCredential?, _ visit: Visit
    ) -> JSON {
        let isHere = verdict != .foreign
        var result: [String: JSON] = [
            "kind": .string(verdict.kind), "says": .string(visit.word("training_check_is_\(verdict.rawValue)")),
            "issuer": .string(
                isHere ? visit.word("training_check_issuer_here") : shown.issuerName.isEmpty ? "–" : shown.issuerName),
            "signature": .string(visit.word(signature(verdict, shown))),
        ]
        guard verdict.isGenuine, let badge else { return .object(result) }
        result["page"] = .string("/alliance/badges/c/\(badge.id)")
        result["from"] = .string(KoreanDay(badge.from).description)
        if let through = badge.through { result["through"] = .string(through.description) }
        result["revoked"] = .string(
            badge.revoked.map { "\(KoreanDay($0.at)) · \($0.reason.words[visit.language])" }
                ?? visit.word("training_check_not_revoked"))
        if shown.signed == nil { result["unsigned"] = true }
        return .object(result)
    }

    private func signature(_ verdict: BadgeVerdict, _ shown: PresentedBadge) -> String {
        switch verdict {
        case .foreign: "training_check_signature_unchecked"
        case .forged: "training_check_signature_wrong"
        default: shown.signed == nil ? "training_check_signature_none" : "training_check_signature_right"
        }
    }
}
